"""Which rules something breaks, and an agreement as it may have come about."""

from typing import Any

from governance import rules
from governance.actions import leverantor as leverantor_actions
from governance.models import (
    Avtal,
    Avtalssystem,
    Forvaltningsobjekt,
    Informationssystem,
    Leverantor,
)
from tests import factories as make
from tests.factories import put, today


def breaks(thing: Any) -> set[str]:
    rows = type(thing)._default_manager.filter(pk=thing.pk)
    return {found.rule.code for found in rules.findings_of(rows)}


def avtal(objekt: Forvaltningsobjekt, system: Informationssystem, **fields: Any) -> Avtal:
    day = today()
    signed = {"status": "tecknat", "signed_on": day, "signed_by": make.make_user()}
    known = {"slag": "support", "title": "Support", "starts_on": day, "decision": "KS 1"}
    known |= {"approved_on": day, "approved_by": make.make_user(), "leverantor": supplier()}
    made = put(Avtal(objekt=objekt, **{**known, **signed, **fields}))
    put(Avtalssystem(avtal=made, system=system))
    return made


def supplier() -> Leverantor:
    return Leverantor.objects.first() or leverantor_actions.create(None, name="Leverans AB")
