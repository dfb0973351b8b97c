"""The five role cards, and the rows of operative roles, as plain data for templates."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from governance.models import Informationssystem
from governance.templatetags.regit import dmy
from roles import who
from roles.catalogue import BY_CODE, NAMND, Role
from roles.models import RoleAssignment, Substitution, User
from roles.panel import Panel
from roles.staffing import Post

# The order of the delegation: each side runs down from the nämnd. (code, place in the grid, level)
CHAIN = (
    ("namnd", "namnd", "lv0"),
    ("objektagare", "oa", "lv1"),
    ("forvaltningsledare", "fl", "lv2"),
    ("objektagare_it", "oait", "lv1"),
    ("forvaltningsledare_it", "flit", "lv2"),
)
APPOINT = {
    "namnd": noop("Ange nämnd"),
    "objektagare": noop("Utse objektägare"),
    "objektagare_it": noop("Utse objektägare IT"),
    "forvaltningsledare": noop("Utse förvaltningsledare"),
    "forvaltningsledare_it": noop("Utse förvaltningsledare IT"),
    "systemforvaltare": noop("Utse systemförvaltare"),
    "it_specialist": noop("Utse IT-specialist"),
    "systemdriftansvarig": noop("Utse systemdriftansvarig"),
}


@dataclass(frozen=True)
class Action:
    """Something the reader may do, as a link; `about` is added for those who only hear it."""

    label: str
    url: str
    about: str = ""


@dataclass
class Card:
    """One of the five roles on an object, ready to be shown."""

    role: Role
    place: str
    level: str
    holder: Any = None
    url: str = ""
    left: bool = False
    vacant: bool = False
    loud: bool = False
    """Vacant or left, on an object that is not wound up: shown in red."""
    first: bool = False
    """The first loud card whose button the reader may press."""
    unit: str = ""
    email: str = ""
    phone: str = ""
    since: str = ""
    ground: str = ""
    missing: str = ""
    appointers: SafeString | None = None
    button: Action | None = None
    next: RoleAssignment | None = None
    next_link: SafeString | str = ""
    next_actions: list[Action] = field(default_factory=list)
    substitution: Substitution | None = None
    substitution_is_current: bool = False
    substitute_link: SafeString | str = ""
    representatives: list[User] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)


def cards(panel: Panel) -> list[Card]:
    """Return the five cards in the order of the delegation."""
    made = [_card(panel, code, place, level) for code, place, level in CHAIN]
    first = next((card for card in made if card.button), None)
    if first:
        first.first = True
    return made


def _card(panel: Panel, code: str, place: str, level: str) -> Card:
    post = panel.post(code)
    card = Card(post.role, place, level, next=post.next)
    if post.next and panel.may_appoint(post.role):
        card.next_actions = [_action("cancel", post.next, _("Ta tillbaka"))]
    card.next_link = who.link(post.next.holder) if post.next else ""
    assignment = post.holder
    if assignment is None:
        _vacant(card, panel, post)
    else:
        _held(card, panel, assignment)
    return card


def _vacant(card: Card, panel: Panel, post: Post) -> None:
    card.vacant, card.loud = True, panel.is_open
    since = post.vacant_since
    card.missing = (
        _("Saknas sedan %(day)s.") % {"day": dmy(since)} if since else _("Har inte tillsatts än.")
    )
    card.appointers = who.appointers(panel, post.role.code)
    if panel.may_appoint(post.role):
        url = reverse("roles:appoint", args=[panel.objekt.pk, post.role.code])
        card.button = Action(_(APPOINT[post.role.code]), url)


def _held(card: Card, panel: Panel, assignment: RoleAssignment) -> None:
    holder = card.holder = assignment.holder
    card.url = who.page(holder)
    card.unit, card.email, card.phone = contact(holder)
    card.since, card.ground = spell(assignment), ground(assignment)
    card.left = not getattr(holder, "is_active", True)
    card.loud = card.left and panel.is_open
    card.representatives = panel.representatives(assignment)
    card.substitution = panel.substitution(assignment)
    if card.substitution:
        card.substitution_is_current = card.substitution.is_current(panel.day)
        card.substitute_link = who.link(card.substitution.person)
    may = panel.may_appoint(card.role)
    if card.loud:
        card.appointers = who.appointers(panel, card.role.code)
        card.button = _action("hand_over", assignment, _("Utse efterträdare")) if may else None
    if may:
        card.actions = actions(panel, assignment)
    if card.button:  # the button is the handover
        card.actions = card.actions[1:]


def actions(panel: Panel, assignment: RoleAssignment) -> list[Action]:
    """Return what whoever may appoint to the role can do with this assignment."""
    role, person = BY_CODE[assignment.role], assignment.role != NAMND
    found = [_action("hand_over", assignment, _("Lämna över"))]
    if person:
        found.append(_action("substitute", assignment, _("Utse ersättare")))
    if not role.mandatory or panel.objekt.status == "utkast":
        found.append(_action("end", assignment, _("Avsluta")))
    substitution = panel.substitution(assignment)
    if substitution:
        url = reverse("roles:end_substitution", args=[substitution.pk])
        found.append(Action(_("Avsluta ersättningen"), url, str(substitution.person)))
    return found


def _action(name: str, assignment: RoleAssignment, label: str) -> Action:
    about = f"{_(BY_CODE[assignment.role].name)}, {assignment.holder}"
    return Action(label, reverse(f"roles:{name}", args=[assignment.pk]), about)


def contact(holder: Any) -> tuple[str, str, str]:
    """Return what tells namesakes apart, and how the holder is reached: unit, e-mail, telephone."""
    if isinstance(holder, User):
        return ", ".join(filter(None, [holder.title, holder.unit])), holder.email, holder.phone
    return holder.reglemente, holder.email, ""


def spell(assignment: RoleAssignment) -> str:
    """Say since when, and until when where that is decided."""
    if assignment.valid_to is None:
        return _("Sedan %(day)s") % {"day": dmy(assignment.valid_from)}
    return f"{dmy(assignment.valid_from)} – {dmy(assignment.valid_to)}"


def ground(assignment: RoleAssignment) -> str:
    """Say who appointed, on whose behalf (clause 4.a), by which decision and with whom consulted."""
    parts = []
    if assignment.appointed_by:
        parts.append(_("Utsedd av %(who)s") % {"who": assignment.appointed_by})
    if assignment.on_behalf_of:
        parts.append(_("på uppdrag av %(who)s") % {"who": assignment.on_behalf_of})
    if assignment.decision_reference:
        parts.append(_("beslut %(reference)s") % {"reference": assignment.decision_reference})
    if assignment.consulted_resursagare:
        parts.append(_("i samråd med %(who)s") % {"who": assignment.consulted_resursagare})
    text = ", ".join(parts)
    return text[:1].upper() + text[1:]


@dataclass
class Part:
    """One assignment of a person in an operative role: the whole object, or one system."""

    assignment: RoleAssignment
    system: Informationssystem | None
    since: str
    begun: bool
    substitution: Substitution | None
    actions: list[Action]

    @property
    def url(self) -> str:
        """Return the address of the system's page."""
        return reverse("governance:system_detail", args=[self.system.pk]) if self.system else ""


