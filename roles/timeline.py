"""How the history of people, assignments, substitutes and representatives is reached and told."""

from functools import partial
from typing import Any

from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.history import came_or_left, ever
from governance.history.names import UNTOLD, Names, register_names
from governance.history.timeline import register_path, register_tracked
from governance.history.wording import (
    Change,
    Item,
    Turn,
    address,
    dmy,
    genitive,
    page_of,
    register_wording,
)
from governance.models import Forvaltningsobjekt, Informationsmangd, Informationssystem, Namnd
from roles.catalogue import BY_CODE, NAMND
from roles.models import Representant, RoleAssignment, Substitution, User


def role_in_words(code: str) -> str:
    """Return the role inside a sentence: förvaltningsledare IT, IT-specialist."""
    role = BY_CODE[code]
    name = _(role.subtitle if code == NAMND else role.name)
    return name if name.startswith("IT") else name[:1].lower() + name[1:]


def period(row: Any) -> str:
    """Return from when, and until when where that is known."""
    since = _("från och med %(day)s") % {"day": dmy(row.valid_from)}
    if row.valid_to is None:
        return since
    return f"{since} " + _("till och med %(day)s") % {"day": dmy(row.valid_to)}


def tell_assignment(turn: Turn, names: Names, item: Item, subject: Model | None) -> None:
    """Say who holds which role from when, or whose time ends when."""
    row = turn.row
    objekt = names.thing(Forvaltningsobjekt, row.objekt_id)
    holder = names.thing(User, row.person_id) or names.thing(Namnd, row.namnd_id)
    item.objekt, item.name = str(objekt or UNTOLD), str(holder or UNTOLD)
    item.page = partial(address, holder)
    words = {
        "who": item.name,
        "whose": genitive(item.name),
        "role": role_in_words(row.role),
        "where": where(row, names, subject),
        "period": period(row),
    }
    if turn.removed:
        sentence = _("%(who)s blir inte %(role)s%(where)s %(period)s: det togs tillbaka.")
        item.changes = []
    elif turn.before is None:
        sentence = _("%(who)s är %(role)s%(where)s %(period)s.")
        item.changes = _ground(item.changes)
    elif turn.before.valid_to != row.valid_to:
        sentence = ends_in_words(turn)
        item.changes = [c for c in item.changes if c.label != _("Till och med")]
    else:
        sentence = _("%(whose)s uppdrag som %(role)s%(where)s ändrades.")
    words["last"] = dmy(row.valid_to) if row.valid_to else ""
    item.sentence = sentence % words


def ends_in_words(turn: Turn) -> str:
    """Return the sentence about a last day that was set, moved or taken away."""
    if turn.row.valid_to is None:
        return _("%(whose)s uppdrag som %(role)s%(where)s gäller åter tills vidare.")
    if turn.row.valid_to < timezone.localdate():
        return _("%(whose)s uppdrag som %(role)s%(where)s avslutades %(last)s.")
    return _("%(whose)s uppdrag som %(role)s%(where)s avslutas %(last)s.")


def where(row: Any, names: Names, subject: Model | None) -> str:
    """Return on which object and system, unless the reader is there already."""
    said = ""
    if not (isinstance(subject, Forvaltningsobjekt) and subject.pk == row.objekt_id):
        said = " " + _("för %(objekt)s") % {"objekt": names.name(Forvaltningsobjekt, row.objekt_id)}
    if row.system_id:
        system = names.name(Informationssystem, row.system_id)
        said += " " + _("(bara %(system)s)") % {"system": system}
    return said


def _ground(changes: list[Change]) -> list[Change]:
    """Keep what the sentence does not say: decision, on whose behalf, who was consulted."""
    kept = {_("Beslut"), _("På uppdrag av"), _("Rådfrågad resursägare")}
    return [c for c in changes if c.label in kept]


