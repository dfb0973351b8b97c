"""Registering and changing: what the forms refuse, ask about, and never lose."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from governance.actions import leverantor as leverantor_actions
from governance.actions import system as system_actions
from governance.models import Forvaltningsobjekt, Informationssystem
from roles.models import User
from tests.factories import (
    make_active,
    make_admin,
    make_namnd,
    make_objekt,
    make_revisor,
    make_system,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lars() -> User:
    return make_user("lars.nystrom")


@pytest.fixture
def objekt(lars: User) -> Forvaltningsobjekt:
    return make_active("Elever", forvaltningsledare=lars, objektagare=make_user("eva.lund"))


def new(objekt: Forvaltningsobjekt) -> str:
    return f"/objekt/{objekt.pk}/system/nytt/"


def filled(client: Client, address: str, **changed: str) -> dict[str, str]:
    """Return what a browser would post: the form as it was opened, with these fields changed."""
    form = client.get(address).context["form"]
    data = {name: form[name].value() for name in form.fields}
    clean = {n: str(v) for n, v in data.items() if v not in (None, False, "")}
    return clean | changed


def test_a_forvaltningsledare_adds_a_system_to_her_object(
    client: Client, lars: User, objekt: Forvaltningsobjekt
) -> None:
    client.force_login(lars)
    data = filled(client, new(objekt), name="Alva", konfidentialitet="2", personal_data="True")
    answer = client.post(new(objekt), data, follow=True)
    assert "Alva är registrerat." in answer.content.decode()
    alva = Informationssystem.objects.get()
    assert (alva.objekt, alva.konfidentialitet, alva.personal_data) == (objekt, 2, True)
    assert alva.updated_by == lars


def test_two_posts_of_one_form_make_one_system(
    client: Client, lars: User, objekt: Forvaltningsobjekt
) -> None:
    client.force_login(lars)
    data = filled(client, new(objekt), name="Alva")
    assert client.post(new(objekt), data)["Location"] == client.post(new(objekt), data)["Location"]
    assert Informationssystem.objects.count() == 1


def test_level_four_makes_a_system_skyddsvart(
    client: Client, lars: User, objekt: Forvaltningsobjekt
) -> None:
    client.force_login(lars)
    client.post(new(objekt), filled(client, new(objekt), name="Alva", riktighet="4"))
    assert Informationssystem.objects.get().skyddsvard


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Fyll i fältet ”Namn”."),
        ("x" * 10_000, "Högst 200 tecken får plats. Texten har 10000."),
        ("Al\x00va", "osynligt tecken (U+0000)"),
        ("Al\u202eva", "osynligt tecken (U+202E)"),
        ("Al\nva", "Skriv texten på en rad."),
    ],
)
def test_a_bad_name_is_refused_with_a_sentence_and_kept(
    client: Client, lars: User, objekt: Forvaltningsobjekt, typed: str, said: str
) -> None:
    client.force_login(lars)
    for address in (new(objekt), f"/objekt/{objekt.pk}/andra/"):
        answer = client.post(address, filled(client, address, name=typed))
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert answer.context["form"]["name"].value() == typed
    assert not Informationssystem.objects.exists()


def test_a_system_outside_the_register_is_refused_with_the_clause(
    client: Client, lars: User, objekt: Forvaltningsobjekt
) -> None:
    client.force_login(lars)
    data = filled(client, new(objekt), name="Pärmen")
    data.pop("lagrar_elektroniskt")
    answer = client.post(new(objekt), data)
    assert answer.status_code == 422
    assert "(avsnitt 6.3)" in answer.content.decode()


@pytest.mark.parametrize("name", ["ALVA", "alvá", "Alva 2", "skolplattformen"])
def test_a_likely_duplicate_takes_an_explicit_choice(
    client: Client, lars: User, objekt: Forvaltningsobjekt, name: str
) -> None:
    there = make_system(make_objekt("Annat"), "Alva", other_names="Skolplattformen")
    client.force_login(lars)
    data = filled(client, new(objekt), name=name)
    answer = client.post(new(objekt), data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'href="{there.get_absolute_url()}"' in page
    assert "Nej, det är ett annat system" in page
    assert "En uppgift behöver rättas" in page
    assert client.post(new(objekt), data | {"accept_similar": "on"}).status_code == 302
    assert objekt.systems.get().name == name


def test_unlike_names_pass_unasked(client: Client, lars: User, objekt: Forvaltningsobjekt) -> None:
    make_system(make_objekt("Annat"), "Alva", purpose="Ersätter Procap")
    client.force_login(lars)
    assert client.post(new(objekt), filled(client, new(objekt), name="Procap")).status_code == 302


def test_a_skyddsvart_duplicate_is_never_told_of(
    client: Client, lars: User, objekt: Forvaltningsobjekt
) -> None:
    make_system(make_objekt("Vatten"), "Neptun", skyddsvard=True)
    client.force_login(lars)
    typing = client.get("/system/liknande/?name=neptun")
    assert typing.status_code == 200
    assert typing.content.decode().strip() == ""
    data = filled(client, new(objekt), name="Neptun")
    assert client.post(new(objekt), data).status_code == 302
    client.force_login(make_admin())
    assert "Neptun" in client.get("/system/liknande/?name=neptun").content.decode()


def test_while_typing_the_likely_ones_are_shown_but_not_the_system_itself(
    client: Client, lars: User, objekt: Forvaltningsobjekt
) -> None:
    alva = make_system(objekt, "Alva")
    assert client.get("/system/liknande/?name=alva").status_code == 302
    client.force_login(lars)
    assert "samma namn" in client.get("/system/liknande/?name=alva").content.decode()
    assert (
        "Alva" not in client.get(f"/system/liknande/?name=alva&besides={alva.pk}").content.decode()
    )
    for query in ("", "name=%00", "name=a&besides=x", "name=" + "x" * 10_000):
        assert client.get(f"/system/liknande/?{query}").status_code == 200


def test_the_second_of_two_who_edit_sees_what_changed_and_loses_nothing(
    client: Client, lars: User, objekt: Forvaltningsobjekt
) -> None:
    alva = make_system(objekt, "Alva", purpose="Skola")
    address = f"/system/{alva.pk}/andra/"
    client.force_login(lars)
    mine = filled(client, address, purpose="Mitt syfte")
    other = Client()
    other.force_login(make_admin())
    assert other.post(address, filled(other, address, purpose="Annat syfte")).status_code == 302
    answer = client.post(address, mine)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Adam Admin ändrade uppgifterna" in page
    assert "Annat syfte" in page
    assert answer.context["form"]["purpose"].value() == "Mitt syfte"
    again = mine | {"version": str(answer.context["form"]["version"].value())}
    assert client.post(address, again).status_code == 302
    alva.refresh_from_db()
    assert alva.purpose == "Mitt syfte"


def test_the_supplier_is_typed_kept_and_emptied(
    client: Client, lars: User, objekt: Forvaltningsobjekt
) -> None:
    supplier = leverantor_actions.create(None, name="Leverans AB")
    client.force_login(lars)
    data = filled(client, new(objekt), name="Alva", leverantor="Leveransen")
    answer = client.post(new(objekt), data)
    assert answer.status_code == 422
    assert "registrera leverantören först" in answer.context["form"].errors["leverantor"][0]
    assert answer.context["form"]["leverantor"].value() == "Leveransen"
    assert client.post(new(objekt), data | {"leverantor": "leverans ab"}).status_code == 302
    alva = Informationssystem.objects.get()
    assert alva.leverantor == supplier
    address = f"/system/{alva.pk}/andra/"
    assert filled(client, address)["leverantor"] == "Leverans AB"
    assert client.post(address, filled(client, address, leverantor="")).status_code == 302
    alva.refresh_from_db()
    assert alva.leverantor is None


def test_the_form_asks_nothing_about_suppliers_however_many_there_are(
    client: Client, lars: User, objekt: Forvaltningsobjekt
) -> None:
    supplier = leverantor_actions.create(None, name="Leverans AB")
    alva = make_system(objekt, "Alva", leverantor=supplier)
    client.force_login(lars)
    address = f"/system/{alva.pk}/andra/"
    with CaptureQueriesContext(connection) as asked:
        assert 'value="Leverans AB"' in client.get(address).content.decode()
    assert not [q["sql"] for q in asked if 'FROM "governance_leverantor"' in q["sql"]]


def test_a_form_saved_without_a_change_writes_nothing(
    client: Client, lars: User, objekt: Forvaltningsobjekt
) -> None:
    alva = make_system(objekt, "Alva", other_names="Ett\nTvå", contacts="Någon")
    client.force_login(lars)
    address = f"/system/{alva.pk}/andra/"
    assert client.post(address, filled(client, address)).status_code == 302
    assert Informationssystem.history.filter(id=alva.pk).count() == 1


def test_the_life_cycle_is_decided_by_the_objektagare(
    client: Client, lars: User, objekt: Forvaltningsobjekt
) -> None:
    alva = make_system(objekt, "Alva", livscykel="planerat")
    address = f"/system/{alva.pk}/livscykel/"
    client.force_login(lars)
    assert client.get(address).status_code == 403
    client.force_login(User.objects.get(username="eva.lund"))
    data = filled(client, address, livscykel="i_drift", decision="UN 2026/118")
    assert client.post(address, data).status_code == 422  # a reason is missing
    assert client.post(address, data | {"reason": "Upphandlat"}).status_code == 302
    alva.refresh_from_db()
    assert (alva.livscykel, alva.livscykel_decision) == ("i_drift", "UN 2026/118")
    assert alva.driftsatt_on == alva.livscykel_since


def test_the_life_cycle_is_no_part_of_the_entry_once_registered(
    client: Client, lars: User, objekt: Forvaltningsobjekt
) -> None:
    alva = make_system(objekt, "Alva", livscykel="planerat")
    client.force_login(lars)
    address = f"/system/{alva.pk}/andra/"
    client.post(address, filled(client, address, livscykel="avvecklat", purpose="Nytt"))
    alva.refresh_from_db()
    assert (alva.livscykel, alva.purpose) == ("planerat", "Nytt")


def test_no_caller_changes_the_life_cycle_as_a_part_of_the_entry(
    lars: User, objekt: Forvaltningsobjekt
) -> None:
    made = make_system(objekt, "Skola24")
    with pytest.raises(ValidationError) as refused:
        system_actions.change(lars, made, name="Skola25", livscykel="avvecklat")
    assert set(refused.value.message_dict) == {"livscykel"}
    made.refresh_from_db()
    assert (made.name, made.livscykel) == ("Skola24", "i_drift")


def test_only_administratorer_register_objects(client: Client, lars: User) -> None:
    assert client.get("/objekt/nytt/").status_code == 302
    for user in (lars, make_revisor()):
        client.force_login(user)
        assert client.get("/objekt/nytt/").status_code == 403
    client.force_login(make_admin())
    data = filled(client, "/objekt/nytt/", name="Livsmedelskontroll", verksamhetsprocess="Kontroll")
    answer = client.post("/objekt/nytt/", data, follow=True)
    assert "Livsmedelskontroll är registrerat som utkast." in answer.content.decode()
    again = client.post("/objekt/nytt/", data | {"token": ""})
    assert again.status_code == 422


def test_somebody_elses_object_in_a_posted_form_changes_nothing(
    client: Client, lars: User, objekt: Forvaltningsobjekt
) -> None:
    alva = make_system(objekt, "Alva")
    theirs = make_objekt("Deras")
    client.force_login(lars)
    address = f"/system/{alva.pk}/andra/"
    client.post(address, filled(client, address, objekt=str(theirs.pk), purpose="Nytt"))
    alva.refresh_from_db()
    assert alva.objekt == objekt
    assert client.post(new(theirs), {"name": "Hos dem"}).status_code == 403


def test_everything_known_of_a_system_stands_on_its_page(
    client: Client, lars: User, objekt: Forvaltningsobjekt
) -> None:
    alva = make_system(
        objekt,
        "Alva",
        purpose="Håller ihop skoldagen",
        operator="Driftbolaget",
        konfidentialitet=3,
        konfidentialitet_motivation="Skyddade elever",
        nis2="viktig",
        ovriga_uppgifter=[["Kostnadsställe", "4711"]],
    )
    client.force_login(make_user())
    page = client.get(alva.get_absolute_url()).content.decode()
    for text in (
        "Håller ihop skoldagen",
        "Driftbolaget",
        "Nivå 3",
        "Skyddade elever",
        "Viktig",
        "4711",
        "Kostnadsställe",
        "Elever",
        "Eva Lund",
    ):
        assert text in page, text
    assert "Ändra uppgifter" not in page
    assert not re.search(r"None|False|True", re.sub(r"<[^>]*>", "", page))


def test_every_kind_of_field_left_untouched_keeps_what_somebody_else_saved(
    client: Client, lars: User, objekt: Forvaltningsobjekt
) -> None:
    system = make_system(objekt, "Alva")
    address = f"/system/{system.pk}/andra/"
    client.force_login(lars)
    mine = filled(client, address, purpose="Mitt syfte")
    theirs: dict[str, Any] = {
        "leverantor": leverantor_actions.create(None, name="Leverans AB"),
        "informationen_ags_av": make_namnd(),
        "personal_data": False,
        "konfidentialitet": 0,
        "riktighet": 3,
        "skyddsvard": True,
        "avvecklas_on": date(2030, 1, 31),
        "nis2": "viktig",
        "contacts": "Rad ett\nRad två",
    }
    system_actions.change(None, system, **theirs)

    page = client.post(address, mine)
    assert page.status_code == 409
    form = page.context["form"]
    again = {name: form[name].value() for name in form.fields}
    clean = {n: str(v) for n, v in again.items() if v not in (None, False, "")}
    assert client.post(address, clean).status_code == 302
    system.refresh_from_db()
    assert system.purpose == "Mitt syfte"
    assert {name: getattr(system, name) for name in theirs} == theirs
