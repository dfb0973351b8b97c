"""Findings about the steering of an object: plan, agreements, ärenden, evaluation.

What an object breaks is seen by everybody who sees the object. So a rule over objects looks at no
row that names a skyddsvärt system: those count as findings about the system, which only those who
may know of it see.
"""

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_noop as _

from governance.models import (
    Arende,
    Avtal,
    Avtalssystem,
    Bedomning,
    Forvaltningsobjekt,
    Forvaltningsplan,
    Informationssystem,
    Livscykel,
    Sida,
    Underskrift,
    Utvardering,
)
from governance.models.informationssystem import IN_USE
from governance.rules import BRIST, PAMINNELSE, Rule, active, register
from governance.steering import notice
from governance.steering.plans import in_force

AHEAD = timedelta(days=90)
"""How long before its end a plan is a finding."""
UNDECIDED = timedelta(days=30)
YEAR = timedelta(days=365)
EITHER_OWNER = ("adopt_forvaltningsplan_it",)


def of_this(rows: QuerySet[Any]) -> Exists:
    """Tell whether an object has any of the rows."""
    return Exists(rows.filter(objekt=OuterRef("pk")))


def _no_plan(day: date) -> Q:
    return active() & ~Q(of_this(in_force(day=day)))


def _plan_ends(day: date) -> Q:
    adopted = Forvaltningsplan.objects.order_by().filter(status="faststalld")
    ending = in_force(day=day).filter(period_to__lt=day + AHEAD)
    return active() & Q(of_this(ending)) & ~Q(of_this(adopted.filter(period_from__gt=day)))


def _unsigned(side: str) -> Q:
    signed = Underskrift.objects.filter(plan=OuterRef("pk"), sida=side)
    waiting = Forvaltningsplan.objects.order_by().filter(~Exists(signed), status="framlagd")
    return ~Q(status="avvecklat") & Q(of_this(waiting))


def _not_evaluated(day: date) -> Q:
    made = Utvardering.objects.order_by()
    planned = made.filter(next_on__gte=day)
    since_a_year = Q(status_since__isnull=True) | Q(status_since__lte=day - YEAR)
    return active() & ~Q(of_this(planned)) & (Q(of_this(made)) | since_a_year)


def _undecided(day: date) -> QuerySet[Arende]:
    return Arende.objects.order_by().filter(status="oppet", raised_on__lte=day - UNDECIDED)


def _about_open(day: date) -> Q:
    """Select objects with an undecided ärende that names no system that is hidden from anybody."""
    shown = Q(system__isnull=True) | Q(system__skyddsvard=False)
    return ~Q(status="avvecklat") & Q(of_this(_undecided(day).filter(shown)))


def _about_hidden(day: date) -> Q:
    return Q(skyddsvard=True) & Q(Exists(_undecided(day).filter(system=OuterRef("pk"))))


def _no_serviceavtal(day: date) -> Q:
    kinds = Avtal.objects.order_by().filter(slag__in=Avtal.APPROVED_FIRST)
    held = notice.in_force(kinds, day).values("pk")
    covering = Avtalssystem.objects.order_by().filter(system=OuterRef("pk"), avtal__in=held)
    managed = Q(objekt__status=Forvaltningsobjekt.Status.I_FORVALTNING)
    return managed & Q(livscykel=Livscykel.I_DRIFT) & ~Q(Exists(covering))


def _sides_differ(_day: date) -> Q:
    it = Bedomning.objects.filter(
        ~Q(omdome=OuterRef("omdome")), system=OuterRef("system"), sida=Sida.IT
    )
    judged = Bedomning.objects.order_by().filter(
        Exists(it), system=OuterRef("pk"), sida=Sida.VERKSAMHET
    )
    return IN_USE & Q(Exists(judged))


