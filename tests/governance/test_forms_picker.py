"""Choosing among many by typing, resolved on the server (governance/forms/picker.py)."""

import pytest
from django import forms
from django.test import Client

from governance.access import visible
from governance.actions import leverantor as leverantor_actions
from governance.forms.choosing import LeverantorField, PersonField, SystemField
from governance.models import Informationssystem, Leverantor
from roles import people
from roles.models import User
from tests.factories import make_admin, make_objekt, make_system, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> User:
    return make_user("anna.andersson", email="anna@example.se")


def systems(user: User) -> SystemField:
    """Return a field of the systems that a person may know of."""
    return SystemField(queryset=visible(user, Informationssystem.objects.all()))


def refusal(typed: str, field: forms.Field | None = None) -> str:
    """Return what the field says about what was typed."""
    with pytest.raises(forms.ValidationError) as caught:
        (field or PersonField()).clean(typed)
    return " ".join(caught.value.messages)


@pytest.mark.parametrize(
    "typed",
    [
        "Anna Andersson (anna.andersson)",
        "  Kalles stavning (anna.andersson) ",
        "anna.andersson",
        "ANNA@example.se",
        "anna andersson",
    ],
)
def test_a_person_is_found_by_line_user_name_mail_or_only_name(anna: User, typed: str) -> None:
    make_user("anna.bengtsson")
    assert PersonField().clean(typed) == anna


def test_namesakes_are_listed_so_that_one_can_be_chosen(anna: User) -> None:
    make_user("anna.a", first_name="Anna", last_name="Andersson")
    sentence = refusal("Anna Andersson")
    assert "Anna Andersson (anna.andersson)" in sentence
    assert "Anna Andersson (anna.a)" in sentence
    assert "Skriv hela raden" in sentence


def test_nobody_of_that_name_is_said_with_what_was_typed(anna: User) -> None:
    sentence = "”eva.lund” hittades inte. Skriv några bokstäver och välj i listan."
    assert refusal("eva.lund") == sentence


def test_somebody_who_has_left_is_not_found(anna: User) -> None:
    people.set_active(None, anna, False, reason="Har slutat")
    assert "hittades" in refusal("anna.andersson")


def test_a_very_long_text_is_not_repeated_in_full(anna: User) -> None:
    assert len(refusal("x" * 10_000)) < 150


def test_empty_is_nobody_where_it_may_be_empty() -> None:
    assert PersonField(required=False).clean("  ") is None


def test_a_chosen_row_is_written_as_the_text_that_finds_it_again(anna: User) -> None:
    field = PersonField()
    text = field.prepare_value(anna)
    assert text == "Anna Andersson (anna.andersson)"
    assert field.clean(text) == anna
    assert field.prepare_value(anna.pk) == text
    assert not field.has_changed(anna, text)
    assert field.has_changed(anna, "någon annan")


def test_systems_of_one_name_are_told_apart_by_number(anna: User) -> None:
    one, other = (make_system(make_objekt(), "Alva") for _ in range(2))
    field = systems(anna)
    assert field.clean(f"Alva ({other.pk})") == other
    assert f"Alva ({one.pk})" in refusal("alva", field)


def test_likeness_tells_of_no_hidden_system(anna: User) -> None:
    objekt = make_objekt()
    shown, hidden = (
        make_system(objekt, "Larm norr"),
        make_system(objekt, "Larm syd", skyddsvard=True),
    )
    sentence = refusal("larm", systems(anna))
    assert str(shown) in sentence
    assert str(hidden) not in sentence
    assert str(hidden) in refusal("larm", systems(make_admin()))


def test_a_hidden_system_answers_as_one_that_does_not_exist(anna: User) -> None:
    hidden = make_system(make_objekt(), "Larm", skyddsvard=True)
    field = systems(anna)
    missing = refusal("Larm (0)", field).replace("(0)", f"({hidden.pk})")
    assert refusal(f"Larm ({hidden.pk})", field) == missing
    assert systems(make_admin()).clean(f"Larm ({hidden.pk})") == hidden


def supplier(name: str, number: str = "") -> Leverantor:
    return leverantor_actions.create(None, name=name, organisationsnummer=number)


@pytest.mark.parametrize(
    "typed",
    ["Öbergs Systemhus (Norr) AB", " öbergs  systemhus (norr) ab", "556677-8899", "5566778899"],
)
def test_a_supplier_is_found_by_name_however_spaced_and_by_organisationsnummer(typed: str) -> None:
    wanted = supplier("Öbergs Systemhus (Norr) AB", "556677-8899")
    supplier("Norr")
    field = LeverantorField(exact=())
    assert field.clean(typed) == wanted
    assert field.clean(field.prepare_value(wanted)) == wanted


def test_a_number_names_a_supplier_in_an_address_and_never_in_a_form() -> None:
    one = supplier("Leverans AB")
    assert LeverantorField().clean(str(one.pk)) == one
    assert "hittades inte" in refusal(str(one.pk), LeverantorField(exact=()))


def test_suppliers_of_like_names_are_listed_and_one_that_is_missing_may_be_registered() -> None:
    for name in ("Cirkus Data AB", "Inlandsdata AB", "Leverans AB"):
        supplier(name)
    field = LeverantorField(exact=())
    assert refusal("data", field) == (
        "”data” hittades inte. Liknande: Cirkus Data AB, Inlandsdata AB. "
        "Skriv hela raden för den du menar."
    )
    assert "registrera leverantören först" in refusal("Okända bolaget", field)


def test_suggestions_are_ten_at_most_and_say_that_there_are_more(
    client: Client, anna: User
) -> None:
    objekt = make_objekt()
    for number in range(12):
        make_system(objekt, f"Alva {number}")
    client.force_login(anna)
    html = client.get("/system/sok/", {"q": "alva"}, headers={"HX-Target": "id_x_options"}).text
    assert html.count("data-value=") == 10
    assert 'id="id_x_options-1"' in html
    assert "Fler finns" in html
    assert "Inget förslag" in client.get("/system/sok/", {"q": "zzz"}).text
