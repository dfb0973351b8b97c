"""Sheets of samband and informationsmängder, and the files of a neighbour."""

from pathlib import Path
from typing import Any

import pytest

from exchange.reading import read
from governance.models import Informationsmangd, Informationssystem, Samband
from roles import people
from tests import factories
from tests.exchange.importing import helpers
from tests.exchange.importing.helpers import book, bring_in, errors, fates, plan, warnings

pytestmark = pytest.mark.django_db
SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
HEAD = ["System", "Annat system", "Utomstående part", "Slag", "Hur ofta"]


@pytest.fixture
def admin() -> Any:
    admin = factories.make_admin()
    objekt = factories.make_objekt("Skola")
    for name in ("Heroma", "Raindance"):
        factories.make_system(objekt, name)
    return admin


def test_a_connection_is_new_then_unchanged_then_changed(admin: Any) -> None:
    row = ["heroma", "Raindance", "", "API", "Dagligen"]
    bring_in(admin, book(Samband=[HEAD, row, ["Heroma", "", "Skatteverket", "Fil", ""]]))
    assert {str(s) for s in Samband.objects.all()} == {
        "Heroma – Raindance",
        "Heroma – Skatteverket",
    }
    assert plan(admin, book(Samband=[HEAD, row])).does_nothing
    newer = plan(admin, book(Samband=[HEAD, [*row[:4], "Veckovis"]]))
    assert [(c.label, c.old, c.new) for c in helpers.changes(newer)] == [
        ("Hur ofta", "Dagligen", "Veckovis")
    ]


@pytest.mark.parametrize(
    ("row", "column", "sentence"),
    [
        (["Heroms", "Raindance"], "System", "Menade du ”Heroma”?"),
        (["Heroma", "Okänt"], "Annat system", "Lägg till det i bladet System"),
        (["Heroma", "heroma"], "Annat system", "samband med sig självt"),
        (["Heroma", ""], "Annat system", "antingen ett annat system"),
        (["Heroma", "Raindance", "Skatteverket"], "Annat system", "antingen ett annat system"),
    ],
)
def test_a_connection_between_what_is_not_there_says_so(
    admin: Any, row: list[str], column: str, sentence: str
) -> None:
    (error,) = errors(plan(admin, book(Samband=[HEAD, row])))
    assert error.startswith(f"Blad Samband, rad 2, kolumn {column}: ")
    assert sentence in error


def test_a_connection_twice_is_an_error(admin: Any) -> None:
    row = ["Heroma", "Raindance", "", "API", ""]
    made = plan(admin, book(Samband=[HEAD, row, [*row[:4], "Dagligen"]]))
    assert fates(made) == ["ny", "fel"]


def test_of_several_systems_with_a_name_the_object_tells_which(admin: Any) -> None:
    other = factories.make_system(factories.make_objekt("Vård"), "Heroma")
    rows = [["System", "Systemets objekt", "Annat system"], ["Heroma", "Vård", "Raindance"]]
    bring_in(admin, book(Samband=rows))
    assert Samband.objects.get().source == other
    rows = [["System", "Annat system"], ["Heroma", "Raindance"]]
    assert (
        "2 system heter Heroma. Här avses det i Skola."
        in warnings(plan(admin, book(Samband=rows)))[0]
    )


def test_information_gets_its_owner(admin: Any) -> None:
    head = ["System", "Information", "Ägande verksamhet", "Informationsägare"]
    bring_in(admin, book(Informationsmängder=[head, ["Heroma", "Löner", "Personal", ""]]))
    file = book(Informationsmängder=[head, ["Heroma", "löner", "Personal", "Eva Lund"]])
    assert fates(plan(admin, file)) == ["andras"]
    bring_in(admin, file)
    assert str(Informationsmangd.objects.get().informationsagare) == "Eva Lund"


def test_who_has_left_becomes_no_owner_of_information(admin: Any) -> None:
    head = ["System", "Information", "Ägande verksamhet", "Informationsägare"]
    gone = factories.make_user("gosta.gick")
    people.set_active(None, gone, False, reason="Slutat")
    file = book(Informationsmängder=[head, ["Heroma", "Löner", "Personal", "Gosta Gick"]])
    assert "har slutat. Välj någon annan." in warnings(plan(admin, file))[0]
    bring_in(admin, file)
    assert Informationsmangd.objects.get().informationsagare is None


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here")
def test_the_systems_and_connections_of_a_neighbour_come_in_as_they_are() -> None:
    admin = factories.make_admin()
    for file, model, count in (
        ("sundsvall_systems.csv", Informationssystem, 18),
        ("sundsvall_integrations.csv", Samband, 15),
    ):
        with (SHARED / file).open("rb") as opened:
            read_book = read(opened, file)
        bring_in(admin, read_book)
        assert model.objects.count() == count
        assert plan(admin, read_book).does_nothing
    heroma = Informationssystem.objects.get(name="Heroma")
    assert heroma.personal_data is True
    assert heroma.ovriga_uppgifter == [["category", "verksamhetssystem"], ["criticality", "hög"]]
