"""From a book and its instructions to a plan. Reads the register once; writes nothing."""

from typing import Any

from exchange.importing.connections import plan_information, plan_samband
from exchange.importing.draft import Draft
from exchange.importing.instructions import Instructions
from exchange.importing.objects import plan_namnder, plan_objects, plan_status
from exchange.importing.people import Directory
from exchange.importing.plan import Plan
from exchange.importing.proposals import plan_proposals
from exchange.importing.register import Register
from exchange.importing.roller import plan_roles
from exchange.importing.similar import warn_of_near_names
from exchange.importing.staffing import Staffer
from exchange.importing.systems import plan_systems
from exchange.reading.book import Book


def make_plan(actor: Any, book: Book, instructions: Instructions) -> Plan:
    """Return what importing the book would do, as this person (None: RegIT itself).

    A constant number of queries, whatever the size of the file. Raises Unreadable for a file with
    nothing but errors.
    """
    draft = Draft(actor, Register.load(actor))
    for problem in book.problems:
        draft.note(problem)
    people, staffer = Directory(draft), Staffer(draft)
    mappings = instructions.mappings

    objects = plan_objects(draft, instructions.sheets(book, "objekt"), mappings)
    systems = plan_systems(draft, instructions.sheets(book, "system"), instructions)
    warn_of_near_names(draft, systems)
    plan_roles(draft, people, staffer, instructions.sheets(book, "roller"), mappings)
    plan_namnder(draft, staffer, objects)
    plan_proposals(draft, people, systems)
    plan_samband(draft, instructions.sheets(book, "samband"), mappings)
    sheets = instructions.sheets(book, "informationsmangder")
    plan_information(draft, people, sheets, mappings)
    for row in objects:
        plan_status(draft, row)

    order = {sheet.name: index for index, sheet in enumerate(book.sheets)}
    lines = sorted(draft.lines, key=lambda line: (order[line.sheet], line.row))
    unread = [sheet.name for sheet in book.sheets if sheet.name not in mappings]
    return Plan(lines, draft.consequences, draft.notes.problems, unread, draft.work)
