"""The guarantee "covered from today, for ever": Python says it first, the database says it last."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from governance.models import Forvaltningsobjekt
from roles.catalogue import BY_CODE, Role
from roles.models import RoleAssignment
from roles.staffing import Gap, Staffing

CONSTRAINT = "five_roles_covered"
OF_AVVECKLAT = "avvecklat_has_no_living_system"
TRIGGERS = (
    "roles_assignment_covered, governance_objekt_covered, assignment_system_in_objekt, "
    "governance_objekt_avvecklat, governance_system_made_in_living, governance_system_kept_in_living"
)


def lock_objects(pks: Iterable[int]) -> list[Forvaltningsobjekt]:
    """Lock the objects in the order of their ids, so that two who lock several never deadlock."""
    chosen = Forvaltningsobjekt.objects.filter(pk__in=set(pks)).order_by("pk")
    return list(chosen.select_for_update(of=("self",), no_key=True))


def sentence(role: Role, gap: Gap) -> str:
    """Say which role is missing from when, and what to do."""
    words = {"role": _(role.name), "start": date_format(gap.start, "j F Y")}
    if gap.end is None:
        return (
            _(
                "%(role)s saknas från och med %(start)s. Utse en efterträdare i samma steg, eller välj ett senare slutdatum."
            )
            % words
        )
    words["end"] = date_format(gap.end, "j F Y")
    return (
        _(
            "%(role)s saknas från och med %(start)s till och med %(end)s. Låt uppdragen gå i varandra."
        )
        % words
    )


def lacking(role: Role, gap: Gap) -> str:
    """Say what an utkast lacks before it can be taken into management."""
    if gap.start > timezone.localdate() or gap.end is not None:
        return sentence(role, gap)
    return _("%(role)s är inte tillsatt.") % {"role": _(role.name)}


def missing(objekt: Forvaltningsobjekt, say: Callable[[Role, Gap], str] = sentence) -> list[str]:
    """Return a sentence per gap in the five roles from today on."""
    return missing_in([objekt], say)[objekt.pk]


def missing_in(
    objects: Iterable[Forvaltningsobjekt], say: Callable[[Role, Gap], str] = sentence
) -> dict[int, list[str]]:
    """Return a sentence per gap for each of the objects: one query for them all."""
    held: dict[int, list[RoleAssignment]] = {objekt.pk: [] for objekt in objects}
    for assignment in RoleAssignment.objects.filter(objekt__in=held):
        held[assignment.objekt_id].append(assignment)
    day = timezone.localdate()
    return {
        pk: [say(role, gap) for role, gap in Staffing(assignments, day).gaps()]
        for pk, assignments in held.items()
    }


def check(objects: Iterable[Forvaltningsobjekt]) -> None:
    """Raise ValidationError with a sentence per gap when an object in management is not covered."""
    active = [o for o in objects if o.status == Forvaltningsobjekt.Status.I_FORVALTNING]
    several = len(active) > 1
    gaps = missing_in(active)
    found = [f"{o}: {text}" if several else text for o in active for text in gaps[o.pk]]
    if found:
        raise ValidationError(found)


@contextmanager
def covered(*pks: int) -> Iterator[list[Forvaltningsobjekt]]:
    """Lock the objects, run the block, and refuse what leaves one of them without its five roles.

    The database's deferred triggers are made to answer at once, so that a gap, or a system that is
    in use in an object that is wound up, is a ValidationError here, and a role on a system of
    another object an IntegrityError here, never an error at commit.
    """
    try:
        with transaction.atomic():
            locked = lock_objects(pks)
            yield locked
            check(locked)
            with connection.cursor() as cursor:
                cursor.execute(f"SET CONSTRAINTS {TRIGGERS} IMMEDIATE")
                cursor.execute(f"SET CONSTRAINTS {TRIGGERS} DEFERRED")
    except IntegrityError as error:
        said = _in_words(error)
        if not said:
            raise
        raise ValidationError(said) from error


def _in_words(error: IntegrityError) -> list[str]:
    """Return what one of the triggers refused; nothing for another constraint."""
    diagnosis = getattr(error.__cause__, "diag", None)
    name, detail = getattr(diagnosis, "constraint_name", ""), diagnosis and diagnosis.message_detail
    if name == CONSTRAINT:
        gap = Gap(timezone.localdate(), None)
        return [sentence(BY_CODE[code], gap) for code in (detail or "").split(",")]
    if name == OF_AVVECKLAT:
        text = _(
            "%(objekt)s är avvecklat och kan bara ha avvecklade system. "
            "Avveckla systemen, eller öppna objektet igen."
        )
        return [text % {"objekt": detail}]
    return []
