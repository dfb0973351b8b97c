"""Files that would harm, files that are something else: a sentence, quickly, and nothing worse."""

import io
import time
import zipfile

import pytest
from openpyxl import Workbook

from exchange.problems import Severity, Unreadable
from exchange.reading import read
from tests.exchange.files import (
    SHEET,
    cells,
    new_book,
    read_bytes,
    saved,
    sentences,
    with_part,
    with_rows,
    xlsx,
)


def refusal(content: bytes, filename: str = "fil.xlsx") -> str:
    """Return the sentence with which the file is refused."""
    with pytest.raises(Unreadable) as refused:
        read_bytes(content, filename)
    return str(refused.value)


class Endless(io.RawIOBase):
    """A file without end that says how much was taken from it."""

    taken = 0

    def read(self, size: int = -1) -> bytes:
        assert size > 0, "a file must never be read whole"
        self.taken += size
        return b"a" * size


def test_a_file_of_50_mb_is_refused_after_reading_no_more_than_the_limit() -> None:
    file = Endless()
    with pytest.raises(Unreadable, match="större än 20 MB"):
        read(file, "stor.csv")  # type: ignore[arg-type]
    assert file.taken <= 20_000_001


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    started = time.monotonic()
    bomb = with_part(xlsx(["Namn"]), SHEET, b"<row/>" * 15_000_000)
    made = time.monotonic() - started
    assert len(bomb) < 1_000_000
    started = time.monotonic()
    assert "över 80 MB" in refusal(bomb)
    assert time.monotonic() - started < max(0.5, made)


def test_millions_of_empty_cells_are_refused_before_they_are_parsed() -> None:
    assert "för många celler" in refusal(with_rows("<row>" + "<c/>" * 6_000_000 + "</row>"))


def test_a_sheet_is_counted_whatever_its_part_is_called() -> None:
    cells = with_rows("<row>" + "<c/>" * 6_000_000 + "</row>")
    with zipfile.ZipFile(io.BytesIO(cells)) as book:
        sheet, said = book.read(SHEET), book.read("xl/_rels/workbook.xml.rels")
    other = with_part(cells, SHEET.replace(".xml", ".bin"), sheet)
    other = with_part(other, SHEET, b"<worksheet/>")
    renamed = said.replace(b"sheet1.xml", b"sheet1.bin")
    assert renamed != said
    assert "för många celler" in refusal(with_part(other, "xl/_rels/workbook.xml.rels", renamed))


def test_a_row_with_more_cells_than_a_spreadsheet_has_is_refused() -> None:
    assert "en rad har fler celler" in refusal(with_rows("<row>" + "<c/>" * 20_000 + "</row>"))


def test_a_value_in_the_farthest_cell_is_refused_by_name_at_once() -> None:
    book, sheet = new_book()
    sheet["A1"], sheet["A2"], sheet["XFD1048576"] = "Namn", "Heroma", "x"
    content = saved(book)
    started = time.monotonic()
    assert "cell XFD1048576" in refusal(content)
    assert time.monotonic() - started < 1


def test_mere_formatting_far_out_does_no_harm() -> None:
    book, sheet = new_book()
    sheet["A1"], sheet["A2"] = "Namn", "Heroma"
    sheet["XFD1048576"].number_format = "0.00"
    assert cells(read_bytes(saved(book))) == [["Namn"], ["Heroma"]]


def test_more_rows_than_a_register_has_are_refused_with_the_limit() -> None:
    rows = "Namn\n" + "Heroma\n" * 20_000
    assert "högst 20000 rader" in refusal(rows.encode(), "lång.csv")


def test_a_row_of_very_many_columns_is_refused() -> None:
    assert "200 kolumner" in refusal(b"a;" * 50_000, "bred.csv")


def test_an_entity_bomb_is_refused() -> None:
    xml = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    assert "skadad" in refusal(with_part(xlsx(["Namn"]), SHEET, xml))


@pytest.mark.parametrize(
    ("content", "part_of_sentence"),
    [
        (b"", "Filen är tom"),
        (b" \r\n\r\n ", "Filen är tom"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "Filen är en bild"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "Filen är en bild"),
        (b"%PDF-1.7\n", "Filen är en PDF"),
        (b"<!DOCTYPE html><table></table>", "webbsida"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "äldre Excelformatet"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "skyddad med lösenord",
        ),
        (bytes(range(256)) * 8, "ingen arbetsbok"),
        ("Namn;Ägare\nHeroma;Åsa\n".encode("utf-16-le"), "CSV UTF-8"),
        (b"PK\x03\x04" + b"broken" * 20, "skadad eller ofullständig"),
        (b'{"sheets": {"System": [{"Namn": "A", "Namn": "B"}]}}', "samma rubrik två gånger"),
        (b'{"sheets": {"System": "A"}}', "ingen lista"),
        (b'{"systems": []}', "sheets"),
        (b'{"sheets": ', "felet finns på rad 1"),
        (b'{"a":' * 100_000, "djupt nästlad"),
    ],
)
def test_what_is_no_table_is_refused_by_content_with_what_to_do(
    content: bytes, part_of_sentence: str
) -> None:
    assert part_of_sentence in refusal(content)


