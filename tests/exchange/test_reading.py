"""Files as people really have them: encodings, titles above the headings, dates, odd spaces."""

from datetime import date, datetime, time

import pytest

from tests.exchange.files import cells, new_book, read_bytes, saved, sentences, xlsx

TEXT = 'Namn;Ägare;Syfte\nÖrnen;Åsa Öberg;"Två\nrader; och semikolon"\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_reads_the_same_in_every_encoding_that_spreadsheets_save(encoding: str) -> None:
    book = read_bytes(TEXT.encode(encoding), "fil.csv")
    assert cells(book) == [
        ["Namn", "Ägare", "Syfte"],
        ["Örnen", "Åsa Öberg", "Två\nrader; och semikolon"],
    ]
    assert not book.problems


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_delimiter_is_found_by_counting(delimiter: str) -> None:
    lines = ["Namn|Syfte|Drift", 'Heroma|"Ja, och; mer"|Internt', "Raindance||Externt"]
    book = read_bytes("\r\n".join(lines).replace("|", delimiter).encode(), "fil.csv")
    assert cells(book)[0] == ["Namn", "Syfte", "Drift"]
    assert cells(book)[1] == ["Heroma", "Ja, och; mer", "Internt"]


def test_the_line_that_names_the_delimiter_is_obeyed_and_is_no_row() -> None:
    book = read_bytes(b"sep=,\r\nNamn,Syfte\r\nHeroma,a;b;c\r\n", "fil.csv")
    assert cells(book) == [["Namn", "Syfte"], ["Heroma", "a;b;c"]]


def test_a_list_of_names_alone_is_a_table_of_one_column() -> None:
    assert cells(read_bytes("Namn\nHeroma, lön\nRaindance\n".encode())) == [
        ["Namn"],
        ["Heroma, lön"],
        ["Raindance"],
    ]


def test_the_kind_of_file_is_told_by_content_and_never_by_name() -> None:
    assert cells(read_bytes(xlsx(["Namn"], ["Heroma"]), "fil.csv")) == [["Namn"], ["Heroma"]]
    assert cells(read_bytes(b"Namn\nHeroma\n", "fil.xlsx")) == [["Namn"], ["Heroma"]]
    own = b'{"sheets": {"System": [{"Namn": "Heroma"}]}}'
    assert cells(read_bytes(own, "fil.csv")) == [["Namn"], ["Heroma"]]


def test_rows_keep_the_numbers_that_the_spreadsheet_shows() -> None:
    book = read_bytes(b'Namn;Syfte\n\nHeroma;"a\nb"\n;\nRaindance;c\n', "fil.csv")
    assert [row.number for row in book.sheets[0].rows] == [3, 5]
    book = read_bytes(xlsx(["Namn"], [], ["Heroma"], [], ["Raindance"]))
    assert [row.number for row in book.sheets[0].rows] == [3, 5]


def test_a_merged_title_and_blank_rows_above_the_headings_are_skipped_and_mentioned() -> None:
    book, sheet = new_book()
    sheet["A1"] = "Systemförteckning 2026"
    sheet.merge_cells("A1:D1")
    for column, heading in enumerate(["Namn", "Organisation", "Syfte", "Drift"], 1):
        sheet.cell(4, column, heading)
        sheet.cell(5, column, f"{heading} 1")
    sheet["A6"] = "Bara namn"
    result = read_bytes(saved(book))
    assert cells(result)[0] == ["Namn", "Organisation", "Syfte", "Drift"]
    assert [row.number for row in result.sheets[0].rows] == [5, 6]
    assert "Ovanför lästes inte rad 1" in sentences(result)[0]


def test_headings_that_repeat_or_are_missing_get_a_name_so_that_no_column_is_lost() -> None:
    book = read_bytes(
        xlsx(["Namn", "Ansvar", None, "Ansvar", "Ansvar (2)"], ["A", "B", "C", "D", "E", "F"])
    )
    assert book.sheets[0].headings == (
        "Namn", "Ansvar", "Kolumn C", "Ansvar (2)", "Ansvar (2) (2)", "Kolumn F",
    )  # fmt: skip
    assert cells(book)[1] == ["A", "B", "C", "D", "E", "F"]
    assert "kolumn D: Rubriken ”Ansvar” finns redan" in sentences(book)[0]


def test_values_become_text_and_dates_as_a_swedish_reader_writes_them() -> None:
    row = [
        datetime.fromisoformat("2026-05-12"),
        datetime.fromisoformat("2026-05-12T09:42"), time(8, 30), 2019.0, 12, 1.5, True,
        False, "  Heroma\u00a0lön ", "2026-05-12", "Bjo\u0308rn", "rad 1\r\nrad 2", "a_x000D_b",
    ]  # fmt: skip
    book = read_bytes(xlsx([f"K{i}" for i in range(len(row))], row))
    assert list(book.sheets[0].rows[0].values) == [
        date(2026, 5, 12), "2026-05-12 09:42", "08:30", "2019", "12", "1,5", "Ja",
        "Nej", "Heroma lön", date(2026, 5, 12), "Björn", "rad 1\nrad 2", "a\nb",
    ]  # fmt: skip
    assert not book.problems


def test_every_visible_sheet_with_a_table_is_read_and_a_hidden_one_is_mentioned() -> None:
    book, sheet = new_book()
    sheet.append(["Namn"])
    book.create_sheet("Tomt")
    book.create_sheet("Listor").append(["Ja"])
    book["Listor"].sheet_state = "hidden"
    book.create_sheet("Roller").append(["Objekt", "Roll"])
    result = read_bytes(saved(book))
    assert [sheet.name for sheet in result.sheets] == ["System", "Roller"]
    assert sentences(result) == ["Blad Listor: Bladet är dolt och lästes inte."]


def test_json_rows_may_lack_headings_and_hold_lists_numbers_and_truth() -> None:
    book = read_bytes(
        b'{"sheets": {"System": [{"Namn": "A", "Alias": ["B", "C"]},'
        b' {"Antal": 3, "Namn": "D", "Aktiv": true, "Slut": null}]}}'
    )
    assert cells(book) == [
        ["Namn", "Alias", "Antal", "Aktiv", "Slut"],
        ["A", "B\nC", "", "", ""],
        ["D", "", "3", "Ja", ""],
    ]
