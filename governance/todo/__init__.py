"""Att göra: what waits for one person by mandate, each thing with its action a click away.

Each noun registers providers at start-up, as rules are registered. A provider is one query,
whatever the number of objects: `rows(person)` are the things that wait for this person, and
`task(row)` says one of them in words. What the person may not know of is left out here, so that no
provider can forget it. A mandate is one's own (`access.mandated`): what an Administratör may do
everywhere waits for nobody.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Count, QuerySet, Window
from django.urls import NoReverseMatch, reverse

from governance import access
from governance.lists import prepared
from governance.lists.ahead import answerable
from governance.lists.prepared import Question

MOST = 100
"""Most things that one provider tells of at once, the oldest: the page of its kind has them all."""


@dataclass(frozen=True)
class Task:
    """One thing that waits: a sentence, the act as the text of a link, where, and since when."""

    sentence: str
    action: str
    url: str
    since: date | None = None
    clause: str = ""
    where: str = ""
    """The object it is about."""
    urgent: bool = False


@dataclass(frozen=True)
class Provider:
    """One kind of thing that can wait for somebody.

    `rows` gives a queryset with `select_related` for whatever `task` reads, in the order in which
    they are to be told where there are more than MOST.
    """

    code: str
    name: str
    """What the kind is called where its things are counted: "Kostnader att attestera"."""
    rows: Callable[[access.Person], QuerySet[Any]]
    task: Callable[[Any], Task]
    page: str = ""
    """The url name that the task leads to; a thing waits for nobody where there is no page for it."""

    @property
    def is_open(self) -> bool:
        """Whether the page is there."""
        return not self.page or _is_there(self.page)


@cache
def _is_there(page: str) -> bool:
    try:
        reverse(page, args=[1])
    except NoReverseMatch:
        return False
    return True


_providers: dict[str, Provider] = {}


def register(*providers: Provider) -> None:
    """Add providers at start-up; a code can be used once."""
    for provider in providers:
        if provider.code in _providers:
            raise ValueError(f"two providers are called {provider.code}")
        _providers[provider.code] = provider


def registered() -> list[Provider]:
    """Return every provider, in the order in which they were registered."""
    return list(_providers.values())


def all_providers() -> list[Provider]:
    """Return the providers whose page is there."""
    return [provider for provider in registered() if provider.is_open]


def get(code: str) -> Provider | None:
    """Return the provider of that code, if its page is there."""
    return next((provider for provider in all_providers() if provider.code == code), None)


def rows_of(provider: Provider, person: access.Person) -> QuerySet[Any]:
    """Return the things of one kind that wait for the person, in the order in which they are told."""
    return access.visible(person, provider.rows(person))


@dataclass(frozen=True)
class Kind:
    """What waits of one kind: the oldest, and how many there are in all."""

    provider: Provider
    tasks: list[Task]
    number: int


def questions(most: int = MOST) -> list[Question]:
    """Return what `kinds` asks, for a page that asks whether there is anything before it asks what."""
    return [Question(_oldest, (provider, most)) for provider in all_providers()]


def kinds(person: access.Person, most: int = MOST) -> list[Kind]:
    """Return each kind of which something waits for the person: a query for each, and one for which."""
    with answerable(questions(most), reader=person):
        found = [_kind(provider, person, most) for provider in all_providers()]
    return [kind for kind in found if kind.number]


def _kind(provider: Provider, person: access.Person, most: int) -> Kind:
    rows = prepared.fetch(_oldest, provider, most, reader=person)
    return Kind(provider, [provider.task(row) for row in rows], rows[0].of_all if rows else 0)


def tasks(person: access.Person) -> list[Task]:
    """Return what waits for the person, at most MOST of a kind, as `told` sorts them."""
    return told(kinds(person))


def told(found: Iterable[Kind]) -> list[Task]:
    """Return the things of every kind, urgent first, then oldest."""
    return in_order(task for kind in found for task in kind.tasks)


def _oldest(reader: access.Person, provider: Provider, most: int) -> QuerySet[Any]:
    # The number of them all comes with each row, so that it costs no query of its own.
    found: QuerySet[Any] = rows_of(provider, reader).annotate(of_all=Window(Count("*")))
    return found[:most]


def in_order(found: Iterable[Task]) -> list[Task]:
    """Sort urgent things first, then by how long they have waited."""
    return sorted(found, key=lambda task: (not task.urgent, task.since or date.max))
