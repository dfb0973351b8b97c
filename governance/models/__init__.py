"""The models of what exists; one module per noun."""

from governance.models.forvaltningsobjekt import Forvaltningsobjekt
from governance.models.gesture import Gesture, GestureRow
from governance.models.informationsmangd import Informationsmangd
from governance.models.informationssystem import ASPECTS, Informationssystem, Livscykel, Nis2
from governance.models.leverantor import Leverantor
from governance.models.namnd import Namnd
from governance.models.samband import Samband
from governance.models.seal import Seal, SealedGesture, SealLayout

__all__ = [
    "ASPECTS",
    "Forvaltningsobjekt",
    "Gesture",
    "GestureRow",
    "Informationsmangd",
    "Informationssystem",
    "Leverantor",
    "Livscykel",
    "Namnd",
    "Nis2",
    "Samband",
    "Seal",
    "SealLayout",
    "SealedGesture",
]
