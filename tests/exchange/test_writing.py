"""What is written is read again as it was, and nothing written is ever calculated."""

import io
from collections.abc import Callable, Iterator
from datetime import date

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from exchange.mapping import SUBJECTS, guess, guess_subject
from exchange.problems import Notes
from exchange.reading import Book, Row, Sheet, read
from exchange.reading.values import clean
from exchange.writing import (
    Table,
    as_tables,
    csv_lines,
    json_parts,
    write_csv,
    write_json,
    write_template,
    write_workbook,
)
from exchange.writing.workbook import sheet_title

FORMULAS = [
    "=cmd|' /C calc'!A0", "=1+1", "+46 90 16 10 00", "-1", "@SUM(A1)", "'=1+1", "''+1", "'citat'",
]  # fmt: skip


def to_xlsx(book: Book) -> bytes:
    buffer = io.BytesIO()
    write_workbook(as_tables(book), buffer)
    return buffer.getvalue()


def to_json(book: Book) -> bytes:
    buffer = io.BytesIO()
    write_json(as_tables(book), buffer)
    return buffer.getvalue()


def to_csv(book: Book) -> bytes:
    buffer = io.BytesIO()
    (table,) = as_tables(book)
    write_csv(table, buffer)
    return buffer.getvalue()


WRITERS = pytest.mark.parametrize("write", [to_xlsx, to_csv, to_json])


def system_book(*rows: tuple[str | date, ...], headings: tuple[str, ...] = ("Namn",)) -> Book:
    numbered = tuple(Row(number, row) for number, row in enumerate(rows, 2))
    return Book((Sheet("System", headings, numbered),))


@WRITERS
def test_formulas_are_text_and_come_back_as_the_same_text(write: Callable[[Book], bytes]) -> None:
    book = system_book(*((text,) for text in FORMULAS))
    assert read(io.BytesIO(write(book)), "System.x") == book


def test_a_workbook_holds_formulas_as_quoted_text_only() -> None:
    content = to_xlsx(system_book(*((text,) for text in FORMULAS)))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    written = [sheet.cell(row, 1) for row in range(2, 2 + len(FORMULAS))]
    assert [cell.value for cell in written] == FORMULAS
    assert {cell.data_type for cell in written} == {"s"}
    assert all(cell.quotePrefix for cell in written if str(cell.value)[0] in "=+-@")


def test_no_cell_of_a_csv_begins_as_a_formula() -> None:
    lines = "".join(csv_lines(Table("System", ("=Namn",), [(text,) for text in FORMULAS])))
    assert not [line for line in lines.lstrip("\ufeff").splitlines() if line[0] in "=+-@\t"]


def test_a_csv_is_what_swedish_excel_opens_at_a_double_click() -> None:
    book = system_book(("Örnen", "a;b"), headings=("Namn", "Syfte"))
    assert to_csv(book) == '\ufeffNamn;Syfte\r\nÖrnen;"a;b"\r\n'.encode()


@WRITERS
def test_dates_long_texts_and_line_breaks_come_back(write: Callable[[Book], bytes]) -> None:
    book = system_book(
        ("Heroma", date(2026, 5, 12), "rad 1\nrad 2\tslut"),
        ("a_x000D_b", date(1899, 12, 31), "å" * 32_767),
        ("2026-13-45", "", "0090"),
        headings=("Namn", "Driftsatt", "Syfte"),
    )
    assert read(io.BytesIO(write(book)), "System.x") == book


def test_a_csv_whose_rows_hold_many_commas_is_cut_at_its_semicolons() -> None:
    book = system_book((",", ","), (",", ","), headings=("Namn", "Syfte"))
    assert read(io.BytesIO(to_csv(book)), "System.x") == book


PLAIN = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def cleaned(text: str) -> str | date:
    """Return the text as any reader would."""
    return clean(text, Notes(), ("", None, ""))


def as_heading(text: str) -> str:
    return " ".join(str(cleaned(text)).split())


HEADINGS = st.lists(PLAIN.map(as_heading).filter(bool), min_size=2, max_size=4, unique=True)


@st.composite
def books(draw: st.DrawFn) -> Book:
    """Return a book of one sheet whose every row begins with a name."""
    headings = tuple(draw(HEADINGS))
    value = PLAIN.map(cleaned)
    first = value.filter(lambda v: v != "")
    row = st.tuples(first, *[value] * (len(headings) - 2), first)
    return system_book(*draw(st.lists(row, min_size=1, max_size=4)), headings=headings)


@pytest.mark.parametrize("write", [to_xlsx, to_csv, to_json])
@given(book=books())
def test_any_book_comes_back_as_it_was(write: Callable[[Book], bytes], book: Book) -> None:
    assert read(io.BytesIO(write(book)), "System.x") == book


@pytest.mark.parametrize("write", [to_xlsx, to_json])
def test_several_sheets_come_back_in_their_order(write: Callable[[Book], bytes]) -> None:
    book = Book((*system_book(("A",)).sheets, Sheet("Roller", ("Objekt",), (Row(2, ("B",)),))))
    assert read(io.BytesIO(write(book)), "x") == book


def test_a_text_that_no_cell_holds_is_refused_rather_than_cut() -> None:
    with pytest.raises(ValidationError, match="Exportera som JSON"):
        to_xlsx(system_book(("å" * 32_768,)))


def test_characters_that_no_file_holds_are_left_out() -> None:
    for write in (to_xlsx, to_csv, to_json):
        book = read(io.BytesIO(write(system_book(("Her\x00o\x1bma\ud800",)))), "x")
        assert book.sheets[0].rows[0].values == ("Heroma",)


def test_rows_are_taken_one_by_one() -> None:
    taken = 0

    def rows() -> Iterator[tuple[str]]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield (str(number),)

    lines = csv_lines(Table("System", ("Namn",), rows()))
    [next(lines) for _ in range(5)]
    assert taken == 3
    parts = json_parts([Table("System", ("Namn",), rows())])
    [next(parts) for _ in range(5)]
    assert taken == 6


def test_a_sheet_title_is_made_to_fit() -> None:
    assert sheet_title("Bygg/Miljö: [a]" + "x" * 40) == "Bygg Miljö   a " + "x" * 16
    assert sheet_title("'") == "Blad"


def test_the_template_has_every_field_lists_to_choose_from_and_reads_as_itself() -> None:
    buffer = io.BytesIO()
    write_template(buffer, ["Skolnämnden", "=Nämnden"])
    book = openpyxl.load_workbook(buffer)
    names = ["Objekt", "System", "Roller", "Samband", "Informationsmängder"]
    assert book.sheetnames == ["Anvisningar", *names, "Listor"]
    assert book["Listor"].sheet_state == "hidden"
    validated = {
        str(book["System"].cell(1, next(iter(rule.sqref.ranges)).min_col).value): rule.formula1
        for rule in book["System"].data_validations.dataValidation
    }
    place = validated["Livscykel"].removeprefix("'Listor'!").replace("$", "")
    assert [row[0].value for row in book["Listor"][place]][:2] == ["Planerat", "Under införande"]
    assert "Nämnd" in validated
    buffer.seek(0)
    sheets = {sheet.name: sheet for sheet in read(buffer, "mall.xlsx").sheets}
    for subject in SUBJECTS.values():
        sheet = sheets[subject.sheet]
        assert guess_subject(sheet) is subject
        assert list(guess(subject, sheet.headings).columns.values()) == list(subject.by_code)
    assert len(sheets["Anvisningar"].rows) == sum(len(s.fields) for s in SUBJECTS.values())
