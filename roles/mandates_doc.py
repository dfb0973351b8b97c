"""docs/mandates.md: every clause of the document, and what in RegIT carries it."""

from collections.abc import Iterable
from pathlib import Path

from roles.carriers import CARRIERS
from roles.catalogue import OF_THE_REGISTER, ROLES, SYSTEMANVANDARE, Mandate, clauses

PATH = Path(__file__).resolve().parents[1] / "docs" / "mandates.md"
LATER = "stage C, not built"

HEAD = """\
# Mandates

Written by `manage.py mandates_doc` from `roles/catalogue.py` and `roles/carriers.py`; a test fails
when it is not current, when a carrier is not there, or when a mandate is asked for by no action.

Each clause of "Ansvar och roller för ägande och förvaltande av informationssystem" (Umeå kommun,
2018-01-04) with the permission that mirrors it, and the pages, actions, rules (findings), tables and
constraints that carry it. Stage A is the register, B its steering; C is not built yet.
"""


def document() -> str:
    """Return the whole page."""
    groups = [("Registret", OF_THE_REGISTER)]
    groups += [(f"{role.name} ({role.clause})", role.mandates) for role in ROLES]
    groups += [("Systemanvändare (6.9)", (SYSTEMANVANDARE,))]
    lines = [HEAD, *_counted()]
    for title, mandates in groups:
        lines += ["", f"## {title}", "", *_table(mandates)]
    return "\n".join([*lines, ""])


def _counted() -> list[str]:
    every = clauses()
    built = [m for m in every if m.stage != "C"]
    return [f"{len(every)} clauses: {len(built)} built, {len(every) - len(built)} of stage C."]


def _table(mandates: Iterable[Mandate]) -> list[str]:
    rows = [["Avsnitt", "Vad", "Mandat", "Etapp", "Bärs av"], ["---"] * 5, *map(_row, mandates)]
    return [f"| {' | '.join(row)} |" for row in rows]


def _row(mandate: Mandate) -> list[str]:
    permission = f"`{mandate.permission}`" if mandate.permission else ""
    return [mandate.clause, mandate.text, permission, mandate.stage, _carried(mandate)]


def _carried(mandate: Mandate) -> str:
    if mandate.stage == "C":
        return LATER
    return "<br>".join(_said(carrier) for carrier in CARRIERS[mandate.clause])


def _said(carrier: str) -> str:
    kind, name = carrier.split()
    return f"{kind} `{name}`"
