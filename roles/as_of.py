"""Who answered for an object as the register told of it when a day ended, as a Panel of today's kind."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Min
from django.utils.translation import gettext as _

from governance import access
from governance.history import as_of, as_thing, end_of, ever, rows_of
from governance.history.names import Names
from governance.history.wording import genitive, swedish_day
from governance.models import Forvaltningsobjekt, Informationssystem, Namnd
from roles import rules
from roles.models import Representant, RoleAssignment, Substitution, User
from roles.panel import Panel
from roles.staffing import Staffing
from roles.timeline import role_in_words


def panel_on(reader: access.Person, objekt: Forvaltningsobjekt, day: date) -> Panel:
    """Return the staffing that the register told of on the day: five queries, whatever its size.

    Spells that cover the day by what was known then; nothing can be done about it now.
    """
    rows = as_of(RoleAssignment, day, ever(RoleAssignment, objekt=objekt.pk))
    assignments = [as_thing(row) for row in access.visible(reader, rows.filter(objekt=objekt.pk))]
    assignments.sort(key=lambda a: (a.valid_from, a.pk))
    substitutions = _things(reader, Substitution, day, assignment__in=[a.pk for a in assignments])
    acting = _things(reader, Representant, day, namnd__in={a.namnd_id for a in assignments})
    _join(reader, day, assignments, substitutions, acting)
    return Panel(objekt, Staffing(assignments, day), reader, frozenset(), day)


def _things(reader: access.Person, model: Any, day: date, **about: Any) -> list[Any]:
    rows = as_of(model, day, ever(model, **about)).filter(**about)
    return [as_thing(row) for row in access.visible(reader, rows)]


def _join(
    reader: access.Person,
    day: date,
    assignments: list[Any],
    substitutions: list[Any],
    acting: list[Any],
) -> None:
    """Give each assignment the people, nämnd, system and substitutes of that day."""
    pks = {x.person_id for x in (*assignments, *substitutions, *acting)}
    pks |= {a.appointed_by_id for a in assignments}
    namnder = {a.namnd_id for a in assignments}
    names = Names(reader, day=day)
    names.find({User: pks, Namnd: namnder, Informationssystem: {a.system_id for a in assignments}})
    people = _people(names, pks - {None})
    for one in (*substitutions, *acting):
        one.person = people[one.person_id]
    for namnd in filter(None, (names.thing(Namnd, pk) for pk in namnder)):
        _keep(namnd, "representanter", [r for r in acting if r.namnd_id == namnd.pk])
    for a in assignments:
        a.person, a.namnd = people.get(a.person_id), names.thing(Namnd, a.namnd_id)
        a.system = names.thing(Informationssystem, a.system_id)
        a.appointed_by = people.get(a.appointed_by_id)
        current = [s for s in substitutions if s.assignment_id == a.pk and s.valid_to >= day]
        _keep(a, "substitutions", current)


def _people(names: Names, pks: set[Any]) -> dict[Any, Any]:
    """Return the people as they were told of; one whose account came later, as today."""
    found = {pk: person for pk in pks if (person := names.thing(User, pk)) is not None}
    missing = pks - found.keys()
    return found | (User.objects.in_bulk(missing) if missing else {})


def _keep(thing: Any, name: str, related: list[Any]) -> None:
    """Let `thing.name.all()` be these, as prefetch_related does."""
    thing._prefetched_objects_cache = {name: related}


@dataclass(frozen=True)
class Later:
    """What was registered after a day about that very day, in a sentence."""

    sentence: str
    day: date


def registered_later(panel: Panel) -> list[Later]:
    """Return what the register has learnt since about who answered on the panel's day.

    A date in the past never changes who did what; it changes what is known to have been valid.
    """
    told = {a.pk: a for post in panel.staffing.posts.values() for a in post.current}
    valid = access.visible(
        panel.user, RoleAssignment.objects.filter(rules.on(panel.day), objekt=panel.objekt.pk)
    ).select_related("person", "namnd")
    known = {a.pk: a for a in valid}
    new, gone = known.keys() - told.keys(), told.keys() - known.keys()
    when = _first_written([*new, *gone], panel.day)
    found = [
        Later(_("%(who)s var %(role)s den dagen.") % _words(known[pk]), when[pk]) for pk in new
    ]
    found += [
        Later(
            _("%(whose)s uppdrag som %(role)s gällde inte den dagen.") % _words(told[pk]), when[pk]
        )
        for pk in gone
    ]
    return sorted(found, key=lambda later: (later.day, later.sentence))


def _first_written(pks: list[Any], after: date) -> dict[Any, date]:
    rows = rows_of(RoleAssignment).filter(id__in=pks, history_date__gte=end_of(after))
    found = rows.values("id").annotate(at=Min("history_date"))
    return {row["id"]: swedish_day(row["at"]) for row in found}


def _words(assignment: RoleAssignment) -> dict[str, str]:
    who = str(assignment.holder)
    return {"who": who, "whose": genitive(who), "role": role_in_words(assignment.role)}