@pytest.mark.parametrize(
    ("names", "part_of_sentence"),
    [
        (("[Content_Types].xml", "word/document.xml"), "ingen arbetsbok"),
        (("mimetype", "content.xml"), "OpenDocument"),
        (("[Content_Types].xml", "xl/workbook.bin"), "xlsb"),
    ],
)
def test_other_archives_are_told_from_workbooks(
    names: tuple[str, ...], part_of_sentence: str
) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    assert part_of_sentence in refusal(buffer.getvalue())


def test_a_workbook_whose_sheet_is_damaged_is_refused() -> None:
    assert "skadad" in refusal(with_part(xlsx(["Namn"]), SHEET, b"<worksheet><sheetData><row>"))


def test_a_workbook_without_any_table_is_refused() -> None:
    assert "ingen tabell" in refusal(saved(Workbook()))


def test_a_formula_without_a_saved_value_is_named_by_cell_and_is_an_error() -> None:
    book = read_bytes(xlsx(["Namn", "Antal"], ["Heroma", "=1+1"]))
    (problem,) = book.errors
    assert (problem.row, problem.column) == (2, "Antal")
    assert "Cell B2 har en formel utan sparat värde" in problem.sentence


def test_a_formula_with_a_saved_value_is_read_as_its_value() -> None:
    head = '<row r="1"><c r="A1" t="inlineStr"><is><t>Namn</t></is></c></row>'
    book = read_bytes(
        with_rows(
            head
            + '<row r="2"><c r="A2" t="str"><f>"He"&amp;"roma"</f><v>Heroma</v></c></row>'
            + '<row r="3"><c r="A3"><f>40+2</f><v>42</v></c></row>'
            + '<row r="4"><c r="A4" t="str"><f>""</f><v></v></c></row>'
        )
    )
    assert cells(book) == [["Namn"], ["Heroma"], ["42"]]
    assert not book.problems


def test_an_error_in_a_cell_is_named() -> None:
    head = '<row r="1"><c r="A1" t="inlineStr"><is><t>Namn</t></is></c></row>'
    book = read_bytes(with_rows(head + '<row r="2"><c r="A2" t="e"><v>#REF!</v></c></row>'))
    assert sentences(book)[0].endswith(
        "kolumn Namn: Cell A2 visar felet #REF!. Rätta formeln eller skriv värdet i cellen."
    )


def test_a_nul_is_taken_away_and_its_place_named() -> None:
    book = read_bytes(b"Namn;Syfte\nHer\x00oma;L\xc3\xb6n\n", "nul.csv")
    assert cells(book)[1] == ["Heroma", "Lön"]
    (sentence,) = sentences(book)
    assert sentence.startswith("Blad nul, rad 2, kolumn Namn: Texten innehöll tecknet NUL")


def test_marks_that_turn_the_direction_of_writing_are_taken_away_and_named() -> None:
    book = read_bytes(xlsx(["Namn"], ["Her\u202eoma\u200f"]))
    assert cells(book)[1] == ["Heroma"]
    assert "vänder skrivriktningen" in sentences(book)[0]
    assert not book.errors


def test_a_name_of_10_000_characters_is_read_whole_and_left_to_the_field_to_judge() -> None:
    name = "å" * 10_000
    assert cells(read_bytes(xlsx(["Namn"], [name])))[1] == [name]


def test_a_text_longer_than_a_cell_is_an_error_at_its_place() -> None:
    book = read_bytes(("Namn\n" + "a" * 40_000).encode(), "lång.csv")
    (problem,) = book.errors
    assert "40000 tecken" in problem.sentence


def test_a_file_of_nothing_but_errors_is_given_up_with_the_first() -> None:
    rows = [["Namn"], *(["=1+1"] for _ in range(1100))]
    assert "över 1000 fel" in refusal(xlsx(*rows))


def test_thousands_of_warnings_do_not_grow_without_bound() -> None:
    book = read_bytes(("Namn\n" + "enheten för\x07 lön och personal\n" * 5000).encode())
    assert len(book.problems) == 1000
    assert {problem.severity for problem in book.problems} == {Severity.WARNING}


def test_a_quote_that_is_never_closed_is_explained() -> None:
    content = 'Namn;Syfte\nHeroma;"Lön\n' + "Raindance;Ekonomi\n" * 10_000
    assert "avslutande citattecken" in refusal(content.encode(), "fil.csv")
