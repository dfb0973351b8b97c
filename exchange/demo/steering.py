"""How the objects of the demo are steered: two years of plans and of all that follows from them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from exchange.demo.agreements import agreements
from exchange.demo.events import Event
from exchange.demo.judgements import judgements
from exchange.demo.meetings import meetings
from exchange.demo.money import money
from exchange.demo.plans import plans
from exchange.demo.stories import stories
from exchange.demo.work import work

if TYPE_CHECKING:
    from exchange.demo.municipality import World


def steering(world: "World") -> Iterator[Event]:
    """Yield the steering of every object in management, a subject at a time."""
    for story in stories(world):
        for subject in (agreements, plans, money, work, meetings, judgements):
            yield from subject(story)
