"""Search, filters and order of a list live in its address (governance/forms/listing.py)."""

import pytest
from django import forms
from django.http import QueryDict
from django.test import RequestFactory

from governance.forms.listing import ListForm


class Filter(ListForm):
    sorts = (("namn", "Namn"), ("andrad", "Senast ändrat"))

    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "Alla"), ("utkast", "Utkast")]
    )
    mine = forms.BooleanField(label="Bara mina", required=False)


def listed(address: str) -> Filter:
    """Return the form of a list at this address."""
    return Filter(RequestFactory().get(f"/lista/?{address}"))


def test_what_is_chosen_comes_from_the_address() -> None:
    form = listed("q=alva&status=utkast&mine=on&sort=-namn")
    assert form.chosen == {"q": "alva", "status": "utkast", "mine": True, "sort": "-namn"}
    assert form.order == "-namn"


@pytest.mark.parametrize("address", ["status=borttaget", "sort=losenord", "q=" + "x" * 500])
def test_a_value_that_no_longer_exists_drops_out(address: str) -> None:
    form = listed(address)
    assert form.chosen == {}
    assert form.order == "namn"


def test_search_stands_first_then_choices_boxes_and_order() -> None:
    class Late(Filter):
        late = forms.ChoiceField(label="Nämnd", required=False)

    form = Late(RequestFactory().get("/lista/"))
    assert [field.name for field in form.controls()] == ["q", "status", "late", "mine", "sort"]


def test_a_chip_says_what_it_filters_and_leads_to_the_list_without_it() -> None:
    chips = listed("q=alva&status=utkast&mine=on&sort=andrad&page=3").chips()
    assert [(chip.label, chip.value) for chip in chips] == [
        ("Sök", "alva"),
        ("Status", "Utkast"),
        ("Bara mina", ""),
    ]
    assert QueryDict(chips[1].query) == QueryDict("q=alva&mine=on&sort=andrad")
