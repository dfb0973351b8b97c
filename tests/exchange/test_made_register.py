"""The register before RegIT, ours and the real one's headings: read whole, guessed with care."""

import csv
import io
from collections import Counter
from pathlib import Path

import pytest

from exchange.cleaning import fold
from exchange.mapping import SUBJECTS, guess, guess_subject, read_entries
from exchange.people import Person
from exchange.reading import Book, read
from exchange.writing import write_workbook
from tests.exchange.made_register import HEADINGS, made_register

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here")
GUESSED = {
    "Namn": "name",
    "Organisation": "organisation",
    "Systemansvariga IT": "forvaltningsledare_it",
    "Systemansvariga verksamhet": "forvaltningsledare",
    "Drift internt eller externt": "hosting",
    "Var i systemets livscykel befinner sig systemet?": "livscykel",
    "Verksamhet Beskrivning": "purpose",
}


@pytest.fixture(scope="module")
def book() -> Book:
    buffer = io.BytesIO()
    write_workbook([made_register()], buffer)
    buffer.seek(0)
    return read(buffer, "systemlista.xlsx")


def test_our_register_has_the_shape_of_a_real_one(book: Book) -> None:
    (sheet,) = book.sheets
    assert (len(sheet.rows), len(sheet.headings)) == (533, 53)
    names = Counter(fold(str(row.values[0])) for row in sheet.rows)
    assert sum(count - 1 for count in names.values()) == 14
    filled = sorted(sum(value != "" for value in row.values) for row in sheet.rows)
    assert 12 <= filled[len(filled) // 2] <= 20
    assert made_register() == made_register()


def test_its_headings_are_guessed_with_care_and_the_rest_becomes_ovrig_uppgift(book: Book) -> None:
    (sheet,) = book.sheets
    subject = guess_subject(sheet)
    assert subject is SUBJECTS["system"]
    assert guess(subject, sheet.headings).columns == GUESSED


def test_every_row_is_understood_and_no_filled_cell_is_lost(book: Book) -> None:
    (sheet,) = book.sheets
    mapping = guess(SUBJECTS["system"], sheet.headings)
    entries = list(read_entries(mapping, sheet))
    assert [entry.problems for entry in entries if entry.problems] == []
    for entry, row in zip(entries, sheet.rows, strict=True):
        mapped = sum(bool(value) for value in entry.values.values())
        assert mapped + len(entry.other) == sum(value != "" for value in row.values)


def test_people_and_paths_come_out_whole(book: Book) -> None:
    (sheet,) = book.sheets
    entries = list(read_entries(guess(SUBJECTS["system"], sheet.headings), sheet))
    people = [p for entry in entries for p in entry.values["forvaltningsledare"]]
    assert {len(person.name.split()) for person in people} == {2}
    assert len(people) > 456
    assert all(isinstance(person, Person) and "," not in person.name for person in people)
    assert {entry.values["organisation"][0] for entry in entries} == {"Koncernen"}


@needs_shared
def test_the_real_headings_are_ours_and_guessed_alike() -> None:
    with (SHARED / "real_register_columns.csv").open(encoding="utf-8") as file:
        headings = [row["heading"] for row in csv.DictReader(file)]
    assert tuple(headings) == HEADINGS
    assert guess(SUBJECTS["system"], headings).columns == GUESSED


@needs_shared
def test_every_real_value_of_a_mapped_choice_is_understood() -> None:
    with (SHARED / "real_register_values.csv").open("rb") as file:
        (values,) = read(file, "values.csv").sheets
    texts = [str(row.values[1]) for row in values.rows if "livscykel" in str(row.values[0])]
    csv_text = "Namn;Livscykel\n" + "".join(f"A;{text}\n" for text in texts)
    (sheet,) = read(io.BytesIO(csv_text.encode()), "v.csv").sheets
    entries = list(read_entries(guess(SUBJECTS["system"], sheet.headings), sheet))
    assert [entry.values["livscykel"] for entry in entries] == [
        "i_drift",
        "i_drift",
        "under_avveckling",
    ]


@needs_shared
@pytest.mark.parametrize(
    ("file", "subject", "rows", "other"),
    [
        ("sundsvall_systems.csv", "system", 18, {"category", "criticality"}),
        ("sundsvall_integrations.csv", "samband", 15, set()),
    ],
)
def test_the_files_of_a_neighbour_are_understood_without_help(
    file: str, subject: str, rows: int, other: set[str]
) -> None:
    with (SHARED / file).open("rb") as opened:
        (sheet,) = read(opened, file).sheets
    found = guess_subject(sheet, alone=True)
    assert found is SUBJECTS[subject]
    entries = list(read_entries(guess(found, sheet.headings), sheet))
    assert len(entries) == rows
    assert [entry.problems for entry in entries if entry.problems] == []
    assert {heading for entry in entries for heading, _value in entry.other} == other
