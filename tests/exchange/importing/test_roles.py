"""Sheets of objects and roles: appointed, handed over, left alone; status last; errors with advice."""

from datetime import date, timedelta
from typing import Any

import pytest

from governance.models import Forvaltningsobjekt
from roles import activation, grants
from roles.catalogue import BY_CODE, MANDATORY
from roles.models import RoleAssignment
from tests import factories
from tests.exchange.importing import helpers
from tests.exchange.importing.helpers import book, bring_in, errors, fates, plan

pytestmark = pytest.mark.django_db
HEAD = [
    "Förvaltningsobjekt",
    "Roll",
    "Innehavare",
    "Från och med",
    "Till och med",
    "Gäller systemen",
]
FIVE = ["Skolnämnden", "Eva Lund", "Bo Ek", "Ida Berg", "Ulf Alm"]


@pytest.fixture
def admin() -> Any:
    return factories.make_admin()


def name(code: str) -> str:
    return BY_CODE[code].name


def five(objekt: str = "Skola", day: Any = None) -> list[list[Any]]:
    """Return the rows of the five roles."""
    return [[objekt, role.name, who, day] for role, who in zip(MANDATORY, FIVE, strict=True)]


def whole(status: str = "I förvaltning", process: str = "Undervisa") -> Any:
    """Return an object with process, status and its five roles."""
    objects = [["Namn", "Verksamhetsprocess", "Status"], ["Skola", process, status]]
    return book(Objekt=objects, Roller=[HEAD, *five(day=date(2024, 1, 1))])


def test_an_object_enters_management_with_its_five_roles_and_again_is_unchanged(admin: Any) -> None:
    bring_in(admin, whole())
    objekt = Forvaltningsobjekt.objects.get()
    assert objekt.status == "i_forvaltning"
    assert {a.valid_from for a in objekt.assignments.all()} == {date(2024, 1, 1)}
    assert not grants.check()
    made = plan(admin, whole())
    assert made.does_nothing
    assert set(fates(made)) == {"oforandrad"}


def test_missing_roles_and_process_stop_the_status_with_a_sentence_each(admin: Any) -> None:
    objects = [["Namn", "Status"], ["Skola", "I förvaltning"]]
    made = plan(admin, book(Objekt=objects, Roller=[HEAD, *five()[:4]]))
    assert [e.partition(": ")[0] for e in errors(made)] == ["Blad Objekt, rad 2, kolumn Status"] * 2
    assert "Förvaltningsledare IT är inte tillsatt" in errors(made)[0]
    assert "Ange den verksamhetsprocess" in errors(made)[1]


def test_another_holder_is_a_hand_over_from_the_day_of_the_row(admin: Any) -> None:
    bring_in(admin, whole())
    tomorrow = factories.today() + timedelta(days=1)
    file = book(Roller=[HEAD, ["Skola", name("forvaltningsledare"), "Karin Holm", tomorrow]])
    (change,) = helpers.changes(plan(admin, file))
    was = FIVE[[role.code for role in MANDATORY].index("forvaltningsledare")]
    assert (change.label, change.old, change.new) == ("Förvaltningsledare", was, "Karin Holm")
    bring_in(admin, file)
    before, after = RoleAssignment.objects.filter(role="forvaltningsledare").order_by("valid_from")
    assert (before.valid_to, after.valid_from, after.valid_to) == (
        factories.today(),
        tomorrow,
        None,
    )
    assert plan(admin, file).does_nothing


def test_a_namnd_named_on_the_object_is_appointed_or_takes_over(admin: Any) -> None:
    head = ["Namn", "Nämnd"]
    bring_in(admin, book(Objekt=[head, ["Skola", "Skolnämnden"]]))
    assert str(RoleAssignment.objects.get().namnd) == "Skolnämnden"
    assert plan(admin, book(Objekt=[head, ["Skola", "Skolnämnden"]])).does_nothing


