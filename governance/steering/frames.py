"""What fits within the plan: the frame of an activity, or of an ärende that was granted (6.3.U10)."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from governance import access
from governance.models import (
    Aktivitet,
    Arende,
    Forvaltningsobjekt,
    Forvaltningsplan,
    Uppdrag,
)
from governance.steering import plans
from governance.steering.money import written

OUTSIDE = "outside_plan"
NOTHING = Decimal(0)


def outside(sentence: str) -> ValidationError:
    """Return the refusal of something that the styrgrupp, and nobody else, may allow."""
    return ValidationError(sentence, code=OUTSIDE)


def activities(objekt: Forvaltningsobjekt, day: date | None = None) -> QuerySet[Aktivitet]:
    """Return the activities of the object's plan that is adopted and in force on the day."""
    return Aktivitet.objects.filter(plan__in=plans.in_force(objekt, day))


def granted(uppdrag: Uppdrag) -> bool:
    """Whether the styrgrupp has granted the uppdrag outside the plan."""
    return uppdrag.arende is not None and uppdrag.arende.status == Arende.Status.BIFALLET


def spent(
    thing: Aktivitet | Arende,
    besides: Uppdrag | None = None,
    reader: access.Person = None,
) -> Decimal:
    """Return what the uppdrag of a frame cost together, those that were ended early left out.

    Of an activity, what the styrgrupp granted outside the plan does not count. For a `reader`, what
    that person may know of.
    """
    rows = access.visible(reader, thing.uppdrag.exclude(status=Uppdrag.Status.AVBRUTET))
    if isinstance(thing, Aktivitet):
        rows = rows.filter(~Q(arende__status=Arende.Status.BIFALLET) | Q(arende__isnull=True))
    if besides is not None and besides.pk:
        rows = rows.exclude(pk=besides.pk)
    return rows.aggregate(sum=Sum("belopp"))["sum"] or NOTHING


def remaining(
    thing: Aktivitet | Arende,
    besides: Uppdrag | None = None,
    reader: access.Person = None,
) -> Decimal:
    """Return what is left of the frame of an activity, or of what an ärende was granted."""
    frame = thing.ram if isinstance(thing, Aktivitet) else thing.belopp
    return (frame or NOTHING) - spent(thing, besides, reader)


def hold(uppdrag: Uppdrag, *further: Aktivitet | None) -> None:
    """Let one at a time draw on the frames of an uppdrag, and on what it is to draw on `further`.

    Two that each fit must not overdraw a frame together. The database's trigger locks the same rows
    when the uppdrag is written, so every action takes them before the uppdrag itself, by id; which
    they are is read in the same statement, since the caller's own copy may be old.
    """
    saved = Uppdrag.objects.filter(pk=uppdrag.pk)
    given = [uppdrag.aktivitet_id, *(activity.pk for activity in further if activity)]
    for arende in _locked(Arende.objects.all(), [uppdrag.arende_id], saved.values("arende")):
        if arende.pk == uppdrag.arende_id:
            uppdrag.arende = arende
    _locked(Aktivitet.objects.all(), given, saved.values("aktivitet"))


def _locked(rows: QuerySet[Any], given: list[Any], saved: QuerySet[Any, Any]) -> list[Any]:
    chosen = rows.filter(Q(pk__in=given) | Q(pk__in=saved)).order_by("pk")
    return list(chosen.select_for_update(of=("self",), no_key=True))


def check(uppdrag: Uppdrag) -> None:
    """Raise ValidationError, a sentence per field, where the uppdrag falls outside its frame.

    The code is OUTSIDE: it may be put before the styrgrupp. What the styrgrupp has granted is held
    to the cost that it granted, not to the plan.
    """
    found: dict[str, Any] = {}
    if granted(uppdrag):
        _check_cost(uppdrag, uppdrag.arende, found)
    elif uppdrag.aktivitet is None:
        found["aktivitet"] = outside(_("Uppdraget utgår inte från någon aktivitet i planen."))
    else:
        _check_cost(uppdrag, uppdrag.aktivitet, found)
        _check_days(uppdrag, uppdrag.aktivitet.plan, found)
    if found:
        raise ValidationError(found)


def _check_cost(uppdrag: Uppdrag, thing: Any, found: dict[str, Any]) -> None:
    left = remaining(thing, uppdrag)
    if not uppdrag.belopp or uppdrag.belopp <= left:
        return
    words = {"cost": written(uppdrag.belopp), "left": written(max(left, NOTHING))}
    if isinstance(thing, Arende):
        said = _(
            "Styrgruppen har beviljat ärendet %(left)s till. Uppdraget beräknas kosta %(cost)s."
        )
    elif thing.ram is None:
        said = _("Aktiviteten har ingen kostnadsram i planen. Ett uppdrag som kostar ryms inte.")
    else:
        said = _(
            "Av aktivitetens kostnadsram återstår %(left)s. Uppdraget beräknas kosta %(cost)s."
        )
    found["belopp"] = outside(said % words)


def _check_days(uppdrag: Uppdrag, plan: Forvaltningsplan, found: dict[str, Any]) -> None:
    words = {"first": plan.period_from.isoformat(), "last": plan.period_to.isoformat()}
    for name in ("starts_on", "ends_on"):
        day = getattr(uppdrag, name)
        if day and not plan.period_from <= day <= plan.period_to:
            found[name] = outside(
                _("Planen gäller från %(first)s till %(last)s. Dagen ligger utanför.") % words
            )


def check_in_force(uppdrag: Uppdrag) -> None:
    """Raise ValidationError when the plan that the uppdrag goes out from is not in force today."""
    if granted(uppdrag) or uppdrag.aktivitet is None:
        return
    if not activities(uppdrag.objekt).filter(pk=uppdrag.aktivitet.pk).exists():
        raise ValidationError(
            {
                "aktivitet": outside(
                    _("Planen som aktiviteten hör till är inte fastställd eller gäller inte i dag.")
                )
            }
        )


def with_left(reader: access.Person, rows: QuerySet[Aktivitet]) -> QuerySet[Aktivitet]:
    """Add what each activity's uppdrag cost together (`spent`) and what is `left`: one query.

    As the reader may know of it: what is put under an ärende about a hidden system does not count.
    """
    counted = ~Q(uppdrag__status=Uppdrag.Status.AVBRUTET)
    counted &= Q(uppdrag__arende__isnull=True) | ~Q(uppdrag__arende__status=Arende.Status.BIFALLET)
    if not access.sees_everything(reader):
        counted &= Q(uppdrag__in=access.visible(reader, Uppdrag.objects.order_by()))
    zero = Value(NOTHING, output_field=Aktivitet._meta.get_field("ram"))
    total = Coalesce(Sum("uppdrag__belopp", filter=counted), zero)
    return rows.annotate(spent=total, left=Coalesce(F("ram"), zero) - total)
