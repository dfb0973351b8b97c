"""The lists of what steers the objects, over the whole register: plans, costs, uppdrag, meetings …

A kind is a Listing with its columns: page, filter, order and export are all made of it.
"""

from operator import methodcaller
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Model, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from governance.lists.columns import Column, column
from governance.lists.facets import Choice, Facet, register_facet
from governance.lists.of_objekt import SteeringListing, chosen_by, objekt_column
from governance.models import (
    Arende,
    Avvikelse,
    Forvaltningsplan,
    Kostnad,
    Kostnadsrapport,
    Mote,
    Statusrapport,
    Styrdokument,
    Uppdrag,
)

NEWEST, OLDEST = _("Nyast först"), _("Äldst först")
OBJEKT = ("objekt", _("Förvaltningsobjekt"))


def named(heading: Any, order: str = "", cell: Any = str) -> Column:
    """Return the column that says what a row is, and leads to its page."""
    return Column(heading, cell, order, url=methodcaller("get_absolute_url"))


def by_day(day: str, **more: Any) -> dict[str, Any]:
    """Return the orders that every kind has, and more of its own."""
    return {"on": day, "objekt": "objekt__sort_key", **more}


def among_costs(cost: Kostnad) -> str:
    """Return where a cost stands among its object's, with what may be done with it."""
    page = reverse("governance:kostnad_list", args=[cost.objekt_id])
    return f"{page}?{urlencode({'q': cost.title})}"


class PlanListing(SteeringListing):
    """Every förvaltningsplan."""

    model = Forvaltningsplan
    named_in = ("summary",)
    sorts = (("-on", NEWEST), ("on", OLDEST), OBJEKT, ("till", _("Till och med")))
    orders = by_day("period_from", till="period_to")
    cells = (
        named(_("Plan")),
        objekt_column(),
        column(_("Från och med"), "period_from", "on"),
        column(_("Till och med"), "period_to", "till"),
        column(_("Läge"), "status"),
        column(_("Framlagd"), "put_forward_on", minor=True),
        column(_("Fastställd"), "adopted_on"),
    )


class KostnadListing(SteeringListing):
    """Every cost that the person may know of."""

    model = Kostnad
    related = ("objekt", "registered_by", "judged_by", "budgetpost")
    named_in = ("title", "fakturanummer")
    sorts = (("-on", NEWEST), ("on", OLDEST), OBJEKT, ("belopp", _("Belopp")))
    orders = by_day("on", belopp="belopp")
    cells = (
        column(_("Vad"), "title", url=among_costs),
        objekt_column(),
        column(_("Bokförd"), "on", "on"),
        column(_("Sida"), "sida"),
        column(_("Belopp"), "belopp", "belopp", number=True),
        column(_("Läge"), "status"),
        column(_("Fakturanummer"), "fakturanummer", minor=True),
        column(_("Registrerad av"), "registered_by"),
        column(_("Attesterad eller avvisad av"), "judged_by"),
        column(_("Den"), "judged_on", minor=True),
    )


class UppdragListing(SteeringListing):
    """Every uppdrag that the person may know of."""

    model = Uppdrag
    related = ("objekt", "aktivitet", "initiated_by")
    named_in = ("title", "assignee")
    sorts = (
        ("-on", NEWEST),
        ("on", OLDEST),
        OBJEKT,
        ("klart", _("Klart senast")),
        ("prioritet", _("Prioritet")),
        ("belopp", _("Beräknad kostnad")),
    )
    orders = by_day(
        "pk",
        klart=F("ends_on").asc(nulls_last=True),
        prioritet=F("priority").asc(nulls_last=True),
        belopp=F("belopp").asc(nulls_first=True),
    )
    cells = (
        named(_("Uppdrag")),
        objekt_column(),
        column(_("Läge"), "status"),
        column(_("Prioritet"), "priority", "prioritet", number=True),
        column(_("Utförs av"), "assignee"),
        column(_("Klart senast"), "ends_on", "klart"),
        column(_("Beräknad kostnad"), "belopp", "belopp", number=True),
        column(_("Aktivitet i planen"), "aktivitet", minor=True),
        column(_("Initierat av"), "initiated_by"),
    )


class ArendeListing(SteeringListing):
    """Every ärende that the person may know of."""

    model = Arende
    related = ("objekt", "raised_by", "system")
    sorts = (("-on", NEWEST), ("on", OLDEST), OBJEKT)
    orders = by_day("raised_on")
    cells = (
        named(_("Ärende")),
        objekt_column(),
        column(_("Anmält"), "raised_on", "on"),
        column(_("Läge"), "status"),
        column(_("System"), "system"),
        column(_("Beräknad kostnad"), "belopp", number=True),
        column(_("Föredras av"), "raised_by"),
        column(_("Beslutat"), "decided_on", minor=True),
    )


