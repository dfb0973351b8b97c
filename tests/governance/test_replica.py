"""What may be read elsewhere, without another server (tests/replica has one)."""

import runpy
from typing import Any

import pytest
from django.conf import settings

from governance import access, replica
from governance.actions import informationsmangd as actions
from governance.actions import system as system_actions
from governance.models import Informationsmangd, Informationssystem
from tests.factories import appoint, make_active, make_objekt, make_revisor, make_system, make_user

BASE = f"{settings.BASE_DIR}/regit/settings/base.py"

pytestmark = pytest.mark.django_db


def test_without_a_replica_everything_is_read_from_the_database_without_a_question(
    django_assert_num_queries: Any,
) -> None:
    reader = make_user()
    with django_assert_num_queries(0):
        assert replica.alias_for(reader) == "default"


def test_what_is_settled_hides_the_same_systems_as_before() -> None:
    objekt, other = make_active("Vård"), make_objekt("Skola")
    hidden = make_system(objekt, "Dolt", skyddsvard=True)
    make_system(objekt, "Öppet")
    make_system(other, "Annans dolda", skyddsvard=True)
    involved, outsider, revisor = make_user(), make_user(), make_revisor()
    appoint(objekt, "systemforvaltare", involved, systems=[hidden])

    for reader in (involved, outsider, revisor):
        before = seen(reader)
        assert access.settle(reader)
        assert seen(reader) == before
    assert seen(outsider) == ["Öppet"]


def test_what_is_settled_holds_whatever_is_changed_meanwhile() -> None:
    system = make_system(make_objekt(), "Dolt", skyddsvard=True)
    mangd = actions.create(None, system, content="Journaler", verksamhet="Vård")
    reader = make_user()
    assert access.settle(reader)
    system_actions.change(None, system, skyddsvard=False)

    managers: list[Any] = [Informationssystem.objects, Informationsmangd.objects, system.history]
    for rows in managers:
        assert not access.visible(reader, rows.all())
    assert access.concealed(reader, Informationsmangd.objects.all()).get() == mangd


def test_somebody_from_whom_nothing_is_hidden_sees_all_when_settled() -> None:
    make_system(make_objekt(), "Öppet")
    reader = make_user()
    assert access.settle(reader)
    assert seen(reader) == ["Öppet"]
    assert not access.concealed(reader, Informationssystem.objects.all())


def test_too_many_hidden_systems_to_list_are_not_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("governance.access.hiding.SETTLED", 1)
    for name in ("Ett", "Två"):
        make_system(make_objekt(), name, skyddsvard=True)
    assert not access.settle(make_user())
    assert access.settle(make_revisor())


def seen(reader: Any) -> list[str]:
    """Return the names of the systems that somebody may know of."""
    rows = access.visible(reader, Informationssystem.objects.order_by("sort_key"))
    return list(rows.values_list("name", flat=True))


def test_the_settings_know_of_a_replica_only_when_it_has_an_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("DATABASE_REPLICA_URL", raising=False)
    assert list(runpy.run_path(BASE)["DATABASES"]) == ["default"]

    monkeypatch.setenv("DATABASE_REPLICA_URL", "postgresql://regit:x@copy.example.se/register")
    copy = runpy.run_path(BASE)["DATABASES"]["replica"]
    assert (copy["HOST"], copy["NAME"]) == ("copy.example.se", "register")
    assert copy["OPTIONS"]["connect_timeout"] == 3
