"""Values, paths and likeness."""

import pytest

from exchange.cleaning import (
    company_in,
    fold,
    key,
    likeness,
    nearest,
    split_path,
    split_values,
    tidy,
)


def test_stray_spaces_of_every_kind_become_one() -> None:
    assert tidy("\t Heroma\u00a0 lön\n") == "Heroma lön"


def test_spellings_of_one_name_fold_to_the_same() -> None:
    assert fold("ÖRNEN  Lön") == fold("o\u0308rnen lon") == "ornen lon"
    assert key("Är systemet anpassningsbart?") == "ar systemet anpassningsbart"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Koncern / Kommun / Vård / Hemtjänst", ("Koncern", "Kommun", "Vård", "Hemtjänst")),
        ("Kommun » Skola", ("Kommun", "Skola")),
        ("Kommun>Skola", ("Kommun", "Skola")),
        ("Kommun / Kultur/fritid /", ("Kommun", "Kultur/fritid /")),
        ("  Kommun  ", ("Kommun",)),
        ("", ()),
    ],
)
def test_a_path_is_cut_at_its_separators_and_nowhere_else(
    text: str, parts: tuple[str, ...]
) -> None:
    assert split_path(text) == parts


@pytest.mark.parametrize(
    ("text", "known", "values"),
    [
        ("a\nb;c", (), ("a", "b", "c")),
        ("Skola, Vård, Skola", (), ("Skola", "Vård")),
        ("Ja; Delvis ; Nej", (), ("Ja", "Delvis", "Nej")),
        ("1,5", (), ("1,5",)),
        ("Används i skolan, men bara under terminerna", (), None),
        ("Nej, inga inlåsningar", ("Nej, inga inlåsningar", "Ja, teknik"), None),
        ("Ja, teknik, Ja, lag", ("Ja, lag", "Ja, teknik"), ("Ja, teknik", "Ja, lag")),
        ("Ja, teknik, Ja, annat", ("Ja, lag", "Ja, teknik"), None),
        (" , ;", (), ()),
    ],
)
def test_values_of_a_cell_are_cut_with_care(
    text: str, known: tuple[str, ...], values: tuple[str, ...] | None
) -> None:
    assert split_values(text, known) == ((text,) if values is None else values)


def test_the_nearest_is_found_whatever_the_accents_and_not_at_any_price() -> None:
    assert nearest("vesentlig", ["Viktig", "Väsentlig"]) == "Väsentlig"
    assert nearest("helt annat", ["Viktig", "Väsentlig"]) is None
    assert nearest("x" * 100_000, ["x"]) is None
    assert likeness("Örnen", "ornen ") == 1
    assert likeness("Heroma", "Heroma 2") > likeness("Heroma", "Raindance")


def test_a_municipal_company_is_recognised_on_the_path_and_nothing_else_is() -> None:
    assert company_in(("Koncernen", "Ådala Energi AB")) == "Ådala Energi AB"
    assert company_in(("Koncernen", "Bostadsbolaget Ådala", "Vatten aktiebolag")) == (
        "Vatten aktiebolag"
    )
    assert company_in(("Koncernen", "Ådala kommun", "Labbet", "Bolagsjuridik")) is None
