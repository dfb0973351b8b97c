"""History cannot be changed or taken away, and nothing is written without a gesture."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.models import ProtectedError

from governance.gestures import NoGesture, gesture
from governance.history import append_only
from governance.history.timeline import tracked_models
from governance.models import Forvaltningsobjekt, Namnd
from tests import factories as make

pytestmark = pytest.mark.django_db

TABLES = append_only()
STATEMENTS = ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"]


@pytest.mark.parametrize("model", TABLES, ids=lambda m: m._meta.db_table)
@pytest.mark.parametrize("statement", STATEMENTS, ids=["update", "delete", "truncate"])
def test_a_history_table_refuses(model: type[models.Model], statement: str) -> None:
    column = model._meta.pk.column
    sql = statement.format(model._meta.db_table, column, column)
    with (
        pytest.raises(IntegrityError, match="Historiken kan inte ändras eller tas bort"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_every_tracked_model_has_its_history_among_them() -> None:
    names = {m._meta.db_table for m in TABLES}
    histories = {m.history.model._meta.db_table for m in tracked_models()}  # type: ignore[attr-defined]
    assert len(histories) > 30
    assert histories <= names
    assert "roles_historicaluser_groups" in names


@pytest.mark.parametrize(
    "write",
    [
        lambda: Namnd.objects.create(name="Utan händelse"),
        lambda: Namnd(name="Utan händelse").save(),
        lambda: make.make_user().groups.add(1),
    ],
    ids=["create", "save", "many-to-many"],
)
def test_a_write_with_no_gesture_open_raises(write: Callable[[], object]) -> None:
    with pytest.raises(NoGesture), transaction.atomic():
        write()
    assert not Namnd.objects.filter(name="Utan händelse").exists()


def test_whoever_appears_in_history_cannot_be_deleted() -> None:
    karin = make.make_user("karin.oberg")
    objekt = make.make_objekt()
    with gesture(karin, "change"):
        objekt.description = "Ny"
        objekt.save()
    assert Forvaltningsobjekt.history.filter(gesture__actor=karin).exists()
    with (
        pytest.raises((ProtectedError, IntegrityError)),
        transaction.atomic(),
        gesture(None, "admin"),
    ):
        karin.delete()


def test_history_outlives_the_thing() -> None:
    namnd = make.make_namnd("Byggnadsnämnden")
    pk = namnd.pk
    with gesture(None, "remove"):
        namnd.delete()
    assert [row.history_type for row in Namnd.history.filter(id=pk)] == ["-", "+"]
