"""People out of name columns: one account for a person, proposed for the roles that are vacant."""

from typing import Any

import pytest

from governance.models import Forvaltningsobjekt
from roles import people
from roles.models import RoleAssignment, User
from tests import factories
from tests.exchange.importing.helpers import book, bring_in, errors, fates, plan, warnings

pytestmark = pytest.mark.django_db
HEAD = ["Namn", "Objekt", "Systemansvariga verksamhet", "Systemansvariga IT"]


@pytest.fixture
def admin() -> Any:
    return factories.make_admin()


def contacts(*rows: tuple[str, str]) -> Any:
    """Return a book of systems on one object with their contacts."""
    return book(System=[HEAD, *([f"S{n}", "Skola", fl, it] for n, (fl, it) in enumerate(rows, 1))])


def named(**wanted: str) -> list[User]:
    return list(User.objects.filter(**wanted))


def test_a_name_becomes_one_account_that_cannot_log_in(admin: Any) -> None:
    bring_in(admin, contacts(("Eva Öberg", "Öberg, Eva"), ("Eva  Öberg ", "Bo von Essen (IT)")))
    (eva,) = named(first_name="Eva")
    assert (eva.last_name, eva.username, eva.email) == ("Öberg", "eva.oberg", "")
    assert not eva.has_usable_password()
    (bo,) = named(first_name="Bo")
    assert (bo.last_name, bo.unit) == ("von Essen", "IT")


def test_contacts_are_proposed_for_the_two_roles_on_an_utkast_and_kept_on_the_system(
    admin: Any,
) -> None:
    bring_in(admin, contacts(("Eva Lund", "Bo Ek"), ("Eva Lund", "Bo Ek"), ("Ida Berg", "")))
    objekt = Forvaltningsobjekt.objects.get()
    held = {a.role: (str(a.person), a.valid_from) for a in objekt.assignments.all()}
    today = factories.today()
    assert held == {
        "forvaltningsledare": ("Eva Lund", today),
        "forvaltningsledare_it": ("Bo Ek", today),
    }
    assert objekt.systems.get(name="S3").ovriga_uppgifter == [
        ["Systemansvariga verksamhet", "Ida Berg"]
    ]
    assert named(first_name="Ida")
    made = plan(admin, contacts(("Eva Lund", "Bo Ek"), ("Eva Lund", "Bo Ek"), ("Ida Berg", "")))
    assert made.does_nothing


def test_where_contacts_differ_the_most_common_is_proposed_and_the_others_listed(
    admin: Any,
) -> None:
    made = plan(admin, contacts(("Ida Berg", ""), ("Eva Lund, Ulf Ek", ""), ("Eva Lund", "")))
    assert warnings(made) == [
        (
            "Blad System, rad 2, kolumn Systemansvariga verksamhet: Skola: Eva Lund föreslås som "
            "förvaltningsledare. Nämns också: Ida Berg, Ulf Ek."
        )
    ]


def test_nobody_is_relieved_by_a_contact(admin: Any) -> None:
    karin = factories.make_user("karin.holm")
    objekt = factories.make_active("Skola", forvaltningsledare=karin)
    file = contacts(("Eva Lund", ""))
    assert "Skola har redan förvaltningsledare: Karin Holm." in warnings(plan(admin, file))[0]
    bring_in(admin, file)
    assert RoleAssignment.objects.get(objekt=objekt, role="forvaltningsledare").person == karin


@pytest.mark.parametrize(
    "written", ["eva.lund@example.se", "eva.lund", "Eva Lund", "Lund, Eva", "Eva Lund (eva.lund)"]
)
def test_an_account_is_found_by_email_user_name_or_name(admin: Any, written: str) -> None:
    eva = factories.make_user("eva.lund")
    bring_in(admin, contacts((written, "")))
    assert RoleAssignment.objects.get().person == eva
    assert User.objects.count() == 2


def test_an_address_learnt_later_joins_the_account_made_from_a_name(admin: Any) -> None:
    bring_in(admin, contacts(("Eva Lund", "")))
    bring_in(admin, contacts(("Eva Lund <eva@umea.se>", "")))
    (eva,) = named(last_name="Lund")
    assert eva.email == "eva@umea.se"
    bring_in(admin, contacts(("eva@umea.se", "")))
    assert len(named(last_name="Lund")) == 1


def test_a_namesake_with_another_address_is_another_person(admin: Any) -> None:
    factories.make_user("eva.lund")
    bring_in(admin, contacts(("Eva Lund <eva.lund@annan.se>", "")))
    assert sorted(u.username for u in named(last_name="Lund")) == ["eva.lund", "eva.lund2"]


def test_an_unknown_user_name_is_an_error_with_the_nearest(admin: Any) -> None:
    factories.make_user("eva.lundh")
    assert errors(plan(admin, contacts(("eva.lund", "")))) == [
        (
            "Blad System, rad 2, kolumn Systemansvariga verksamhet: "
            "Ingen person heter eva.lund. Menade du eva.lundh?"
        )
    ]


def test_two_of_one_name_are_named_and_the_unit_tells_them_apart(admin: Any) -> None:
    for username, unit in (("anna.andersson", "Skola"), ("anna.andersson2", "Vård")):
        factories.make_user(username, first_name="Anna", last_name="Andersson", unit=unit)
    made = plan(admin, contacts(("Anna Andersson", "")))
    assert made.errors == []
    assert (
        "2 personer heter Anna Andersson. Skriv e-post eller användarnamn: "
        "anna.andersson (Skola), anna.andersson2 (Vård)." in warnings(made)[0]
    )
    bring_in(admin, contacts(("Anna Andersson (Vård)", "")))
    assert RoleAssignment.objects.get().person.username == "anna.andersson2"  # type: ignore[union-attr]


def test_what_is_no_persons_name_makes_no_account_and_blocks_nothing(admin: Any) -> None:
    file = contacts(("Servicedesk", "saknas"))
    assert "”Servicedesk” är inget helt namn." in warnings(plan(admin, file))[0]
    bring_in(admin, file)
    assert User.objects.count() == 1


@pytest.mark.parametrize("written", ["Eva <eva@umea.se>", "support@umea.se"])
def test_an_address_without_a_whole_name_makes_no_account_but_finds_one(
    admin: Any, written: str
) -> None:
    file = contacts((written, ""))
    assert "är inget helt namn." in warnings(plan(admin, file))[0]
    there = factories.make_user("eva.ek", email=written.rpartition("<")[2].strip(">"))
    bring_in(admin, file)
    assert RoleAssignment.objects.get().person == there


def test_a_name_near_one_in_the_register_is_warned_of(admin: Any) -> None:
    factories.make_user("kristina.lindqvist")
    made = plan(admin, contacts(("Kristina Lindkvist", "")))
    assert fates(made) == ["ny"]
    assert "Om du menade Kristina Lindqvist, rätta namnet" in warnings(made)[0]


def test_somebody_who_has_left_is_not_proposed(admin: Any) -> None:
    lars = factories.make_user("lars.holm")
    people.set_active(None, lars, active=False, reason="Slutat")
    bring_in(admin, contacts(("Lars Holm", ""), ("Eva Lund", "")))
    assert str(RoleAssignment.objects.get().person) == "Eva Lund"
    assert len(named(last_name="Holm")) == 1
