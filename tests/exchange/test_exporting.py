"""The register as tables: every field in its column, nothing that the reader may not know of."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from exchange import exporting
from exchange.mapping import SUBJECTS, guess, guess_subject, read_entries
from exchange.people import Person
from exchange.reading import Book, read
from exchange.writing import Table, write_json, write_workbook
from governance.models import Informationssystem
from tests.exchange.register import SECRET, varied_register
from tests.factories import (
    make_active,
    make_admin,
    make_objekt,
    make_revisor,
    make_system,
    make_user,
    today,
)

pytestmark = pytest.mark.django_db

Rows = list[dict[str, Any]]
WRITERS = pytest.mark.parametrize("write", [write_workbook, write_json])


def sheets(tables: list[Table]) -> dict[str, Rows]:
    return {
        table.name: [dict(zip(table.headings, row, strict=True)) for row in table.rows]
        for table in tables
    }


def exported(user: Any = None) -> dict[str, Rows]:
    return sheets(exporting.register_tables(user))


def test_every_field_that_the_import_knows_of_is_a_column() -> None:
    varied_register()
    tables = {table.name: table.headings for table in exporting.register_tables(None)}
    assert list(tables) == [subject.sheet for subject in SUBJECTS.values()]
    for subject in SUBJECTS.values():
        missing = {field.label for field in subject.fields} - set(tables[subject.sheet])
        assert missing == ({"Organisation"} if subject.code == "system" else set())


def test_a_system_is_exported_in_words_with_its_ovriga_uppgifter_as_columns() -> None:
    varied_register()
    row = next(r for r in exported()["System"] if r["Namn"] == "Elevjournal")
    assert row["Förvaltningsobjekt"] == "Elevadministration"
    assert row["Livscykel"] == "Under avveckling"
    assert row["Konfidentialitet"] == "3"
    assert row["Riktighet"] == "0"
    assert row["Tillgänglighet"] == ""
    assert row["Personuppgifter"] == "Ja"
    assert row["Lagrar information elektroniskt"] == "Nej"
    assert row["Informationen ägs av"] == "För- och grundskolenämnden"
    assert row["Leverantörens organisationsnummer"] == "556677-8899"
    assert row["NIS2-klass"] == "Viktig"
    assert row["Driftbudget"] == "10 000"
    assert row["Övrig uppgift: Status"] == "Bra"
    assert row["=Märklig"] == "@x"
    assert row["Anteckning"] == ""


def test_roles_are_exported_with_days_decision_and_account_past_and_coming_ones_too() -> None:
    varied_register()
    rows = exported()["Roller"]
    assert [r["Roll"] for r in rows if r["Förvaltningsobjekt"] == "Elevadministration"] == [
        "Nämnd/styrelse", "Objektägare", "Objektägare IT", "Förvaltningsledare",
        "Förvaltningsledare IT", "Förvaltningsledare IT", "Systemförvaltare", "IT-specialist",
    ]  # fmt: skip
    by_holder = {r["Innehavare"]: r for r in rows}
    assert by_holder["För- och grundskolenämnden"]["Roll"] == "Nämnd/styrelse"
    assert by_holder["Annab Berg, Å <annab>"]["Förvaltningsobjekt"] == "Larm & skydd"
    karin = by_holder["Karin Berg (karin.berg)"]
    assert karin["Från och med"] > today()
    assert (karin["Beslut"], karin["På uppdrag av"]) == ("UN 2026/118", "Nämnden")
    keeper = next(r for r in rows if r["Roll"] == "Systemförvaltare")
    assert keeper["Gäller systemen"] == "Elevjournal"


@pytest.mark.parametrize("make", [make_user, lambda: None, make_admin, make_revisor])
def test_what_may_not_be_known_of_is_in_no_sheet(make: Callable[[], Any]) -> None:
    varied_register()
    user = make()
    sees = user is None or bool(user.groups.count())
    found = exported(user)
    everything = repr(found)
    assert ("Elevjournal" in everything, SECRET in everything) == (True, sees)
    assert ("Larmlistor" in everything, "Larmkoder" in everything) == (sees, sees)
    assert len(found["Roller"]) == (10 if sees else 9)


def test_whoever_holds_a_role_on_it_sees_the_skyddsvarda_system() -> None:
    register = varied_register()
    holder = register.draft.assignments.get(role="forvaltningsledare").person
    names = [row["Namn"] for row in exported(holder)["System"]]
    assert names == ["Elevjournal", SECRET, "Skolskjuts", "Skolskjuts", "Tom"]


def test_headings_of_a_hidden_system_are_hidden_too() -> None:
    register = varied_register()
    make_system(register.draft, "Dolt", skyddsvard=True, ovriga_uppgifter=[["Larmkod", "1234"]])
    assert "Larmkod" in exported()["System"][0]
    assert "Larmkod" not in exported(make_user())["System"][0]


@WRITERS
def test_a_written_register_is_understood_without_problems(write: Any) -> None:
    varied_register()
    file = io.BytesIO()
    write(exporting.register_tables(None), file)
    file.seek(0)
    book = read(file, "registret")
    assert book.problems == ()
    entries = understood(book)
    journal = next(e for e in entries["system"] if e.values["name"] == "Elevjournal")
    stored = Informationssystem.objects.get(name="Elevjournal")
    for code in ("other_names", "purpose", "contacts", "livscykel", "livscykel_since",
                 "driftsatt_on", "konfidentialitet", "riktighet", "tillganglighet",
                 "personal_data", "personal_data_kinds", "nis2", "lagrar_elektroniskt"):  # fmt: skip
        assert journal.values[code] == getattr(stored, code), code
    others = [list(pair) for pair in journal.other]
    assert others == stored.ovriga_uppgifter
    (mangd,) = [e for e in entries["informationsmangder"] if e.values["content"] == "Betyg"]
    assert mangd.values["informationsagare"] == (Person("Eva Lund", username="eva.lund"),)


def understood(book: Book) -> dict[str, list[Any]]:
    found = {}
    for sheet in book.sheets:
        subject = guess_subject(sheet)
        assert subject is not None
        mapping = guess(subject, sheet.headings)
        assert not mapping.unsure
        found[subject.code] = list(read_entries(mapping, sheet))
        assert [entry.problems for entry in found[subject.code] if entry.problems] == []
    return found


def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    user = make_user()
    objekt = make_objekt("Många")
    for count in (2, 50):
        for _ in range(count):
            make_system(objekt, ovriga_uppgifter=[["A", "1"]])
        user = type(user).objects.get(pk=user.pk)
        # The person's groups, holders of objects and of systems, the headings of the övriga
        # uppgifter, and one for each sheet.
        with django_assert_num_queries(9):
            exported(user)


def test_each_chunk_asks_once_more_and_loses_neither_rows_nor_holders(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    leader = make_user("lena.ek", first_name="Lena", last_name="Ek")
    objects = [make_active(f"Objekt {n}", forvaltningsledare=leader) for n in range(5)]
    for objekt in objects:
        make_system(objekt, f"System i {objekt.name}")
    whole = exported()
    monkeypatch.setattr(exporting, "CHUNK", 2)
    # As above without the person's groups, and two more chunks each of objects and of systems.
    with django_assert_num_queries(8 + 2 + 2):
        assert exported() == whole
    assert [row["Nämnd"] != "" for row in whole["Objekt"]] == [True] * 5
    leaders = [row["Förvaltningsledare"] for row in whole["System"]]
    assert leaders == ["Lena Ek (lena.ek)"] * 5


def test_objects_and_systems_name_those_who_answer_for_them_today() -> None:
    varied_register()
    found = exported()
    row = found["System"][0]
    assert row["Namn"] == "Elevjournal"
    assert row["Nämnd"] == "För- och grundskolenämnden"
    assert row["Förvaltningsledare"] == "Eva Lund (eva.lund)"
    assert "karin.berg" not in row["Förvaltningsledare IT"]
    elev, larm = found["Objekt"]
    assert (elev["Nämnd"], larm["Nämnd"]) == ("För- och grundskolenämnden", "")
