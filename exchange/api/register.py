"""The register: objekt, system, informationsmängder, samband, leverantörer, nämnder, people and roles."""

from datetime import date
from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from exchange.api.nouns import Act, Noun
from governance.actions import (
    bedomning,
    informationsmangd,
    leverantor,
    namnd,
    objekt,
    samband,
    system,
)
from governance.forms.system import DECIDED
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
from roles.models import RoleAssignment, Substitution, User

Text = Annotated[str, Field(max_length=10_000)]
Line = Annotated[str, Field(max_length=200)]
Reason = Annotated[str, Field(max_length=500)]
REASON = {"reason": (Reason, "")}
REASON_REQUIRED = {"reason": (Annotated[str, Field(min_length=1, max_length=500)], ...)}
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
)
SYSTEM = Noun(
    "system",
    Informationssystem,
    listing=SystemListing,
    parent="objekt",
    writable=SYSTEM_FIELDS,
    changeable=[name for name in SYSTEM_FIELDS if name not in DECIDED],
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
            system.move,
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
        within=("system",),
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
    Noun(
        "personer",
        User,
        fields=(
            "username",
            "first_name",
            "last_name",
            "email",
            "phone",
            "unit",
            "title",
            "is_active",
        ),
    ),
    Noun("roller", RoleAssignment, within=("objekt", "person", "namnd", "system")),
    Noun("ersattare", Substitution, within=("person",)),
)
