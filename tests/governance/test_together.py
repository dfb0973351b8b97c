"""Many tables in one query: what comes back is what the ORM itself would have read."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, models
from django.db.models import F, Q
from django.db.models.functions import RowNumber
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.actions import objekt as objekt_actions
from governance.actions import system as systems
from governance.gestures import gesture
from governance.history import before, history_models, rows_of
from governance.history.timeline import Timeline, _paths, tracked_models
from governance.history.together import fetch, understanding, with_rows
from governance.models import Filinnehall, Forvaltningsobjekt, Gesture, Informationssystem
from roles.models import User
from tests import factories as make
from tests import world

pytestmark = pytest.mark.django_db

UNDERSTOOD = (
    models.AutoField,
    models.BooleanField,
    models.CharField,
    models.DateField,
    models.DecimalField,
    models.DurationField,
    models.FileField,
    models.IntegerField,
    models.JSONField,
    models.TextField,
    models.UUIDField,
)


def same(found: Any, expected: Any) -> bool:
    """Whether two instances say the same in each field, in values of the same type."""
    return all(
        (a := getattr(found, f.attname)) == (b := getattr(expected, f.attname))
        and type(a) is type(b)
        for f in expected._meta.concrete_fields
    )


def test_history_rows_of_every_table_come_back_as_the_orm_reads_them() -> None:
    world.build()
    system = make.make_system(make.make_objekt("Å”ä\\ö'"), "Procapita", nis2="viktig")
    systems.change(
        None,
        system,
        driftsatt_on=date(2026, 5, 12),
        personal_data=True,
        ovriga_uppgifter=[["Ålder", "17 år\n\t\\u0041"], ["Pris", "1,5"]],
    )
    tables = [rows_of(model) for model in tracked_models()]
    with CaptureQueriesContext(connection) as asked:
        found = fetch(tables)
    assert len(asked) == 1
    by_pk = {(type(row), row.pk): row for row in found}
    assert len(found) == sum(rows.count() for rows in tables)
    assert len({type(row) for row in found}) > 8
    for rows in tables:
        for row in rows:
            assert same(by_pk[type(row), row.pk], row)


def test_things_come_back_as_the_orm_reads_them() -> None:
    world.build()
    named: list[Any] = [*tracked_models(), Gesture]
    tables: list[Any] = [model._default_manager.all() for model in named]
    by_pk = {(type(row), row.pk): row for row in fetch(tables)}
    for rows in tables:
        for row in rows:
            assert same(by_pk[type(row), row.pk], row)


def test_every_field_that_history_keeps_is_of_a_kind_that_is_understood() -> None:
    for model in history_models():
        for field in model._meta.concrete_fields:
            target: Any = field
            while isinstance(target, models.ForeignKey):
                target = target.target_field
            assert isinstance(target, UNDERSTOOD), (
                f"{field}: teach governance/history/together.py about it"
            )


def test_numbers_keep_their_decimals_and_annotations_come_along() -> None:
    price = models.DecimalField(max_digits=9, decimal_places=2)
    understood = understanding(price)
    assert understood is not None
    assert str(understood(Decimal("10.10"))) == "10.10"
    objekt = make.make_objekt()
    for name in ("A", "B"):
        make.make_system(objekt, name)
    place = models.Window(RowNumber(), order_by=F("history_id").asc())
    rows = rows_of(Informationssystem).annotate(
        place=place, before_id=before(Informationssystem, "history_id")
    )
    found = fetch([rows.filter(place__lte=1)], ("place", "before_id"))
    assert [(row.name, row.place, row.before_id) for row in found] == [("A", 1, None)]


def test_a_query_whose_order_chooses_the_rows_is_refused() -> None:
    with pytest.raises(ValueError, match="subquery"):
        fetch([Forvaltningsobjekt.objects.all()[:3]])
    with pytest.raises(ValueError, match="subquery"):
        fetch([rows_of(Forvaltningsobjekt).order_by("id").distinct("id")])
    assert fetch([]) == []


def test_the_bytes_of_a_file_stay_where_they_are() -> None:
    kept = Filinnehall.objects.create(sha256="a" * 64, content=b"x" * 100_000)
    with CaptureQueriesContext(connection) as asked:
        (found,) = fetch([Filinnehall.objects.all()])
    assert (found.pk, str(found)) == (kept.pk, "a" * 64)
    assert "content" in found.get_deferred_fields()
    assert "content" not in asked.captured_queries[0]["sql"]


def test_tables_that_a_gesture_wrote_to_are_named_and_no_other() -> None:
    objekt = make.make_objekt()
    with gesture(None, "import") as opened:
        make.make_system(objekt)
        make.make_system(objekt)
    tables = [rows_of(model).model for model in tracked_models()]
    assert with_rows(tables, [opened.pk]) == {rows_of(Informationssystem).model}
    assert with_rows(tables, []) == set()


def queries(reader: User, url: str) -> int:
    """Return how many queries a page takes."""
    client = Client()
    client.force_login(reader)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


@pytest.fixture
def little() -> Forvaltningsobjekt:
    """An object of which two tables tell, both of something that was changed."""
    objekt = make.make_objekt("Litet")
    objekt_actions.change(None, objekt, description="Ändrat")
    systems.change(None, make.make_system(objekt, "Ett"), purpose="Ändrat")
    return objekt


@pytest.mark.parametrize("reader", [make.make_user, make.make_revisor])
def test_a_history_takes_as_many_queries_however_many_tables_tell_of_it(
    reader: Callable[[], User], little: Forvaltningsobjekt
) -> None:
    person, much = reader(), world.build().objekt
    few, many = (
        queries(person, reverse("governance:objekt_history", args=[objekt.pk]))
        for objekt in (little, much)
    )
    timeline = Timeline(None, much)
    told = {item.model for e in timeline.entries(timeline.gestures()) for item in e.items}
    assert len(told) >= 5
    assert many == few <= 15


def test_granskning_takes_as_many_queries_however_many_tables_are_told_of(
    little: Forvaltningsobjekt,
) -> None:
    revisor, url = make.make_revisor(), reverse("governance:granskning")
    few = queries(revisor, url)
    world.build()
    # One more where a name is made of things that no row of the page leads to by itself.
    assert few <= queries(revisor, url) <= few + 1 <= 15


def test_a_day_in_the_past_takes_at_most_15_queries() -> None:
    made = world.build()
    today = make.today().isoformat()
    for name in ("objekt", "system"):
        url = reverse(f"governance:{name}_as_of", args=[made.things[name].pk, today])
        assert queries(make.make_user(), url) <= 15


def test_every_path_to_a_thing_begins_with_an_index() -> None:
    """Anything else reads the whole history of a table for every history page."""
    for subject, model, way in ways():
        assert begins_with_an_index(way, rows_of(model).model), f"{subject} ← {model}: {way}"


def ways() -> Iterator[tuple[Any, Any, Q]]:
    """Yield every way in which history leads to a thing."""
    for subject, paths in _paths.items():
        for model, leads in paths.items() if subject else ():
            found = leads(1)
            for way in found if isinstance(found, tuple) else (found,):
                yield subject, model, way


def begins_with_an_index(way: Q, table: Any) -> bool:
    """Whether one of the conditions that must all hold is about an indexed column."""
    if way.negated or (way.connector != Q.AND and len(way.children) > 1):
        return False
    return any(
        begins_with_an_index(child, table) if isinstance(child, Q) else is_indexed(child, table)
        for child in way.children
    )


def is_indexed(condition: Any, table: Any) -> bool:
    """Whether a condition names a column that an index begins with, and how to look in it."""
    if not isinstance(condition, tuple):
        return False
    name, _sep, lookup = condition[0].partition("__")
    first = {index.fields[0] for index in table._meta.indexes if index.fields}
    return lookup in ("", "in") and (table._meta.get_field(name).db_index or name in first)


def test_a_path_that_would_read_a_whole_table_is_found_out() -> None:
    table = rows_of(Informationssystem).model
    for slow in (Q(name="A"), Q(objekt=1) | Q(leverantor=1), ~Q(objekt=1), Q(objekt__gt=1)):
        assert not begins_with_an_index(slow, table)
    assert begins_with_an_index(Q(objekt=1) & Q(name="A"), table)
