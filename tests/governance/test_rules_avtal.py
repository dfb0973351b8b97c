"""Findings about agreements: what covers a system, the day of notice, and the follow-up."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from governance.lists.avtal import AvtalListing
from governance.models import (
    Avtal,
    Avtalsuppfoljning,
    Forvaltningsobjekt,
)
from tests import factories as make
from tests.factories import put, today
from tests.governance.broken import avtal, breaks

pytestmark = pytest.mark.django_db


@pytest.fixture
def objekt() -> Forvaltningsobjekt:
    return make.make_active("Elevhälsa")


def test_a_system_in_drift_is_covered_by_a_signed_agreement_in_force(objekt: Any) -> None:
    system = make.make_system(objekt)
    assert "no_serviceavtal" in breaks(system)
    avtal(objekt, system, slag="licens")
    avtal(objekt, system, starts_on=today() + timedelta(days=1))
    assert "no_serviceavtal" in breaks(system)
    avtal(objekt, system, ends_on=today())
    assert "no_serviceavtal" not in breaks(system)
    planned = make.make_system(objekt, livscykel="planerat")
    assert "no_serviceavtal" not in breaks(planned)
    assert "no_serviceavtal" not in breaks(make.make_system(make.make_objekt()))


def test_an_agreement_whose_day_of_notice_is_near_is_a_finding_and_one_tills_vidare_is_none(
    objekt: Any,
) -> None:
    system = make.make_system(objekt)
    avtal(objekt, system)
    avtal(objekt, system, ends_on=today() + timedelta(days=400), notice_months=3)
    assert "notice" not in breaks(objekt)
    avtal(objekt, system, ends_on=today() + timedelta(days=150), notice_months=3)
    assert "notice" in breaks(objekt)


def test_the_notice_of_a_hidden_systems_agreement_is_told_of_on_that_system_alone(
    objekt: Any,
) -> None:
    hidden = make.make_system(objekt, "Hemliga larmet", skyddsvard=True)
    avtal(objekt, hidden, ends_on=today() + timedelta(days=30))
    assert "notice" not in breaks(objekt)
    assert "system_notice" in breaks(hidden)


def followed_up(made: Avtal, ago: int, again: int | None = None) -> None:
    on = today() - timedelta(days=ago)
    next_on = None if again is None else today() + timedelta(days=again)
    put(Avtalsuppfoljning(avtal=made, on=on, note="Fungerar", next_on=next_on))


@pytest.mark.parametrize(
    ("signed", "follow_ups", "late"),
    [
        (365, [], False),
        (366, [], True),
        (900, [(365, None)], False),
        (900, [(366, None)], True),
        (900, [(10, -1)], True),
        (900, [(10, 0)], False),
        (900, [(700, 0)], False),
        (900, [(700, 100), (400, None)], True),
    ],
)
def test_an_agreement_is_followed_up_within_a_year_or_by_the_day_that_was_set(
    objekt: Any, signed: int, follow_ups: list[tuple[int, int | None]], late: bool
) -> None:
    day = today() - timedelta(days=signed)
    made = avtal(objekt, make.make_system(objekt), starts_on=day, signed_on=day)
    for ago, again in follow_ups:
        followed_up(made, ago, again)
    assert ("avtal_follow_up" in breaks(objekt)) is late
    listing = AvtalListing(None, QueryDict("tid=uppfoljning"))
    assert list(listing.queryset) == ([made] if late else [])


def test_only_a_signed_agreement_in_force_of_a_living_object_is_to_be_followed_up(
    objekt: Any,
) -> None:
    system, old = make.make_system(objekt), today() - timedelta(days=900)
    days: dict[str, Any] = {"starts_on": old, "signed_on": old}
    avtal(objekt, system, **days, ends_on=today() - timedelta(days=1))
    avtal(objekt, system, **days, status="uppsagt", terminated_on=old, ceases_on=today())
    unsigned: dict[str, Any] = {"status": "registrerat", "signed_on": None, "signed_by": None}
    avtal(objekt, system, starts_on=old, **unsigned)
    avtal(objekt, system, starts_on=today() + timedelta(days=1), signed_on=old)
    assert "avtal_follow_up" not in breaks(objekt)
    avtal(objekt, system, **days)
    assert "avtal_follow_up" in breaks(objekt)
    put(system, livscykel="avvecklat")
    put(objekt, status="avvecklat")
    assert "avtal_follow_up" not in breaks(objekt)


def test_a_late_follow_up_of_a_hidden_systems_agreement_is_told_of_on_that_system_alone(
    objekt: Any,
) -> None:
    hidden = make.make_system(objekt, "Hemliga larmet", skyddsvard=True)
    old = today() - timedelta(days=900)
    avtal(objekt, hidden, starts_on=old, signed_on=old)
    assert "avtal_follow_up" not in breaks(objekt)
    assert "system_avtal_follow_up" in breaks(hidden)


def test_who_signs_agreements_is_led_from_the_finding_to_just_those_that_are_late(
    objekt: Any,
) -> None:
    old, system = today() - timedelta(days=900), make.make_system(objekt)
    avtal(objekt, system, starts_on=old, signed_on=old, title="Gammalt")
    avtal(objekt, system, title="Nytt")
    client = Client()
    owner = objekt.assignments.get(role="objektagare").person
    client.force_login(owner)
    page = client.get(objekt.get_absolute_url()).content.decode()
    where = reverse("governance:avtal_list", args=[objekt.pk]) + "?tid=uppfoljning"
    assert f'href="{where}"' in page
    shown = client.get(where)
    assert [row.title for row in shown.context["page"].object_list] == ["Gammalt"]
    client.force_login(objekt.assignments.get(role="forvaltningsledare").person)
    assert where not in client.get(objekt.get_absolute_url()).content.decode()
