"""The lists of the whole register that have a page of their own, beside the agreements."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as word

from governance.lists.of_objekt import SteeringListing
from governance.lists.steering import (
    ArendeListing,
    AvvikelseListing,
    KostnadListing,
    KostnadsrapportListing,
    MoteListing,
    PlanListing,
    StatusrapportListing,
    StyrdokumentListing,
    UppdragListing,
)


class Kind(NamedTuple):
    """A list of its own page: what it is called, what it is about, and how many are counted."""

    listing: type[SteeringListing]
    title: Any
    lead: Any
    one: str
    many: str


KINDS: dict[str, Kind] = {
    "plan": Kind(
        PlanListing,
        _("Förvaltningsplaner"),
        _("Alla planer, även utkast och dem som har ersatts."),
        word("plan"),
        word("planer"),
    ),
    "kostnad": Kind(
        KostnadListing,
        _("Kostnader"),
        _("Alla kostnader som är registrerade, attesterade eller avvisade."),
        word("kostnad"),
        word("kostnader"),
    ),
    "uppdrag": Kind(
        UppdragListing,
        _("Uppdrag"),
        _("Alla uppdrag som har initierats ur en plan eller efter beslut i styrgruppen."),
        word("uppdrag"),
        word("uppdrag"),
    ),
    "arende": Kind(
        ArendeListing,
        _("Ärenden"),
        _("Det som ligger utanför planerna och som styrgrupperna beslutar om."),
        word("ärende"),
        word("ärenden"),
    ),
    "avvikelse": Kind(
        AvvikelseListing,
        _("Avvikelser"),
        _("Det som avviker från planerna och är rapporterat till styrgrupperna."),
        word("avvikelse"),
        word("avvikelser"),
    ),
    "statusrapport": Kind(
        StatusrapportListing,
        _("Statusrapporter"),
        _("Läget i mål, tid och kostnad som det har rapporterats till objektägarna."),
        word("statusrapport"),
        word("statusrapporter"),
    ),
    "kostnadsrapport": Kind(
        KostnadsrapportListing,
        _("Kostnadsrapporter"),
        _("Utfallet mot budget som det såg ut när det rapporterades."),
        word("kostnadsrapport"),
        word("kostnadsrapporter"),
    ),
    "mote": Kind(
        MoteListing,
        _("Möten"),
        _("Alla förvaltningsmöten och styrgruppsmöten, kommande och hållna."),
        word("möte"),
        word("möten"),
    ),
    "styrdokument": Kind(
        StyrdokumentListing,
        _("Styrdokument"),
        _("Det som den som leder förvaltningen av ett objekt ska ha tagit del av."),
        word("styrdokument"),
        word("styrdokument"),
    ),
}
"""Each list by its name in addresses, in the order in which they are offered."""