@dataclass
class Row:
    """A person in an operative role, with all that it covers."""

    role: Role
    person: User
    url: str
    unit: str
    email: str
    phone: str
    parts: list[Part] = field(default_factory=list)


def operative_rows(panel: Panel, system: Informationssystem | None = None) -> list[Row]:
    """Return who holds, or will hold, operative roles (on this system)."""
    rows: dict[tuple[str, int], Row] = {}
    for post in panel.staffing.operative:
        for assignment in [*post.current, *post.upcoming]:
            if system and assignment.system_id not in (None, system.pk):
                continue
            person = assignment.person
            if person is None:
                continue
            key = (post.role.code, person.pk)
            if key not in rows:
                rows[key] = Row(post.role, person, who.page(person), *contact(person))
            rows[key].parts.append(_part(panel, post.role, assignment))
    return list(rows.values())


def _part(panel: Panel, role: Role, assignment: RoleAssignment) -> Part:
    begun = assignment.valid_from <= panel.day
    possible: list[Action] = []
    if panel.may_appoint(role):
        possible = (
            actions(panel, assignment)
            if begun
            else [_action("cancel", assignment, _("Ta tillbaka"))]
        )
    since = spell(assignment) if begun else _("Från %(day)s") % {"day": dmy(assignment.valid_from)}
    return Part(
        assignment, assignment.system, since, begun, panel.substitution(assignment), possible
    )


def appoint_actions(panel: Panel, roles: Iterable[Role]) -> list[Action]:
    """Return the links that appoint to these roles, where the reader may."""
    return [
        Action(
            _(APPOINT[role.code]),
            reverse("roles:appoint", args=[panel.objekt.pk, role.code]),
        )
        for role in roles
        if panel.may_appoint(role)
    ]
