"""What must hold of the demo municipality's two years of steering, asked once it has been loaded."""

from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Count, F, Q
from django.utils import timezone

from governance.history.timeline import Timeline
from governance.models import (
    Arende,
    Avtal,
    Avtalsfil,
    Avvikelse,
    Bedomning,
    Forvaltningsobjekt,
    Forvaltningsplan,
    Gesture,
    Kostnad,
    Leverans,
    Malmatning,
    Mote,
    Motesdeltagare,
    Uppdrag,
)
from governance.rules import all_rules, breaking
from governance.steering import budget
from governance.steering.plans import in_force
from governance.todo import tasks
from roles.models import User

SATURDAY = 5
WITHOUT_PLAN = 3
CHOSEN: tuple[tuple[type[Any], str], ...] = (
    (Avtal, "slag"),
    (Avtal, "status"),
    (Kostnad, "status"),
    (Leverans, "status"),
    (Forvaltningsplan, "status"),
    (Uppdrag, "status"),
    (Arende, "status"),
    (Avvikelse, "status"),
    (Mote, "slag"),
    (Mote, "status"),
    (Bedomning, "omdome"),
)
"""Models with a field of which every choice is found in the demo."""


def managed() -> Any:
    """Return the objects in management."""
    return Forvaltningsobjekt.objects.filter(status="i_forvaltning")


def assert_each_rule_finds_something_and_none_nearly_everything() -> None:
    for rule in all_rules():
        if not rule.broken.__module__.startswith("governance"):
            continue  # about staffing: a register may well have nobody missing
        things = rule.model._default_manager.all()
        most = managed() if rule.model is Forvaltningsobjekt else things
        found = breaking(things, rule).count()
        assert 0 < found <= most.count() / 2, (rule.code, found)


def assert_every_kind_of_row_exists() -> None:
    models = apps.get_app_config("governance").get_models()
    assert [m.__name__ for m in models if not m._default_manager.exists()] == []
    for model, field in CHOSEN:
        choices = {value for value, _label in model._meta.get_field(field).flatchoices}
        assert set(model._default_manager.values_list(field, flat=True)) == choices, field


def assert_each_object_in_management_is_steered() -> None:
    objects = managed()
    adopted = Forvaltningsplan.objects.filter(adopted_on__isnull=False)
    assert in_force().count() == objects.count() - WITHOUT_PLAN
    last_year = date(timezone.localdate().year - 1, 6, 1)
    for day in (None, last_year):
        held = adopted.filter(period_from__lte=day, period_to__gte=day) if day else adopted
        assert set(objects.values_list("pk", flat=True)) <= set(
            held.values_list("objekt", flat=True)
        )
    for plan in adopted.prefetch_related("underskrift"):
        signatures = plan.underskrift.all()
        assert {row.sida for row in signatures} == {"verksamhet", "it"}
        assert len({row.person_id for row in signatures}) == 2
    assert not objects.exclude(pk__in=Mote.objects.filter(status="justerat").values("objekt"))
    assert not objects.filter(avtal__isnull=True).exclude(systems__skyddsvard=True)
    assert set(Avtalsfil.objects.values_list("media_type", flat=True)) == {
        "application/pdf",
        "text/plain",
    }


def assert_outcome_follows_the_budget() -> None:
    spent = [
        budget.report(None, plan).total
        for plan in Forvaltningsplan.objects.filter(
            status="faststalld", period_to__lt=timezone.localdate()
        ).select_related("objekt")
    ]
    assert len(spent) > 50
    assert all(line.budget * 4 / 10 < line.attested < line.budget * 11 / 10 for line in spent)
    assert all(line.waiting == 0 for line in spent)


def assert_the_past_is_possible() -> None:
    now = timezone.now()
    assert not Gesture.objects.filter(at__gt=now).exists()
    days = {timezone.localtime(at).date() for at in Gesture.objects.values_list("at", flat=True)}
    assert all(day.weekday() < SATURDAY for day in days if day < timezone.localdate())
    assert not Forvaltningsplan.objects.filter(adopted_on__lt=F("put_forward_on")).exists()
    assert not Forvaltningsplan.objects.filter(adopted_on__gt=F("period_to")).exists()
    early = Motesdeltagare.objects.filter(approved_at__lte=F("mote__ends_at"))
    assert not early.exists()
    assert not Mote.objects.filter(called_at__gte=F("starts_at")).exists()
    assert not Mote.objects.filter(status__in=["utkast", "kallat"], sequence__gt=0).exists()
    assert not Mote.objects.filter(starts_at__iso_week_day__gte=SATURDAY + 1).exists()
    assert not Kostnad.objects.filter(judged_on__lt=F("on")).exists()
    assert not Leverans.objects.filter(on__lt=F("avrop__on")).exists()
    assert not Arende.objects.filter(decided_on__lt=F("raised_on")).exists()
    assert not Avtal.objects.filter(
        Q(signed_on__gt=F("ends_on")) | Q(approved_on__gt=F("signed_on"))
    )
    assert not Malmatning.objects.filter(on__lt=F("mal__plan__period_from")).exists()
    assert not Malmatning.objects.filter(on__gt=F("mal__plan__period_to")).exists()
    doubles = Kostnad.objects.values("fakturanummer").annotate(n=Count("pk")).filter(n__gt=1)
    assert not doubles.exists()


def assert_history_reads_well() -> None:
    for name in ("Elevadministration", "Parker"):
        timeline = Timeline(None, Forvaltningsobjekt.objects.get(name=name))
        entries = timeline.entries(timeline.gestures().order_by("at", "pk"))
        assert len(entries) > 60
        for entry in entries:
            said = [item.said() for item in entry.items]
            assert said, (name, entry.said, entry.day)
            assert not [sentence for sentence in said if "None" in sentence or "  " in sentence]


def assert_the_accounts_have_something_to_do() -> None:
    waiting = {
        name: len(tasks(User.objects.get(username=name)))
        for name in ("eva.lund", "per.sandstrom", "lars.nystrom", "malin.holm", "nils.nyfiken")
    }
    assert waiting.pop("nils.nyfiken") == 0
    assert all(3 <= number <= 12 for number in waiting.values()), waiting


def assert_agreements_end_after_they_began() -> None:
    soon = timezone.localdate() + timedelta(days=60)
    extended = Avtal.objects.filter(avtalsforlangning__until__gt=soon)
    assert extended.count() > 10
    assert not Avtal.objects.filter(ends_on__lte=F("starts_on")).exists()
