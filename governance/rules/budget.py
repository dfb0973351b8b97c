"""Findings about outcome above budget (6.2.B8, 6.5.U7).

A reader who may not know of a system sees neither its costs nor a finding that they cause: the
finding about the object counts what everybody may know of, the one about the system all of it.
"""

from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import DecimalField, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_noop as _

from governance import access
from governance.models import (
    Budgetpost,
    Forvaltningsobjekt,
    Informationssystem,
    Kostnad,
    Sida,
    Tilldelning,
)
from governance.rules import BRIST, Rule, active, register
from governance.rules.steering import of_this
from governance.steering.plans import in_force

KRONOR = DecimalField(max_digits=14, decimal_places=2)
NOTHING = Value(0, output_field=KRONOR)


def _sum(rows: QuerySet[Any], by: str) -> Coalesce:
    """Add up kronor of rows of one plan or object, as a column; nothing is 0."""
    total = rows.order_by().values(by).annotate(sum=Sum("belopp")).values("sum")
    return Coalesce(Subquery(total, output_field=KRONOR), NOTHING)


def _attested(side: str, rows: QuerySet[Kostnad]) -> QuerySet[Kostnad]:
    """Narrow to attested costs of a side, booked in the time of the plan outside."""
    within = {"on__gte": OuterRef("period_from"), "on__lte": OuterRef("period_to")}
    attested = rows.filter(sida=side, status=Kostnad.Status.ATTESTERAD, **within)
    return attested.filter(objekt=OuterRef("objekt"))


def _exceeded(side: str, day: date, rows: QuerySet[Kostnad]) -> QuerySet[Any]:
    """Return the plans in force whose attested costs, of those in the rows, are above a side's budget."""
    budget = _sum(Budgetpost.objects.filter(plan=OuterRef("pk"), sida=side), "plan")
    # Money given outside the plan is there to be used too (6.2.U7), as in governance/steering/budget.py.
    outside = Tilldelning.objects.filter(
        objekt=OuterRef("objekt"),
        sida=side,
        plan__isnull=True,
        on__gte=OuterRef("period_from"),
        on__lte=OuterRef("period_to"),
    )
    plans = in_force(day=day).annotate(
        budget=budget + _sum(outside, "objekt"), outcome=_sum(_attested(side, rows), "objekt")
    )
    return plans.filter(outcome__gt=F("budget"))


def _above_budget(side: str, day: date) -> Q:
    """Select objects that are above budget by what everybody may know of."""
    shown = access.visible(AnonymousUser(), Kostnad.objects.all())
    return active() & Q(of_this(_exceeded(side, day, shown)))


def _above_by_hidden(day: date) -> Q:
    """Select skyddsvärda systems with costs, where all that the object costs is above budget."""
    this = OuterRef(OuterRef("pk"))
    costs = Kostnad.objects.filter(
        Q(system=this)
        | Q(avtal__avtalssystem__system=this)
        | Q(avrop__avtal__avtalssystem__system=this)
    )
    found = Q()
    for side in Sida.values:
        plans = _exceeded(side, day, Kostnad.objects.all())
        plans = plans.filter(Exists(_attested(side, costs)), objekt=OuterRef("objekt"))
        found |= Q(Exists(plans))
    managed = Q(objekt__status=Forvaltningsobjekt.Status.I_FORVALTNING)
    return managed & Q(skyddsvard=True) & found


register(
    Rule(
        code="above_budget",
        clause="6.2.B8",
        severity=BRIST,
        name=_("Kostnaderna är högre än budgeten för verksamheten"),
        sentence=_(
            "De attesterade kostnaderna för %(thing)s är högre än planens budget för verksamheten."
        ),
        model=Forvaltningsobjekt,
        broken=lambda day: _above_budget(Sida.VERKSAMHET, day),
        mends="allocate_funds",
        also=("follow_up_costs",),
        action=_("Se ekonomin"),
        url_name="governance:ekonomi",
        order=16,
    ),
    Rule(
        code="above_it_budget",
        clause="6.5.U7",
        severity=BRIST,
        name=_("Kostnaderna är högre än budgeten för IT"),
        sentence=_("De attesterade kostnaderna för %(thing)s är högre än planens budget för IT."),
        model=Forvaltningsobjekt,
        broken=lambda day: _above_budget(Sida.IT, day),
        mends="allocate_funds",
        also=("follow_up_it_costs",),
        action=_("Se ekonomin"),
        url_name="governance:ekonomi",
        order=17,
    ),
    Rule(
        code="system_above_budget",
        clause="6.2.B8",
        severity=BRIST,
        name=_("Budgeten är överskriden, kostnader för skyddsvärda system medräknade"),
        sentence=_("Budgeten är överskriden när kostnaderna för %(thing)s räknas med."),
        model=Informationssystem,
        broken=_above_by_hidden,
        mends="allocate_funds",
        also=("follow_up_costs", "follow_up_it_costs"),
        action=_("Se ekonomin"),
        url_name="governance:ekonomi",
        on_objekt=True,
        order=41,
    ),
)
