"""The import: a book and how to read it → a plan of every row's fate → the register, all or nothing.

instructions = Instructions.guess(book)
plan = make_plan(actor, book, instructions)        # writes nothing
confirm(actor, book, instructions, plan.fingerprint, reason="Inflyttning")
"""

from exchange.importing.confirming import Stale, confirm
from exchange.importing.instructions import Instructions
from exchange.importing.plan import Change, Consequence, Fate, Line, Plan
from exchange.importing.planning import make_plan

__all__ = [
    "Change",
    "Consequence",
    "Fate",
    "Instructions",
    "Line",
    "Plan",
    "Stale",
    "confirm",
    "make_plan",
]
