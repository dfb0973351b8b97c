"""What costs and deliveries leave waiting for whom: registered at start-up."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from governance.access import Person, mandated
from governance.actions import kostnad as actions
from governance.models import Kostnad, Leverans, Sida
from governance.todo import Provider, Task, register
from governance.todo.steering import oldest, on_ones_side, task

ATTESTS = {Sida.VERKSAMHET: actions.CERTIFY, Sida.IT: actions.CERTIFY_IT}
"""For whom the costs of a side wait: who may attest both sides is not asked of IT's (6.2.B5, 6.4.B3)."""


def costs(person: Person) -> QuerySet[Any]:
    """Return costs of the person's side that others have registered, and changed."""
    own = actions.ever_own(person).filter(id=OuterRef("pk"))
    rows = Kostnad.objects.filter(on_ones_side(person, ATTESTS), ~Exists(own))
    return oldest(rows.filter(status=Kostnad.Status.REGISTRERAD), "on")


def sent_back(person: Person) -> QuerySet[Any]:
    """Return costs that the person registered and that were sent back."""
    back = Kostnad.objects.filter(status=Kostnad.Status.AVVISAD, registered_by=person)
    mine = mandated(person, actions.FOLLOW_UP, actions.FOLLOW_UP_IT)
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
