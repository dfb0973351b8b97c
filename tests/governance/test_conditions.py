"""What a row must fulfil by itself is checked in one query, and still said condition by condition."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import CheckConstraint
from django.test.utils import CaptureQueriesContext

from governance.models import Avtal, Informationssystem
from tests.factories import make_objekt, make_system, today
from tests.factories.avtal import make_avtal

pytestmark = pytest.mark.django_db


@pytest.fixture
def avtal() -> Avtal:
    objekt = make_objekt()
    return make_avtal(objekt, make_system(objekt), varde=100)


def said(thing: Any) -> set[str]:
    with pytest.raises(ValidationError) as refused:
        thing.full_clean()
    return set(refused.value.messages)


def one_by_one(thing: Any) -> set[str]:
    found = set()
    for constraint in type(thing)._meta.constraints:
        if isinstance(constraint, CheckConstraint):
            try:
                constraint.validate(type(thing), thing)
            except ValidationError as error:
                found.update(error.messages)
    return found


def test_each_condition_that_fails_is_said(avtal: Avtal) -> None:
    avtal.status, avtal.ends_on = "tecknat", avtal.starts_on - timedelta(days=1)
    assert len(one_by_one(avtal)) > 1
    assert said(avtal) >= one_by_one(avtal)


def test_a_condition_is_checked_although_a_field_is_wrong(avtal: Avtal) -> None:
    avtal.title, avtal.signed_on = "", today()
    assert one_by_one(avtal) < said(avtal)
    assert one_by_one(avtal)


def test_what_fulfils_them_all_takes_one_query_for_them_all() -> None:
    system = make_system(make_objekt(), "Alva")
    conditions = [c for c in Informationssystem._meta.constraints if isinstance(c, CheckConstraint)]
    assert len(conditions) > 3
    with CaptureQueriesContext(connection) as asked:
        system.full_clean()
    assert len([q for q in asked if "CASE" in q["sql"] or "COALESCE" in q["sql"]]) == 1
    assert len(asked) < len(conditions)
