"""The pages of the lists: they say no more than the reader may know, however long they are."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from governance import rules
from governance.actions import leverantor as leverantor_actions
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
from tests.governance.listed import numbers, objects, systems

pytestmark = pytest.mark.django_db


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
        objekt = make_active(f"Objekt nr{number}", forvaltningsledare=leader)
        make_system(objekt, f"System nr{number}")
    # 7 rows of 2 a page: the last pages are fetched from the end.
    pages = {
        (query, number): rows_of(client, outsider, f"{address}?page={number}{query}")
        for query in ("", "&sort=-changed", "&q=nr5&sort=name", "&mine=1")
        for number in (1, 2, 3, 4)
    }
    monkeypatch.setattr("governance.lists.listing.NUMBERED", 3)
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
    monkeypatch.setattr("governance.lists.listing.NUMBERED", 2)
    assert rows_of(client, user, "/system/?q=lex") == ["Arkivlex", "Lex", "Zlex"]
    assert "de står i namnordning" in client.get("/system/?q=lex").content.decode()


def test_a_list_too_long_to_count_says_so_and_is_read_from_both_ends(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("governance.views.lists.PAGE", 2)
    monkeypatch.setattr("governance.lists.listing.NUMBERED", 2)
    monkeypatch.setattr("governance.lists.listing.TOTALLED", 4)
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


def test_a_search_with_very_many_hits_is_counted_no_further_than_it_is_ranked(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("governance.lists.listing.NUMBERED", 2)
    supplier = leverantor_actions.create(None, name="Lexbolaget")
    lex, user = make_objekt("Lex"), make_user()
    for number in range(4):
        make_system(lex, f"System {number}", leverantor=supplier if number % 2 else None)
    make_system(make_objekt("Annat"), "Utanför")
    found = rows_of(client, user, "/system/?q=lex")
    assert found == [f"System {number}" for number in range(4)]
    assert "Fler än 2 system" in client.get("/system/?q=lex").text
    narrowed = rows_of(client, user, f"/system/?q=lex&leverantor={supplier.pk}")
    assert narrowed == ["System 1", "System 3"]
    assert "Fler än" not in client.get(f"/system/?q=lex&leverantor={supplier.pk}").text
    assert rows_of(client, user, "/objekt/?q=system") == ["Lex"]


def test_a_long_list_offers_skyddsvarda_to_whoever_knows_of_some(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("governance.lists.listing.NUMBERED", 2)
    knows = make_user()
    objekt = make_active("Larm", forvaltningsledare=knows)
    for number in range(4):
        make_system(objekt, f"System {number}", skyddsvard=number == 0)
    assert rows_of(client, knows, "/system/?skyddsvard=on") == ["System 0"]
    assert "Bara skyddsvärda" in client.get("/system/").text
    assert rows_of(client, make_user(), "/system/") == ["System 1", "System 2", "System 3"]
    assert "Bara skyddsvärda" not in client.get("/system/").text


def test_a_supplier_is_chosen_by_typing_its_name_or_by_an_address(client: Client) -> None:
    supplier, other = (
        leverantor_actions.create(None, name="Lexbolaget (Sverige) AB"),
        leverantor_actions.create(None, name="Annat AB"),
    )
    objekt, user = make_objekt("Alla"), make_user()
    make_system(objekt, "Alva", leverantor=supplier)
    make_system(objekt, "Berta", leverantor=other)
    for named in (supplier.pk, supplier.name, supplier.name.upper()):
        assert rows_of(client, user, f"/system/?leverantor={named}") == ["Alva"]
    page = client.get(f"/system/?leverantor={supplier.pk}").text
    assert 'value="Lexbolaget (Sverige) AB"' in page
    unknown = client.get("/system/?leverantor=Lexbo").text
    assert "”Lexbo” går inte att söka på" in unknown
    assert "Alva" in unknown
    assert "Berta" in unknown
    suggested = client.get(reverse("governance:leverantor_search"), {"q": "lexb"}).text
    assert "Lexbolaget (Sverige) AB" in suggested
    assert "Annat AB" not in suggested


def rows_of(client: Client, user: User, address: str) -> list[str]:
    client.force_login(user)
    return [str(row) for row in client.get(address).context["page"].object_list]
