"""A sheet of systems: new, changed, unchanged, left out, wrong; objects, duplicates, övriga uppgifter."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from exchange.importing import Instructions
from governance.lists.search import search
from governance.models import Forvaltningsobjekt, Informationssystem, Leverantor, Namnd
from roles.models import RoleAssignment
from tests import factories
from tests.exchange.importing import helpers
from tests.exchange.importing.helpers import book, bring_in, errors, fates, plan, warnings

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Any:
    return factories.make_admin()


def test_a_name_is_enough_and_the_object_is_an_utkast_named_after_the_system(admin: Any) -> None:
    gesture = bring_in(admin, book(System=[["Namn"], ["Heroma"]]))
    system = Informationssystem.objects.get()
    assert (system.name, system.objekt.name, system.objekt.status) == ("Heroma", "Heroma", "utkast")
    row = system.history.get()
    assert (row.gesture, row.history_type) == (gesture, "+")
    assert (gesture.kind, gesture.reason, gesture.actor) == ("import", "Inflyttning", admin)


def test_planning_writes_nothing(admin: Any) -> None:
    made = plan(admin, book(System=[["Namn"], ["Heroma"]]))
    assert fates(made) == ["ny"]
    assert not Informationssystem.objects.exists()
    assert not Forvaltningsobjekt.objects.exists()


def test_imported_again_every_row_is_unchanged_and_no_history_is_written(admin: Any) -> None:
    file = book(System=[["Namn", "Syfte", "Leverantör", "Egen"], ["Heroma", "Lön", "CGI", "x"]])
    bring_in(admin, file)
    made = plan(admin, file)
    assert fates(made) == ["oforandrad"]
    assert made.does_nothing


def test_a_newer_sheet_changes_what_differs_and_says_it_first(admin: Any) -> None:
    head = ["Namn", "Syfte", "Livscykel", "Taggar"]
    bring_in(
        admin, book(System=[head, ["Heroma", "Lön", "Planerat", "a"], ["Raindance", "", "", ""]])
    )
    newer = book(
        System=[head, ["Heroma", "Lön och tid", "I drift", "b"], ["Raindance", "", "", ""]]
    )
    made = plan(admin, newer)
    assert fates(made) == ["andras", "oforandrad"]
    today = factories.today().isoformat()
    assert [(c.label, c.old, c.new) for c in helpers.changes(made)] == [
        ("Syfte", "Lön", "Lön och tid"),
        ("Livscykel", "Planerat", "I drift"),
        ("Livscykel sedan", "", today),
        ("Driftsatt", "", today),
        ("Taggar", "a", "b"),
    ]
    bring_in(admin, newer)
    heroma, raindance = Informationssystem.objects.order_by("name")
    assert (heroma.purpose, heroma.livscykel, heroma.ovriga_uppgifter) == (
        "Lön och tid",
        "i_drift",
        [["Taggar", "b"]],
    )
    assert (heroma.history.count(), raindance.history.count()) == (2, 1)


def test_an_empty_cell_changes_nothing(admin: Any) -> None:
    bring_in(admin, book(System=[["Namn", "Syfte", "Taggar"], ["Heroma", "Lön", "a"]]))
    made = plan(admin, book(System=[["Namn", "Syfte", "Taggar"], ["Heroma", "", ""]]))
    assert fates(made) == ["oforandrad"]


def test_columns_without_a_field_are_kept_in_order_searchable_and_merged_later(admin: Any) -> None:
    head = ["Namn", "Taggar", "Driftbudget"]
    bring_in(admin, book(System=[head, ["Heroma", "molntjänst", "1200"]]))
    bring_in(admin, book(System=[["Namn", "AI risk", "Taggar"], ["Heroma", "Låg", "register"]]))
    system = Informationssystem.objects.get()
    assert system.ovriga_uppgifter == [
        ["Taggar", "register"],
        ["Driftbudget", "1200"],
        ["AI risk", "Låg"],
    ]
    assert search(Informationssystem.objects.all(), "REGISTER").get() == system


def test_systems_are_grouped_into_objects_by_the_last_parts_that_tell_paths_apart(
    admin: Any,
) -> None:
    file = book(
        System=[
            ["Namn", "Organisation"],
            ["A", "Kommun / Skola / Stab"],
            ["B", "Kommun /  skola / Stab "],
            ["C", "Kommun / Vård / Stab"],
            ["D", "Kommun / Teknik"],
            ["E", ""],
        ]
    )
    bring_in(admin, file)
    placed = dict(Informationssystem.objects.values_list("name", "objekt__name"))
    assert placed == {
        "A": "Skola / Stab",
        "B": "Skola / Stab",
        "C": "Vård / Stab",
        "D": "Teknik",
        "E": "E",
    }
    kept = Informationssystem.objects.get(name="A").ovriga_uppgifter
    assert kept == [["Organisation", "Kommun / Skola / Stab"]]


def test_any_column_may_group_and_the_first_of_several_values_counts(admin: Any) -> None:
    file = book(System=[["Namn", "Område"], ["A", "Lön; Tid"], ["B", "Lön"], ["C", ""]])
    bring_in(admin, file, Instructions.guess(file).grouped(file, "område"))
    placed = dict(Informationssystem.objects.values_list("name", "objekt__name"))
    assert placed == {"A": "Lön", "B": "Lön", "C": "C"}


def test_a_system_that_was_moved_in_the_register_is_not_moved_back_by_its_group(admin: Any) -> None:
    file = book(System=[["Namn", "Organisation"], ["A", "Kommun / Skola"]])
    bring_in(admin, file)
    elsewhere = factories.make_objekt("Eget objekt")
    from roles import activation

    activation.move_system(None, Informationssystem.objects.get(), elsewhere, reason="Rätt plats")
    assert fates(plan(admin, file)) == ["oforandrad"]


def test_an_object_named_in_the_row_moves_the_system_and_the_roles_held_on_it(admin: Any) -> None:
    home, away = factories.make_active("Hemma"), factories.make_active("Borta")
    system = factories.make_system(home, "Heroma")
    eva = factories.make_user("eva.lund")
    factories.appoint(home, "systemforvaltare", eva, systems=[system])
    file = book(System=[["Namn", "Förvaltningsobjekt"], ["Heroma", "borta"]])
    (change,) = helpers.changes(plan(admin, file))
    assert (change.label, change.old, change.new) == ("Förvaltningsobjekt", "Hemma", "Borta")
    bring_in(admin, file)
    system.refresh_from_db()
    assert system.objekt == away
    assert RoleAssignment.objects.get(person=eva).objekt == away
    from roles import grants

    assert not grants.check()


def test_two_with_one_name_are_two_systems_warned_of_and_told_apart_later(admin: Any) -> None:
    head = ["Namn", "Syfte", "Taggar"]
    rows = [["Karta", "Parker", "a"], ["KARTA ", "Vägar", "b"]]
    file = book(System=[head, *rows])
    (warning,) = warnings(plan(admin, file))
    assert warning.startswith("Blad System, rad 3, kolumn Namn: KARTA finns också på rad 2.")
    bring_in(admin, file)
    assert fates(plan(admin, book(System=[head, *reversed(rows)]))) == ["oforandrad"] * 2
    newer = plan(admin, book(System=[head, rows[1], ["Karta", "Parker och torg", "a"]]))
    assert fates(newer) == ["oforandrad", "andras"]
    assert [c.old for c in helpers.changes(newer)] == ["Parker"]


def test_a_near_name_in_the_register_is_warned_of_and_never_blocks(admin: Any) -> None:
    factories.make_system(factories.make_objekt("Skola"), "Procapita")
    made = plan(admin, book(System=[["Namn"], ["Procapita Elev"]]))
    assert fates(made) == ["ny"]
    assert "I Skola finns Procapita; är de samma?" in warnings(made)[0]


def test_a_warning_tells_of_no_system_that_the_person_may_not_know_of() -> None:
    objekt = factories.make_objekt("Skola")
    factories.make_system(objekt, "Procapita", skyddsvard=True)
    file = book(System=[["Namn", "Syfte"], ["Procapita Elev", ""], ["Procapita", "x"]])
    made = plan(factories.make_user(), file)
    assert fates(made) == ["ny", "ny"]
    assert warnings(made) == []
    seen = plan(factories.make_admin(), file)
    assert "I Skola finns Procapita" in warnings(seen)[0]
    assert fates(seen) == ["ny", "andras"]


def test_a_row_twice_is_read_once_and_said_at_the_second(admin: Any) -> None:
    made = plan(admin, book(System=[["Namn", "Syfte"], ["A", "x"], ["B", "y"], ["A", "x"]]))
    assert errors(made) == []
    assert warnings(made) == [
        "Blad System, rad 4, kolumn Namn: Raden är likadan som rad 2 och läses in en gång."
    ]
    assert fates(made) == ["ny", "ny", "hoppas_over"]


def test_municipal_companies_are_left_out_with_the_clause_and_the_rest_goes_on(admin: Any) -> None:
    file = book(
        System=[
            ["Namn", "Organisation"],
            ["Elnät", "Koncern / Umeå Energi AB / Nät"],
            ["Hyror", "Koncern / Bostaden"],
            ["Skola24", "Koncern / Kommun / Skola"],
        ]
    )
    instructions = Instructions.guess(file)
    assert instructions.companies == ("Umeå Energi AB",)
    made = plan(admin, file, instructions.without(["bostaden"]))
    assert fates(made) == ["hoppas_over", "hoppas_over", "ny"]
    assert "Umeå Energi AB är ett kommunalt bolag" in made.lines[0].note
    assert "avsnitt 2.2" in made.lines[0].note
    assert made.errors == []


def test_a_supplier_is_made_once_and_found_by_number_or_name(admin: Any) -> None:
    head = ["Namn", "Leverantör", "Organisationsnummer"]
    rows = [
        ["A", "CGI Sverige AB", "556337-2191"],
        ["B", "cgi  sverige ab", ""],
        ["C", "", "5563372191"],
    ]
    bring_in(admin, book(System=[head, *rows]))
    supplier = Leverantor.objects.get()
    assert supplier.name == "CGI Sverige AB"
    assert supplier.systems.count() == 3


@pytest.mark.parametrize(
    ("heading", "value", "sentence"),
    [
        ("Leverantörens organisationsnummer", "556337-2190", "den sista är en kontrollsiffra"),
        ("Informationen ägs av", "Umeå Energi AB", "avsnitt 2.2"),
        ("Informationen ägs av", "Kulturen", "Det finns ingen nämnd som heter ”Kulturen”"),
        ("Konfidentialitet", "7", "en siffra från 0 till 4"),
        ("Livscykel", "grön", "Välj bland"),
        ("Produkt", "x" * 10_000, "10000 tecken"),
    ],
)
def test_what_a_field_cannot_hold_is_an_error_by_sheet_row_and_column(
    admin: Any, heading: str, value: str, sentence: str
) -> None:
    made = plan(admin, book(System=[["Namn", "Leverantör", heading], ["A", "CGI", value]]))
    (error,) = errors(made)
    assert error.startswith(f"Blad System, rad 2, kolumn {heading}: ")
    assert sentence in error
    assert fates(made) == ["fel"]


def test_a_system_that_does_not_belong_in_the_register_is_refused_as_elsewhere(admin: Any) -> None:
    head = ["Namn", "Lagrar information elektroniskt", "Informationen ägs av"]
    made = plan(admin, book(System=[head, ["A", "Nej", ""], ["B", "Nej", "Kulturnämnden"]]))
    assert fates(made) == ["fel", "ny"]
    assert "avsnitt 6.3" in errors(made)[0]


def test_level_4_makes_a_system_skyddsvart(admin: Any) -> None:
    bring_in(admin, book(System=[["Namn", "Riktighet"], ["A", "4"]]))
    assert Informationssystem.objects.get().skyddsvard


def test_a_wound_up_object_gets_no_new_systems(admin: Any) -> None:
    from roles import activation

    objekt = factories.make_objekt("Gammalt")
    activation.change_status(None, objekt, "avvecklat", reason="Slut")
    made = plan(admin, book(System=[["Namn", "Objekt"], ["A", "Gammalt"]]))
    assert "Gammalt är avvecklat" in errors(made)[0]


def test_a_system_of_a_wound_up_object_is_not_taken_into_use(admin: Any) -> None:
    from roles import activation

    objekt = factories.make_objekt("Gammalt")
    factories.make_system(objekt, "A", livscykel="avvecklat")
    activation.change_status(None, objekt, "avvecklat", reason="Slut")
    head = ["Namn", "Livscykel", "Syfte"]
    made = plan(admin, book(System=[head, ["A", "I drift", ""]]))
    (error,) = errors(made)
    assert error.startswith("Blad System, rad 2, kolumn Livscykel: Gammalt är avvecklat")
    assert fates(made) == ["fel"]
    bring_in(admin, book(System=[head, ["A", "Avvecklat", "Studielån"]]))
    system = Informationssystem.objects.get()
    assert (system.livscykel, system.purpose) == ("avvecklat", "Studielån")


def test_an_object_that_is_wound_up_between_plan_and_write_stops_the_import(admin: Any) -> None:
    from exchange.importing.applying import carry_out
    from roles import activation

    objekt = factories.make_objekt("Skola")
    made = plan(admin, book(System=[["Namn", "Objekt"], ["A", "Skola"]]))
    activation.change_status(None, objekt, "avvecklat", reason="Slut")
    with pytest.raises(ValidationError, match="Skola är avvecklat"):
        carry_out(admin, made, reason="x")
    assert not Informationssystem.objects.exists()


def test_a_namnd_named_by_a_file_is_made_and_a_near_miss_is_asked_about(admin: Any) -> None:
    factories.make_namnd("Tekniska nämnden")
    head = ["Namn", "Informationen ägs av"]
    made = plan(admin, book(System=[head, ["A", "Teknska nämnden"], ["B", "Kommunstyrelsen"]]))
    assert "Menade du ”Tekniska nämnden”?" in errors(made)[0]
    bring_in(admin, book(System=[head, ["B", "Kommunstyrelsen"]]))
    assert Namnd.objects.get(name="Kommunstyrelsen").kind == "styrelse"