@pytest.mark.parametrize(
    ("rows", "column", "sentence"),
    [
        ([["Skolan", "Objektägare", "Eva Lund"]], "Förvaltningsobjekt", "Menade du ”Skola”?"),
        ([["Skola", "Objektägre", "Eva Lund"]], "Roll", "Menade du ”Objektägare"),
        ([["Skola", "Objektägare", "eva.lnd"]], "Innehavare", "Menade du eva.lund?"),
        ([["Skola", "Objektägare", "Eva"]], "Innehavare", "inget helt namn"),
        ([["Skola", "Objektägare", "Eva Lund; Bo Ek"]], "Innehavare", "Skriv en person per rad"),
        ([["Skola", "Nämnd/styrelse", "Umeå Energi AB"]], "Innehavare", "avsnitt 2.2"),
        (
            [["Skola", "Objektägare", "Eva Lund", "2026-05-01", "2026-04-01"]],
            "Till och med",
            "Slutdatumet ligger före startdatumet",
        ),
        (
            [["Skola", "Objektägare", "Eva Lund", "", "", "Heroma"]],
            "Gäller systemen",
            "En obligatorisk roll gäller alltid hela objektet",
        ),
        ([["Skola", "Systemförvaltare", "Bo Ek", "", "", "Heroms"]], "Gäller systemen", "Menade du ”Heroma”?"),
        (
            [["Skola", "Objektägare", "Eva Lund"], ["Skola", "Objektägare", "Bo Ek"]],
            "Innehavare",
            "Rollen har redan en innehavare de dagarna: Eva Lund, rad 2",
        ),
        (
            [["Skola", "Objektägare", "Eva Lund", "2025-01-01", "2025-06-30"],
             ["Skola", "Objektägare", "Bo Ek", "2025-06-01"]],
            "Innehavare",
            "Låt den enas tid sluta dagen innan den andras börjar",
        ),
        ([["Skola", "Objektägare", "Eva Lund"]] * 2, "Förvaltningsobjekt", "Raden är likadan som rad 2"),
        (
            [["Skola", "Systemförvaltare", "Eva Lund", "2025-01-01"],
             ["Skola", "Systemförvaltare", "eva.lund", "2025-02-01"]],
            "Innehavare",
            "Eva Lund har rollen på rad 2, samma dagar",
        ),
    ],
)  # fmt: skip
def test_a_wrong_row_says_where_and_what_to_do(
    admin: Any, rows: list[list[Any]], column: str, sentence: str
) -> None:
    factories.make_user("eva.lund")
    factories.make_system(factories.make_objekt("Skola"), "Heroma")
    made = plan(admin, book(Roller=[HEAD, *rows]))
    found = [e for e in errors(made) if sentence in e]
    assert found, errors(made)
    assert found[0].startswith(f"Blad Roller, rad {len(rows) + 1}, kolumn {column}: ")
    assert fates(made)[-1] == "fel"


def test_who_follows_keeps_the_day_that_was_decided(admin: Any) -> None:
    objekt = factories.make_objekt("Skola")
    later = factories.today() + timedelta(days=30)
    factories.appoint(objekt, "objektagare", factories.make_user("bo.ek"), valid_from=later)
    bring_in(admin, book(Roller=[HEAD, ["Skola", "Objektägare", "Eva Lund"]]))
    first, second = objekt.assignments.order_by("valid_from")
    assert (first.valid_to, second.valid_from) == (later - timedelta(days=1), later)


def test_an_operative_role_may_be_many_and_on_named_systems(admin: Any) -> None:
    objekt = factories.make_objekt("Skola")
    for system in ("Heroma", "Raindance"):
        factories.make_system(objekt, system)
    row = ["Skola", "Systemförvaltare", "Eva Lund", "", "", "heroma\nRaindance"]
    file = book(Roller=[HEAD, row, ["Skola", "Systemförvaltare", "Bo Ek"]])
    bring_in(admin, file)
    held = RoleAssignment.objects.values_list("person__last_name", "system__name")
    assert set(held) == {("Lund", "Heroma"), ("Lund", "Raindance"), ("Ek", None)}
    assert plan(admin, file).does_nothing


