"""Who is to hold what, against who holds it: the decisions behind rows and proposals of roles."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from exchange.importing.draft import Draft, Reading, Spot, change
from exchange.importing.plan import Fate, Line
from exchange.mapping import Entry
from governance.models import Forvaltningsobjekt, Informationssystem, Namnd
from roles.assignments import (
    BASIS,
    Basis,
    assignment_of,
)
from roles.catalogue import BY_CODE
from roles.models import RoleAssignment, User
from roles.requirements import (
    ONE_DAY,
    check_handover_day,
    check_holder,
    check_open,
)
from roles.staffing import overlap


@dataclass
class Request:
    """That somebody shall hold a role on an object, from a day or from now."""

    objekt: Forvaltningsobjekt
    role: str
    holder: User | Namnd
    valid_from: date | None
    valid_to: date | None
    system: Informationssystem | None
    basis: Basis
    line: Line
    reading: Reading
    entry: Entry

    @property
    def is_role_row(self) -> bool:
        """Whether it is a row of the sheet of roles, not the nämnd named on an object."""
        return self.reading.mapping.subject == "roller"

    def spot(self, code: str) -> Spot:
        """Return where a field stands; the sheet of objects has the nämnd alone."""
        return self.reading.spot(self.entry, code if self.is_role_row else "namnd")


class Staffer:
    """Carries out requests on the draft, one after the other."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.rows: dict[int, int] = {}

    def carry_out(self, request: Request) -> None:
        """Leave, change, hand over or appoint; what cannot be is an error at its column."""
        held = self._held_by_the_same(request)
        if held:
            self._keep(request, held)
        elif not self._may_hold(request):
            return
        elif BY_CODE[request.role].mandatory:
            self._take_over(request)
        else:
            self._appoint(request, request.valid_to)

    def _may_hold(self, request: Request) -> bool:
        last = request.valid_to
        if last and not request.valid_from and last < self.draft.today:
            text = _(
                "Slutdatumet har passerat. Skriv också från och med vilken dag uppdraget gällde."
            )
            self._refuse(request, "valid_to", text)
            return False
        asked: dict[str, Callable[[], None]] = {
            "objekt": lambda: check_open(request.objekt),
            "holder": lambda: check_holder(request.role, request.holder),
        }
        for code, check in asked.items():
            try:
                check()
            except ValidationError as error:
                self._refuse(request, code, error.messages[0])
                return False
        return True

    def _held_by_the_same(self, request: Request) -> RoleAssignment | None:
        """Return the assignment that the row is about: the same holder, those days or next to them."""
        mine = [
            a
            for a in self.draft.post(request.objekt, request.role)
            if a.holder is request.holder and a.system is request.system
        ]
        exact = [a for a in mine if a.valid_from == request.valid_from]
        today = self.draft.today
        start = request.valid_from or min(request.valid_to or today, today)
        lasting = [a for a in mine if overlap(start, request.valid_to, a.valid_from, a.valid_to)]
        return next(iter(exact or lasting), None)

    def _keep(self, request: Request, held: RoleAssignment) -> None:
        """Leave what is as the row says; an end and a ground that it states are changed."""
        if not request.is_role_row:
            return
        earlier = self.rows.setdefault(id(held), request.line.row)
        if earlier != request.line.row:
            words: dict[str, Any] = {"row": earlier, "who": request.holder}
            text = _("%(who)s har rollen på rad %(row)s, samma dagar. Ta bort den ena raden.")
            self._refuse(request, "holder", text % words)
            return
        self._change(request, held, "valid_to", request.valid_to)
        for name in BASIS:
            self._change(request, held, name, getattr(request.basis, name))
        if request.valid_from and request.valid_from != held.valid_from:
            text = _("%(who)s har rollen sedan %(day)s i registret. Det datumet ändras inte.")
            said = text % {"day": held.valid_from, "who": request.holder}
            self.draft.notes.warn(*request.spot("valid_from"), said)

    def _change(self, request: Request, held: RoleAssignment, name: str, value: Any) -> None:
        old = getattr(held, name)
        if not value or value == old:
            return
        if name == "valid_to" and (old is None or value < old):
            self.draft.work.end(held, value)
        else:
            self.draft.work.assign(held, name, value)
        request.line.fate = Fate.CHANGED
        request.line.changes.append(change(request.reading.label(name), old or "", value))

    def _take_over(self, request: Request) -> None:
        """Appoint to a role that one holds; whoever holds it that day hands it over."""
        start, end = request.valid_from or self.draft.today, request.valid_to
        others = [
            a
            for a in self.draft.post(request.objekt, request.role)
            if overlap(start, end, a.valid_from, a.valid_to)
        ]
        for other in others:
            if id(other) in self.rows:
                words: dict[str, Any] = {"row": self.rows[id(other)], "who": other.holder}
                text = _(
                    "Rollen har redan en innehavare de dagarna: %(who)s, rad %(row)s. "
                    "Låt den enas tid sluta dagen innan den andras börjar."
                )
                self._refuse(request, "holder", text % words)
                return
        current = [a for a in others if a.valid_from <= start]
        followers = sorted((a for a in others if a.valid_from > start), key=lambda a: a.valid_from)
        if followers and end is None:
            end = followers[0].valid_from - ONE_DAY
        elif followers:
            words = {"who": followers[0].holder, "day": followers[0].valid_from}
            text = _("%(who)s har rollen från och med %(day)s. Välj ett tidigare slutdatum.")
            self._refuse(request, "valid_to", text % words)
            return
        if current and not self._hand_over(request, current[0], start):
            return
        self._appoint(request, end)

    def _hand_over(self, request: Request, current: RoleAssignment, start: date) -> bool:
        try:
            check_handover_day(current, start)
        except ValidationError as error:
            said = f"{current.holder}: {error.messages[0]}"
            self._refuse(request, "valid_from", said)
            return False
        self.draft.work.end(current, start - ONE_DAY)
        role = _(BY_CODE[request.role].name)
        request.line.fate = Fate.CHANGED
        request.line.changes.append(change(role, current.holder, request.holder))
        return True

    def _appoint(self, request: Request, end: date | None) -> None:
        made = assignment_of(
            self.draft.actor,
            request.objekt,
            request.role,
            request.holder,
            request.valid_from or self.draft.today,
            end,
            request.basis,
            request.system,
        )
        self.draft.new_assignment(made)
        self.rows[id(made)] = request.line.row
        if request.line.fate is Fate.SAME:
            request.line.fate = Fate.NEW

    def _refuse(self, request: Request, code: str, sentence: str) -> None:
        request.line.fate = Fate.WRONG
        self.draft.notes.error(*request.spot(code), sentence)
