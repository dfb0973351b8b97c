"""docs/permissions.md: the catalogue as a matrix, so that rights can be read without the code."""

from collections.abc import Iterable
from pathlib import Path

from governance.verbs import NAMES
from roles.catalogue import GROUPS, ROLES, SYSTEMANVANDARE, Role

PATH = Path(__file__).resolve().parents[1] / "docs" / "permissions.md"

HEAD = """\
# Permissions

Written by `manage.py permissions_doc` from `roles/catalogue.py`; a test fails when it is not current.

A person's rights on a förvaltningsobjekt are exactly the union of the mandates of the roles held there
today, as holder, as representative of the nämnd or as substitute. An operative role on named systems
gives its rights on those systems alone. Nobody is given a right by hand. Everybody who can log in reads
the register, except what is skyddsvärt.

A cell names the clauses of "Ansvar och roller" that give the right. Permissions marked *(B)* or *(C)*
belong to parts of RegIT that are not built yet; the grants are there already.
"""

EVERYBODY = (
    f"Every systemanvändare: {NAMES[SYSTEMANVANDARE.permission]} "
    f"(`{SYSTEMANVANDARE.permission}`, {SYSTEMANVANDARE.clause}); no grant is written for it."
)


def document() -> str:
    """Return the whole page."""
    return "\n".join(
        [
            HEAD,
            "## By role",
            "",
            *_table(["Mandat", *(_short(role) for role in ROLES)], _role_rows()),
            "",
            EVERYBODY,
            "",
            "## By group",
            "",
            "Outside the objects; members are chosen by Administratörer.",
            "",
            *_table(["Får", *GROUPS], _group_rows()),
            "",
            "## Who appoints whom",
            "",
            *_table(["Roll", "Obligatorisk", "Utses av", "Mandat"], map(_appointed, ROLES)),
            "",
        ]
    )


def _role_rows() -> Iterable[list[str]]:
    for codename in NAMES:
        if any(codename in role.permissions for role in ROLES):
            yield [_words(codename), *(_clauses(role, codename) for role in ROLES)]


def _group_rows() -> Iterable[list[str]]:
    for codename in dict.fromkeys(c for held in GROUPS.values() for c in held):
        yield [_words(codename), *("ja" if codename in held else "" for held in GROUPS.values())]


def _appointed(role: Role) -> list[str]:
    by = {r.code: r.name for r in ROLES}
    return [
        f"{role.name} ({role.clause})",
        "ja" if role.mandatory else "nej",
        " eller ".join(by[code] for code in role.appointed_by) or "Administratörer",
        f"`{role.appointed_with}`",
    ]


def _words(codename: str) -> str:
    stages = {m.stage for role in ROLES for m in role.mandates if m.permission == codename}
    later = f" *({min(stages)})*" if stages and "A" not in stages else ""
    return f"{NAMES[codename]} `{codename}`{later}"


def _clauses(role: Role, codename: str) -> str:
    return ", ".join(m.clause for m in role.mandates if m.permission == codename)


def _short(role: Role) -> str:
    return f"{role.name} ({role.clause})"


def _table(head: list[str], rows: Iterable[list[str]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return [f"| {' | '.join(line)} |" for line in lines]
