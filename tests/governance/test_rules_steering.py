"""Findings about the steering of an object: when each begins, when it ends, and what it never tells."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from governance import rules
from governance.models import (
    Arende,
    Bedomning,
    Budgetpost,
    Forvaltningsobjekt,
    Informationssystem,
    Kostnad,
    Tilldelning,
    Underskrift,
    Utvardering,
)
from tests import factories as make
from tests.factories import put, today
from tests.factories.steering import make_plan_today as plan
from tests.factories.steering import set_status
from tests.governance.broken import avtal, breaks

pytestmark = pytest.mark.django_db


def arende(objekt: Forvaltningsobjekt, days: int, **fields: Any) -> Arende:
    raised = today() - timedelta(days=days)
    return put(Arende(objekt=objekt, title="Ny modul", description="?", raised_on=raised, **fields))


@pytest.fixture
def objekt() -> Forvaltningsobjekt:
    return make.make_active("Elevhälsa")


def test_an_object_in_management_has_an_adopted_plan_that_holds_today(objekt: Any) -> None:
    assert "no_plan" in breaks(objekt)
    plan(objekt, "utkast")
    plan(objekt, "framlagd")
    later = today() + timedelta(days=1)
    plan(objekt, period_from=later, period_to=later + timedelta(days=365))
    assert "no_plan" in breaks(objekt)
    plan(objekt, period_to=today())
    assert "no_plan" not in breaks(objekt)
    assert "no_plan" not in breaks(make.make_objekt("Utkastet"))


def test_a_plan_that_ends_within_90_days_asks_for_a_successor(objekt: Any) -> None:
    ending = today() + timedelta(days=89)
    plan(objekt, period_to=ending)
    assert "plan_ends" in breaks(objekt)
    following = ending + timedelta(days=1)
    plan(objekt, "framlagd", period_from=following, period_to=following + timedelta(days=365))
    assert "plan_ends" in breaks(objekt)
    plan(objekt, period_from=following, period_to=following + timedelta(days=365))
    assert "plan_ends" not in breaks(objekt)


def test_a_plan_that_lasts_90_days_more_asks_for_nothing(objekt: Any) -> None:
    plan(objekt, period_to=today() + timedelta(days=90))
    assert "plan_ends" not in breaks(objekt)


def test_a_plan_waits_for_each_side_until_that_side_has_signed(objekt: Any) -> None:
    put_forward = plan(objekt, "framlagd")
    assert {"plan_unsigned", "plan_unsigned_it"} <= breaks(objekt)
    put(
        Underskrift(
            plan=put_forward,
            sida="verksamhet",
            person=make.make_user(),
            content_hash=put_forward.content_hash,
            signed_at=timezone.now(),
        )
    )
    assert "plan_unsigned" not in breaks(objekt)
    assert "plan_unsigned_it" in breaks(objekt)


def cost(objekt: Forvaltningsobjekt, sida: str, belopp: int, **fields: Any) -> Kostnad:
    attested = {"status": "attesterad", "judged_by": make.make_user(), "judged_on": today()}
    row = {"objekt": objekt, "sida": sida, "belopp": belopp, "title": "Licens", "on": today()}
    return put(Kostnad(**{**row, **attested, **fields}))


def test_attested_costs_above_the_plans_budget_are_a_finding_of_their_side(objekt: Any) -> None:
    in_force = plan(objekt, "utkast")
    for sida in ("verksamhet", "it"):
        put(Budgetpost(plan=in_force, sida=sida, slag="licens", title="Licenser", belopp=600))
        put(Budgetpost(plan=in_force, sida=sida, slag="drift", title="Drift", belopp=400))
    set_status(in_force, "faststalld")
    cost(objekt, "it", 600)
    cost(objekt, "it", 400)
    cost(objekt, "it", 9000, status="registrerad")
    cost(objekt, "it", 9000, on=in_force.period_from - timedelta(days=1))
    assert not {"above_budget", "above_it_budget"} & breaks(objekt)
    cost(objekt, "it", 1)
    assert {"above_budget", "above_it_budget"} & breaks(objekt) == {"above_it_budget"}
    given = {"objekt": objekt, "sida": "it", "belopp": 1, "on": today(), "decision": "Beslut 7"}
    put(Tilldelning(plan=in_force, **given))
    assert "above_it_budget" in breaks(objekt)
    put(Tilldelning(**given))
    assert "above_it_budget" not in breaks(objekt)


def test_hidden_costs_are_a_finding_about_their_system_and_none_about_the_object(
    objekt: Any,
) -> None:
    hidden = make.make_system(objekt, "Hemliga larmet", skyddsvard=True)
    shown = make.make_system(objekt, "Öppna kartan")
    in_force = plan(objekt, "utkast")
    put(Budgetpost(plan=in_force, sida="it", slag="drift", title="Drift", belopp=100))
    set_status(in_force, "faststalld")
    agreement = avtal(objekt, hidden)
    for about in ({"system": hidden}, {"avtal": agreement}, {"system": shown}, {}):
        cost(objekt, "it", 25, **about)
    assert "system_above_budget" not in breaks(hidden)
    cost(objekt, "it", 1, system=hidden)
    assert "system_above_budget" in breaks(hidden)
    assert "above_it_budget" not in breaks(objekt)
    assert "system_above_budget" not in breaks(shown)
    cost(objekt, "it", 51)
    assert "above_it_budget" in breaks(objekt)


def test_costs_in_a_plan_without_a_budget_are_above_it(objekt: Any) -> None:
    plan(objekt)
    cost(objekt, "verksamhet", 1)
    assert "above_budget" in breaks(objekt)


def test_an_arende_is_a_finding_when_it_has_waited_30_days(objekt: Any) -> None:
    arende(objekt, 29)
    assert "arende_undecided" not in breaks(objekt)
    old = arende(objekt, 30)
    assert "arende_undecided" in breaks(objekt)
    old.status, old.decided_on = "atertaget", today()
    put(old)
    assert "arende_undecided" not in breaks(objekt)


def test_an_arende_about_a_hidden_system_is_told_of_on_that_system_alone(objekt: Any) -> None:
    hidden = make.make_system(objekt, "Hemliga larmet", skyddsvard=True)
    arende(objekt, 60, system=hidden)
    assert "arende_undecided" not in breaks(objekt)
    assert "system_arende_undecided" in breaks(hidden)
    shown = make.make_system(objekt, "Öppna kartan")
    arende(objekt, 60, system=shown)
    assert "arende_undecided" in breaks(objekt)
    assert "system_arende_undecided" not in breaks(shown)


def evaluate(objekt: Forvaltningsobjekt, ago: int, again: int) -> Utvardering:
    on = today() - timedelta(days=ago)
    days = {"on": on, "period_from": on - timedelta(days=365), "period_to": on}
    planned = today() + timedelta(days=again)
    return put(Utvardering(objekt=objekt, works="Det mesta", next_on=planned, **days))


def test_an_organisation_is_evaluated_within_a_year_and_then_as_planned(objekt: Any) -> None:
    assert "not_evaluated" not in breaks(objekt)
    objekt.status_since = today() - timedelta(days=365)
    put(objekt)
    assert "not_evaluated" in breaks(objekt)
    evaluate(objekt, ago=30, again=0)
    assert "not_evaluated" not in breaks(objekt)


def test_an_evaluation_that_was_due_yesterday_is_overdue_however_new_the_object(
    objekt: Any,
) -> None:
    evaluate(objekt, ago=30, again=-1)
    assert "not_evaluated" in breaks(objekt)


def judge(system: Informationssystem, sida: str, omdome: str) -> Bedomning:
    return put(Bedomning(system=system, sida=sida, omdome=omdome, motivering="Därför", on=today()))


def test_two_sides_that_judge_a_system_differently_are_a_finding(objekt: Any) -> None:
    system = make.make_system(objekt)
    judge(system, "verksamhet", "utveckla")
    assert "sides_differ" not in breaks(system)
    it = judge(system, "it", "avveckla")
    assert "sides_differ" in breaks(system)
    it.omdome = "utveckla"
    put(it)
    assert "sides_differ" not in breaks(system)


def test_a_finding_about_a_hidden_system_is_in_no_list_of_an_outsider(objekt: Any) -> None:
    hidden = make.make_system(objekt, "Hemliga larmet", skyddsvard=True)
    shown = make.make_system(objekt, "Öppna kartan")
    for system in (hidden, shown):
        judge(system, "verksamhet", "utveckla")
        judge(system, "it", "avveckla")
        arende(objekt, 60, system=system)
    outsider = Client()
    outsider.force_login(make.make_user())
    for code in ("sides_differ", "system_arende_undecided"):
        said = outsider.get("/system/", {"finding": code}).content.decode()
        assert "Hemliga larmet" not in said
    assert "Öppna kartan" in outsider.get("/system/?finding=sides_differ").content.decode()
    revisor = Client()
    revisor.force_login(make.make_revisor())
    for code in ("sides_differ", "system_arende_undecided"):
        assert "Hemliga larmet" in revisor.get("/system/", {"finding": code}).content.decode()


def test_every_rule_has_a_clause_a_sentence_about_the_thing_and_a_known_verb() -> None:
    from governance.verbs import NAMES

    for rule in rules.all_rules():
        assert rule.clause
        assert "%(thing)s" in rule.sentence
        assert set(rule.verbs) <= set(NAMES), rule.code
        if not rule.url_name.startswith(("governance:plan_", "governance:ekonomi")):
            assert not rule.url_name or reverse(rule.url_name, args=[1, *rule.url_args])


def test_the_findings_of_many_objects_are_one_query() -> None:
    for _ in range(3):
        plan(make.make_active())
    with CaptureQueriesContext(connection) as queries:
        rules.findings_of(Forvaltningsobjekt.objects.all())
    assert len(queries) == 1
