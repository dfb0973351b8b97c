"""An object and a system as of a date: what the register said when that day ended."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from governance.actions import informationsmangd as mangder
from governance.actions import leverantor as leverantorer
from governance.actions import objekt as objekt_actions
from governance.actions import samband as samband_actions
from governance.actions import system as systems
from governance.models import Forvaltningsobjekt, Informationssystem
from roles import as_of, assignments, people
from roles.matrix import columns
from roles.models import RoleAssignment, User
from tests import factories as make

pytestmark = pytest.mark.django_db

JAN, MAR, MAY, JUN = date(2026, 1, 10), date(2026, 3, 1), date(2026, 5, 12), date(2026, 6, 1)


def on(day: date) -> AbstractContextManager[Any]:
    """Let it be noon of a day."""
    noon = timezone.make_aware(datetime.combine(day, time(12)))
    return mock.patch("django.utils.timezone.now", return_value=noon)


@pytest.fixture
def karin() -> User:
    with on(JAN):
        return make.make_user("karin.oberg", last_name="Öberg")


@pytest.fixture
def objekt(karin: User) -> Forvaltningsobjekt:
    with on(JAN):
        lars = make.make_user("lars.nystrom", last_name="Nyström")
        made = make.make_active("Elever", forvaltningsledare=lars)
    held = RoleAssignment.objects.get(objekt=made, role="forvaltningsledare")
    with on(MAY):
        assignments.hand_over(None, held, karin, on=JUN, reason="Pension")
        objekt_actions.change(None, made, name="Elevadministration")
    return made


@pytest.fixture
def page(client: Client, karin: User) -> Callable[..., Any]:
    client.force_login(karin)

    def get(name: str, thing: Any, day: date) -> Any:
        return client.get(reverse(f"governance:{name}_as_of", args=[thing.pk, day.isoformat()]))

    return get


def leader(objekt: Forvaltningsobjekt, day: date) -> str:
    return str(as_of.panel_on(None, objekt, day).post("forvaltningsledare").holder.holder)  # type: ignore[union-attr]


def test_fields_and_names_are_those_of_the_day(
    objekt: Forvaltningsobjekt, page: Callable[..., Any]
) -> None:
    assert "<h1>Elever</h1>" in page("objekt", objekt, MAY - timedelta(days=1)).text
    assert "<h1>Elevadministration</h1>" in page("objekt", objekt, MAY).text


def test_roles_are_those_that_lasted_on_the_day(objekt: Forvaltningsobjekt) -> None:
    assert leader(objekt, MAY) == "Lars Nyström"
    assert leader(objekt, JUN - timedelta(days=1)) == "Lars Nyström"
    assert leader(objekt, JUN) == "Karin Öberg"


def test_a_person_is_called_what_the_register_said_then(
    objekt: Forvaltningsobjekt, karin: User
) -> None:
    with on(JUN + timedelta(days=10)):
        people.change(None, karin, last_name="Ek")
        people.set_active(None, karin, False, reason="Slutat")
    assert leader(objekt, JUN) == "Karin Öberg"
    then = as_of.panel_on(None, objekt, JUN)
    now = as_of.panel_on(None, objekt, JUN + timedelta(days=10))
    assert "Karin Öberg" in [str(c.person) for c in columns(then)]
    assert "Karin Ek" not in [str(c.person) for c in columns(now)]


def test_what_is_registered_afterwards_is_told_beside_and_never_as_known_then(
    objekt: Forvaltningsobjekt, page: Callable[..., Any]
) -> None:
    eva = make.make_user("eva.lund")
    held = RoleAssignment.objects.get(objekt=objekt, role="objektagare_it")
    was = str(held.person)
    assignments.hand_over(None, held, eva, on=MAR, reason="Registreras i efterhand")
    then = as_of.panel_on(None, objekt, MAY)
    assert str(then.post("objektagare_it").holder.holder) == was  # type: ignore[union-attr]
    assert [later.sentence for later in as_of.registered_later(then)] == [
        "Eva Lund var objektägare IT den dagen.",
        f"{was}s uppdrag som objektägare IT gällde inte den dagen.",
    ]
    shown = page("objekt", objekt, MAY).text
    assert "Registrerat i efterhand" in shown
    assert "Registrerat i efterhand" not in page("objekt", objekt, make.today()).text


def test_substitutes_and_representatives_had_their_mandates_while_it_lasted(
    objekt: Forvaltningsobjekt,
) -> None:
    eva, rut = make.make_user("eva.lund"), make.make_user("rut.ek")
    held = RoleAssignment.objects.get(objekt=objekt, role="objektagare")
    namnd = RoleAssignment.objects.get(objekt=objekt, role="namnd").namnd
    assert namnd is not None
    with on(MAR):
        assignments.substitute(None, held, eva, valid_from=MAR, valid_to=MAY, reason="Ledig")
        stands_for = people.add_representant(None, namnd, rut)
    with on(MAY):
        people.remove_representant(None, stands_for)

    def acting(day: date) -> set[str]:
        return {str(c.person) for c in columns(as_of.panel_on(None, objekt, day))}

    assert not {"Eva Lund", "Rut Ek"} & acting(MAR - timedelta(days=1))
    assert {"Eva Lund", "Rut Ek"} <= acting(MAR)
    assert {"Eva Lund", "Rut Ek"} & acting(MAY) == {"Eva Lund"}
    assert "Eva Lund" not in acting(MAY + timedelta(days=1))


def test_a_system_is_shown_where_it_belonged_with_what_it_had(
    objekt: Forvaltningsobjekt, page: Callable[..., Any]
) -> None:
    with on(MAR):
        tieto = leverantorer.create(None, name="Tieto")
        system = make.make_system(objekt, "Procapita", leverantor=tieto)
        mangder.create(None, system, content="Betyg", verksamhet="Skola")
        flow = samband_actions.create(None, system, outside_party="Skatteverket")
    with on(JUN):
        other = make.make_objekt("Skolskjuts")
        leverantorer.change(None, tieto, name="Tietoevry")
        samband_actions.remove(None, flow)
        systems.move(None, system, other, reason="Hör hemma där")
    then = page("system", system, MAY).text
    assert "Tieto<" in then
    assert "Elevadministration" in then
    assert "Skatteverket" in then
    assert "Betyg" in then
    now = page("system", system, JUN).text
    assert "Tietoevry" in now
    assert "Skatteverket" not in now
    assert "Procapita" in page("objekt", objekt, MAY).text
    assert "Procapita" not in page("objekt", objekt, JUN).text
    assert "Procapita" in page("objekt", other, JUN).text


def test_before_it_was_registered_and_the_days_to_come_have_a_sentence(
    objekt: Forvaltningsobjekt, page: Callable[..., Any]
) -> None:
    assert (
        "Uppgifterna registrerades 10 januari 2026."
        in page("objekt", objekt, JAN - timedelta(days=1)).text
    )
    tomorrow = make.today() + timedelta(days=1)
    assert "Den dagen har inte varit än" in page("objekt", objekt, tomorrow).text


def test_a_day_that_is_none_is_not_found_and_the_form_leads_to_the_day(
    client: Client, objekt: Forvaltningsobjekt, karin: User
) -> None:
    client.force_login(karin)
    for wrong in ("2026-13-45", "igår"):
        url = reverse("governance:objekt_as_of", args=[objekt.pk, wrong])
        assert client.get(url).status_code == 404
    start = reverse("governance:objekt_on_day", args=[objekt.pk])
    assert client.get(start, {"dag": "2026-05-12"}).headers["Location"].endswith("/den/2026-05-12/")
    today = f"/den/{make.today().isoformat()}/"
    assert client.get(start, {"dag": "2026-02-31"}).headers["Location"].endswith(today)


def test_a_skyddsvart_system_is_not_shown_as_of_a_day_when_it_was_open(
    client: Client, objekt: Forvaltningsobjekt, page: Callable[..., Any]
) -> None:
    with on(MAR):
        system = make.make_system(objekt, "Larmsystemet")
        flow_to = make.make_system(make.make_objekt(), "Procapita")
        samband_actions.create(None, flow_to, target=system)
        make.appoint(objekt, "it_specialist", make.make_user("ida.it"), systems=[system])
    systems.change(None, Informationssystem.objects.get(pk=system.pk), skyddsvard=True)
    client.force_login(make.make_user())
    assert page("system", system, MAY).status_code == 404
    assert "Larmsystemet" not in page("objekt", objekt, MAY).text
    assert "Larmsystemet" not in page("system", flow_to, MAY).text
    assert "Ida It" not in page("objekt", objekt, MAY).text
    client.force_login(make.make_revisor())
    assert "Larmsystemet" in page("objekt", objekt, MAY).text
    assert "Ida It" in page("objekt", objekt, MAY).text


def test_takes_as_many_queries_for_two_systems_as_for_fifty(
    objekt: Forvaltningsobjekt, page: Callable[..., Any]
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            page("objekt", objekt, make.today())
        return len(asked)

    for number in range(2):
        system = make.make_system(objekt, f"S{number}")
        make.appoint(objekt, "it_specialist", make.make_user(), systems=[system])
    few = queries()
    for number in range(20):
        system = make.make_system(objekt, f"T{number}")
        make.appoint(objekt, "it_specialist", make.make_user(), systems=[system])
    assert queries() == few
