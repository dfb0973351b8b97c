"""The pages that change who answers: who may open them, and the two steps of a change."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from governance.models import Forvaltningsobjekt, Gesture
from roles import assignments
from roles.models import User
from tests import factories as make
from tests.roles.staffing_case import REASON, Case, confirm, logged_in, words

pytestmark = pytest.mark.django_db


# Who may: each url, as whoever may, on another object, as an outsider, and with nobody logged in.


def addresses(case: Case) -> dict[str, tuple[User, str, str]]:
    """Return, by url name: who may, the address here, and the same on somebody else's object."""
    soon = make.today() + timedelta(days=5)

    def prepared(objekt: Forvaltningsobjekt) -> dict[str, str]:
        leader = objekt.assignments.get(role="forvaltningsledare", valid_to=None)
        system = make.make_system(objekt)
        planned = make.appoint(objekt, "it_specialist", make.make_user(), valid_from=soon)
        sub = assignments.substitute(
            None, leader, make.make_user(), valid_from=make.today(), valid_to=soon
        )
        return {
            "appoint objektagare": reverse("roles:appoint", args=[objekt.pk, "objektagare"]),
            "appoint systemforvaltare": reverse(
                "roles:appoint", args=[objekt.pk, "systemforvaltare"]
            ),
            "hand_over": reverse("roles:hand_over", args=[leader.pk]),
            "end": reverse("roles:end", args=[leader.pk]),
            "substitute": reverse("roles:substitute", args=[leader.pk]),
            "cancel": reverse("roles:cancel", args=[planned.pk]),
            "end_substitution": reverse("roles:end_substitution", args=[sub.pk]),
            "objekt_status": reverse("roles:objekt_status", args=[objekt.pk]),
            "system_move": reverse("roles:system_move", args=[system.pk]),
        }

    who = {
        "appoint objektagare": case.nora,
        "appoint systemforvaltare": case.lars,
        "cancel": case.mona,
        "system_move": case.lars,
    }
    here, there = prepared(case.objekt), prepared(case.other)
    return {name: (who.get(name, case.eva), here[name], there[name]) for name in here}


def test_each_page_is_for_whoever_holds_the_mandate_and_for_nobody_else(case: Case) -> None:
    outsider, admin = make.make_user(), make.make_admin()
    for name, (person, here, there) in addresses(case).items():
        allowed = {200, 302} if name == "appoint objektagare" else {200}
        for reader in (person, admin):
            assert logged_in(reader).get(here).status_code in allowed, (name, reader)
        for client, url in ((logged_in(person), there), (logged_in(outsider), here)):
            assert client.get(url).status_code == 403, name
            assert client.post(url, {"reason": REASON}).status_code == 403, name
        answer = Client().get(here)
        assert answer.status_code == 302, name
        assert answer["Location"].startswith("/logga-in/"), name


def test_a_refusal_says_who_may(case: Case) -> None:
    url = reverse("roles:appoint", args=[case.objekt.pk, "forvaltningsledare"])
    assert "Förvaltningsledare utses av objektägaren, Eva Lund." in words(
        logged_in(case.lars).get(url)
    )


@pytest.mark.parametrize("name", ["hand_over", "end", "cancel", "substitute", "end_substitution"])
def test_what_is_not_there_answers_404(name: str) -> None:
    assert logged_in(make.make_admin()).get(reverse(f"roles:{name}", args=[9])).status_code == 404


def test_an_unknown_role_answers_404(case: Case) -> None:
    url = reverse("roles:appoint", args=[case.objekt.pk, "kejsare"])
    assert logged_in(make.make_admin()).get(url).status_code == 404


@pytest.mark.parametrize(
    ("role", "by", "allowed"),
    [
        ("objektagare", "nora", True),
        ("objektagare_it", "nora", True),
        ("objektagare", "eva", False),
        ("forvaltningsledare", "eva", True),
        ("forvaltningsledare", "per", False),
        ("forvaltningsledare_it", "per", True),
        ("forvaltningsledare_it", "eva", False),
        ("systemforvaltare", "lars", True),
        ("it_specialist", "mona", True),
        ("systemdriftansvarig", "eva", False),
        ("namnd", "nora", False),
    ],
)
def test_a_role_is_filled_by_whom_the_document_says(
    case: Case, role: str, by: str, allowed: bool
) -> None:
    objekt = make.make_objekt()
    make.appoint(objekt, "namnd", case.namnd)
    for code, person in (
        ("objektagare", case.eva),
        ("objektagare_it", case.per),
        ("forvaltningsledare", case.lars),
        ("forvaltningsledare_it", case.mona),
    ):
        if code != role:
            make.appoint(objekt, code, person)
    if role in ("objektagare", "objektagare_it") and by == "eva":
        make.appoint(objekt, "systemforvaltare", case.eva)
    url = reverse("roles:appoint", args=[objekt.pk, role])
    answer = logged_in(getattr(case, by)).get(url)
    assert answer.status_code == (200 if allowed else 403)


