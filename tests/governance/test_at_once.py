"""Two who do the same at the same time: both go through, or the later one is told in words."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection

from governance.actions import informationsmangd as mangder
from governance.actions import leverantor as leverantorer
from governance.actions import objekt as objects
from governance.actions import uppdrag as actions
from governance.models import Arende, Informationsmangd, Uppdrag
from governance.models.base import Tracked
from governance.refusals import sentence_of
from governance.steering import frames
from roles import people
from roles.models import User
from tests.at_once import one_before_the_other
from tests.factories import make_objekt, make_system
from tests.governance.uppdrag import cast as casts


@pytest.mark.django_db(transaction=True)
class TestUppdrag:
    """An uppdrag, its activities and its ärende are locked in one order."""

    def test_a_matter_is_referred_while_its_uppdrag_is_changed(self) -> None:
        cast = casts.build()
        made = casts.uppdrag_of(cast)

        raised = one_before_the_other(
            lambda: frames.hold(made),
            lambda: casts.arende_of(cast, uppdrag=made),
            lambda: actions.change(cast.fl, made, title="Annat namn"),
        )

        assert raised == []
        made.refresh_from_db()
        assert (made.title, made.arende) == ("Annat namn", Arende.objects.get())

    def test_it_is_the_uppdrag_as_saved_that_is_held(self) -> None:
        cast = casts.build()
        old = casts.uppdrag_of(cast)
        casts.arende_of(cast, uppdrag=old)
        now = Uppdrag.objects.get(pk=old.pk)

        raised = one_before_the_other(
            lambda: Arende.objects.select_for_update().get(),
            lambda: actions.change(cast.fl, old, title="Ny"),
            lambda: actions.change(cast.fl, now, title="Annat namn"),
        )

        assert raised == []
        now.refresh_from_db()
        assert now.title == "Ny"

    def test_two_are_moved_into_an_activity_that_has_room_for_one(self) -> None:
        cast = casts.build()
        plan = casts.plan_for(cast.objekt)
        room, *others = (casts.activity_of(plan, ram=Decimal(100_000)) for _ in range(3))
        casts.adopt(cast.plan, "ersatt")
        casts.adopt(plan)
        one, two = (casts.uppdrag_of(cast, aktivitet=a, belopp=Decimal(60_000)) for a in others)

        (error,) = one_before_the_other(
            lambda: actions.change(cast.fl, one, aktivitet=room),
            lambda: actions.change(cast.fl, two, aktivitet=room),
        )

        assert isinstance(error, ValidationError)
        assert error.error_dict["belopp"][0].code == frames.OUTSIDE


def new_objekt() -> Any:
    return objects.create(None, name="Vatten", verksamhetsprocess="Ge vatten")


def new_leverantor() -> Any:
    return leverantorer.create(None, name="Vatten AB")


def new_person() -> User:
    return people.create(None, username="vera", first_name="Vera", last_name="Vik")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("register", "field", "said"),
    [
        (new_objekt, "name", "finns redan"),
        (new_leverantor, "__all__", "Det finns redan en leverantör med det namnet."),
        (new_person, "username", "finns redan"),
    ],
)
def test_the_same_name_is_registered_twice(
    register: Callable[[], Any], field: str, said: str
) -> None:
    (error,) = one_before_the_other(register, register)
    assert isinstance(error, ValidationError)
    assert said in " ".join(error.message_dict[field])


@pytest.mark.django_db
def test_what_was_removed_meanwhile_is_said_to_be_gone() -> None:
    system = make_system(make_objekt())
    mangd = mangder.create(None, system, content="Elever", verksamhet="Skola")
    mangder.remove(None, Informationsmangd.objects.get())
    for act in (mangder.remove, mangder.change):
        with pytest.raises(ValidationError, match="Elever finns inte längre"):
            act(None, mangd)


@pytest.mark.django_db
def test_whatever_there_may_be_one_of_has_a_sentence() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.relname, i.relname FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid"
            " JOIN pg_class i ON i.oid = x.indexrelid"
            " WHERE NOT x.indisprimary AND (x.indisunique OR x.indisexclusion)"
        )
        found = cursor.fetchall()
    tables = {model._meta.db_table: model for model in apps.get_models()}
    tracked = [(tables[t], name) for t, name in found if issubclass(tables.get(t, object), Tracked)]
    assert len(tracked) > 10
    # The one left holds the id itself, for a foreign key to lead to: nothing breaks it.
    unsaid = [name for model, name in tracked if not sentence_of(model, name)]
    assert unsaid == ["system_in_objekt"]
