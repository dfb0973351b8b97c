"""Parts of a page that have nothing to show are known by one query, and are not asked for."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from governance import access
from governance.lists import ahead, prepared
from governance.lists.prepared import Question
from governance.models import Informationssystem
from tests.factories import make_active, make_objekt, make_revisor, make_system, make_user

pytestmark = pytest.mark.django_db


def named(reader: access.Person, name: str) -> QuerySet[Informationssystem]:
    return access.visible(reader, Informationssystem.objects.filter(name=name))


def about(reader: access.Person) -> QuerySet[Informationssystem]:
    return access.visible(reader, Informationssystem.objects.filter(pk=prepared.SUBJECT))


ALVA, NEPTUN = Question(named, ("Alva",)), Question(named, ("Neptun",))


@pytest.fixture
def readers() -> list[Any]:
    """Whoever looks: RegIT, an outsider, whoever may know of what is hidden, and a Revisor."""
    vera = make_user("vera.vatten")
    make_system(make_active("Vatten", forvaltningsledare=vera), "Neptun", skyddsvard=True)
    return [None, make_user("otto.ovan"), vera, make_revisor()]


def test_what_is_empty_is_not_asked_for_and_the_rest_is_answered_as_ever(
    readers: list[Any], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for reader in readers:
        plain = {q: [s.name for s in q.build(reader, *q.args)] for q in (ALVA, NEPTUN)}
        with ahead.answerable([ALVA, NEPTUN], reader=reader):
            with CaptureQueriesContext(connection) as asked:
                found = {
                    q: [s.name for s in prepared.fetch(q.build, *q.args, reader=reader)]
                    for q in (ALVA, NEPTUN)
                }
            assert found == plain
            assert len(asked) == sum(bool(names) for names in plain.values())
        with django_assert_num_queries(1):
            assert prepared.fetch(named, "Alva", reader=reader) == []


def test_what_one_reader_may_not_know_of_is_still_shown_to_another(readers: list[Any]) -> None:
    _regit, otto, vera, _rut = readers
    with ahead.answerable([NEPTUN], reader=otto):
        assert prepared.fetch(named, "Neptun", reader=otto) == []
        assert [s.name for s in prepared.fetch(named, "Neptun", reader=vera)] == ["Neptun"]


def test_within_a_block_the_same_is_not_asked_twice(
    readers: list[Any], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    otto = readers[1]
    with ahead.answerable([ALVA, NEPTUN], reader=otto), django_assert_num_queries(0):
        assert not ahead.has_answer(NEPTUN, reader=otto)
        with ahead.answerable([ALVA], reader=otto):
            assert prepared.fetch(named, "Alva", reader=otto) == []
    with django_assert_num_queries(1):
        assert not ahead.has_answer(NEPTUN, reader=otto)


def test_questions_about_a_thing_are_about_one_thing() -> None:
    system = make_system(make_objekt(), "Alva")
    with ahead.answerable([Question(about, (), system.pk), ALVA], reader=None):
        assert prepared.fetch(about, reader=None, subject=system.pk) == [system]
    other = make_system(make_objekt(), "Bure")
    questions = [Question(about, (), system.pk), Question(about, (), other.pk)]
    with pytest.raises(ValueError, match="one thing"), ahead.answerable(questions, reader=None):
        pass
