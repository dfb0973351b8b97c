"""Persons in a cell, as people write them."""

import pytest

from exchange.people import Person, account_text, guess_username, name_key, parse_people

ANNA, BO = Person("Anna Berg"), Person("Bo Ek")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna Berg", [ANNA]),
        ("  Anna   Berg ", [ANNA]),
        ("Berg, Anna", [ANNA]),
        ("Berg, Anna Maria", [Person("Anna Maria Berg")]),
        ("von Essen, Carl", [Person("Carl von Essen")]),
        ("Norén Berg, Åsa", [Person("Åsa Norén Berg")]),
        ("Anna Berg, Bo Ek", [ANNA, BO]),
        ("Anna Berg, Bo Ek, anna  berg", [ANNA, BO]),
        ("Berg, Anna; Ek, Bo", [ANNA, BO]),
        ("Berg, Anna, Ek, Bo", [ANNA, BO]),
        ("Anna Berg\nBo Ek", [ANNA, BO]),
        ("Anna Berg / Bo Ek", [ANNA, BO]),
        ("Anna Berg och Bo Ek", [ANNA, BO]),
        ("Anna Berg & Bo Ek;", [ANNA, BO]),
        ("Anna Berg (Vård och omsorg)", [Person("Anna Berg", unit="Vård och omsorg")]),
        (
            "Anna Berg (Skola), Bo Ek (Vård, norr)",
            [Person("Anna Berg", unit="Skola"), Person("Bo Ek", unit="Vård, norr")],
        ),
        ("Anna Berg, IT", [Person("Anna Berg", unit="IT")]),
        ("Anna Berg / IT", [Person("Anna Berg", unit="IT")]),
        ("Anna Berg (annber01)", [Person("Anna Berg", username="annber01")]),
        ("Anna Berg <Anna.Berg@ek.se>", [Person("Anna Berg", email="anna.berg@ek.se")]),
        ("Anna Berg (anna.berg@ek.se)", [Person("Anna Berg", email="anna.berg@ek.se")]),
        ("anna-lisa.berg@ek.se", [Person("Anna-Lisa Berg", email="anna-lisa.berg@ek.se")]),
        ("annber01", [Person(username="annber01")]),
        ("anna.berg", [Person(username="anna.berg")]),
        ("Anna och Bo, IT <Annab>", [Person("Anna och Bo, IT", username="Annab")]),
        ("<annab>", [Person(username="annab")]),
        ("Lönegruppen", [Person("Lönegruppen")]),
        ("", []),
        ("-", []),
        ("Saknas", []),
        ("vet ej", []),
        (" ; ,", []),
    ],
)
def test_the_persons_of_a_cell(text: str, expected: list[Person]) -> None:
    assert list(parse_people(text)) == expected


def test_one_name_spelt_in_several_ways_is_one_person() -> None:
    assert name_key("Anna-Karin  ÖBERG") == name_key("anna karin Oberg")
    assert name_key("Anna Berg") != name_key("Anna Bergh")


def test_a_user_name_is_guessed_in_plain_letters() -> None:
    assert guess_username("Åsa Maria Öberg-Lind") == "asa.oberg-lind"


@pytest.mark.parametrize(
    ("name", "username", "text"),
    [
        ("Anna Berg", "anna.berg", "Anna Berg (anna.berg)"),
        ("Anna Berg", "anna", "Anna Berg <anna>"),
        ("Anna Berg", "Anna.Berg", "Anna Berg <Anna.Berg>"),
        ("Berg, Anna", "anna.berg", "Berg, Anna <anna.berg>"),
        ("Anna och Bo", "anna.berg", "Anna och Bo <anna.berg>"),
        ("Anna (IT)", "anna.berg", "Anna (IT) <anna.berg>"),
        ("Saknas", "saknas1", "Saknas <saknas1>"),
        ("", "anna.berg", "<anna.berg>"),
    ],
)
def test_a_person_of_the_export_is_read_as_that_account(
    name: str, username: str, text: str
) -> None:
    assert account_text(name, username) == text
    assert parse_people(text) == (Person(name, username=username),)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Anna Berg", "Anna Berg (Anna@ek.se)"),
        ("Anna och Bo, IT", "<Anna@ek.se>"),
        ("", "<Anna@ek.se>"),
    ],
)
def test_a_user_name_that_is_an_address_is_read_as_one(name: str, text: str) -> None:
    assert account_text(name, "Anna@ek.se") == text
    (person,) = parse_people(text)
    assert person.email == "anna@ek.se"
