"""The lists: what they find, and in which order."""

import pytest
from django.http import QueryDict
from django.test import Client

from governance.actions import leverantor as leverantor_actions
from governance.actions import objekt as objekt_actions
from governance.lists.filters import objekt_filter
from tests.factories import (
    appoint,
    make_active,
    make_namnd,
    make_objekt,
    make_system,
    make_user,
)
from tests.governance.listed import numbers, objects, systems

pytestmark = pytest.mark.django_db


def test_names_sort_as_swedes_expect() -> None:
    objekt = make_objekt("Alla")
    for name in ("Örn", "apa", "Ängel", "Åsa", "zon", "ål"):
        make_system(objekt, name)
    assert systems(None) == ["apa", "zon", "ål", "Åsa", "Ängel", "Örn"]
    assert systems(None, "sort=-name") == ["Örn", "Ängel", "Åsa", "ål", "zon", "apa"]


def test_oberg_finds_both_and_spelling_ranks_first() -> None:
    objekt = make_objekt("Alla")
    for name in ("Arkiv Öberg", "Arkiv Oberg", "Annat"):
        make_system(objekt, name)
    assert systems(None, "q=oberg") == ["Arkiv Oberg", "Arkiv Öberg"]
    assert systems(None, "q=%C3%B6berg") == ["Arkiv Öberg", "Arkiv Oberg"]
    # Ö as o with two dots after it, as some keyboards send it.
    assert systems(None, "q=O%CC%88BERG") == ["Arkiv Öberg", "Arkiv Oberg"]


def test_the_name_counts_for_more_than_what_stands_elsewhere() -> None:
    objekt = make_objekt("Alla")
    make_system(objekt, "Arkivet", purpose="Tar emot från Lex")
    make_system(objekt, "Lexikon")
    make_system(objekt, "Lex")
    make_system(objekt, "Flex")
    assert systems(None, "q=lex") == ["Lex", "Lexikon", "Arkivet", "Flex"]


def test_an_order_that_is_asked_for_goes_before_rank() -> None:
    objekt = make_objekt("Alla")
    for name in ("Lexikon", "Lex", "Flex"):
        make_system(objekt, name)
    assert systems(None, "q=lex&sort=name") == ["Flex", "Lex", "Lexikon"]


def test_the_form_of_a_search_leaves_the_order_to_rank(client: Client) -> None:
    client.force_login(make_user())
    usual = client.get("/system/").context["form"]
    assert ("", "Namn") in usual.fields["sort"].widget.choices
    assert usual.order == "name"
    searching = client.get("/system/?q=lex&sort=").context["form"]
    assert ("", "Bästa träff") in searching.fields["sort"].widget.choices
    assert searching.order == ""


def test_systems_are_found_by_other_names_supplier_object_and_people() -> None:
    eva = make_user("eva.lund")
    objekt = make_active("Elevadministration", forvaltningsledare=eva)
    supplier = leverantor_actions.create(None, name="Nordlärande AB")
    make_system(objekt, "Alva", other_names="Skolplattformen\nSP1", leverantor=supplier)
    make_system(make_objekt("Annat"), "Bo")
    for query in ("sp1", "nordlarande", "elevadm", "lund", "alva lund nord"):
        assert systems(None, f"q={query}") == ["Alva"], query
    assert systems(None, "q=alva+bo") == []


def test_a_person_named_on_one_system_leads_to_that_system_alone() -> None:
    objekt = make_objekt("Elevadministration")
    alva, _procap = make_system(objekt, "Alva"), make_system(objekt, "Procap")
    appoint(objekt, "systemforvaltare", make_user("sven.smed"), systems=[alva])
    assert systems(None, "q=smed") == ["Alva"]
    assert objects(None, "q=smed") == ["Elevadministration"]


def test_people_are_found_by_name_and_not_by_the_unit_they_share() -> None:
    make_active("Elever", objektagare=make_user("eva.lund", unit="Skola och kultur"))
    assert objects(None, "q=lund") == ["Elever"]
    assert objects(None, "q=kultur") == []


def test_people_and_namnd_do_not_multiply_objects() -> None:
    eva = make_user("eva.lund")
    objekt = make_active("Elever", namnd=make_namnd("Lundnämnden"), forvaltningsledare=eva)
    appoint(objekt, "systemforvaltare", eva)
    for name in ("Lund 1", "Lund 2"):
        make_system(objekt, name)
    assert objects(None, "q=lund") == ["Elever"]


def test_filters_narrow_and_add_up() -> None:
    skola, miljo = make_namnd("Skolnämnden"), make_namnd("Miljönämnden")
    eva = make_user("eva.lund")
    make_active("Elever", namnd=skola, forvaltningsledare=eva)
    make_active("Livsmedel", namnd=miljo)
    make_objekt("Utan nämnd")
    assert objects(None, f"namnd={skola.pk}") == ["Elever"]
    assert objects(None, "status=utkast") == ["Utan nämnd"]
    assert objects(None, "finding=no_namnd") == ["Utan nämnd"]
    assert objects(None, f"namnd={miljo.pk}&status=utkast") == []
    assert objects(eva, "mine=on") == ["Elever"]
    assert objects(None, "process=Process+f%C3%B6r+Elever") == ["Elever"]


def test_choices_say_what_they_would_leave_beside_the_other_filters() -> None:
    skola = make_namnd("Skolnämnden")
    make_active("Elever", namnd=skola)
    make_active("Livsmedel")
    make_objekt("Utkastet")
    listing = objekt_filter(make_user(), QueryDict(f"namnd={skola.pk}"))
    status = numbers(listing, "status")
    assert status["i_forvaltning"] == "I förvaltning (1)"
    assert "utkast" not in status
    assert listing.total == 1
    assert len(numbers(listing, "namnd")) == 3  # Alla, Skolnämnden, the other one


def test_what_the_address_asks_for_in_vain_is_said_and_left_out(client: Client) -> None:
    client.force_login(make_user())
    make_objekt("Elever")
    for query in ("status=borta", "namnd=999999999999999999999", "finding=%00", "q=%00", "sort=x"):
        response = client.get(f"/objekt/?{query}")
        assert response.status_code == 200
        assert "Listan visas utan det." in response.content.decode(), query
        assert "Elever" in response.content.decode()
    for query in ("page=0", "page=99999999999999999999", "page=x", "okand=1", "q=" + "x" * 10_000):
        assert client.get(f"/objekt/?{query}").status_code == 200
    for query in ("leverantor=x", "objekt=99999999999999999999", "livscykel=x", "process=%00"):
        assert client.get(f"/system/?{query}").status_code == 200


def test_a_chip_takes_its_own_filter_away_and_leaves_the_rest() -> None:
    make_objekt("Elever")
    listing = objekt_filter(make_user(), QueryDict("q=elever&status=utkast&page=2"))
    chips = {chip.label: chip for chip in listing.chips()}
    assert chips["Status"].value == "Utkast"
    assert chips["Status"].query == "q=elever"


def test_never_verified_comes_before_verified_long_ago() -> None:
    eva = make_user("eva.lund")
    verified = make_active("Bekräftad", forvaltningsledare=eva)
    make_objekt("Aldrig")
    objekt_actions.verify(eva, verified)
    assert objects(None, "sort=verified") == ["Aldrig", "Bekräftad"]
    assert objects(None, "sort=-verified") == ["Bekräftad", "Aldrig"]