# Two steps.


def test_a_review_changes_nothing_and_shows_who_gains_and_loses_what(case: Case) -> None:
    url = reverse("roles:hand_over", args=[case.held("forvaltningsledare").pk])
    first = make.today() + timedelta(days=30)
    before = Gesture.objects.count()
    data = {"holder": "karin.oberg", "on": first, "reason": REASON}
    said = words(answer := logged_in(case.eva).post(url, data))
    assert f"Från och med {first.day} " in said
    assert "får Karin Oberg mandaten: " in said
    assert "förlorar Lars Nystrom samma mandat." in said
    assert "Registrerar system, avtal och organisation i RegIT 6.3 U4" in said
    assert "Bekräfta och lämna över" in said
    assert 'value="karin.oberg"' in answer.content.decode()
    assert Gesture.objects.count() == before
    assert case.held("forvaltningsledare").person == case.lars


def test_a_confirmed_handover_is_one_gesture(case: Case) -> None:
    held = case.held("forvaltningsledare")
    url = reverse("roles:hand_over", args=[held.pk])
    first = make.today() + timedelta(days=30)
    client = logged_in(case.eva)
    answer = confirm(client, url, holder="Karin Oberg", on=first, reason=REASON)
    assert answer.status_code == 302
    held.refresh_from_db()
    assert held.valid_to == first - timedelta(days=1)
    new = case.held("forvaltningsledare")
    assert (new.person, new.appointed_by) == (case.karin, case.eva)
    latest = Gesture.objects.order_by("-at").first()
    assert latest is not None
    assert (latest.kind, latest.actor, latest.reason) == ("hand_over", case.eva, REASON)


def test_changing_the_form_after_the_review_shows_the_consequence_again(case: Case) -> None:
    url = reverse("roles:hand_over", args=[case.held("forvaltningsledare").pk])
    client = logged_in(case.eva)
    data = {"holder": "karin.oberg", "on": make.today(), "reason": REASON}
    mark = client.post(url, data).context["mark"]
    changed = client.post(url, {**data, "holder": "mona.it", "granskat": mark})
    assert changed.status_code == 200
    assert "Något har ändrats sedan du granskade" in words(changed)
    assert case.held("forvaltningsledare").person == case.lars
    again = client.post(url, {**data, "holder": "mona.it", "granskat": changed.context["mark"]})
    assert again.status_code == 302
    assert case.held("forvaltningsledare").person == case.mona


def test_a_namesake_put_in_after_the_review_is_shown_before_anything_is_done(case: Case) -> None:
    for username in ("anna.1", "anna.2"):
        make.make_user(username, first_name="Anna", last_name="Andersson")
    url = reverse("roles:appoint", args=[case.objekt.pk, "systemforvaltare"])
    client = logged_in(case.lars)
    data = {"valid_from": make.today()}
    mark = client.post(url, {**data, "holder": "anna.1"}).context["mark"]
    answer = client.post(url, {**data, "holder": "anna.2", "granskat": mark})
    assert answer.status_code == 200
    assert "Något har ändrats sedan du granskade" in words(answer)
    assert not case.objekt.assignments.filter(role="systemforvaltare").exists()


def test_a_system_put_in_beyond_the_twentieth_is_shown_before_anything_is_done(case: Case) -> None:
    systems = [make.make_system(case.objekt).pk for _number in range(23)]
    url = reverse("roles:appoint", args=[case.objekt.pk, "systemforvaltare"])
    client = logged_in(case.lars)
    data = {"holder": "karin.oberg", "valid_from": make.today()}
    mark = client.post(url, {**data, "systems": systems[:22]}).context["mark"]
    swapped = [*systems[:21], systems[22]]
    assert client.post(url, {**data, "systems": swapped, "granskat": mark}).status_code == 200
    assert client.post(url, {**data, "systems": systems[:22], "granskat": mark}).status_code == 302


def test_a_double_click_on_confirm_appoints_once(case: Case) -> None:
    url = reverse("roles:appoint", args=[case.objekt.pk, "systemforvaltare"])
    client = logged_in(case.lars)
    token = str(client.get(url).context["form"]["token"].value())
    data = {"holder": "karin.oberg", "valid_from": make.today(), "token": token}
    mark = client.post(url, data).context["mark"]
    answers = [client.post(url, {**data, "granskat": mark}) for _click in range(2)]
    assert [a.status_code for a in answers] == [302, 302]
    assert case.objekt.assignments.filter(role="systemforvaltare").count() == 1


def test_a_posted_mark_alone_is_no_confirmation(case: Case) -> None:
    url = reverse("roles:end", args=[case.held("forvaltningsledare").pk])
    answer = logged_in(case.eva).post(url, {"on": make.today(), "reason": "", "granskat": "x"})
    assert answer.status_code == 422
    assert case.held("forvaltningsledare").valid_to is None