def test_a_new_end_is_a_change_and_its_substitute_goes_no_further(admin: Any) -> None:
    from roles import assignments

    objekt = factories.make_objekt("Skola")
    eva, bo = factories.make_user("eva.lund"), factories.make_user("bo.ek")
    held = factories.appoint(objekt, "systemforvaltare", eva, valid_from=date(2024, 1, 1))
    today = factories.today()
    assignments.substitute(
        None, held, bo, valid_from=today, valid_to=today + timedelta(days=90), reason="Ledig"
    )
    end = today + timedelta(days=10)
    file = book(Roller=[HEAD, ["Skola", "Systemförvaltare", "eva.lund", date(2024, 1, 1), end]])
    assert [c.label for c in helpers.changes(plan(admin, file))] == ["Till och med"]
    bring_in(admin, file)
    held.refresh_from_db()
    assert (held.valid_to, held.substitutions.get().valid_to) == (end, end)


def test_an_object_twice_is_an_error_and_its_fields_change(admin: Any) -> None:
    head = ["Namn", "Beskrivning"]
    made = plan(admin, book(Objekt=[head, ["Skola", "a"], ["SKOLA", "b"]]))
    assert "SKOLA står redan på rad 2" in errors(made)[0]
    bring_in(admin, book(Objekt=[head, ["Skola", "a"]]))
    bring_in(admin, book(Objekt=[head, ["Skola", "b"]]))
    assert Forvaltningsobjekt.objects.get().description == "b"


def test_an_object_is_not_wound_up_with_systems_in_use(admin: Any) -> None:
    factories.make_system(factories.make_objekt("Skola"), "Heroma")
    made = plan(admin, book(Objekt=[["Namn", "Status"], ["Skola", "Avvecklat"]]))
    assert "1 system som inte är avvecklade" in errors(made)[0]


def test_the_last_day_of_the_calendar_is_until_further_notice(admin: Any) -> None:
    rows = five(day=date(2024, 1, 1))
    for row in rows:
        row.append(date(9999, 12, 31))
    bring_in(admin, book(Objekt=[["Namn"], ["Skola"]], Roller=[HEAD, *rows]))
    assert {a.valid_to for a in RoleAssignment.objects.all()} == {None}


def test_a_day_before_the_calendar_is_an_error_in_its_cell(admin: Any) -> None:
    made = plan(admin, book(Objekt=[["Namn"], ["Skola"]], Roller=[HEAD, *five(day=date(1, 1, 1))]))
    assert any("före år 1900" in str(error) for error in errors(made))


def test_nobody_is_appointed_to_what_is_wound_up_and_who_is_there_may_end(admin: Any) -> None:
    objekt = factories.make_active("Skola")
    held = objekt.assignments.get(role="forvaltningsledare")
    activation.change_status(None, objekt, "avvecklat", reason="Slut")
    rows = [["Skola", name("it_specialist"), "Bo Ek"], ["Skola", name("objektagare"), "Eva Lund"]]
    made = plan(admin, book(Roller=[HEAD, *rows]))
    assert [error.split(". ")[0] for error in errors(made)] == [
        f"Blad Roller, rad {row}, kolumn Förvaltningsobjekt: Skola är avvecklat" for row in (2, 3)
    ]
    ends = ["Skola", name(held.role), str(held.person), held.valid_from, factories.today()]
    bring_in(admin, book(Roller=[HEAD, ends]))
    held.refresh_from_db()
    assert held.valid_to == factories.today()


def test_a_last_day_that_has_passed_takes_a_first_day(admin: Any) -> None:
    factories.make_objekt("Skola")
    passed = factories.today() - timedelta(days=1)
    row = ["Skola", name("it_specialist"), "Bo Ek", None, passed]
    (error,) = errors(plan(admin, book(Roller=[HEAD, row])))
    assert error.startswith("Blad Roller, rad 2, kolumn Till och med: ")
    assert "Slutdatumet har passerat" in error
    first = row[3] = passed - timedelta(days=30)
    bring_in(admin, book(Roller=[HEAD, row]))
    held = RoleAssignment.objects.get()
    assert (held.valid_from, held.valid_to) == (first, passed)
    row[3] = None
    assert plan(admin, book(Roller=[HEAD, row])).does_nothing
