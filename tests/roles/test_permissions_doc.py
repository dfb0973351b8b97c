"""docs/permissions.md says what the catalogue says."""

from roles.catalogue import GROUPS, ROLES
from roles.permissions_doc import PATH, document


def test_the_page_is_current() -> None:
    assert PATH.read_text(encoding="utf-8") == document(), "run: manage.py permissions_doc"


def test_every_permission_stands_with_every_clause_that_gives_it() -> None:
    lines = document().splitlines()
    for role in ROLES:
        for mandate in role.mandates:
            if mandate.permission:
                line = next(x for x in lines if f"`{mandate.permission}`" in x)
                assert mandate.clause in line
    for codename in {c for held in GROUPS.values() for c in held}:
        assert any(f"`{codename}`" in line for line in lines), codename
