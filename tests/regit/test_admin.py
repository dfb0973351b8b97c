"""The administration: for Administratörer, by the same actions, and no back door."""

from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from governance.actions import namnd as namnd_actions
from governance.models import Gesture, Leverantor, Namnd
from roles import people
from roles.models import ObjektGrant, RoleAssignment, User
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def adam() -> User:
    return make.make_admin()


@pytest.fixture
def at_admin(client: Client, adam: User) -> Client:
    client.force_login(adam)
    return client


def change_url(thing: Any) -> str:
    meta = thing._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[thing.pk])


def posted(namnd: Namnd, **changes: Any) -> dict[str, Any]:
    fields = {"name": namnd.name, "kind": namnd.kind, "reglemente": "", "email": ""}
    return {**fields, "seen_version": namnd.version, **changes}


def of_person(person: User, **changes: Any) -> dict[str, Any]:
    names = ("username", "first_name", "last_name", "email", "unit", "title", "phone")
    fields = {name: getattr(person, name) for name in names}
    return {**fields, "is_active": "on", "seen_version": person.version, **changes}


@pytest.mark.parametrize("path", ["/admin/", "/admin/roles/user/", "/admin/governance/namnd/add/"])
def test_only_administratorer_come_in(client: Client, path: str) -> None:
    assert client.get(path).status_code == 302
    for person in (make.make_user(), make.make_revisor(), make.make_user(is_staff=True)):
        client.force_login(person)
        assert client.get(path).status_code == 403
    client.force_login(make.make_admin())
    assert client.get(path).status_code == 200


def test_someone_who_leaves_the_group_is_out_at_once(at_admin: Client, adam: User) -> None:
    adam.groups.through.objects.filter(user=adam).delete()
    assert at_admin.get("/admin/").status_code == 403


def test_every_list_of_the_administration_opens(at_admin: Client) -> None:
    make.make_system(make.make_active())
    for model in admin.site._registry:
        meta = model._meta
        url = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
        assert at_admin.get(url).status_code == 200, url
        assert at_admin.get(url, {"q": "öberg"}).status_code == 200, url
        thing = model._default_manager.first()
        if thing is not None:
            assert at_admin.get(change_url(thing)).status_code == 200, change_url(thing)


def test_a_namnd_changed_here_has_history_with_name_and_reason(
    at_admin: Client, adam: User
) -> None:
    namnd = make.make_namnd("Skolnämnden")
    data = posted(namnd, name="Utbildningsnämnden", reason="Ny organisation")
    assert at_admin.post(change_url(namnd), data).status_code == 302
    row = namnd.history.latest()
    assert (row.name, row.history_user) == ("Utbildningsnämnden", adam)
    assert (row.gesture.kind, row.gesture.reason) == ("admin", "Ny organisation")
    namnd.refresh_from_db()
    assert (namnd.version, namnd.updated_by) == (2, adam)


def test_a_namnd_is_added_by_the_action(at_admin: Client) -> None:
    data = {"name": "Kulturnämnden", "kind": "namnd", "reglemente": "", "email": ""}
    response = at_admin.post(reverse("admin:governance_namnd_add"), data, follow=True)
    assert response.status_code == 200
    assert Namnd.objects.get().history.count() == 1
    assert "Kulturnämnden" in response.content.decode()


def test_a_company_is_refused_with_clause_2_2_and_leaves_no_trace(at_admin: Client) -> None:
    before = Gesture.objects.count()
    data = {"name": "Energi AB", "kind": "namnd", "reglemente": "", "email": ""}
    response = at_admin.post(reverse("admin:governance_namnd_add"), data)
    assert "avsnitt 2.2" in response.content.decode()
    assert not Namnd.objects.exists()
    assert Gesture.objects.count() == before


def test_what_somebody_else_saved_meanwhile_is_not_overwritten_unseen(at_admin: Client) -> None:
    namnd = make.make_namnd("Skolnämnden")
    stale = posted(namnd, name="Mitt namn")
    namnd_actions.change(None, namnd, email="ny@example.se")
    response = at_admin.post(change_url(namnd), stale)
    assert "medan du skrev" in response.content.decode()
    assert Namnd.objects.get().name == "Skolnämnden"
    shown = response.context["adminform"].form["seen_version"].value()
    assert at_admin.post(change_url(namnd), {**stale, "seen_version": shown}).status_code == 302
    assert Namnd.objects.get().name == "Mitt namn"


