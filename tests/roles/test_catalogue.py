"""The catalogue is the document: every clause that binds a role, and every permission it names."""

import csv
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission

from governance.verbs import OBJEKT_VERBS, SYSTEM_VERBS
from roles import catalogue, checks
from roles.catalogue import BY_CODE, GROUPS, MANDATORY, OPERATIVE, ROLES, Mandate

CLAUSES = Path(__file__).parents[3] / "shared" / "mandates.csv"


def test_five_roles_are_mandatory_and_three_are_not() -> None:
    assert [role.code for role in MANDATORY] == [
        "namnd",
        "objektagare",
        "objektagare_it",
        "forvaltningsledare",
        "forvaltningsledare_it",
    ]
    assert [role.code for role in OPERATIVE] == [
        "systemforvaltare",
        "it_specialist",
        "systemdriftansvarig",
    ]


def test_each_role_is_appointed_by_one_who_holds_the_permission_to() -> None:
    for role in ROLES:
        for code in role.appointed_by:
            assert role.appointed_with in BY_CODE[code].permissions, role.code
        assert role.appointed_with in GROUPS["Administratörer"]


@pytest.mark.skipif(not CLAUSES.exists(), reason="the list of clauses is not beside this checkout")
def test_the_catalogue_holds_every_clause_of_a_role_with_its_permission() -> None:
    with CLAUSES.open(encoding="utf-8") as file:
        listed = {
            (row["role"], row["clause"], row["permission"], row["stage"])
            for row in csv.DictReader(file)
            if row["role"] not in ("", "systemanvandare")
        }
    held = {(r.code, m.clause, m.permission, m.stage) for r in ROLES for m in r.mandates}
    assert held == listed


def test_a_codename_that_nothing_declares_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks.check_catalogue() == []
    first, *rest = ROLES
    invented = catalogue.Role(
        **{**vars(first), "mandates": (Mandate("9.9", "Trollar", "do_magic"),)}
    )
    monkeypatch.setattr(checks, "ROLES", (invented, *rest))
    found = checks.check_catalogue()
    assert [e.id for e in found] == ["roles.E001"]
    assert "do_magic" in found[0].msg


def test_a_declared_verb_that_nobody_holds_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "SYSTEM_VERBS", [*SYSTEM_VERBS, ("fly", "Flyga")])
    assert [(e.id, "fly" in e.msg) for e in checks.check_catalogue()] == [("roles.E002", True)]


@pytest.mark.django_db
def test_the_groups_hold_what_the_catalogue_says_and_no_right_that_is_only_a_roles() -> None:
    for name, codenames in GROUPS.items():
        held = Group.objects.get(name=name).permissions.values_list("codename", flat=True)
        assert set(held) == set(codenames)
    signing = {"sign_avtal", "adopt_forvaltningsplan", "certify_cost", "approve_leverans"}
    assert not signing.intersection(GROUPS["Administratörer"])


@pytest.mark.django_db
def test_every_verb_is_a_permission_under_the_name_people_read() -> None:
    declared = dict(
        Permission.objects.filter(content_type__model="forvaltningsobjekt").values_list(
            "codename", "name"
        )
    )
    for codename, name in OBJEKT_VERBS:
        assert declared[codename] == name
