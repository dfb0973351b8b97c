"""Evaluations of the organisation, and steering documents that reach whoever leads it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance import access, rules, todo
from governance.actions import styrdokument as documents
from governance.actions import utvardering as evaluations
from governance.models import Forvaltningsobjekt, Kvittens, Styrdokument, Utvardering
from roles import assignments
from roles.models import User
from tests import factories as make
from tests.factories import today

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]
ROLES = ("objektagare", "objektagare_it", "forvaltningsledare", "forvaltningsledare_it")


@pytest.fixture
def cast() -> dict[str, User]:
    return {role: make.make_user(f"{role}.person") for role in ROLES}


@pytest.fixture
def objekt(cast: dict[str, User]) -> Forvaltningsobjekt:
    return make.make_active("Elevhälsa", **cast)


def days(**more: date) -> dict[str, Any]:
    on = today()
    known = {"on": on, "period_from": on - timedelta(days=365), "period_to": on}
    return {**known, "next_on": on + timedelta(days=365), "works": "Mötena", **more}


def issue(actor: User, objekt: Forvaltningsobjekt, **more: Any) -> Styrdokument:
    fields = {"title": "Riktlinje för loggning", "edition": "1", "text": "Logga.", **more}
    return documents.issue(actor, objekt, **fields)


def test_only_the_owner_of_the_verksamhet_evaluates(
    cast: dict[str, User], objekt: Forvaltningsobjekt
) -> None:
    others = [cast[role] for role in ROLES[1:]]
    for person in (*others, make.make_admin(), make.make_revisor()):
        with pytest.raises(access.Forbidden):
            evaluations.record(person, objekt, **days())
    made = evaluations.record(cast["objektagare"], objekt, **days())
    assert made.evaluated_by == cast["objektagare"]


@pytest.mark.parametrize(
    ("field", "shift", "sentence"),
    [
        ("on", 1, "framtiden"),
        ("period_to", -400, "slutar innan den börjar"),
        ("next_on", 0, "efter den här"),
    ],
)
def test_days_that_cannot_be_are_refused(
    objekt: Forvaltningsobjekt, field: str, shift: int, sentence: str
) -> None:
    with pytest.raises(ValidationError, match=sentence):
        evaluations.record(None, objekt, **days(**{field: today() + timedelta(days=shift)}))


def test_an_evaluation_mends_the_finding_that_it_is_overdue(objekt: Forvaltningsobjekt) -> None:
    def overdue() -> bool:
        found = rules.findings_of(Forvaltningsobjekt.objects.filter(pk=objekt.pk))
        return "not_evaluated" in {finding.rule.code for finding in found}

    late = days(on=today() - timedelta(days=9), next_on=today() - timedelta(days=1))
    evaluations.record(None, objekt, **late)
    assert overdue()
    evaluations.record(None, objekt, **days())
    assert not overdue()


def test_an_evaluation_is_written_and_corrected_from_the_page(
    login: Login, cast: dict[str, User], objekt: Forvaltningsobjekt
) -> None:
    client = login(cast["objektagare"])
    page = reverse("governance:uppfoljning", args=[objekt.pk])
    create = reverse("governance:utvardering_create", args=[objekt.pk])
    assert create in client.get(page).content.decode()
    data = {name: str(value) for name, value in days().items()}
    assert client.post(create, data)["Location"] == f"{page}#utvarderingar"
    change = reverse("governance:utvardering_change", args=[Utvardering.objects.get().pk])
    client.post(change, {**data, "works": "Samarbetet", "version": 1})
    assert "Samarbetet" in client.get(page).content.decode()
    assert create not in login(cast["forvaltningsledare"]).get(page).content.decode()


def test_a_document_reaches_exactly_whoever_leads_the_issuers_side(
    cast: dict[str, User], objekt: Forvaltningsobjekt, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        document = issue(cast["objektagare_it"], objekt)
    assert (document.for_verksamhet, document.for_it) == (False, True)
    assert [letter.to for letter in mail.outbox] == [[cast["forvaltningsledare_it"].email]]
    everybody = {**cast, "admin": make.make_admin(), "revisor": make.make_revisor()}
    for name, person in everybody.items():
        if name != "forvaltningsledare_it":
            with pytest.raises(access.Forbidden):
                documents.acknowledge(person, document)
    (given,) = documents.acknowledge(cast["forvaltningsledare_it"], document)
    assert (given.sida, given.edition) == ("it", "1")


@pytest.mark.parametrize("role", ["forvaltningsledare", "forvaltningsledare_it"])
def test_who_owns_neither_side_issues_nothing(
    cast: dict[str, User], objekt: Forvaltningsobjekt, role: str
) -> None:
    for person in (cast[role], make.make_admin()):
        with pytest.raises(access.Forbidden):
            issue(person, objekt)


def test_a_new_edition_is_acknowledged_anew_and_a_double_click_is_one(
    cast: dict[str, User], objekt: Forvaltningsobjekt
) -> None:
    owner, leader = cast["objektagare"], cast["forvaltningsledare"]
    document = issue(owner, objekt)
    documents.acknowledge(leader, document)
    assert documents.acknowledge(leader, document) == []
    with pytest.raises(ValidationError, match="ny utgåva"):
        documents.change(owner, document, text="Logga allt.")
    documents.change(owner, document, text="Logga allt.", edition="2")
    with pytest.raises(ValidationError, match="redan kvitterad"):
        documents.change(owner, document, edition="1")
    documents.acknowledge(leader, document)
    assert sorted(Kvittens.objects.values_list("edition", flat=True)) == ["1", "2"]


def test_a_successor_has_it_to_acknowledge_and_the_predecessor_no_more(
    cast: dict[str, User], objekt: Forvaltningsobjekt
) -> None:
    document = issue(cast["objektagare"], objekt)
    leader, karin = cast["forvaltningsledare"], make.make_user("karin.oberg")
    documents.acknowledge(leader, document)
    held = objekt.assignments.get(role="forvaltningsledare")
    assignments.hand_over(None, held, karin, on=today(), reason="Byte")
    with pytest.raises(access.Forbidden):
        documents.acknowledge(leader, document)
    assert [task.url for task in todo.tasks(karin)] == [document.get_absolute_url()]
    documents.acknowledge(karin, document)
    assert todo.tasks(karin) == []


def test_a_document_that_has_ended_waits_for_nobody(
    cast: dict[str, User], objekt: Forvaltningsobjekt
) -> None:
    document = issue(cast["objektagare"], objekt)
    assert todo.tasks(cast["forvaltningsledare"])
    documents.withdraw(cast["objektagare"], document)
    assert todo.tasks(cast["forvaltningsledare"]) == []
    with pytest.raises(ValidationError, match="upphört"):
        documents.acknowledge(cast["forvaltningsledare"], document)


def test_the_pages_show_who_has_and_who_has_not(
    login: Login, cast: dict[str, User], objekt: Forvaltningsobjekt
) -> None:
    client = login(cast["objektagare"])
    create = reverse("governance:styrdokument_create", args=[objekt.pk])
    data = {"title": "Loggning", "edition": "1", "link": "https://example.se/logg"}
    answer = client.post(create, data)
    document = Styrdokument.objects.get()
    assert answer["Location"] == document.get_absolute_url()
    acknowledge = reverse("governance:styrdokument_acknowledge", args=[document.pk])
    assert acknowledge not in client.get(document.get_absolute_url()).content.decode()
    leader = login(cast["forvaltningsledare"])
    assert "har inte kvitterat" in leader.get(document.get_absolute_url()).content.decode()
    assert document.get_absolute_url() in leader.get("/").content.decode()
    leader.post(acknowledge)
    said = client.get(reverse("governance:uppfoljning", args=[objekt.pk])).content.decode()
    assert str(cast["forvaltningsledare"]) in said
    assert "har inte kvitterat" not in leader.get(document.get_absolute_url()).content.decode()


def test_who_acknowledges_what_was_withdrawn_meanwhile_is_told_so(
    login: Login, cast: dict[str, User], objekt: Forvaltningsobjekt
) -> None:
    document = issue(cast["objektagare"], objekt)
    documents.withdraw(cast["objektagare"], document)
    acknowledge = reverse("governance:styrdokument_acknowledge", args=[document.pk])
    answer = login(cast["forvaltningsledare"]).post(acknowledge, follow=True)
    assert answer.redirect_chain == [(document.get_absolute_url(), 302)]
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    assert "har upphört" in answer.text


def test_a_document_that_says_nothing_or_has_no_edition_is_refused(
    objekt: Forvaltningsobjekt,
) -> None:
    with pytest.raises(ValidationError, match="utgåva"):
        issue(None, objekt, edition="")  # type: ignore[arg-type]
    with pytest.raises(ValidationError, match="länk eller skriv"):
        issue(None, objekt, text="")  # type: ignore[arg-type]


def test_the_database_holds_that_a_document_is_meant_for_somebody(
    cast: dict[str, User], objekt: Forvaltningsobjekt
) -> None:
    issue(cast["objektagare"], objekt)
    sql = "UPDATE governance_styrdokument SET for_verksamhet = false"
    with (
        pytest.raises(IntegrityError, match="styrdokument_for_somebody"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_the_page_asks_as_much_for_many_as_for_few(
    login: Login, cast: dict[str, User], objekt: Forvaltningsobjekt
) -> None:
    client = login(cast["forvaltningsledare"])
    urls = reverse("governance:uppfoljning", args=[objekt.pk]), "/"

    def queries() -> list[int]:
        asked = []
        for url in urls:
            client.get(url)
            with CaptureQueriesContext(connection) as found:
                assert client.get(url).status_code == 200
            asked.append(len(found))
        return asked

    def add(number: int) -> None:
        for n in range(number):
            evaluations.record(None, objekt, **days())
            document = issue(cast["objektagare"], objekt, title=f"Styrdokument {n}")
            if n % 2:
                documents.acknowledge(cast["forvaltningsledare"], document)

    add(2)
    few = queries()
    add(12)
    assert queries() == few


def test_the_history_says_in_sentences_what_was_issued_acknowledged_and_ended(
    login: Login, cast: dict[str, User], objekt: Forvaltningsobjekt
) -> None:
    document = issue(cast["objektagare"], objekt)
    documents.acknowledge(cast["forvaltningsledare"], document)
    documents.withdraw(cast["objektagare"], document)
    evaluations.record(None, objekt, **days())
    client = login(make.make_user())
    own = client.get(reverse("governance:styrdokument_history", args=[document.pk]))
    whole = client.get(reverse("governance:objekt_history", args=[objekt.pk]))
    for said in (own.content.decode(), whole.content.decode()):
        assert "kvitterade Riktlinje för loggning, utgåva 1." in said
        assert "Styrdokumentet Riktlinje för loggning upphörde." in said
    assert "Utvärdering" in whole.content.decode()
