"""Meetings of an object: what is proposed for one, who approves, and the checksum of its minutes."""

from typing import Any

from django.db.models import QuerySet

from governance import access
from governance.access import Person
from governance.checksum import checksum
from governance.models import Arende, Avvikelse, Dagordningspunkt, Forvaltningsobjekt, Mote
from governance.steering import styrgrupp

LEADS = "draft_forvaltningsplan"
"""Held by the leaders of either side (6.3.U2, 6.5.U2)."""
Slag = Mote.Slag


def proposed_people(objekt: Forvaltningsobjekt) -> list[Any]:
    """Return the styrgrupp and the leaders of today, each person once: one query."""
    return access.people_with(objekt, styrgrupp.VERKSAMHET, styrgrupp.IT, LEADS)


def approvers(objekt: Forvaltningsobjekt, slag: str) -> list[Any]:
    """Return who approves the minutes: the styrgrupp (6.2.U3, 6.4.U3), else the leaders."""
    if slag == Slag.STYRGRUPP:
        return styrgrupp.styrgrupp_of(objekt).members
    return access.people_with(objekt, LEADS)


def open_arenden(person: Person, objekt: Forvaltningsobjekt) -> QuerySet[Arende]:
    """Return the open ärenden that the person may know of."""
    rows = Arende.objects.filter(objekt=objekt, status=Arende.Status.OPPET)
    return access.visible(person, rows.order_by("raised_on", "pk"))


def open_avvikelser(person: Person, objekt: Forvaltningsobjekt) -> QuerySet[Avvikelse]:
    """Return the avvikelser not yet handled that the person may know of."""
    rows = Avvikelse.objects.filter(objekt=objekt, status=Avvikelse.Status.OPPEN)
    return access.visible(person, rows.order_by("on", "pk"))


def agenda(person: Person, mote: Mote) -> QuerySet[Dagordningspunkt]:
    """Return the items that the person may know of, in order."""
    items = Dagordningspunkt.objects.filter(mote=mote).select_related("arende", "avvikelse")
    return access.visible(person, items.order_by("position", "pk"))


def public_titles(mote: Mote) -> list[str]:
    """Return the items as a letter or a calendar may tell of them: none about a skyddsvärt system."""
    items = Dagordningspunkt.objects.filter(mote=mote).order_by("position", "pk")
    open_ones = items.exclude(arende__system__skyddsvard=True)
    return list(
        open_ones.exclude(avvikelse__system__skyddsvard=True).values_list("title", flat=True)
    )


def content_hash(mote: Mote) -> str:
    """Return the SHA-256 of all that the minutes say, in one written form: who approves, approves this."""
    items = mote.dagordningspunkt.order_by("position", "pk")
    people = mote.motesdeltagare.order_by("pk")
    said: dict[str, Any] = {
        "objekt": mote.objekt_id,
        "slag": mote.slag,
        "starts_at": mote.starts_at.isoformat(),
        "ends_at": mote.ends_at.isoformat(),
        "location": mote.location,
        "minutes": mote.minutes,
        "items": list(
            items.values("id", "title", "arende_id", "avvikelse_id", "notes", "decision")
        ),
        "people": list(people.values("person_id", "ledamot", "attended")),
    }
    return checksum(said)
