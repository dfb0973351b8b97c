"""Every noun of the API, in the order of its description."""

from exchange.api import agreements, meetings, people, plans, register, staffing, steering
from exchange.api.nouns import Noun

NOUNS: tuple[Noun, ...] = (
    *register.NOUNS,
    *people.NOUNS,
    *staffing.NOUNS,
    *agreements.NOUNS,
    *plans.NOUNS,
    *steering.NOUNS,
    *meetings.NOUNS,
)
