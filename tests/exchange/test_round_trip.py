"""What the export writes, the import reads as the same: unchanged here, and made again elsewhere."""

from typing import Any

import pytest

from exchange import exporting
from exchange.importing import Fate, Instructions, Plan, make_plan
from exchange.reading import Book
from exchange.writing import write_csv, write_json, write_workbook
from governance.actions import informationsmangd as mangd_actions
from governance.actions import system as system_actions
from governance.models import Forvaltningsobjekt, Informationssystem
from roles import grants, people
from roles.models import ObjektGrant, SystemGrant, User
from tests.exchange.register import varied_register
from tests.exchange.round_trip import Write, emptied, exported, imported, sheets
from tests.factories import appoint, make_objekt, make_system, make_user, put

pytestmark = pytest.mark.django_db

WHOLE = pytest.mark.parametrize("write", [write_workbook, write_json])


def planned(book: Book, actor: Any = None) -> Plan:
    return make_plan(actor, book, Instructions.guess(book))


def stored() -> dict[str, list[Any]]:
    """Return the fields of objects and systems, and who may do what."""
    return {
        "objects": sorted(
            Forvaltningsobjekt.objects.values_list(
                "name", "verksamhetsprocess", "description", "status"
            )
        ),
        "systems": sorted(map(str, Informationssystem.objects.values_list(*FIELDS))),
        "grants": sorted(granted()),
    }


FIELDS = (
    "name", "other_names", "purpose", "collects", "stores", "processes", "distributes",
    "lagrar_elektroniskt", "livscykel", "livscykel_since", "livscykel_decision",
    "driftsatt_on", "avvecklas_on", "product", "hosting", "operator", "support", "contacts",
    "user_groups", "konfidentialitet", "konfidentialitet_motivation", "riktighet",
    "riktighet_motivation", "tillganglighet", "tillganglighet_motivation", "sparbarhet",
    "sparbarhet_motivation", "personal_data", "personal_data_kinds", "nis2", "skyddsvard",
    "ovriga_uppgifter", "objekt__name", "leverantor__name",
    "leverantor__organisationsnummer", "informationen_ags_av__name",
)  # fmt: skip


def granted() -> list[tuple[Any, ...]]:
    """Return every grant, on objects and on named systems, as thing, person and verb."""
    paths = ("content_object__name", "user__username", "permission__codename")
    return [
        *ObjektGrant.objects.values_list(*paths),
        *SystemGrant.objects.values_list(*paths),
    ]


@WHOLE
def test_an_export_imports_again_unchanged(write: Write) -> None:
    varied_register()
    unchanged(exported(write), rows=2 + 5 + 10 + 3 + 2)


def unchanged(book: Book, rows: int) -> None:
    plan = planned(book)
    assert [str(problem) for problem in plan.errors] == []
    assert [(line.name, line.changes) for line in plan.lines if line.fate is not Fate.SAME] == []
    assert len(plan.lines) == rows
    assert plan.consequences == []
    assert plan.does_nothing


@WHOLE
def test_whoever_has_left_is_still_the_holder(write: Write) -> None:
    register = varied_register()
    owner = User.objects.get(assignments__objekt=register.elev, assignments__role="objektagare")
    people.set_active(None, owner, False, reason="Har slutat")
    unchanged(exported(write), rows=22)


@WHOLE
@pytest.mark.parametrize("username", ["anna", "AnnaB", "Anna.Berg", "anna@ek.se", "a+b_c-1"])
@pytest.mark.parametrize("name", [("Anna", "Berg"), ("Anna och Bo", "Ek, IT"), ("", "")])
def test_the_account_is_known_by_its_user_name(
    write: Write, username: str, name: tuple[str, str]
) -> None:
    for other in ("anna.annan", username.swapcase()):
        make_user(other, first_name="Anna", last_name="Berg", email="")
    # An account that an import of bare user names made has no name at all.
    person = put(make_user(username, email=""), first_name=name[0], last_name=name[1])
    objekt = make_objekt()
    appoint(objekt, "objektagare", person)
    mangd_actions.create(
        None, make_system(objekt), content="Allt", verksamhet="Skola", informationsagare=person
    )
    unchanged(exported(write), rows=4)


def test_a_list_of_systems_imports_again_unchanged_from_csv() -> None:
    varied_register()
    systems = exporting.system_table(Informationssystem.objects.all())
    unchanged(exported(lambda tables, file: write_csv(tables[0], file), [systems]), rows=5)


@WHOLE
def test_what_somebody_sees_of_the_register_imports_again_unchanged(write: Write) -> None:
    varied_register()
    unchanged(exported(write, exporting.register_tables(make_user())), rows=2 + 4 + 9 + 2 + 1)


@WHOLE
def test_one_changed_cell_is_one_changed_row(write: Write) -> None:
    register = varied_register()
    book = exported(write)
    system_actions.change(None, register.journal, purpose="Ett annat")
    plan = planned(book)
    (line,) = [line for line in plan.lines if line.fate is not Fate.SAME]
    assert (line.name, [c.old for c in line.changes]) == ("Elevjournal", ["Ett annat"])


@WHOLE
def test_an_emptied_register_is_the_same_after_an_import(write: Write) -> None:
    varied_register()
    book, before = exported(write), stored()
    emptied()
    assert not Forvaltningsobjekt.objects.exists()
    imported(book)
    assert sheets(exported(write)) == sheets(book)
    assert stored() == before
    assert not grants.check()
