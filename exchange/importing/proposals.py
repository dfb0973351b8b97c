"""Contacts and owners named on systems, proposed for the roles that nobody holds on their object."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from exchange.importing.draft import Draft, Spot
from exchange.importing.parties import find_namnd
from exchange.importing.people import Directory
from exchange.importing.plan import Consequence
from exchange.importing.rows import ROLE_CODES, SystemRow
from governance.models import Forvaltningsobjekt, Namnd
from roles.assignments import assignment_of
from roles.catalogue import BY_CODE, NAMND
from roles.models import RoleAssignment, User
from roles.staffing import overlap
from roles.who import inside_sentence

Status = Forvaltningsobjekt.Status
SHOWN = 5


@dataclass
class Proposal:
    """Everybody that the systems of one object name for one role, and how many name each."""

    objekt: Forvaltningsobjekt
    role: str
    spot: Spot
    named: Counter[int] = field(default_factory=Counter)
    who: dict[int, User | Namnd] = field(default_factory=dict)

    def count(self, holder: User | Namnd, weight: int) -> None:
        """Note that a system names somebody; who is named first in its cell weighs one."""
        self.who[id(holder)] = holder
        self.named[id(holder)] += weight


def plan_proposals(draft: Draft, people: Directory, rows: Iterable[SystemRow]) -> None:
    """Make every person that a system names, and appoint where the role is vacant on an utkast.

    The one that most systems name, among those named first in their cells; the others are listed.
    """
    proposals: dict[tuple[int, str], Proposal] = {}
    for row in rows:
        for role in ROLE_CODES:
            _collect(draft, people, row, role, proposals)
    for proposal in proposals.values():
        _appoint(draft, proposal)


def _collect(
    draft: Draft,
    people: Directory,
    row: SystemRow,
    role: str,
    proposals: dict[tuple[int, str], Proposal],
) -> None:
    assert row.system is not None  # noqa: S101 - planned rows only
    objekt = row.system.objekt
    for index, holder in enumerate(_holders(draft, people, row, role)):
        proposal = proposals.setdefault((id(objekt), role), Proposal(objekt, role, row.spot(role)))
        proposal.count(holder, 0 if index else 1)


def _holders(draft: Draft, people: Directory, row: SystemRow, role: str) -> list[User | Namnd]:
    said = row.get(role)
    if not said:
        return []
    if role == NAMND:
        namnd = find_namnd(draft, str(said), row.spot(role))
        return [namnd] if namnd else []
    found = [people.find(person, row.spot(role), strict=False) for person in said]
    return [user for user in found if user]


def _appoint(draft: Draft, proposal: Proposal) -> None:
    post = draft.post(proposal.objekt, proposal.role)
    held = [a for a in post if overlap(draft.today, None, a.valid_from, a.valid_to)]
    if held:
        _warn_of_another(draft, proposal, held[0])
        return
    if proposal.objekt.status != Status.UTKAST:
        return
    ranked = [(proposal.who[key], count) for key, count in proposal.named.most_common()]
    present = [(w, n) for w, n in ranked if isinstance(w, Namnd) or w.is_active]
    if not present:
        return
    chosen, _count = present[0]
    draft.new_assignment(
        assignment_of(draft.actor, proposal.objekt, proposal.role, chosen, draft.today)
    )
    role = _(BY_CODE[proposal.role].name)
    draft.consequences.append(Consequence("uppdrag", f"{proposal.objekt}: {chosen}", role))
    _list_the_others(draft, proposal, chosen, [(w, n) for w, n in ranked if w is not chosen])


def _list_the_others(
    draft: Draft, proposal: Proposal, chosen: User | Namnd, others: list[tuple[User | Namnd, int]]
) -> None:
    if not others:
        return
    said = [
        str(who) if count < 2 else _("%(who)s (%(n)s system)") % {"who": who, "n": count}
        for who, count in others
    ]
    more = _(" och %s till") % (len(said) - SHOWN) if len(said) > SHOWN else ""
    words = {
        "objekt": proposal.objekt,
        "role": inside_sentence(_(BY_CODE[proposal.role].name)),
        "who": chosen,
        "others": ", ".join(said[:SHOWN]) + more,
    }
    text = _("%(objekt)s: %(who)s föreslås som %(role)s. Nämns också: %(others)s.")
    draft.notes.warn(*proposal.spot, text % words)


def _warn_of_another(draft: Draft, proposal: Proposal, held: RoleAssignment) -> None:
    """Say that the role is held by somebody whom no system names: nothing is changed by that."""
    if any(holder is held.holder for holder in proposal.who.values()):
        return
    words = {
        "objekt": proposal.objekt,
        "who": held.holder,
        "role": _(BY_CODE[proposal.role].name).lower(),
    }
    text = _("%(objekt)s har redan %(role)s: %(who)s. Det ändras inte av systemens uppgifter.")
    draft.notes.warn(*proposal.spot, text % words)
