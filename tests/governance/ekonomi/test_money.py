"""Amounts are read and written as Swedes do, and never pass through a float."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from governance.steering.money import KronorField, read, typed, written


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12 345,50", "12345.50"),
        ("12\u00a0345,5 kr", "12345.5"),
        ("1\u202f000", "1000"),
        ("300 kr", "300"),
        ("300:-", "300"),
        ("0.25", "0.25"),
        ("\u22125 kr", "-5"),
    ],
)
def test_what_people_type_is_read(text: str, amount: str) -> None:
    assert read(text) == Decimal(amount)


def test_what_is_overdrawn_has_a_minus_and_no_hyphen() -> None:
    assert written(Decimal("-44900.50")) == "\u221244\u202f900,50\u00a0kr"


@pytest.mark.parametrize("text", ["", "tolv", "1,2,3", "1e9", "NaN", "١٢", "12.345,50", "--5"])
def test_what_is_no_amount_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValidationError) as refused:
        read(text)
    assert refused.value.messages == ["Skriv beloppet med siffror, till exempel 12 345,50."]


@pytest.mark.parametrize(
    ("typed_text", "sentence"),
    [
        ("-5", "Beloppet kan inte vara negativt."),
        ("0,125", "Högst två decimaler får plats."),
        ("9999999999999", "Beloppet är för stort."),
    ],
)
def test_the_field_says_what_is_wrong(typed_text: str, sentence: str) -> None:
    field = KronorField(max_digits=14, decimal_places=2, min_value=0)
    with pytest.raises(ValidationError) as refused:
        field.clean(typed_text)
    assert refused.value.messages == [sentence]


def test_amounts_are_written_with_thin_spaces_and_ore_only_where_there_are_any() -> None:
    assert written(Decimal("1234567.00")) == "1\u202f234\u202f567\u00a0kr"
    assert written(Decimal("12.5")) == "12,50\u00a0kr"
    assert written(None) == ""


@given(st.decimals(min_value=0, max_value=10**11, places=2))
def test_what_a_field_shows_is_read_back_as_the_same_amount(amount: Decimal) -> None:
    assert read(typed(amount)) == amount
    assert read(written(amount)) == amount