def test_a_supplier_twice_is_refused(at_admin: Client) -> None:
    data = {"name": "Nordlärande AB", "organisationsnummer": "", "contacts": ""}
    url = reverse("admin:governance_leverantor_add")
    assert at_admin.post(url, data).status_code == 302
    again = at_admin.post(url, {**data, "name": "NORDLÄRANDE  AB"})
    assert "Det finns redan en leverantör med det namnet: Nordlärande AB" in again.content.decode()
    assert again.context["adminform"].form["name"].value() == "NORDLÄRANDE  AB"
    assert Leverantor.objects.count() == 1


def test_the_register_itself_cannot_be_changed_here(at_admin: Client) -> None:
    objekt = make.make_active()
    things: list[Any] = [objekt, make.make_system(objekt), RoleAssignment.objects.first()]
    things += [ObjektGrant.objects.first(), Gesture.objects.first()]
    for thing in filter(None, things):
        before = type(thing)._default_manager.values().get(pk=thing.pk)
        data = {"name": "Ändrat", "valid_to": "2020-01-01", "role": "objektagare", "reason": "x"}
        assert at_admin.post(change_url(thing), data).status_code == 403, thing
        assert type(thing)._default_manager.values().get(pk=thing.pk) == before


def test_nothing_can_be_deleted_here(at_admin: Client, adam: User) -> None:
    objekt = make.make_active()
    for thing in (adam, make.make_namnd(), objekt, RoleAssignment.objects.first()):
        assert thing is not None
        url = change_url(thing).replace("/change/", "/delete/")
        assert at_admin.post(url, {"post": "yes"}).status_code == 403, url
    users = reverse("admin:roles_user_changelist")
    at_admin.post(users, {"action": "delete_selected", "_selected_action": [adam.pk]})
    assert User.objects.filter(pk=adam.pk).exists()


def test_a_superuser_has_no_more_here_than_an_administrator(client: Client) -> None:
    root = make.make_user(is_superuser=True, is_staff=True)
    client.force_login(root)
    objekt = make.make_active()
    assert client.get("/admin/").status_code == 200
    assert client.post(change_url(objekt), {"name": "Ändrat"}).status_code == 403
    assert client.post(change_url(root).replace("/change/", "/delete/")).status_code == 403


def test_a_person_is_registered_without_being_able_to_log_in(at_admin: Client) -> None:
    data = {"username": "karin.oberg", "first_name": "Karin", "last_name": "Öberg"}
    response = at_admin.post(reverse("admin:roles_user_add"), data)
    assert response.status_code == 302
    karin = User.objects.get(username="karin.oberg")
    assert not karin.has_usable_password()
    assert karin.history.latest().gesture.kind == "admin"


def test_flags_and_permissions_in_a_posted_form_are_not_read(at_admin: Client) -> None:
    person = make.make_user("eva.lund")
    data = of_person(person, is_superuser="on", is_staff="on", user_permissions=["1", "2"])
    assert at_admin.post(change_url(person), data).status_code == 302
    person.refresh_from_db()
    assert not person.is_superuser
    assert not person.is_staff
    assert not person.user_permissions.exists()


def test_a_group_is_given_in_the_history_and_works_at_once(at_admin: Client, adam: User) -> None:
    person = make.make_user("rut.lind")
    group = adam.groups.get()
    data = of_person(person, groups=[group.pk], reason="Ny administratör")
    assert at_admin.post(change_url(person), data).status_code == 302
    row = person.history.latest()
    assert row.history_user == adam
    assert row.gesture.reason == "Ny administratör"
    assert [g.group for g in row.groups.all()] == [group]
    at_admin.force_login(User.objects.get(pk=person.pk))
    assert at_admin.get("/admin/").status_code == 200


