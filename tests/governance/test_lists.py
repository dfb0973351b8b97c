"""The lists: what they find, in which order, and that they say no more than the reader may know."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from governance import rules
from governance.actions import leverantor as leverantor_actions
from governance.actions import objekt as objekt_actions
from governance.lists.filters import objekt_filter, system_filter
from governance.models import Forvaltningsobjekt
from roles.models import User
from tests.factories import (
    appoint,
    make_active,
    make_admin,
    make_namnd,
    make_objekt,
    make_revisor,
    make_system,
    make_user,
    today,
)

pytestmark = pytest.mark.django_db


def systems(user: User | None, query: str = "") -> list[str]:
    return [s.name for s in system_filter(user, QueryDict(query)).queryset]


def objects(user: User | None, query: str = "") -> list[str]:
    return [o.name for o in objekt_filter(user, QueryDict(query)).queryset]


def numbers(listing: Any, name: str) -> dict[str, str]:
    listing.count()
    return dict(listing.fields[name].widget.choices)


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


@pytest.fixture
def secret() -> Forvaltningsobjekt:
    """An object with an open and a skyddsvärt system; only the second breaks a rule."""
    supplier = leverantor_actions.create(None, name="Hemligt AB")
    objekt = make_active("Vatten", forvaltningsledare=make_user("vera.vatten"))
    make_system(objekt, "Abonnentregistret", livscykel="planerat")
    hidden = make_system(
        objekt,
        "Styrsystemet Neptun",
        skyddsvard=True,
        leverantor=supplier,
        avvecklas_on=today() - timedelta(days=9),
    )
    appoint(objekt, "systemdriftansvarig", make_user("dan.drift"), systems=[hidden])
    return objekt


def test_an_outsider_meets_no_trace_of_a_skyddsvart_system(
    secret: Forvaltningsobjekt, client: Client
) -> None:
    outsider = make_user("otto.ovan")
    client.force_login(outsider)
    for query in ("", "q=neptun", "q=hemligt", "q=dan", "skyddsvard=on", "finding=past_end"):
        page = client.get(f"/system/?{query}").content.decode().replace(f'value="{query[2:]}', "")
        assert "Styrsystemet" not in page, query
    assert systems(outsider) == ["Abonnentregistret"]
    assert objects(outsider, "q=neptun") == []
    assert objects(outsider, "q=dan") == []
    listing = system_filter(outsider, QueryDict(""))
    assert numbers(listing, "livscykel") == {"": "Alla", "planerat": "Planerat (1)"}
    assert "skyddsvard" not in listing.fields
    assert listing.total == 1
    row = client.get("/objekt/").context["page"].object_list[0]
    of_the_object = rules.findings_of(Forvaltningsobjekt.objects.filter(pk=secret.pk))
    assert (row.system_count, row.finding_count) == (1, len(of_the_object))


@pytest.mark.parametrize("who", ["vera.vatten", "dan.drift", "rut.revisor", "adam.admin"])
def test_whoever_may_see_a_skyddsvart_system_finds_and_counts_it(
    secret: Forvaltningsobjekt, who: str
) -> None:
    make_admin(), make_revisor()
    user = User.objects.get(username=who)
    assert systems(user, "q=neptun") == ["Styrsystemet Neptun"]
    assert systems(user, "skyddsvard=on") == ["Styrsystemet Neptun"]
    listing = system_filter(user, QueryDict(""))
    assert numbers(listing, "livscykel")["i_drift"] == "I drift (1)"
    assert "skyddsvard" in listing.fields
    assert objekt_filter(user, QueryDict("")).queryset.get().system_count == 2


@pytest.mark.parametrize("address", ["/objekt/", "/system/", "/system/?q=lund&sort=name"])
def test_a_list_asks_as_much_of_two_rows_as_of_fifty(
    address: str, client: Client, django_assert_max_num_queries: Any
) -> None:
    client.force_login(make_user("eva.lund"))
    namnd, holder = make_namnd(), make_user("lars.lund")

    def fill(count: int) -> None:
        for _number in range(count):
            objekt = make_objekt()
            appoint(objekt, "namnd", namnd)
            appoint(objekt, "forvaltningsledare", holder)
            make_system(objekt)

    fill(2)
    client.get(address)
    with django_assert_max_num_queries(10) as few:
        client.get(address)
    fill(48)
    with django_assert_max_num_queries(10) as many:
        assert client.get(address).context["total"] == 50
    assert len(few) == len(many)


def test_lists_are_for_those_who_are_logged_in(client: Client) -> None:
    for address in ("/objekt/", "/system/"):
        assert client.get(address).headers["Location"] == f"/logga-in/?next={address}"
        assert client.post(address).status_code == 302


def test_an_empty_list_says_why(client: Client) -> None:
    client.force_login(make_user())
    assert "Inga system är registrerade än" in client.get("/system/").content.decode()
    make_objekt("Elever")
    page = client.get("/objekt/?q=xyz").content.decode()
    assert "Inga förvaltningsobjekt stämmer med urvalet" in page
    assert "Visa alla förvaltningsobjekt" in page


@pytest.mark.parametrize("address", ["/objekt/", "/system/"])
def test_a_long_list_is_the_same_list_without_numbers_beside_the_choices(
    address: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("governance.views.lists.PAGE", 2)
    leader, outsider = make_user("lena.ledare"), make_user("ute.staende")
    for number in range(7):
        objekt = make_active(f"Objekt {number}", forvaltningsledare=leader)
        make_system(objekt, f"System {number}")
    # 7 rows of 2 a page: the last pages are fetched from the end.
    pages = {
        (query, number): rows_of(client, outsider, f"{address}?page={number}{query}")
        for query in ("", "&sort=-changed", "&q=5&sort=name", "&mine=1")
        for number in (1, 2, 3, 4)
    }
    monkeypatch.setattr("governance.lists.facets.NUMBERED", 3)
    for (query, number), rows in pages.items():
        assert rows_of(client, outsider, f"{address}?page={number}{query}") == rows
    assert [len(pages["", number]) for number in (1, 2, 3, 4)] == [2, 2, 2, 1]

    client.force_login(outsider)
    form = client.get(address).context["form"]
    assert not {"mine", "skyddsvard"} & set(form.fields)
    assert not any("(" in str(label) for _key, label in form.fields["namnd"].widget.choices)
    client.force_login(leader)
    assert "mine" in client.get(address).context["form"].fields


def test_a_search_with_too_many_hits_to_rank_says_that_it_sorts_by_name(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    objekt = make_objekt("Alla")
    for name in ("Zlex", "Arkivlex", "Lex"):
        make_system(objekt, name)
    user = make_user()
    assert rows_of(client, user, "/system/?q=lex") == ["Lex", "Arkivlex", "Zlex"]
    assert "namnordning" not in client.get("/system/?q=lex").content.decode()
    monkeypatch.setattr("governance.lists.facets.NUMBERED", 2)
    assert rows_of(client, user, "/system/?q=lex") == ["Arkivlex", "Lex", "Zlex"]
    assert "de står i namnordning" in client.get("/system/?q=lex").content.decode()


def test_a_list_too_long_to_count_says_so_and_is_read_from_both_ends(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("governance.views.lists.PAGE", 2)
    monkeypatch.setattr("governance.lists.facets.NUMBERED", 2)
    monkeypatch.setattr("governance.lists.facets.TOTALLED", 4)
    objekt, user = make_objekt("Alla"), make_user()
    for number in range(7):
        make_system(objekt, f"System {number}")

    def numbers_on(page: str) -> list[str]:
        return [name[-1] for name in rows_of(client, user, f"/system/?page={page}")]

    assert [numbers_on(p) for p in ("1", "2", "-2", "-1")] == [
        list("01"),
        list("23"),
        list("34"),
        list("56"),
    ]
    assert numbers_on("99999") == numbers_on("-1") == numbers_on("0")
    first = client.get("/system/").content.decode()
    assert "Fler än 4 system" in first
    assert "page=-1" in first
    last = client.get("/system/?page=-1").content.decode()
    assert "visar de sista 2" in last
    assert "page=-2" in last
    assert "page=0" not in last
    assert "visar nummer 4–3 från slutet" in client.get("/system/?page=-2").content.decode()


def rows_of(client: Client, user: User, address: str) -> list[str]:
    client.force_login(user)
    return [str(row) for row in client.get(address).context["page"].object_list]