def tell_substitution(turn: Turn, names: Names, item: Item, subject: Model | None) -> None:
    """Say who stands in for whom, and when."""
    row = turn.row
    assignment = names.thing(RoleAssignment, row.assignment_id)
    substitute = names.thing(User, row.person_id)
    item.name, item.page = str(substitute or UNTOLD), partial(address, substitute)
    item.objekt = str(assignment.objekt) if assignment else ""
    words = {
        "who": item.name,
        "whose": genitive(item.name),
        "holder": str(assignment.person) if assignment else UNTOLD,
        "role": role_in_words(assignment.role) if assignment else UNTOLD,
        "where": "",
        "period": period(row),
        "last": dmy(row.valid_to),
    }
    if assignment and not (isinstance(subject, Forvaltningsobjekt)):
        words["where"] = " " + _("för %(objekt)s") % {"objekt": item.objekt}
    if turn.removed:
        sentence = _("%(who)s blir inte ersättare för %(holder)s %(period)s: det togs tillbaka.")
    elif turn.before is None:
        sentence = _("%(who)s är ersättare för %(holder)s, %(role)s%(where)s, %(period)s.")
    else:
        sentence = _(
            "%(whose)s tid som ersättare för %(holder)s, %(role)s%(where)s, slutar %(last)s."
        )
    item.sentence, item.changes = sentence % words, []


def tell_representant(turn: Turn, names: Names, item: Item, _subject: Model | None) -> None:
    """Say who acts for which nämnd."""
    person = names.thing(User, turn.row.person_id)
    words = {"who": person or UNTOLD, "namnd": names.name(Namnd, turn.row.namnd_id)}
    item.name, item.page, item.changes = str(person or UNTOLD), partial(address, person), []
    if turn.removed:
        item.sentence = _("%(who)s företräder inte längre %(namnd)s.") % words
    else:
        item.sentence = _("%(who)s företräder %(namnd)s.") % words


def tell_person(turn: Turn, _names: Names, item: Item, _subject: Model | None) -> None:
    """Say who it is about, and in a sentence that somebody has left or is back."""
    row = turn.row
    item.name = f"{row.first_name} {row.last_name}".strip() or row.username
    item.page = page_of(User, row.id)
    if turn.before is not None and turn.before.is_active != row.is_active:
        said = (
            _("%(who)s är verksam igen och kan logga in.")
            if row.is_active
            else _("%(who)s har slutat: kontot är inaktiverat.")
        )
        item.sentence = said % {"who": item.name}
        label = str(User._meta.get_field("is_active").verbose_name)
        item.changes = [c for c in item.changes if c.label.lower() != label.lower()]


def register() -> None:
    """Tell governance's timeline of all this. Called once, when RegIT starts."""
    register_tracked(RoleAssignment, Substitution, Representant, User)
    # One that was taken back is in the history only.
    register_names(RoleAssignment, last_said=True, follow=("person", "namnd", "objekt"))
    register_wording(RoleAssignment, tell_assignment)
    register_wording(Substitution, tell_substitution)
    register_wording(Representant, tell_representant)
    register_wording(User, tell_person)
    for subject, column in (
        (Forvaltningsobjekt, "objekt"),
        (Informationssystem, "system"),
        (Namnd, "namnd"),
    ):
        _register_staffing(subject, column)
    register_path(Namnd, Representant, lambda pk: Q(namnd=pk))
    register_path(User, User, lambda pk: Q(id=pk))
    for model in (RoleAssignment, Substitution, Representant):
        register_path(User, model, lambda pk: Q(person=pk))
    register_path(
        User,
        Informationsmangd,
        lambda pk: came_or_left(Informationsmangd, "informationsagare_id", pk),
    )


def _register_staffing(subject: type[Model], column: str) -> None:
    register_path(subject, RoleAssignment, lambda pk: Q(**{column: pk}))
    register_path(
        subject, Substitution, lambda pk: Q(assignment__in=ever(RoleAssignment, **{column: pk}))
    )
