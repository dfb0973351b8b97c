"""Att göra: what waits for whom by mandate, and for nobody else."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from governance import todo
from governance.actions import arende as arenden
from governance.actions import avtal as agreements
from governance.actions import delgivning
from governance.actions import leverantor as leverantor_actions
from governance.actions import statusrapport as rapporter
from governance.actions import uppdrag as commissions
from governance.models import Arende, Avtal, Kostnad, Underskrift
from roles.models import User
from tests import factories as make
from tests.factories import put, today
from tests.factories.steering import cover, make_plan, make_plan_today, set_status
from tests.governance.uppdrag import cast as casts
from tests.governance.uppdrag.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return casts.build()


def waits(person: User) -> list[str]:
    return [task.url for task in todo.tasks(person)]


def everybody(cast: Cast) -> dict[str, Any]:
    others = {"admin": make.make_admin(), "revisor": make.make_revisor(), "out": make.make_user()}
    return {"fl": cast.fl, "flit": cast.flit, "oa": cast.oa, "oait": cast.oait, **others}


def waiting_for(cast: Cast, url: str) -> set[str]:
    return {name for name, person in everybody(cast).items() if url in waits(person)}


def refer(cast: Cast, **fields: Any) -> Any:
    return arenden.refer(cast.fl, cast.objekt, title="Ny modul", description="Behövs", **fields)


def test_an_arende_waits_for_each_member_until_that_member_has_taken_position(cast: Cast) -> None:
    arende = refer(cast)
    url = arende.get_absolute_url()
    assert url in waits(cast.oa)
    arenden.take_position(cast.oa, arende, bifall=True)
    assert waiting_for(cast, url) == {"oait"}
    arenden.take_position(cast.oait, arende, bifall=True)
    assert url not in waits(cast.oait)


def test_an_arende_that_has_waited_30_days_is_urgent_and_comes_first(cast: Cast) -> None:
    refer(cast)
    old = refer(cast)
    make.put(old, raised_on=today() - timedelta(days=30))
    first, *rest = todo.tasks(cast.oa)
    assert (first.url, first.urgent) == (old.get_absolute_url(), True)
    assert not any(task.urgent for task in rest)


def test_a_report_waits_for_its_receiver_until_it_is_read(cast: Cast) -> None:
    day = today()
    report = rapporter.report(
        cast.fl, cast.objekt, sida="verksamhet", period_from=day, period_to=day,
        mal_lage="gron", tid_lage="gron", kostnad_lage="gron", summary="Lugnt",
    )  # fmt: skip
    url = report.get_absolute_url()
    assert waiting_for(cast, url) == {"oa"}
    delgivning.mark_read(cast.oa, report)
    assert url not in waits(cast.oa)


def test_an_uppdrag_waits_for_whoever_leads_its_side(cast: Cast) -> None:
    uppdrag = casts.uppdrag_of(cast)
    url = uppdrag.get_absolute_url()
    assert waiting_for(cast, url) == {"fl"}
    commissions.decide(cast.fl, uppdrag)
    assert url not in waits(cast.fl)


def registered(cast: Cast, **fields: Any) -> Avtal:
    system = make.make_system(cast.objekt)
    supplier = leverantor_actions.create(None, name=f"Leverans {system}")
    known = {"slag": "support", "title": "Support", "leverantor": supplier, "starts_on": today()}
    return agreements.create(cast.fl, cast.objekt, systems=[system], **{**known, **fields})


def test_an_agreement_waits_to_be_approved_and_then_to_be_signed_by_either_owner(
    cast: Cast,
) -> None:
    avtal = registered(cast)
    url = avtal.get_absolute_url()
    actions = [task.action for task in todo.tasks(cast.oait) if task.url == url]
    assert actions == ["Granska avtalet"]
    assert waiting_for(cast, url) == {"oa", "oait"}
    agreements.approve(cast.oait, avtal)
    actions = [task.action for task in todo.tasks(cast.oa) if task.url == url]
    assert actions == ["Granska och teckna"]
    assert url not in waits(cast.oait)  # outside the plan signs whoever gives money
    begins = today() - timedelta(days=1500)
    ended = make_plan(
        cast.objekt, status="utkast", period_from=begins, period_to=begins + timedelta(days=300)
    )
    cover(ended, avtal)
    set_status(ended, "faststalld")
    assert url in waits(cast.oait)
    assert url in waits(cast.oa)


def test_what_concerns_a_hidden_system_waits_for_nobody_who_may_not_know_of_it(
    cast: Cast,
) -> None:
    hidden = make.make_system(cast.objekt, "Hemliga larmet", skyddsvard=True)
    arende = refer(cast, system=hidden)
    assert arende.get_absolute_url() in waits(cast.oa)
    assert waiting_for(cast, arende.get_absolute_url()) == {"oa", "oait"}


def rows_of(code: str, cast: Cast) -> set[str]:
    """Return for whom of the cast, and of those outside, a provider has something."""
    provider = next(p for p in todo.registered() if p.code == code)
    return {name for name, person in everybody(cast).items() if provider.rows(person).exists()}


def test_a_plan_waits_for_the_owner_of_each_side_that_has_not_signed(cast: Cast) -> None:
    plan = make_plan_today(cast.objekt, "framlagd")
    signed = Underskrift(plan=plan, sida="it", person=cast.oait, content_hash=plan.content_hash)
    assert rows_of("plan", cast) == {"oa", "oait"}
    make.put(signed, signed_at=timezone.now())
    provider = next(p for p in todo.registered() if p.code == "plan")
    assert provider.rows(cast.oa).exists()
    assert not provider.rows(cast.oait).exists()


@pytest.mark.parametrize(("who", "left"), [("oait", {"oa"}), ("oa", set())])
def test_the_page_of_a_plan_asks_those_for_whom_it_waits_to_sign_it(
    cast: Cast, who: str, left: set[str]
) -> None:
    plan = make_plan_today(cast.objekt, "framlagd")
    signer = getattr(cast, who)
    signed = Underskrift(plan=plan, sida="it", person=signer, content_hash=plan.content_hash)
    people = everybody(cast)
    provider = next(p for p in todo.registered() if p.code == "plan")

    def asked() -> set[str]:
        pages = {name: browser(one).get(plan.get_absolute_url()) for name, one in people.items()}
        return {name for name, page in pages.items() if page.context["to_sign"]}

    def waited_for() -> set[str]:
        return {name for name, person in people.items() if provider.rows(person).exists()}

    assert asked() == waited_for() == {"oa", "oait"}
    make.put(signed, signed_at=timezone.now())
    assert asked() == waited_for() == left


@pytest.mark.parametrize(("sida", "who"), [("verksamhet", "oa"), ("it", "oait")])
def test_a_cost_waits_for_whoever_attests_its_side_and_never_for_who_registered_it(
    cast: Cast, sida: str, who: str
) -> None:
    cost = Kostnad(objekt=cast.objekt, sida=sida, belopp=100, title="Licens", on=today())
    make.put(cost, registered_by=cast.fl)
    assert rows_of("kostnad", cast) == {who}
    provider = next(p for p in todo.registered() if p.code == "kostnad")
    make.put(cost, registered_by=getattr(cast, who))
    assert not provider.rows(getattr(cast, who)).exists()


def test_the_front_page_shows_the_oldest_and_the_rest_behind_a_click(cast: Cast) -> None:
    for _ in range(11):
        refer(cast)
    client = Client()
    client.force_login(cast.oa)
    said = client.get("/")
    assert said.context["task_count"] == 11
    assert len(said.context["tasks"]) == 8
    assert "Visa 3 till" in said.content.decode()
    client.force_login(make.make_user())
    assert "Att göra" not in client.get("/").content.decode()


def test_one_query_says_what_waits_and_one_more_tells_of_each_kind(cast: Cast) -> None:
    def queries() -> int:
        todo.tasks(cast.oa)
        with CaptureQueriesContext(connection) as asked:
            kinds = todo.kinds(cast.oa)
        assert all(kind.tasks for kind in kinds)
        assert len(asked) == 1 + len(kinds)
        return len(asked)

    assert queries() == 1
    refer(cast)
    assert queries() == 2
    for number in range(6):
        objekt = make.make_active(f"Objekt {number}", objektagare=cast.oa)
        arenden.refer(None, objekt, title="Ny modul", description="Behövs")
    assert queries() == 2


def test_a_finding_about_an_agreement_leads_to_the_agreements_of_the_object(cast: Cast) -> None:
    make.make_system(cast.objekt, "Alva")
    client = Client()
    client.force_login(cast.fl)
    said = client.get(cast.objekt.systems.get().get_absolute_url()).content.decode()
    assert "Alva är i drift utan" in said
    assert reverse("governance:avtal_list", args=[cast.objekt.pk]) in said


def browser(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_more_than_are_told_are_counted_and_all_of_them_are_reached(cast: Cast) -> None:
    for number in range(130):
        put(
            Arende(
                objekt=cast.objekt, title=f"Ärende {number:03}", description="?", raised_on=today()
            )
        )
    client = browser(cast.oa)
    front = client.get("/")
    assert front.context["task_count"] == 130
    assert "Visa alla 130, slag för slag" in front.content.decode()
    page = client.get(reverse("governance:todo"))
    assert page.context["total"] == 130
    assert 'href="?slag=arende"' in page.content.decode()
    found = [
        task.sentence
        for number in (1, 2, 3)
        for task in client.get(reverse("governance:todo"), {"slag": "arende", "page": number})
        .context["page"]
        .object_list
    ]
    assert len(set(found)) == 130
    exported = client.get(reverse("exchange:export", args=["att-gora", "csv"]) + "?slag=arende")
    assert exported.getvalue().decode().count("väntar på ditt ställningstagande") == 130


def test_the_page_shows_a_kind_alone_and_says_when_nothing_waits(cast: Cast) -> None:
    refer(cast)
    registered(cast)
    client, where = browser(cast.oa), reverse("governance:todo")
    everything = client.get(where).content.decode()
    assert "Ärenden att ta ställning till" in everything
    assert "Avtal att godkänna" in everything
    one = client.get(where, {"slag": "avtal_approve"})
    assert one.context["total"] == 1
    assert [chip.value for chip in one.context["form"].chips()] == ["Avtal att godkänna"]
    none = client.get(where, {"slag": "kostnad"}).content.decode()
    assert "Inget av det slaget väntar" in none
    assert "finns inte att välja" in client.get(where, {"slag": "annat"}).content.decode()
    assert "Inget väntar på dig" in browser(make.make_user()).get(where).content.decode()


def test_the_page_tells_of_nothing_hidden_and_counts_none_of_it(cast: Cast) -> None:
    hidden = make.make_system(cast.objekt, "Hemliga larmet", skyddsvard=True)
    refer(cast, system=hidden)
    client, where = browser(make.make_user()), reverse("governance:todo")
    assert client.get(where).context["total"] == 0
    assert browser(cast.oa).get(where).context["total"] == 1


def test_the_page_takes_as_many_queries_for_many_as_for_few(cast: Cast) -> None:
    client, where = browser(cast.oa), reverse("governance:todo")

    def queries(query: dict[str, str]) -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(where, query)
        return len(asked)

    refer(cast)
    queries({})
    few = [queries({}), queries({"slag": "arende"})]
    for _ in range(20):
        refer(cast)
    assert [queries({}), queries({"slag": "arende"})] == few