register(
    Rule(
        code="no_plan",
        clause="6.2.B3",
        severity=BRIST,
        name=_("Ingen gällande förvaltningsplan"),
        sentence=_("%(thing)s har ingen fastställd förvaltningsplan som gäller i dag."),
        model=Forvaltningsobjekt,
        broken=_no_plan,
        mends="draft_forvaltningsplan",
        action=_("Se planerna"),
        url_name="governance:plan_list",
        order=15,
    ),
    Rule(
        code="no_serviceavtal",
        clause="6.3.U6",
        severity=BRIST,
        name=_("Inget drifts-, support- eller serviceavtal"),
        sentence=_("%(thing)s är i drift utan ett tecknat drifts-, support- eller serviceavtal."),
        model=Informationssystem,
        broken=_no_serviceavtal,
        mends="change_forvaltningsobjekt",
        action=_("Se objektets avtal"),
        url_name="governance:avtal_list",
        on_objekt=True,
        order=42,
    ),
    Rule(
        code="plan_unsigned",
        clause="6.2.U1",
        severity=PAMINNELSE,
        name=_("Planen väntar på objektägarens underskrift"),
        sentence=_("En framlagd plan för %(thing)s väntar på underskrift för verksamheten."),
        model=Forvaltningsobjekt,
        broken=lambda _day: _unsigned(Sida.VERKSAMHET),
        mends="adopt_forvaltningsplan",
        action=_("Se planerna"),
        url_name="governance:plan_list",
        order=3,
    ),
    Rule(
        code="plan_unsigned_it",
        clause="6.4.U1",
        severity=PAMINNELSE,
        name=_("Planen väntar på underskrift av objektägare IT"),
        sentence=_("En framlagd plan för %(thing)s väntar på underskrift för IT."),
        model=Forvaltningsobjekt,
        broken=lambda _day: _unsigned(Sida.IT),
        mends="adopt_forvaltningsplan_it",
        action=_("Se planerna"),
        url_name="governance:plan_list",
        order=4,
    ),
    Rule(
        code="plan_ends",
        clause="6.2.B3",
        severity=PAMINNELSE,
        name=_("Planen upphör inom 90 dagar"),
        sentence=_("Planen för %(thing)s upphör inom 90 dagar och ingen ny är fastställd."),
        model=Forvaltningsobjekt,
        broken=_plan_ends,
        mends="draft_forvaltningsplan",
        action=_("Se planerna"),
        url_name="governance:plan_list",
        order=6,
    ),
    Rule(
        code="arende_undecided",
        clause="6.3.U12",
        severity=PAMINNELSE,
        name=_("Ärende obeslutat i 30 dagar"),
        sentence=_("Styrgruppen för %(thing)s har inte beslutat ett ärende på 30 dagar."),
        model=Forvaltningsobjekt,
        broken=_about_open,
        mends="adopt_forvaltningsplan",
        also=EITHER_OWNER,
        action=_("Se ärendena"),
        url_name="governance:uppdrag_list",
        order=7,
    ),
    Rule(
        code="not_evaluated",
        clause="6.2.B4",
        severity=PAMINNELSE,
        name=_("Utvärderingen är försenad"),
        sentence=_("Förvaltningsorganisationen för %(thing)s skulle ha utvärderats."),
        model=Forvaltningsobjekt,
        broken=_not_evaluated,
        mends="record_utvardering",
        action=_("Utvärdera organisationen"),
        url_name="governance:utvardering_create",
        order=11,
    ),
    Rule(
        code="system_arende_undecided",
        clause="6.3.U12",
        severity=PAMINNELSE,
        name=_("Ärende om skyddsvärt system obeslutat i 30 dagar"),
        sentence=_("Styrgruppen har inte beslutat ett ärende om %(thing)s på 30 dagar."),
        model=Informationssystem,
        broken=_about_hidden,
        mends="adopt_forvaltningsplan",
        also=EITHER_OWNER,
        action=_("Se ärendena"),
        url_name="governance:uppdrag_list",
        on_objekt=True,
        order=45,
    ),
    Rule(
        code="sides_differ",
        clause="6.2.B1",
        severity=PAMINNELSE,
        name=_("Verksamheten och IT bedömer olika"),
        sentence=_("Verksamheten och IT bedömer olika vad som ska bli av %(thing)s."),
        model=Informationssystem,
        broken=_sides_differ,
        mends="change_forvaltningsobjekt",
        also=("change_tekniska_samband",),
        action=_("Se bedömningarna"),
        url_name="governance:system_detail",
        order=85,
    ),
)
