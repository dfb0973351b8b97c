"""No form loses what was typed: errors, conflicts and double clicks (governance/views/editing.py)."""

from typing import Any
from unittest.mock import Mock

import pytest
from django.db import OperationalError
from django.test import Client
from psycopg.errors import DeadlockDetected, LockNotAvailable, QueryCanceled, SerializationFailure

from governance.actions import objekt as actions
from governance.models import Forvaltningsobjekt, Gesture
from tests.factories import make_active, make_admin, make_objekt, make_user
from tests.forms_urls import opened, shown

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.forms_urls")]
NEW: dict[str, Any] = {"name": "Ny", "verksamhetsprocess": "Process"}


@pytest.fixture
def objekt() -> Forvaltningsobjekt:
    return make_objekt("Elevadministration")


@pytest.fixture
def browser(client: Client) -> Client:
    client.force_login(make_admin())
    return client


def saved(objekt: Forvaltningsobjekt) -> str:
    """Return the name that the database holds."""
    objekt.refresh_from_db()
    return objekt.name


def test_a_saved_change_is_confirmed_with_a_link_to_its_entry_in_the_history(
    browser: Client, objekt: Forvaltningsobjekt
) -> None:
    path = f"/prov/{objekt.pk}/"
    page = browser.post(path, opened(browser, path) | {"name": "Elever & vuxna"}, follow=True)
    assert saved(objekt) == "Elever & vuxna"
    entry = f"/historik/1/#{Gesture.objects.latest('at').pk}"
    assert f'Elever &amp; vuxna är sparat. <a href="{entry}">Se det i historiken</a>' in page.text


def test_errors_answer_422_with_everything_typed_and_a_summary_that_links(
    browser: Client, objekt: Forvaltningsobjekt
) -> None:
    path = f"/prov/{objekt.pk}/"
    fields = opened(browser, path) | {"name": "", "description": "Lång text"}
    page = browser.post(path, fields)
    assert page.status_code == 422
    assert "<title>Fel: Prov – RegIT</title>" in page.text
    assert '<a href="#id_name">Fyll i fältet ”Namn”.</a>' in page.text
    assert shown(page)["description"] == "Lång text"


def test_a_refusal_of_the_action_stands_beside_its_field(
    browser: Client, objekt: Forvaltningsobjekt
) -> None:
    path = f"/prov/{objekt.pk}/"
    page = browser.post(path, opened(browser, path) | {"name": "Förbjudet"})
    assert page.status_code == 422
    assert page.context["form"].errors == {
        "name": ["Namnet är förbjudet."],
        "__all__": ["Inget är sparat."],
    }
    assert shown(page)["name"] == "Förbjudet"


def test_a_conflict_shows_both_texts_keeps_ones_own_and_can_be_saved_again(
    browser: Client, objekt: Forvaltningsobjekt
) -> None:
    path = f"/prov/{objekt.pk}/"
    fields = opened(browser, path) | {"name": "Mitt namn"}
    actions.change(make_admin("lars.nystrom"), objekt, name="Lars namn")

    page = browser.post(path, fields)
    assert page.status_code == 409
    assert "Lars Nystrom ändrade uppgifterna" in page.text
    assert "Lars namn" in page.text
    assert shown(page)["name"] == "Mitt namn"
    assert saved(objekt) == "Lars namn"

    assert browser.post(path, shown(page)).status_code == 302
    assert saved(objekt) == "Mitt namn"


def test_what_one_left_untouched_is_not_taken_back_from_who_changed_it(
    browser: Client, objekt: Forvaltningsobjekt
) -> None:
    path = f"/prov/{objekt.pk}/"
    fields = opened(browser, path) | {"name": "Mitt namn"}
    actions.change(None, objekt, description="Lars beskrivning")

    page = browser.post(path, fields)
    assert page.status_code == 409
    assert "Det du inte hade rört" in page.text
    assert shown(page)["name"] == "Mitt namn"
    assert shown(page)["description"] == "Lars beskrivning"

    assert browser.post(path, shown(page)).status_code == 302
    objekt.refresh_from_db()
    assert (objekt.name, objekt.description) == ("Mitt namn", "Lars beskrivning")


def test_the_same_change_posted_twice_is_one_change_and_no_conflict(
    browser: Client, objekt: Forvaltningsobjekt
) -> None:
    path = f"/prov/{objekt.pk}/"
    before = objekt.history.count()
    fields = opened(browser, path) | {"name": "Nytt namn"}
    assert [browser.post(path, fields).status_code for _ in range(2)] == [302, 302]
    assert objekt.history.count() == before + 1


