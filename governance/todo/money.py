"""What plans, costs and deliveries leave waiting for whom: registered at start-up."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from governance.access import Person, mandated
from governance.history import rows_of
from governance.models import (
    Forvaltningsplan,
    Kostnad,
    Leverans,
    Sida,
    Underskrift,
)
from governance.steering import sides
from governance.todo import Provider, Task, register
from governance.todo.steering import oldest, on_ones_side, task

ATTESTS = {Sida.VERKSAMHET: "certify_cost", Sida.IT: "certify_it_cost"}
"""Who attests the costs of a side (6.2.B5, 6.4.B3)."""


def plans(person: Person) -> QuerySet[Any]:
    """Return plans that have been put forward and that the person may sign for a side."""
    own = Underskrift.objects.filter(plan=OuterRef("pk"), person=person)
    mine = Q(pk__in=[])
    for side, verb in sides.OWNS.items():
        signed = Underskrift.objects.filter(plan=OuterRef("pk"), sida=side)
        mine |= Q(objekt__in=mandated(person, verb)) & ~Q(Exists(signed))
    rows = Forvaltningsplan.objects.filter(mine, ~Exists(own))
    return oldest(rows.filter(status=Forvaltningsplan.Status.FRAMLAGD), "put_forward_on")


def costs(person: Person) -> QuerySet[Any]:
    """Return costs of the person's side that others have registered, and changed."""
    own = rows_of(Kostnad).filter(id=OuterRef("pk"), registered_by=person.pk)
    rows = Kostnad.objects.filter(on_ones_side(person, ATTESTS), ~Exists(own))
    return oldest(rows.filter(status=Kostnad.Status.REGISTRERAD), "on")


def sent_back(person: Person) -> QuerySet[Any]:
    """Return costs that the person registered and that were sent back."""
    back = Kostnad.objects.filter(status=Kostnad.Status.AVVISAD, registered_by=person)
    mine = mandated(person, "follow_up_costs", "follow_up_it_costs")
    return oldest(back.filter(objekt__in=mine), "judged_on")


def mending(row: Kostnad) -> Task:
    """Say a cost that was sent back as a task."""
    return Task(
        sentence=_("Kostnaden %(row)s skickades tillbaka: %(note)s")
        % {"row": row, "note": row.note},
        action=_("Rätta kostnaden"),
        url=reverse("governance:kostnad_change", args=[row.pk]),
        since=row.judged_on,
        clause="6.3.U11",
        where=row.objekt.name,
    )


def deliveries(person: Person) -> QuerySet[Any]:
    """Return deliveries that the person is to approve or send back."""
    mine = Q(avrop__objekt__in=mandated(person, "approve_leverans"))
    rows = Leverans.objects.filter(mine, status=Leverans.Status.VANTAR)
    return rows.select_related("avrop__objekt").order_by("on", "pk")


def delivery(row: Leverans) -> Task:
    """Say a delivery as a task."""
    return Task(
        sentence=_("Leveransen %(row)s väntar på godkännande.") % {"row": row},
        action=_("Granska leveransen"),
        url=reverse("governance:leverans_judge", args=[row.pk]),
        since=row.on,
        clause="6.3.B4",
        where=row.avrop.objekt.name,
    )


register(
    Provider(
        "plan",
        noop("Planer att underteckna"),
        plans,
        task(
            "%(row)s väntar på din underskrift.",
            "Läs och underteckna",
            "6.2.U1",
            lambda plan: plan.put_forward_on,
        ),
        "governance:plan_detail",
    ),
    Provider(
        "kostnad",
        noop("Kostnader att attestera"),
        costs,
        task(
            "Kostnaden %(row)s väntar på attest.",
            "Granska kostnaden",
            "6.2.B5",
            lambda cost: cost.on,
            lambda cost: reverse("governance:kostnad_judge", args=[cost.pk]),
        ),
        "governance:kostnad_judge",
    ),
    Provider(
        "avvisad", noop("Kostnader att rätta"), sent_back, mending, "governance:kostnad_change"
    ),
    Provider(
        "leverans",
        noop("Leveranser att godkänna"),
        deliveries,
        delivery,
        "governance:leverans_judge",
    ),
)
