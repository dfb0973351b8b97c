"""The register: objekt, system, informationsmängder, samband, leverantörer and nämnder."""

from datetime import date
from typing import Literal

from django.utils.translation import gettext_lazy as _

from exchange.api.bodies import REASON, REASON_REQUIRED, Line, Text
from exchange.api.nouns import Act, Noun
from exchange.api.staffing import STAFFING
from governance.actions import (
    bedomning,
    informationsmangd,
    leverantor,
    namnd,
    objekt,
    samband,
    system,
)
from governance.lists.filters import ObjektListing, SystemListing
from governance.models import (
    Bedomning,
    Forvaltningsobjekt,
    Informationsmangd,
    Informationssystem,
    Leverantor,
    Livscykel,
    Namnd,
    Samband,
    Sida,
)
from governance.subjects import SUBJECTS
from roles import activation

SYSTEM_FIELDS = [name for _legend, names in SUBJECTS for name in names]

OBJEKT = Noun(
    "objekt",
    Forvaltningsobjekt,
    listing=ObjektListing,
    writable=("name", "verksamhetsprocess", "description"),
    create=objekt.create,
    change=objekt.change,
    acts=(
        Act("verify", _("Bekräfta uppgifterna"), objekt.verify, REASON),
        Act(
            "status",
            _("Ändra status"),
            activation.change_status,
            {"status": (Literal[tuple(Forvaltningsobjekt.Status.values)], ...), **REASON_REQUIRED},
        ),
    ),
    parts=(STAFFING,),
)
SYSTEM = Noun(
    "system",
    Informationssystem,
    listing=SystemListing,
    parent="objekt",
    writable=SYSTEM_FIELDS,
    changeable=[name for name in SYSTEM_FIELDS if name not in system.DECIDED],
    create=system.create,
    change=system.change,
    acts=(
        Act(
            "livscykel",
            _("Besluta om livscykel"),
            system.decide_livscykel,
            {
                "livscykel": (Literal[tuple(Livscykel.values)], ...),
                "since": (date, ...),
                "decision": (Line, ""),
                **REASON_REQUIRED,
            },
            versioned=True,
        ),
        Act(
            "move",
            _("Flytta till ett annat objekt"),
            activation.move_system,
            REASON_REQUIRED,
            {"to": Forvaltningsobjekt},
        ),
        Act(
            "judge",
            _("Bedöm systemet"),
            bedomning.judge,
            {
                "sida": (Literal[tuple(Sida.values)], ...),
                "omdome": (
                    Literal[tuple(v for v, _l in Bedomning._meta.get_field("omdome").flatchoices)],
                    ...,
                ),
                "motivering": (Text, ...),
                "on": (date | None, None),
                **REASON,
            },
        ),
    ),
)
NOUNS = (
    OBJEKT,
    SYSTEM,
    Noun("bedomningar", Bedomning, within=("system",)),
    Noun(
        "informationsmangder",
        Informationsmangd,
        parent="system",
        within=("system", "informationsagare"),
        create=informationsmangd.create,
        change=informationsmangd.change,
        remove=informationsmangd.remove,
    ),
    Noun(
        "samband",
        Samband,
        parent="source",
        within=("source", "target"),
        create=samband.create,
        change=samband.change,
        remove=samband.remove,
    ),
    Noun("leverantorer", Leverantor, create=leverantor.create, change=leverantor.change),
    Noun("namnder", Namnd, create=namnd.create, change=namnd.change),
)
