"""Skyddsvärda system in history: hidden from outsiders, told to those who may know."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from governance.actions import informationsmangd as mangder
from governance.actions import samband as samband_actions
from governance.actions import system as systems
from governance.gestures import gesture
from governance.history.names import UNTOLD, Names, named
from governance.history.timeline import Timeline
from governance.models import Forvaltningsobjekt, Gesture, Informationssystem
from roles import assignments
from roles.models import RoleAssignment, User
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader() -> User:
    return make.make_user("karin.oberg", last_name="Öberg")


@pytest.fixture
def objekt(leader: User) -> Forvaltningsobjekt:
    """An object where everything about the system Larm is hidden, and told under that name."""
    made = make.make_active("Säkerhet", forvaltningsledare=leader)
    hidden = make.make_system(made, "Larm", skyddsvard=True)
    shown = make.make_system(made, "Passerkort")
    mangder.create(None, hidden, content="Larmkoder", verksamhet="Fastighet")
    samband_actions.create(None, shown, target=hidden, information="Larmflöde")
    ida = make.make_user("ida.larmtekniker")
    later = make.today() + timedelta(days=30)
    held = make.appoint(made, "it_specialist", ida, systems=[hidden], valid_from=later)
    stand_in = assignments.substitute(
        None, held, make.make_user("siv.larmvikarie"), valid_from=later, valid_to=later
    )
    assignments.end_substitution(None, stand_in, on=make.today())
    assignments.cancel(None, held, reason="Larmet avvecklas")
    with gesture(None, "import", "Läste in Larm och Passerkort"):
        for system in (hidden, shown):
            fresh = Informationssystem.objects.get(pk=system.pk)
            systems.change(None, fresh, purpose="Ur kalkylarket")
    return made


def whole(reader: Any, subject: Any) -> str:
    timeline = Timeline(reader, subject)
    entries = timeline.entries(timeline.gestures().order_by("-at", "-id"))
    return "\n".join(
        f"{e.reason} {item.objekt} {item.said()} {item.changes}"
        for e in entries
        for item in e.items
    ) + "\n".join(str(e.gesture.pk) for e in entries)


def test_an_outsider_reads_the_rest_and_nothing_of_it(objekt: Forvaltningsobjekt) -> None:
    told = whole(make.make_user(), objekt)
    assert "Passerkort" in told
    assert "Ur kalkylarket" in told
    assert "larm" not in told.lower()


@pytest.mark.parametrize("reader", [make.make_revisor, make.make_admin])
def test_revisorer_and_administratorer_read_all(
    objekt: Forvaltningsobjekt, reader: Callable[[], User]
) -> None:
    told = whole(reader(), objekt)
    for word in ("Larmkoder", "Larmflöde", "Ida Larmtekniker", "Siv Larmvikarie", "Läste in Larm"):
        assert word in told


def test_a_role_holder_of_the_object_reads_all(objekt: Forvaltningsobjekt, leader: User) -> None:
    assert "Larmkoder" in whole(leader, objekt)


def test_the_person_page_tells_no_outsider_of_a_role_on_a_hidden_system(
    objekt: Forvaltningsobjekt,
) -> None:
    ida, siv = [User.objects.get(username=f"{n}") for n in ("ida.larmtekniker", "siv.larmvikarie")]
    outsider = make.make_user()
    assert "IT-specialist" not in whole(outsider, ida)
    assert "ersättare" not in whole(outsider, siv)
    assert "IT-specialist" in whole(make.make_revisor(), ida)
    assert "ersättare" in whole(make.make_revisor("rut.ek"), siv)


def test_what_a_samband_led_to_while_it_was_hidden_is_not_told_as_the_old_value(
    objekt: Forvaltningsobjekt,
) -> None:
    shown = Informationssystem.objects.get(name="Passerkort")
    flow = shown.samband.get()
    open_one = make.make_system(objekt, "Tidbok")
    samband_actions.change(None, flow, target=open_one, information="Tider")
    told = whole(make.make_user(), shown)
    assert "Tidbok" in told
    assert "larm" not in told.lower()
    assert "Larmflöde" in whole(make.make_revisor(), shown)


def test_a_gesture_about_hidden_things_alone_has_no_entry(objekt: Forvaltningsobjekt) -> None:
    alone = Gesture.objects.filter(reason="Larmet avvecklas").get()
    assert str(alone.pk) not in whole(make.make_user(), objekt)
    assert str(alone.pk) in whole(None, objekt)


def test_the_history_of_a_hidden_system_is_not_found(
    client: Client, objekt: Forvaltningsobjekt, leader: User
) -> None:
    url = reverse(
        "governance:system_history", args=[Informationssystem.objects.get(name="Larm").pk]
    )
    client.force_login(make.make_user())
    assert client.get(url).status_code == 404
    client.force_login(leader)
    assert client.get(url).status_code == 200


def test_what_is_kept_of_asking_for_names_tells_nobody_what_another_may_know(
    objekt: Forvaltningsobjekt, leader: User
) -> None:
    hidden = Informationssystem.objects.get(name="Larm").pk
    outsider = make.make_user("olle.ek")
    for _again in range(2):
        for reader, told in ((leader, "Larm"), (outsider, UNTOLD), (None, "Larm")):
            names = Names(reader)
            names.find({Informationssystem: {hidden}, Forvaltningsobjekt: {objekt.pk}})
            assert names.name(Informationssystem, hidden) == told
            assert names.name(Forvaltningsobjekt, objekt.pk) == "Säkerhet"


def test_names_are_one_question_however_many_kinds_of_things_are_asked_for(
    objekt: Forvaltningsobjekt, leader: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for wanted in ({User: {leader.pk}}, {model: {-1, -2} for model in named()}):
        with django_assert_num_queries(1):
            Names(None).find({**wanted, RoleAssignment: set(), Informationssystem: set()})
