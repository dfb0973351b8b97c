"""Whatever is uploaded, reading gives a book or a sentence, and never anything else."""

import io
import json
import zipfile

from hypothesis import example, given
from hypothesis import strategies as st

from exchange.mapping import SUBJECTS, guess, guess_subject, read_entries
from exchange.people import parse_people
from exchange.problems import Unreadable
from exchange.reading import Book, read
from tests.exchange.files import SHEET, with_part, xlsx

HONEST = xlsx(["Namn", "Syfte", "Antal"], ["Heroma", "Lön", 3], ["Örnen", None, True])


def read_and_understand(content: bytes) -> None:
    """Read, and understand what was read, whatever it is."""
    try:
        book = read(io.BytesIO(content), "fil")
    except Unreadable as refused:
        sentence = str(refused)
    else:
        sentence = "Läst."
        understand(book)
    assert sentence.endswith((".", "?"))


def understand(book: Book) -> None:
    """Check what a reader promises, and make entries of every row."""
    assert isinstance(book, Book)
    for sheet in book.sheets:
        assert all(len(row.values) == len(sheet.headings) for row in sheet.rows)
        assert len(set(sheet.headings)) == len(sheet.headings)
        assert not any("\x00" in str(value) for row in sheet.rows for value in row.values)
        subject = guess_subject(sheet, alone=True) or SUBJECTS["system"]
        for entry in read_entries(guess(subject, sheet.headings), sheet):
            entry.values["seen"] = True


@given(st.binary(max_size=2000))
@example(b"\xff\xfe\x00")
@example(b"\xef\xbb\xbf")
@example(b'"')
@example(b"{")
@example(b'{"sheets": {"a": [{"": 1e999, "b": NaN}]}}')
def test_any_bytes(content: bytes) -> None:
    read_and_understand(content)


@given(st.text(max_size=500), st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]))
def test_any_text(text: str, encoding: str) -> None:
    read_and_understand(text.encode(encoding, "replace"))


TEXT = st.text(max_size=5)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=4,
)


@given(
    st.dictionaries(
        TEXT, st.lists(st.dictionaries(TEXT, VALUES, max_size=3), max_size=3) | VALUES, max_size=2
    )
)
def test_any_json(sheets: dict[str, object]) -> None:
    read_and_understand(json.dumps({"sheets": sheets}).encode())


@given(st.integers(0, len(HONEST) - 1), st.binary(min_size=1, max_size=20))
def test_a_workbook_with_bytes_changed(position: int, noise: bytes) -> None:
    read_and_understand(HONEST[:position] + noise + HONEST[position + len(noise) :])


@given(st.integers(0, len(HONEST)))
def test_a_workbook_cut_short(length: int) -> None:
    read_and_understand(HONEST[:length])


@given(st.data())
def test_a_workbook_with_a_part_changed_inside(data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(HONEST)) as archive:
        part = data.draw(st.sampled_from(archive.namelist()))
        xml = archive.read(part)
    position = data.draw(st.integers(0, len(xml) - 1))
    noise = data.draw(
        st.sampled_from([b"", b"<", b">", b'"', b"9", b"-1", b"A", b"\x00", b"x" * 9])
    )
    read_and_understand(with_part(HONEST, part, xml[:position] + noise + xml[position + 1 :]))


CELL_TYPES = st.sampled_from(["n", "s", "b", "e", "str", "d", "inlineStr", "x", ""])
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="<&\x00"), max_size=8)


@given(st.lists(st.tuples(CELL_TYPES, TEXTS, TEXTS), max_size=8))
def test_a_sheet_with_any_cells(cells: list[tuple[str, str, str]]) -> None:
    rows = "".join(f'<row><c t="{t}"><f>{f}</f><v>{v}</v></c></row>' for t, f, v in cells)
    xml = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
    read_and_understand(with_part(HONEST, SHEET, xml.encode()))


@given(st.text(max_size=200))
def test_any_cell_of_people(text: str) -> None:
    for person in parse_people(text):
        assert person.name or person.email or person.username