def test_correcting_a_phone_number_puts_nobody_back_in_a_group(
    at_admin: Client, adam: User
) -> None:
    bo = make.make_user("bo.ask", groups=("Administratörer",))
    group = adam.groups.get()
    data = of_person(bo, groups=[group.pk], phone="090-16 10 00")
    people.set_groups(adam, bo, [], reason="Byter jobb")
    page = at_admin.post(change_url(bo), data)
    assert "Adam Admin ändrade uppgifterna" in page.text
    form = page.context["adminform"].form
    assert not form["groups"].value()
    shown = {**data, "groups": form["groups"].value(), "seen_version": form["seen_version"].value()}
    assert at_admin.post(change_url(bo), shown).status_code == 302
    bo.refresh_from_db()
    assert (bo.phone, bo.groups.count()) == ("090-16 10 00", 0)


def test_a_group_chosen_here_is_kept_for_the_next_save_when_others_changed_it(
    at_admin: Client, adam: User
) -> None:
    bo = make.make_user("bo.ask")
    group = adam.groups.get()
    data = of_person(bo, groups=[group.pk])
    people.set_groups(None, bo, ["Revisorer"])
    page = at_admin.post(change_url(bo), data)
    form = page.context["adminform"].form
    assert form["groups"].value() == [str(group.pk)]
    assert people.groups_of(User.objects.get(pk=bo.pk)) == {"Revisorer"}


def test_a_superuser_is_shown_as_administrator_and_can_be_made_none(at_admin: Client) -> None:
    root = make.make_user("rot.ek", is_superuser=True)
    form = at_admin.get(change_url(root)).context["adminform"].form
    chosen = form["groups"].value()
    data = of_person(root, phone="090-16 10 00")
    assert at_admin.post(change_url(root), {**data, "groups": chosen}).status_code == 302
    root.refresh_from_db()
    assert (root.is_superuser, root.phone) == (True, "090-16 10 00")
    assert "Adam Admin, Rot Ek" in at_admin.get(reverse("admin:auth_group_changelist")).text
    assert at_admin.post(change_url(root), of_person(root)).status_code == 302
    root.refresh_from_db()
    assert not root.is_superuser


def test_a_person_who_is_deactivated_here_loses_the_grants(at_admin: Client) -> None:
    eva = make.make_user("eva.lund")
    make.make_active(objektagare=eva)
    assert ObjektGrant.objects.filter(user=eva).exists()
    data = of_person(eva, is_active="", reason="Slutat")
    assert at_admin.post(change_url(eva), data).status_code == 302
    assert not ObjektGrant.objects.filter(user=eva).exists()
    assert not User.objects.get(pk=eva.pk).is_active


def test_a_name_that_reads_as_another_is_refused_here_too(at_admin: Client) -> None:
    fields = {"name": "Bygg\u202enämnden", "kind": "namnd", "reglemente": "", "email": ""}
    page = at_admin.post(reverse("admin:governance_namnd_add"), fields)
    assert "Texten har ett osynligt tecken (U+202E) på plats 5. Ta bort det." in page.text
    assert not Namnd.objects.exists()


def test_a_group_cannot_be_given_other_permissions(at_admin: Client, adam: User) -> None:
    url = change_url(adam.groups.get())
    assert at_admin.post(url, {"name": "Administratörer", "permissions": ["1"]}).status_code == 403


def test_a_password_is_set_and_that_it_was_is_in_the_history(
    at_admin: Client, adam: User, client: Client
) -> None:
    person = make.make_user("eva.lund")
    url = reverse("admin:roles_user_password", args=[person.pk])
    new = "en-helt-annan-mening"
    weak = at_admin.post(url, {"password1": "kort", "password2": "kort"})
    assert weak.status_code == 200
    differ = at_admin.post(url, {"password1": new, "password2": new + "x"})
    assert differ.status_code == 200
    assert person.history.count() == 1
    assert at_admin.post(url, {"password1": new, "password2": new}).status_code == 302
    person.refresh_from_db()
    assert person.check_password(new)
    row = person.history.latest()
    assert (row.history_user, row.gesture.reason) == (adam, "Satte nytt lösenord")
    client.force_login(make.make_user())
    assert client.post(url, {"password1": new, "password2": new}).status_code == 403


def test_logging_out_and_the_own_password_are_the_ordinary_pages(at_admin: Client) -> None:
    assert at_admin.get("/admin/password_change/").url == reverse("password_change")  # type: ignore[attr-defined]
    assert at_admin.get("/admin/login/").url == "/admin/"  # type: ignore[attr-defined]
    at_admin.post("/admin/logout/")
    assert at_admin.get("/admin/").status_code == 302
