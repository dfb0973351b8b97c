"""The models of what exists and what was decided about it; one module per noun or family of nouns."""

from governance.models.avtal import (
    Avtal,
    Avtalsfil,
    Avtalsforlangning,
    Avtalssystem,
    Avtalsuppfoljning,
    Filinnehall,
)
from governance.models.bedomning import Bedomning, Kvittens, Styrdokument, Utvardering
from governance.models.ekonomi import Avrop, Kostnad, Leverans, Tilldelning
from governance.models.forvaltningsobjekt import Forvaltningsobjekt
from governance.models.forvaltningsplan import Forvaltningsplan, Underskrift
from governance.models.gesture import Gesture, GestureRow
from governance.models.informationsmangd import Informationsmangd
from governance.models.informationssystem import ASPECTS, Informationssystem, Livscykel, Nis2
from governance.models.leverantor import Leverantor
from governance.models.mote import Dagordningspunkt, Mote, Motesdeltagare
from governance.models.namnd import Namnd
from governance.models.of_objekt import Sida
from governance.models.planrader import (
    Aktivitet,
    Budgetpost,
    Mal,
    Malmatning,
    Planavtal,
    Planrisk,
)
from governance.models.rapport import (
    Avvikelse,
    Delgivning,
    Kostnadsrapport,
    Lage,
    Statusrapport,
)
from governance.models.samband import Samband
from governance.models.seal import Seal, SealedGesture, SealLayout
from governance.models.uppdrag import Arende, Stallningstagande, Uppdrag

__all__ = [
    "ASPECTS",
    "Aktivitet",
    "Arende",
    "Avrop",
    "Avtal",
    "Avtalsfil",
    "Avtalsforlangning",
    "Avtalssystem",
    "Avtalsuppfoljning",
    "Avvikelse",
    "Bedomning",
    "Budgetpost",
    "Dagordningspunkt",
    "Delgivning",
    "Filinnehall",
    "Forvaltningsobjekt",
    "Forvaltningsplan",
    "Gesture",
    "GestureRow",
    "Informationsmangd",
    "Informationssystem",
    "Kostnad",
    "Kostnadsrapport",
    "Kvittens",
    "Lage",
    "Leverans",
    "Leverantor",
    "Livscykel",
    "Mal",
    "Malmatning",
    "Mote",
    "Motesdeltagare",
    "Namnd",
    "Nis2",
    "Planavtal",
    "Planrisk",
    "Samband",
    "Seal",
    "SealLayout",
    "SealedGesture",
    "Sida",
    "Stallningstagande",
    "Statusrapport",
    "Styrdokument",
    "Tilldelning",
    "Underskrift",
    "Uppdrag",
    "Utvardering",
]
