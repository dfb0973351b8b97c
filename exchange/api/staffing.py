"""Who answers for an object: uppdrag and ersättare, and what is lacking, today or on a day."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import Field

from exchange.api.bodies import REASON, REASON_REQUIRED
from exchange.api.nouns import Act, Noun, Part
from exchange.api.schemas import Id, fields_of
from governance.models import Forvaltningsobjekt, Informationssystem, Namnd
from roles import assignments, panel, who
from roles.assignments import BASIS, Basis
from roles.cover import lacking
from roles.models import RoleAssignment, Substitution, User
from roles.staffing import Post

HOLDER = {"person": (Id | None, None), "namnd": (Id | None, None)}


@contextmanager
def called(**names: str) -> Iterator[None]:
    """Let what an action refuses stand at the fields of the API, where they are called otherwise."""
    try:
        yield
    except ValidationError as error:
        if not hasattr(error, "error_dict"):
            raise
        found = {names.get(name, name): faults for name, faults in error.error_dict.items()}
        raise ValidationError(found) from error


def holder_of(person: User | None, namnd: Namnd | None) -> tuple[Any, str]:
    """Return who is to have a role, and at which field. Raises ValidationError for both or none."""
    if (person is None) is (namnd is None):
        raise ValidationError({"person": gettext("Ange en person, eller en nämnd.")})
    return person or namnd, "person" if person else "namnd"


def basis_of(given: dict[str, Any]) -> Basis:
    """Take the ground of an appointment out of what was sent."""
    return Basis(**{name: given.pop(name) for name in BASIS if name in given})


def appoint(
    actor: User,
    objekt: Forvaltningsobjekt,
    *,
    role: str,
    person: User | None = None,
    namnd: Namnd | None = None,
    system: Informationssystem | None = None,
    **given: Any,
) -> RoleAssignment:
    """Appoint to a role: one assignment, on the whole object or on one of its systems."""
    holder, field = holder_of(person, namnd)
    systems = [system] if system else []
    with called(holder=field, systems="system"):
        (made,) = assignments.appoint(
            actor, objekt, role, holder, systems=systems, basis=basis_of(given), **given
        )
    return made


def hand_over(
    actor: User,
    assignment: RoleAssignment,
    *,
    person: User | None = None,
    namnd: Namnd | None = None,
    **given: Any,
) -> RoleAssignment:
    """Hand a role over; the successor's assignment is what is told."""
    successor, field = holder_of(person, namnd)
    with called(holder=field):
        return assignments.hand_over(actor, assignment, successor, basis=basis_of(given), **given)


def substitute(
    actor: User, assignment: RoleAssignment, *, person: User, **given: Any
) -> Substitution:
    """Let somebody stand in."""
    with called(holder="person"):
        return assignments.substitute(actor, assignment, person, **{"valid_to": None, **given})


class Held(Schema):
    """Who has a role today, and who acts in it."""

    uppdrag: int
    person: int | None
    namnd: int | None
    system: int | None
    acting: list[int] = Field(
        ..., description="Innehavaren eller nämndens företrädare, och ersättare."
    )


class Gap(Schema):
    """Days from today on without a holder."""

    first: date
    last: date | None = Field(..., description="null är tills vidare.")
    sentence: str


class Role(Schema):
    """A role of the object."""

    role: str
    name: str
    mandatory: bool
    holders: list[Held]
    coming: list[int] = Field(..., description="Uppdrag som börjar senare.")
    vacant_since: date | None
    gaps: list[Gap] = Field(..., description="Bara för obligatoriska roller.")
    appointed_by: str = Field(..., description="Vem som utser, i ord.")


class Staffing(Schema):
    """The roles of an object as they stand today."""

    roles: list[Role]


def told(person: User, objekt: Forvaltningsobjekt) -> dict[str, Any]:
    """Return the object's roles today, as the person may know of them."""
    loaded = panel.load(person, [objekt])[objekt.pk]
    posts = [*loaded.staffing.mandatory, *loaded.staffing.operative]
    return {"roles": [_post(loaded, post) for post in posts]}


def _post(loaded: panel.Panel, post: Post) -> Mapping[str, Any]:
    role = post.role
    gaps = post.gaps() if role.mandatory else []
    return {
        "role": role.code,
        "name": gettext(role.name),
        "mandatory": role.mandatory,
        "holders": [
            {
                "uppdrag": held.pk,
                "person": held.person_id,
                "namnd": held.namnd_id,
                "system": held.system_id,
                "acting": [one.pk for one in loaded.acting(held)],
            }
            for held in post.current
        ],
        "coming": [held.pk for held in post.upcoming],
        "vacant_since": post.vacant_since,
        "gaps": [
            {"first": gap.start, "last": gap.end, "sentence": lacking(role, gap)} for gap in gaps
        ],
        "appointed_by": who.appointers_in_words(loaded, role.code),
    }


STAFFING = Part("bemanning", _("Läs vilka som svarar för objektet i dag"), Staffing, told)
NOUNS = (
    Noun(
        "roller",
        RoleAssignment,
        parent="objekt",
        writable=("role", "person", "namnd", "system", "valid_from", "valid_to", *BASIS),
        within=("objekt", "role", "person", "namnd", "system"),
        create=appoint,
        remove=assignments.cancel,
        acts=(
            Act(
                "hand_over",
                _("Lämna över rollen till en efterträdare"),
                hand_over,
                {
                    **HOLDER,
                    "on": (date, ...),
                    **fields_of(RoleAssignment, BASIS),
                    **REASON_REQUIRED,
                },
                begins=True,
            ),
            Act(
                "end",
                _("Avsluta uppdraget"),
                assignments.end,
                {"on": (date, ...), **REASON_REQUIRED},
            ),
        ),
    ),
    Noun(
        "ersattare",
        Substitution,
        parent="assignment",
        writable=("person", "valid_from", "valid_to"),
        within=("assignment", "person"),
        create=substitute,
        acts=(
            Act(
                "end",
                _("Avsluta ersättningen"),
                assignments.end_substitution,
                {"on": (date, ...), **REASON},
                ends=True,
            ),
        ),
    ),
)
