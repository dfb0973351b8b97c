"""Columns to fields, words to values: guessed, stated, saved, applied."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from exchange.mapping import (
    SUBJECTS,
    Mapping,
    NotUnderstood,
    convert,
    guess,
    guess_subject,
    other_heading,
)
from exchange.mapping.entries import Entry, read_entries
from exchange.reading.book import Row, Sheet
from governance.models import Forvaltningsobjekt, Informationsmangd, Informationssystem, Samband

SYSTEM = SUBJECTS["system"]


def entries(headings: list[str], *rows: list[str], mapping: Mapping | None = None) -> list[Entry]:
    """Return the rows of a sheet of systems, understood."""
    numbered = tuple(Row(number, tuple(row)) for number, row in enumerate(rows, 2))
    sheet = Sheet("System", tuple(headings), numbered)
    return list(read_entries(mapping or guess(SYSTEM, headings), sheet))


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("Namn", "name"),
        ("SYSTEMNAMN:", "name"),
        ("leverantor", "leverantor"),
        ("Leverantörr", "leverantor"),
        ("Konfidentialitet (K)", "konfidentialitet"),
        ("Motivering av riktighet", "riktighet_motivation"),
        ("Org.nr", "leverantor_organisationsnummer"),
        ("NIS 2", "nis2"),
        ("Systemägare", "objektagare"),
        ("Leverantörstjänster", None),
        ("Leverantörsavbrott", None),
        ("Ansvar", None),
        ("Aktiva användare", None),
        ("Avtalstiden löper ut datum", None),
        ("x" * 5000, None),
        ("", None),
    ],
)
def test_a_heading_means_a_field_or_nothing(heading: str, code: str | None) -> None:
    assert guess(SYSTEM, [heading]).columns.get(heading) == code


def test_a_guess_by_likeness_alone_asks_for_a_second_look() -> None:
    mapping = guess(SYSTEM, ["Namn", "Leverantörr"])
    assert mapping.unsure == {"Leverantörr"}


def test_the_surest_heading_gets_the_field_and_the_other_is_kept_as_ovrig_uppgift() -> None:
    (entry,) = entries(["System", "Namn"], ["Heroma lön", "Heroma"])
    assert entry.values["name"] == "Heroma"
    assert entry.other == [("System", "Heroma lön")]


def test_a_column_that_the_export_labels_as_ovrig_uppgift_is_one_whatever_its_name() -> None:
    (entry,) = entries(
        ["Namn", "Övrig uppgift: Status", other_heading("Id")], ["Heroma", "Ja", "7"]
    )
    assert entry.other == [("Status", "Ja"), ("Id", "7")]
    (entry,) = entries(["Namn", other_heading("Övrig uppgift: Namn")], ["Heroma", "Ja"])
    assert entry.other == [("Övrig uppgift: Namn", "Ja")]


def test_every_field_of_a_system_that_a_sheet_may_fill_is_a_field_of_the_model() -> None:
    own = {"organisation", "leverantor_organisationsnummer", "namnd", "objektagare",
           "objektagare_it", "forvaltningsledare", "forvaltningsledare_it"}  # fmt: skip
    model_fields = {field.name for field in Informationssystem._meta.get_fields()}
    assert set(SYSTEM.by_code) - own <= model_fields
    for subject, model, extra in (
        ("objekt", Forvaltningsobjekt, {"namnd"}),
        ("samband", Samband, {"source_objekt", "target_objekt"}),
        ("informationsmangder", Informationsmangd, {"objekt"}),
    ):
        names = {field.name for field in model._meta.get_fields()}
        assert set(SUBJECTS[subject].by_code) - extra <= names


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("livscykel", "Under förvaltning", "i_drift"),
        ("livscykel", "under aktiv  vidareutveckling", "i_drift"),
        ("livscykel", "Under avveckling", "under_avveckling"),
        ("livscykel", "under_avveckling", "under_avveckling"),
        ("livscykel", "Vet ej", ""),
        ("nis2", "väsentlig", "vasentlig"),
        ("nis2", "Omfattas ej", "omfattas_inte"),
        ("personal_data", "Ja", True),
        ("personal_data", "0", False),
        ("personal_data", "x", True),
        ("personal_data", "true", True),
        ("personal_data", "", None),
        ("riktighet", "3", 3),
        ("riktighet", "Nivå 2", 2),
        ("riktighet", "R4", 4),
        ("riktighet", "1 - Måttlig", 1),
        ("riktighet", "", None),
        ("driftsatt_on", "2026-05-12", date(2026, 5, 12)),
        ("driftsatt_on", "12 maj 2026", date(2026, 5, 12)),
        ("driftsatt_on", "den 1 januari 2020", date(2020, 1, 1)),
        ("driftsatt_on", "3/4 2026", date(2026, 4, 3)),
        ("driftsatt_on", "20260512", date(2026, 5, 12)),
        ("driftsatt_on", "2026-05-12 00:00", date(2026, 5, 12)),
        ("driftsatt_on", "", None),
        ("organisation", "Kommun / Skola", ("Kommun", "Skola")),
        ("other_names", "A; B", "A\nB"),
    ],
)
def test_a_value_is_understood(code: str, text: str, expected: Any) -> None:
    assert convert(SYSTEM.by_code[code], text) == expected


@pytest.mark.parametrize(
    ("code", "text", "sentence"),
    [
        ("livscykel", "I drft", "Menade du ”I drift”?"),
        ("livscykel", "grön", "Välj bland: Planerat, Under införande"),
        ("nis2", "väsntlig", "Menade du ”Väsentlig”?"),
        ("personal_data", "kanske", "Skriv Ja eller Nej"),
        ("riktighet", "5", "en siffra från 0 till 4"),
        ("riktighet", "44", "en siffra från 0 till 4"),
        ("driftsatt_on", "2026", "Skriv det som 2026-05-12"),
        ("driftsatt_on", "2026-02-30", "Skriv det som 2026-05-12"),
        ("driftsatt_on", "hösten", "”hösten” är inget datum"),
        ("name", "å" * 10_000, "10000 tecken lång, men får vara högst 200"),
    ],
)
def test_a_value_not_understood_says_what_was_expected(code: str, text: str, sentence: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        convert(SYSTEM.by_code[code], text)
    assert sentence in str(refused.value)
    assert len(str(refused.value)) < 250


def test_problems_name_sheet_row_and_the_sheets_own_heading_and_leave_the_rest_standing() -> None:
    first, second = entries(
        ["Systemnamn", "Livscykelfas", "Syfte"], ["Heroma", "trasig", "Lön"], ["", "I drift", "x"]
    )
    assert str(first.problems[0]).startswith("Blad System, rad 2, kolumn Livscykelfas: ”trasig”")
    assert first.values == {"name": "Heroma", "purpose": "Lön"}
    assert [p.place for p in second.problems] == ["Blad System, rad 3, kolumn Systemnamn"]


def test_an_empty_cell_is_told_from_a_column_that_is_not_there() -> None:
    (entry,) = entries(["Namn", "Syfte"], ["Heroma", ""])
    assert entry.values["purpose"] == ""
    assert "product" not in entry.values


def test_stated_columns_go_before_guesses_and_may_use_swedish_names() -> None:
    headings = ["Namn", "Kontakt", "Mejl", "Gruppering", "a=b"]
    mapping = guess(SYSTEM, headings).with_columns(
        ["gruppering=Förvaltningsobjekt", "Mejl=contacts", "Namn=", "a=b=name"], headings
    )
    assert mapping.columns == {
        "Kontakt": "contacts", "Mejl": "contacts", "Gruppering": "objekt", "a=b": "name",
    }  # fmt: skip
    (entry,) = entries(headings, ["A", "Eva", "e@x.se", "Lön", "B"], mapping=mapping)
    assert entry.values["contacts"] == "Eva\ne@x.se"
    assert entry.other == [("Namn", "A")]


@pytest.mark.parametrize(
    ("statements", "sentence"),
    [
        (["Nam=name"], "Filen har ingen kolumn ”Nam”. Menade du ”Namn”?"),
        (["Namn=nme"], "Det finns inget fält ”nme”. Menade du ”name”?"),
        (["Namn"], "Skriv rubrik=fält"),
        (["=name"], "Skriv rubrik=fält"),
        (["Namn=name", "Kort=name"], "Två kolumner är mappade till Namn"),
    ],
)
def test_a_statement_that_cannot_be_followed_says_why(statements: list[str], sentence: str) -> None:
    headings = ["Namn", "Kort"]
    with pytest.raises(ValidationError) as refused:
        guess(SYSTEM, headings).with_columns(statements, headings)
    assert sentence in refused.value.messages[0]


def test_words_of_the_sheet_may_be_given_a_meaning() -> None:
    headings = ["Namn", "Status: nu", "PUB"]
    mapping = guess(SYSTEM, headings).with_columns(
        ["Status: nu=livscykel", "PUB=personal_data"], headings
    )
    mapping = mapping.with_values(["Status: nu:Grön=I drift", "PUB:finns=ja"])
    (entry,) = entries(headings, ["A", "GRÖN", "Finns"], mapping=mapping)
    assert entry.values == {"name": "A", "livscykel": "i_drift", "personal_data": True}
    with pytest.raises(ValidationError, match="Välj bland"):
        mapping.with_values(["Status: nu:Grön=violett"])
    with pytest.raises(ValidationError, match="mappad kolumn"):
        mapping.with_values(["Annat:Grön=i_drift"])


def test_a_mapping_saved_and_read_is_the_same_and_an_outdated_one_is_refused() -> None:
    mapping = guess(SYSTEM, ["Namn", "Status"]).with_values(["Status:Grön=i_drift"])
    assert Mapping.from_dict(mapping.to_dict()) == mapping
    assert mapping.restricted_to(["Namn"]).columns == {"Namn": "name"}
    with pytest.raises(ValidationError, match="inget fält ”borta”"):
        Mapping.from_dict({"subject": "system", "columns": {"Namn": "borta"}})
    with pytest.raises(ValidationError, match="slag av blad"):
        Mapping.from_dict({})


@pytest.mark.parametrize(
    ("name", "headings", "subject"),
    [
        ("Roller", ["Vad som helst"], "roller"),
        ("Blad1", ["Namn", "Syfte", "Leverantör"], "system"),
        ("Blad1", ["Objekt", "Roll", "Innehavare"], "roller"),
        ("Blad1", ["source", "target", "type", "frequency"], "samband"),
        ("Blad1", ["Förvaltningsobjekt", "Verksamhetsprocess"], "objekt"),
        ("Anvisningar", ["Blad", "Kolumn"], None),
    ],
)
def test_a_sheet_is_recognised_by_name_or_headings(
    name: str, headings: list[str], subject: str | None
) -> None:
    found = guess_subject(Sheet(name, tuple(headings)))
    assert (found.code if found else None) == subject