class AvvikelseListing(SteeringListing):
    """Every avvikelse that the person may know of."""

    model = Avvikelse
    related = ("objekt", "reported_by", "system")
    sorts = (("-on", NEWEST), ("on", OLDEST), OBJEKT)
    orders = by_day("on")
    cells = (
        named(_("Avvikelse")),
        objekt_column(),
        column(_("Upptäckt"), "on", "on"),
        column(_("Sida"), "sida"),
        column(_("Påverkar"), "paverkar"),
        column(_("Läge"), "status"),
        column(_("System"), "system"),
        column(_("Rapporterad av"), "reported_by"),
        column(_("Hanterad"), "handled_on"),
    )


class StatusrapportListing(SteeringListing):
    """Every statusrapport."""

    model = Statusrapport
    related = ("objekt", "reported_by")
    named_in = ("summary",)
    sorts = (("-on", NEWEST), ("on", OLDEST), OBJEKT)
    orders = by_day("reported_on")
    cells = (
        named(_("Statusrapport")),
        objekt_column(),
        column(_("Rapporterad"), "reported_on", "on"),
        column(_("Sida"), "sida"),
        column(_("Mål"), "mal_lage"),
        column(_("Tid"), "tid_lage"),
        column(_("Kostnad"), "kostnad_lage"),
        column(_("Rapporterad av"), "reported_by"),
    )


class KostnadsrapportListing(SteeringListing):
    """Every kostnadsrapport that the person may know of."""

    model = Kostnadsrapport
    related = ("objekt", "reported_by")
    named_in = ("comment",)
    sorts = (("-on", NEWEST), ("on", OLDEST), OBJEKT, ("attesterat", _("Attesterat")))
    orders = by_day("reported_on", attesterat="attesterat")
    cells = (
        named(_("Kostnadsrapport")),
        objekt_column(),
        column(_("Rapporterad"), "reported_on", "on"),
        column(_("Sida"), "sida"),
        column(_("Budget"), "budget", number=True),
        column(_("Attesterat"), "attesterat", "attesterat", number=True),
        column(_("Väntar på attest"), "vantar", number=True),
        column(_("Rapporterad av"), "reported_by"),
    )


class MoteListing(SteeringListing):
    """Every meeting."""

    model = Mote
    related = ("objekt", "called_by")
    named_in = ("location",)
    sorts = (("-on", NEWEST), ("on", OLDEST), OBJEKT)
    orders = by_day("starts_at")
    cells = (
        named(_("Möte")),
        objekt_column(),
        column(_("Dag"), "starts_at", "on"),
        column(_("Läge"), "status"),
        column(_("Plats eller länk"), "location", minor=True),
        column(_("Kallat av"), "called_by"),
    )


class StyrdokumentListing(SteeringListing):
    """Every styrdokument."""

    model = Styrdokument
    related = ("objekt", "issued_by")
    sorts = (("-on", NEWEST), ("on", OLDEST), OBJEKT)
    orders = by_day("updated_at")
    cells = (
        named(_("Styrdokument")),
        objekt_column(),
        column(_("Utgåva"), "edition"),
        column(_("Beslutat"), "decided_on", minor=True),
        column(_("Lämnat av"), "issued_by"),
        column(_("Senast ändrat"), "updated_at", "on"),
        column(_("Upphörde"), "withdrawn_on"),
    )


def _in_force() -> list[Choice]:
    ended = Q(withdrawn_on__isnull=False)
    return [
        Choice("galler", gettext("Gäller"), ~ended),
        Choice("upphort", gettext("Upphört"), ended),
    ]


register_facet(Styrdokument, Facet("lage", _("Läge"), _("Alla"), _in_force))
WITH_STATUS: tuple[type[Model], ...] = Forvaltningsplan, Kostnad, Uppdrag, Arende, Avvikelse, Mote
OF_A_SIDE: tuple[type[Model], ...] = Kostnad, Avvikelse, Statusrapport, Kostnadsrapport
for _model in WITH_STATUS:
    chosen_by(_model, "status", _("Läge"))
for _model in OF_A_SIDE:
    chosen_by(_model, "sida", _("Sida"))
chosen_by(Avvikelse, "paverkar", _("Påverkar"))
chosen_by(Mote, "slag", _("Slag"))
