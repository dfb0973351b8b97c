"""Which parts of a page have anything to show: asked in one query, before the parts are asked for.

A first page has a score of parts, and for most people most of them are empty. Within `answerable`
a part that is empty costs nothing more; the others are asked as they always are.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS

from governance import access
from governance.lists.prepared import (
    ANSWERABLE,
    MOST,
    Kept,
    Question,
    built,
    filled_in,
    numbered,
    run,
)


class Joined(NamedTuple):
    """One statement that says of each of several questions whether it has an answer."""

    text: str
    params: tuple[Any, ...]
    statement: str
    blanks: tuple[str, ...]


@contextmanager
def answerable(questions: Iterable[Question], *, reader: access.Person) -> Iterator[None]:
    """Find out in one query which questions have an answer; within, `fetch` asks no others.

    Nothing is asked that an outer block has found out. The questions that are about something are
    about one thing; ids and other blanks they have none. For pages that only read.
    """
    pk, known = getattr(reader, "pk", None), ANSWERABLE.get()
    several = [q for q in dict.fromkeys(questions) if (q, pk) not in known]
    kept = {q: part for q in several if (part := built(q.build, q.args, reader)) is not None}
    found = _answers(tuple(kept.values()), {"reader": pk, "subject": _subject(several)})
    there = dict.fromkeys(several, False) | dict(zip(kept, found, strict=True))
    token = ANSWERABLE.set({**known, **{(question, pk): any_ for question, any_ in there.items()}})
    try:
        yield
    finally:
        ANSWERABLE.reset(token)


def has_answer(question: Question, *, reader: access.Person) -> bool:
    """Tell whether a question has an answer: known where `answerable` has asked, else asked now."""
    pk = getattr(reader, "pk", None)
    known = ANSWERABLE.get().get((question, pk))
    if known is None:
        with answerable([question], reader=reader):
            known = ANSWERABLE.get()[question, pk]
    return known


def _subject(questions: Iterable[Question]) -> int | None:
    subjects = {question.subject for question in questions} - {None}
    if len(subjects) > 1:
        raise ValueError("questions that are asked together are about one thing")
    return next(iter(subjects), None)


def _answers(kept: tuple[Kept, ...], values: dict[str, Any]) -> tuple[Any, ...]:
    if not kept:
        return ()
    joined = _join(kept)
    given = [values[name] for name in joined.blanks]
    return run(joined.text, filled_in(joined.params, values), joined.statement, given)[0]


@lru_cache(maxsize=MOST)
def _join(kept: tuple[Kept, ...]) -> Joined:
    text = "SELECT " + ", ".join(f"EXISTS({part.sql})" for part in kept)
    params = tuple(param for part in kept for param in part.params)
    return Joined(text, params, *numbered(text, params, DEFAULT_DB_ALIAS))
