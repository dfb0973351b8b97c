"""The rules for passwords, in Swedish that says what to do."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from roles.models import User
from tests.factories import PASSWORD, make_user

EVA = User(username="eva.lundgren", first_name="Eva", last_name="Lundgren")


@pytest.mark.parametrize(
    ("password", "says"),
    [
        (
            "fyra hästar",
            "Lösenordet är för kort. Skriv minst 12 tecken, till exempel en hel mening.",
        ),
        ("837465019283", "Lösenordet är bara siffror. Ta med ord också."),
        ("password1234", "Lösenordet är så vanligt att det provas först. Välj ett annat."),
        (
            "eva.lundgren1",
            "Lösenordet liknar ditt användarnamn. Välj något som inte handlar om dig.",
        ),
    ],
)
def test_a_weak_password_is_refused_with_a_reason(password: str, says: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        validate_password(password, EVA)
    assert refusal.value.messages == [says]


def test_a_sentence_is_a_password() -> None:
    validate_password("fyra gröna hästar i regn", EVA)


@pytest.mark.django_db
def test_the_page_says_the_rules_before_and_the_fault_after(client: Client) -> None:
    client.force_login(make_user())
    assert "En hel mening är lätt att minnas." in client.get("/losenord/").text
    short = {"old_password": PASSWORD, "new_password1": "kort", "new_password2": "kort"}
    assert "Lösenordet är för kort" in client.post("/losenord/", short).text


@pytest.mark.django_db
def test_a_new_password_of_ones_own_is_in_the_history_and_ends_other_sessions() -> None:
    eva = make_user("eva.lund")
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        client.force_login(eva)
    new = "fyra-gröna-hästar-i-regn"
    fields = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert "Ditt lösenord är bytt." in here.post("/losenord/", fields, follow=True).text
    eva.refresh_from_db()
    assert eva.check_password(new)
    assert elsewhere.get("/objekt/").status_code == 302
    row = eva.history.latest()
    assert (row.history_user, row.gesture.kind) == (eva, "person")
    assert row.gesture.reason == "Bytte sitt lösenord"
    assert eva.version == eva.history.count() == 2
    page = here.get(reverse("roles:person_history", args=[eva.pk])).text
    assert "Bytte sitt lösenord" in page
    assert not any(secret in page for secret in (new, eva.password))
