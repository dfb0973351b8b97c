"""The forms that change who answers: who may, two steps, errors in their place."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from governance.models import Forvaltningsobjekt, Gesture
from roles import assignments, people
from roles.models import RoleAssignment, Substitution, User
from tests import factories as make

pytestmark = pytest.mark.django_db

REASON = "Ny organisation"


class Case:
    """An object with named people, and an unrelated one."""

    def __init__(self) -> None:
        self.namnd = make.make_namnd("Utbildningsnämnden")
        self.nora = make.make_user("nora.namnd")
        people.add_representant(None, self.namnd, self.nora)
        self.eva = make.make_user("eva.lund")
        self.per = make.make_user("per.sandstrom")
        self.lars = make.make_user("lars.nystrom")
        self.mona = make.make_user("mona.it")
        self.karin = make.make_user("karin.oberg")
        self.objekt = make.make_active(
            "Elevadministration",
            namnd=self.namnd,
            objektagare=self.eva,
            objektagare_it=self.per,
            forvaltningsledare=self.lars,
            forvaltningsledare_it=self.mona,
        )
        self.other = make.make_active("Bygglov")

    def held(self, role: str) -> RoleAssignment:
        return self.objekt.assignments.get(role=role, valid_to=None)


@pytest.fixture
def case() -> Case:
    return Case()


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words(response: Any) -> str:
    return " ".join(strip_tags(response.content.decode()).split())


def confirm(client: Client, url: str, **data: Any) -> Any:
    """Fill in, review, and confirm with the mark that the review gave."""
    first = client.post(url, data)
    assert first.status_code == 200, words(first)
    assert "Det här händer" in words(first)
    return client.post(url, {**data, "granskat": first.context["mark"]})


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


# What each form does and refuses.


def errors(answer: Any, name: str) -> str:
    assert answer.status_code == 422, words(answer)
    return " ".join(map(str, answer.context["form"].errors.get(name, [])))


def test_appointing_an_operative_role_on_named_systems(case: Case) -> None:
    one, other = make.make_system(case.objekt, "Alva"), make.make_system(case.objekt, "Procap")
    stranger = make.make_system(case.other, "Bygg")
    url = reverse("roles:appoint", args=[case.objekt.pk, "systemforvaltare"])
    client = logged_in(case.lars)
    data = {"holder": "karin.oberg", "valid_from": make.today()}
    refused = client.post(url, {**data, "systems": [one.pk, stranger.pk]})
    assert errors(refused, "systems")
    answer = confirm(
        client,
        url,
        **data,
        systems=[one.pk, other.pk],
        consulted_resursagare="Rut Resurs",
        decision_reference="UN 2026/1",
    )
    assert answer.status_code == 302
    made = case.objekt.assignments.filter(role="systemforvaltare")
    assert {a.system for a in made} == {one, other}
    assert {a.consulted_resursagare for a in made} == {"Rut Resurs"}


def test_appointing_to_a_role_that_is_held_offers_the_handover(case: Case) -> None:
    url = reverse("roles:appoint", args=[case.objekt.pk, "forvaltningsledare"])
    answer = logged_in(case.eva).get(url, follow=True)
    held = case.held("forvaltningsledare")
    assert answer.redirect_chain == [(reverse("roles:hand_over", args=[held.pk]), 302)]
    assert "Lars Nystrom har redan rollen" in words(answer)


def test_posting_to_a_role_that_is_held_is_refused_in_words(case: Case) -> None:
    url = reverse("roles:appoint", args=[case.objekt.pk, "forvaltningsledare"])
    data = {"holder": "karin.oberg", "valid_from": make.today()}
    answer = logged_in(case.eva).post(url, data)
    assert answer.status_code == 422
    assert "Lämna över den i stället" in words(answer)


def test_the_namnd_is_chosen_from_a_list_and_handed_over_by_an_administrator(case: Case) -> None:
    new = make.make_namnd("Kulturnämnden")
    url = reverse("roles:hand_over", args=[case.held("namnd").pk])
    client = logged_in(make.make_admin())
    answer = confirm(client, url, holder=new.pk, on=make.today(), reason=REASON)
    assert answer.status_code == 302
    assert case.held("namnd").namnd == new


def test_errors_stand_at_their_fields(case: Case) -> None:
    url = reverse("roles:hand_over", args=[case.held("forvaltningsledare").pk])
    client = logged_in(case.eva)
    good = {"holder": "karin.oberg", "on": make.today(), "reason": REASON}
    assert "hittades inte" in errors(client.post(url, {**good, "holder": "Vem Där"}), "holder")
    assert "har redan rollen" in errors(
        client.post(url, {**good, "holder": "lars.nystrom"}), "holder"
    )
    assert "Välj en senare dag" in errors(client.post(url, {**good, "on": "2020-01-01"}), "on")
    assert errors(client.post(url, {**good, "on": "i morgon"}), "on")
    assert errors(client.post(url, {**good, "reason": " "}), "reason")
    people.set_active(None, case.karin, False, reason="Slutat")
    assert errors(client.post(url, good), "holder")


def test_a_day_out_of_time_is_refused_at_its_field(case: Case) -> None:
    operative = make.appoint(case.objekt, "systemforvaltare", case.karin)
    client = logged_in(make.make_admin())
    url = reverse("roles:appoint", args=[case.objekt.pk, "it_specialist"])
    good = {"holder": "karin.oberg", "valid_from": make.today(), "reason": REASON}
    for_ever = client.post(url, {**good, "valid_to": "9999-12-31"})
    assert (
        errors(for_ever, "valid_to") == "Datumet ligger för långt fram. Välj en dag före år 3000."
    )
    assert "före år 1900" in errors(
        client.post(url, {**good, "valid_from": "0001-01-01"}), "valid_from"
    )
    for name, held in (("hand_over", case.held("objektagare")), ("end", operative)):
        url = reverse(f"roles:{name}", args=[held.pk])
        assert errors(client.post(url, {**good, "on": "9999-12-31"}), "on")
    url = reverse("roles:transfer_all", args=[case.lars.pk])
    sent = {"successor": "karin.oberg", "on": "9999-12-31", "reason": REASON}
    rows = {n: "on" for n in client.get(url).context["form"].fields if n.startswith("med-")}
    assert errors(client.post(url, {**sent, **rows}), "on")


def test_a_mandatory_role_cannot_be_ended_where_that_leaves_a_gap(case: Case) -> None:
    url = reverse("roles:end", args=[case.held("forvaltningsledare").pk])
    answer = logged_in(case.eva).post(url, {"on": make.today(), "reason": REASON})
    assert answer.status_code == 422
    assert "Förvaltningsledare saknas från och med" in words(answer)


def test_an_operative_role_is_ended(case: Case) -> None:
    held = make.appoint(case.objekt, "it_specialist", case.karin)
    url = reverse("roles:end", args=[held.pk])
    answer = confirm(logged_in(case.mona), url, on=make.today(), reason=REASON)
    assert answer.status_code == 302
    held.refresh_from_db()
    assert held.valid_to == make.today()


def test_a_planned_handover_is_taken_back(case: Case) -> None:
    later = make.today() + timedelta(days=40)
    new = assignments.hand_over(
        None, case.held("forvaltningsledare"), case.karin, on=later, reason=REASON
    )
    url = reverse("roles:cancel", args=[new.pk])
    client = logged_in(case.eva)
    said = words(client.post(url, {"reason": REASON}))
    assert "förlorar Karin Oberg samma mandat." in said
    assert "får Lars Nystrom mandaten: " in said
    assert confirm(client, url, reason=REASON).status_code == 302
    assert case.held("forvaltningsledare").person == case.lars


def test_a_substitute_gets_the_mandates_for_a_period_and_loses_them_early(case: Case) -> None:
    held = case.held("objektagare_it")
    url = reverse("roles:substitute", args=[held.pk])
    last = make.today() + timedelta(days=10)
    client = logged_in(case.nora)
    data = {"holder": "karin.oberg", "valid_from": make.today(), "valid_to": last}
    assert "Från och med i dag till och med" in words(client.post(url, data))
    assert errors(client.post(url, {**data, "valid_to": date(2020, 1, 1)}), "valid_to")
    assert confirm(client, url, **data).status_code == 302
    made = Substitution.objects.get()
    url = reverse("roles:end_substitution", args=[made.pk])
    assert confirm(client, url, on=make.today()).status_code == 302
    made.refresh_from_db()
    assert made.valid_to == make.today()


def test_a_substitution_that_has_not_begun_is_taken_back_without_a_date(case: Case) -> None:
    soon = make.today() + timedelta(days=3)
    made = assignments.substitute(
        None, case.held("objektagare"), case.karin, valid_from=soon, valid_to=soon
    )
    url = reverse("roles:end_substitution", args=[made.pk])
    assert confirm(logged_in(case.nora), url).status_code == 302
    assert not Substitution.objects.exists()


def test_the_namnd_has_no_substitute(case: Case) -> None:
    url = reverse("roles:substitute", args=[case.held("namnd").pk])
    assert logged_in(make.make_admin()).get(url).status_code == 404


def test_taking_an_object_into_management_names_what_is_missing(case: Case) -> None:
    objekt = make.make_objekt("Utkastet")
    make.appoint(objekt, "objektagare", case.eva)
    url = reverse("roles:objekt_status", args=[objekt.pk])
    client = logged_in(case.eva)
    said = words(client.get(url))
    assert "Förvaltningsledare är inte tillsatt." in said
    assert "Förvaltningsledare utses av objektägaren, Eva Lund." in said
    answer = client.post(url, {"status": "i_forvaltning", "reason": REASON})
    assert "Förvaltningsledare är inte tillsatt." in errors(answer, "__all__")
    make.appoint(objekt, "namnd", case.namnd)
    make.appoint(objekt, "objektagare_it", case.per)
    make.appoint(objekt, "forvaltningsledare", case.lars)
    make.appoint(objekt, "forvaltningsledare_it", case.mona)
    assert confirm(client, url, status="i_forvaltning", reason=REASON).status_code == 302
    objekt.refresh_from_db()
    assert objekt.status == "i_forvaltning"


def test_an_object_is_wound_up_and_reopened(case: Case) -> None:
    url = reverse("roles:objekt_status", args=[case.objekt.pk])
    client = logged_in(case.eva)
    assert errors(client.post(url, {"status": "utkast", "reason": REASON}), "status")
    for status in ("avvecklat", "utkast"):
        assert confirm(client, url, status=status, reason=REASON).status_code == 302
    case.objekt.refresh_from_db()
    assert case.objekt.status == "utkast"


def test_a_system_moves_only_to_an_object_where_the_person_may_too(case: Case) -> None:
    system = make.make_system(case.objekt, "Alva")
    sara = make.make_user()
    make.appoint(case.objekt, "systemforvaltare", sara, systems=[system])
    url = reverse("roles:system_move", args=[system.pk])
    client = logged_in(case.lars)
    assert "Det finns inget objekt att flytta till" in words(client.get(url))
    data = {"to": case.other.pk, "reason": REASON}
    assert errors(client.post(url, data), "to")
    leader = case.other.assignments.get(role="forvaltningsledare")
    assignments.hand_over(None, leader, case.lars, on=make.today(), reason=REASON)
    said = words(client.post(url, data))
    assert "i stället för Eva Lund" in said
    assert "Förvaltningsledare: Lars Nystrom, som förut." in said
    assert confirm(client, url, **data).status_code == 302
    system.refresh_from_db()
    assert system.objekt == case.other
    assert case.other.assignments.filter(person=sara, system=system).exists()


def test_a_hidden_system_cannot_be_moved_or_named(case: Case) -> None:
    secret = make.make_system(case.objekt, "Larmet", skyddsvard=True)
    held = make.appoint(case.objekt, "systemforvaltare", case.karin, systems=[secret])
    outsider = logged_in(make.make_user())
    assert outsider.get(reverse("roles:system_move", args=[secret.pk])).status_code == 404
    assert outsider.get(reverse("roles:end", args=[held.pk])).status_code == 404


def test_the_reasons_used_last_are_suggested(case: Case) -> None:
    client = logged_in(case.eva)
    url = reverse("roles:hand_over", args=[case.held("forvaltningsledare").pk])
    confirm(client, url, holder="karin.oberg", on=make.today(), reason="Går i pension")
    url = reverse("roles:hand_over", args=[case.held("forvaltningsledare").pk])
    assert '<option value="Går i pension">' in client.get(url).content.decode()
    per = logged_in(case.per)
    url = reverse("roles:hand_over", args=[case.held("forvaltningsledare_it").pk])
    assert "Går i pension" not in per.get(url).content.decode()


def test_who_hands_over_the_own_role_loses_the_mandate_at_once(case: Case) -> None:
    held = case.held("objektagare")
    people.add_representant(None, case.namnd, case.eva)
    url = reverse("roles:hand_over", args=[held.pk])
    client = logged_in(case.eva)
    answer = confirm(client, url, holder="karin.oberg", on=make.today(), reason=REASON)
    assert answer.status_code == 302
    status = reverse("roles:objekt_status", args=[case.objekt.pk])
    assert client.get(status).status_code == 403
