"""The export of the history: exactly the filter, one row a changed field, text that stays text."""

import csv
from collections.abc import Callable
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from exchange import audit
from governance import bulk
from governance.actions import objekt as objekt_actions
from governance.gestures import gesture
from governance.history import whole
from governance.history.filters import Filters
from governance.history.timeline import Timeline
from governance.models import Gesture, Informationssystem
from roles.models import User
from tests import factories as make

pytestmark = pytest.mark.django_db


def exported(client: Client, fmt: str, **query: Any) -> bytes:
    response = client.get(reverse("exchange:granskning_export", args=[fmt]), query)
    assert response.status_code == 200
    assert response.streaming
    assert f"historik-{make.today().isoformat()}.{fmt}" in response["Content-Disposition"]
    return response.getvalue()


def lines(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig")), delimiter=";"))


@pytest.fixture
def karin(client: Client) -> User:
    client.force_login(make.make_revisor())
    karin = make.make_user("karin.oberg", last_name="Öberg")
    objekt = make.make_active("Elever", forvaltningsledare=karin)
    objekt_actions.change(karin, objekt, description="=cmd|'/c calc'!A1", reason="+Översyn")
    return karin


def test_csv_has_a_row_a_field_of_exactly_the_filter(client: Client, karin: User) -> None:
    found = lines(exported(client, "csv", vem="karin.oberg"))
    made = Gesture.objects.get(actor=karin)
    assert found[0] == audit.headings()
    at = found[1].pop(0)
    assert at.startswith(make.today().isoformat())
    assert found[1:] == [
        [
            "Karin Öberg (karin.oberg)",
            "Ändrade uppgifter",
            "'+Översyn",
            "Elever",
            "Förvaltningsobjekt Elever",
            "Beskrivning",
            "",
            "'=cmd|'/c calc'!A1",
            str(made.pk),
        ]
    ]


def test_a_formula_is_text_in_the_workbook(client: Client, karin: User) -> None:
    book = openpyxl.load_workbook(BytesIO(exported(client, "xlsx", vem="karin.oberg")))
    cell = book.worksheets[0]["I2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=cmd|'/c calc'!A1", "s", True)


def test_an_unknown_format_is_not_found(client: Client, karin: User) -> None:
    assert client.get(reverse("exchange:granskning_export", args=["pdf"])).status_code == 404


def test_a_gesture_with_many_rows_comes_out_whole(
    client: Client, karin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole, "THINGS", 50)
    objekt = make.make_objekt()
    with gesture(None, "import", "Kalkylarket") as opened:
        bulk.create(
            Informationssystem,
            [
                Informationssystem(objekt=objekt, name=f"System {number}")
                for number in range(whole.MOST + 30)
            ],
        )
    found = lines(exported(client, "csv", handelse=str(opened.pk)))
    names = {row[8] for row in found if row[6] == "Namn"}
    assert names == {f"System {number}" for number in range(whole.MOST + 30)}
    timeline = Timeline(None, None, Filters(gesture=opened.pk))
    pieces = list(whole.of_gesture(timeline, opened, {Informationssystem}))
    assert [len(piece.items) for piece in pieces] == [50, 50, 50, 50, 30]


def many_gestures(number: int) -> None:
    """Let systems be made, a gesture for each, and be renamed together in one."""
    objekt = make.make_objekt()
    for n in range(number):
        make.make_system(objekt, f"System {n}", skyddsvard=n == 1)
    with gesture(None, "import", "Kalkylarket"):
        together = list(Informationssystem.objects.filter(objekt=objekt))
        for system in together:
            system.name += " A"
        bulk.change(Informationssystem, together, ["name"])


@pytest.mark.parametrize("make_reader", [lambda: None, make.make_user])
@pytest.mark.parametrize(
    "sizes",
    [
        {"GESTURES": 3},
        {"PORTION": 1},
        {"GESTURES": 4, "PORTION": 5, "MOST": 3},
        {"PORTION": 2, "MOST": 1, "THINGS": 2},
    ],
)
def test_wherever_portions_end_nothing_is_lost_or_told_twice_or_to_others(
    karin: User,
    monkeypatch: pytest.MonkeyPatch,
    sizes: dict[str, int],
    make_reader: Callable[[], User | None],
) -> None:
    many_gestures(7)
    reader = make_reader()
    expected = list(audit.rows(Timeline(reader)))
    for name, size in sizes.items():
        monkeypatch.setattr(whole, name, size)
    found = list(audit.rows(Timeline(reader)))
    assert sorted(found) == sorted(expected)
    assert list(dict.fromkeys(row[9] for row in found)) == list(
        dict.fromkeys(row[9] for row in expected)
    )
    told = repr(found)
    assert ("System 1" in told, "Kalkylarket" in told) == (reader is None, reader is None)
    assert "System 6 A" in told
    if reader is None:
        every = {str(pk) for pk in Gesture.objects.values_list("pk", flat=True)}
        assert {row[9] for row in found} == every


def test_the_number_of_queries_does_not_depend_on_the_number_of_gestures(
    karin: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    many_gestures(2)
    for more in (0, 50):
        many_gestures(more)
        # Which gestures, how much they wrote, their rows, the rows before those, the groups of
        # people in either, and what they lead to.
        with django_assert_num_queries(6):
            list(audit.rows(Timeline(None)))


def test_a_long_gesture_is_asked_for_by_portions(
    karin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole, "MOST", 10)
    monkeypatch.setattr(whole, "THINGS", 20)
    asked = []
    for number in (40, 80):
        many_gestures(number)
        opened = Gesture.objects.filter(kind="import").latest("at")
        with CaptureQueriesContext(connection) as queries:
            rows = list(audit.rows(Timeline(None, None, Filters(gesture=opened.pk))))
        assert len(rows) == number
        asked.append(len(queries))
    # A portion asks for its rows, the rows before, and what they lead to.
    assert asked[1] - asked[0] == 2 * 3


def test_a_full_sheet_goes_on_in_the_next(karin: User) -> None:
    sheets = {t.name: list(t.rows) for t in audit.tables(Timeline(None), sheet_rows=5)}
    assert list(sheets)[:2] == ["Historik", "Historik 2"]
    assert all(len(rows) == 5 for rows in list(sheets.values())[:-1])
    assert sum(map(len, sheets.values())) == len(list(audit.rows(Timeline(None))))


def test_nothing_found_is_a_table_with_headings_alone(client: Client, karin: User) -> None:
    book = openpyxl.load_workbook(BytesIO(exported(client, "xlsx", until="2001-01-01")))
    assert [c.value for c in book.worksheets[0][1]] == audit.headings()
    assert book.worksheets[0].max_row == 1
