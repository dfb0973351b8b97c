"""Pages about people and responsibility: who may open them, and what they say."""

import pytest
from django.test import Client
from django.urls import reverse

from roles.catalogue import ROLES, SYSTEMANVANDARE
from roles.principles import PRINCIPLES
from tests import factories

pytestmark = pytest.mark.django_db


def login(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


@pytest.mark.parametrize("name", ["ansvar", "person_search"])
def test_a_page_for_everybody_still_asks_for_a_login(name: str) -> None:
    url = reverse(f"roles:{name}")
    assert Client().get(url).status_code == 302
    assert login(factories.make_user()).get(url).status_code == 200


def test_every_clause_of_the_catalogue_is_a_target_of_links() -> None:
    page = login(factories.make_user()).get(reverse("roles:ansvar")).content.decode()
    clauses = [m.clause for role in ROLES for m in role.mandates]
    clauses += [m.clause for m in (*PRINCIPLES, SYSTEMANVANDARE)]
    for clause in clauses:
        assert page.count(f'id="{clause}"') == 1, clause


def suggested(typed: str) -> str:
    client = login(factories.make_user())
    return client.get(reverse("roles:person_search"), {"q": typed}).content.decode()


def test_three_letters_of_name_unit_or_user_name_suggest_a_person_with_unit_and_title() -> None:
    factories.make_user("eva.lund", unit="Skola och kultur", title="Rektor")
    for typed in ("lun", "eva", "skola kult", "eva.l"):
        answer = suggested(typed)
        assert "Eva Lund (eva.lund)" in answer
        assert "Skola och kultur, Rektor" in answer


def test_two_letters_suggest_nobody() -> None:
    factories.make_user("eva.lund")
    assert "eva.lund" not in suggested("ev")


def test_a_person_who_has_left_is_not_suggested() -> None:
    factories.make_user("lars.borta", is_active=False)
    assert "lars.borta" not in suggested("borta")


def test_folded_letters_find_both_spellings_and_the_exact_one_stands_first() -> None:
    factories.make_user("karin.oberg", last_name="Oberg")
    factories.make_user("kalle.oberg", last_name="Öberg")
    answer = suggested("öberg")
    assert answer.index("kalle.oberg") < answer.index("karin.oberg")