def test_a_creating_form_posted_twice_makes_one_and_leads_there(browser: Client) -> None:
    fields = opened(browser, "/prov/") | NEW
    first, second = browser.post("/prov/", fields), browser.post("/prov/", fields)
    made = Forvaltningsobjekt.objects.get(name="Ny")
    assert first["Location"] == second["Location"] == f"/prov/{made.pk}/"


def test_going_back_and_writing_something_else_loses_nothing(browser: Client) -> None:
    fields = opened(browser, "/prov/") | NEW
    browser.post("/prov/", fields)
    second = browser.post("/prov/", fields | {"name": "Nyare"})
    made = Forvaltningsobjekt.objects.get(name="Nyare")
    assert second["Location"] == f"/prov/{made.pk}/"
    assert Forvaltningsobjekt.objects.filter(name="Ny").exists()


def test_a_form_opened_anew_makes_another(browser: Client) -> None:
    for name in ("Ett", "Två"):
        browser.post("/prov/", opened(browser, "/prov/") | NEW | {"name": name})
    assert Forvaltningsobjekt.objects.count() == 2


def test_a_creation_that_was_refused_can_be_mended_and_posted_again(browser: Client) -> None:
    page = browser.post("/prov/", opened(browser, "/prov/") | NEW | {"name": "Förbjudet"})
    assert page.status_code == 422
    browser.post("/prov/", shown(page) | {"name": "Tillåtet"})
    assert Forvaltningsobjekt.objects.get().name == "Tillåtet"


def fault(cause: type[Exception]) -> OperationalError:
    """Return what Django raises where PostgreSQL answers with this."""
    error = OperationalError("busy")
    error.__cause__ = cause()
    return error


def test_two_who_waited_for_each_other_are_let_through_one_after_the_other(
    browser: Client, objekt: Forvaltningsobjekt, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = Mock(side_effect=[fault(DeadlockDetected), None])
    monkeypatch.setattr("tests.forms_urls.refuse", once)
    path = f"/prov/{objekt.pk}/"
    page = browser.post(path, opened(browser, path) | {"name": "Nytt namn"})
    assert (page.status_code, saved(objekt), once.call_count) == (302, "Nytt namn", 2)


@pytest.mark.parametrize(
    ("cause", "times"),
    [(DeadlockDetected, 2), (SerializationFailure, 2), (QueryCanceled, 1), (LockNotAvailable, 1)],
)
def test_a_database_that_is_too_busy_loses_nothing_of_what_was_typed(
    cause: type[Exception],
    times: int,
    browser: Client,
    objekt: Forvaltningsobjekt,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    busy = Mock(side_effect=fault(cause))
    monkeypatch.setattr("tests.forms_urls.refuse", busy)
    path = f"/prov/{objekt.pk}/"
    page = browser.post(path, opened(browser, path) | {"name": "Nytt namn"})
    assert (page.status_code, busy.call_count) == (409, times)
    assert "Flera arbetade med samma uppgifter samtidigt" in page.text
    assert (shown(page)["name"], saved(objekt)) == ("Nytt namn", "Elevadministration")


def test_the_reasons_a_person_gave_last_are_suggested(browser: Client) -> None:
    objekt = make_objekt(reason="Någon annans anledning")
    path = f"/prov/{objekt.pk}/"
    for number, reason in enumerate(["Rättelse", "Ny organisation", "Rättelse"]):
        change = {"description": f"Text {number}", "reason": reason}
        browser.post(path, opened(browser, path) | change)
    assert browser.get(path).context["form"].reasons == ["Rättelse", "Ny organisation"]


def test_a_missing_mandate_is_named(client: Client) -> None:
    client.force_login(make_user())
    page = client.post("/prov/", opened(client, "/prov/") | NEW)
    assert page.status_code == 403
    assert "Du har inte mandat för det här" in page.text
    assert "Det kräver mandatet <strong>Registrera förvaltningsobjekt</strong>" in page.text


def test_who_holds_the_missing_mandate_is_named(client: Client) -> None:
    lars = make_user("lars.nystrom")
    objekt = make_active("Elevadministration", forvaltningsledare=lars)
    client.force_login(make_user())
    path = f"/prov/{objekt.pk}/"
    page = client.post(path, opened(client, path) | {"name": "Annat"})
    assert page.status_code == 403
    assert "Lars Nystrom" in page.text
