"""People: register, change, deactivate; who represents a nämnd. Grants follow in the same transaction."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from governance import access
from governance.actions.base import Conflict, assign, lock, refuse_left, write
from governance.gestures import gesture
from governance.models import Namnd
from roles import grants
from roles.cover import lock_objects
from roles.models import Representant, RoleAssignment, User

NAMES = {
    "first_name": noop("Skriv personens förnamn."),
    "last_name": noop("Skriv personens efternamn."),
}


def create(
    actor: User | None, *, password: str | None = None, reason: str = "", **fields: Any
) -> User:
    """Register a person; without a password the account cannot log in yet. For Administratörer."""
    access.require(actor, "change_user")
    with gesture(actor, "person", reason):
        person = User()
        assign(person, fields)
        refuse_nameless(person)
        person.set_password(password)
        return write(person)


def change(
    actor: User | None, person: User, *, version: int | None = None, reason: str = "", **fields: Any
) -> User:
    """Change who a person is (name, unit, e-mail …). For Administratörer."""
    access.require(actor, "change_user")
    with transaction.atomic():
        fresh = lock(person, version, fields)
        changed = assign(fresh, fields)
        if changed:
            if not NAMES.keys().isdisjoint(changed):
                refuse_nameless(fresh)
            with gesture(actor, "person", reason):
                write(fresh)
        return fresh


def refuse_nameless(person: User) -> None:
    """Raise ValidationError, at each field, for somebody without first or last name."""
    missing = {field: _(say) for field, say in NAMES.items() if not getattr(person, field)}
    if missing:
        raise ValidationError(missing)


def set_active(actor: User | None, person: User, active: bool, *, reason: str) -> User:
    """Deactivate a person who has left, or let one in again. People are never deleted.

    Roles left behind are no hindrance: they become findings for whoever may appoint. Raises
    ValidationError for the last Administratör alone.
    """
    access.require(actor, "change_user")
    with transaction.atomic(), gesture(actor, "person", reason):
        lock_objects(objects_of(person))
        fresh = lock(person, None, {})
        if not active:
            keep_an_administrator(actor, fresh)
        fresh.is_active = active
        write(fresh)
        grants.sync(objects_of(person))
    return fresh


def set_password(
    actor: User | None, person: User, password: str | None, *, reason: str = ""
) -> User:
    """Give somebody a new password, or none: the account cannot log in then. For Administratörer.

    The password itself is in no history; that it was set, and by whom, is.
    """
    access.require(actor, "change_user")
    with gesture(actor, "person", reason or _("Satte nytt lösenord")):
        fresh = lock(person, None, {})
        fresh.set_password(password)
        return write(fresh)


def change_own_password(person: User, password: str) -> User:
    """Give oneself a new password: in the history like one that an Administratör sets."""
    with gesture(person, "person", _("Bytte sitt lösenord")):
        fresh: User = lock(User.objects.get(pk=person.pk), None, {})
        fresh.set_password(password)
        return write(fresh)


def set_groups(
    actor: User | None,
    person: User,
    names: Iterable[str],
    *,
    version: int | None = None,
    reason: str = "",
) -> User:
    """Put a person in exactly these groups outside the objects. For Administratörer.

    Who is no Administratör is no superuser either. Raises Conflict when somebody saved since
    `version` and the groups are others now, ValidationError for the last Administratör.
    """
    access.require(actor, "change_user")
    with transaction.atomic():
        fresh = lock(person, None, {})
        held, wanted = groups_of(fresh), set(names)
        if wanted == held:
            return fresh
        if version not in (None, fresh.version):
            conflict = Conflict(fresh, {})
            saved, mine = (", ".join(sorted(groups)) for groups in (held, wanted))
            conflict.differences.append((User._meta.get_field("groups"), saved, mine))
            raise conflict
        if access.ADMINISTRATORER not in wanted:
            keep_an_administrator(actor, fresh)
            fresh.is_superuser = False
        with gesture(actor, "person", reason):
            fresh.skip_history_when_saving = True  # the row is written with its version, below
            fresh.groups.set(Group.objects.filter(name__in=wanted))
            del fresh.skip_history_when_saving
            return write(fresh)


def groups_of(person: Any) -> set[str]:
    """Return the names of the groups that a person, or a history row of one, says.

    A superuser counts as Administratör.
    """
    names = {getattr(one, "group", one).name for one in person.groups.all()}
    return names | {access.ADMINISTRATORER} if person.is_superuser else names


def administrators() -> QuerySet[User]:
    """Return the active people of the group, and superusers, who count as members of it."""
    within = Q(groups__name=access.ADMINISTRATORER) | Q(is_superuser=True)
    found: QuerySet[User] = User.objects.filter(within, is_active=True).distinct()
    return found


def keep_an_administrator(actor: User | None, leaving: User) -> None:
    """Raise ValidationError when nobody would be left to administer; the console may always.

    Locks the group: of two who leave at once, the second is judged when the first has left.
    """
    if actor is None:
        return
    Group.objects.select_for_update(no_key=True).get(name=access.ADMINISTRATORER)
    left = administrators().exclude(pk=leaving.pk).exists()
    if not left and administrators().filter(pk=leaving.pk).exists():
        raise ValidationError(
            _("%(who)s är den enda Administratören. Gör någon annan till Administratör först.")
            % {"who": leaving}
        )


def add_representant(
    actor: User | None, namnd: Namnd, person: User, *, reason: str = ""
) -> Representant:
    """Let a person act for a nämnd (clause 6.1). For Administratörer."""
    access.require(actor, "change_namnd")
    refuse_left(person, "person")
    with transaction.atomic(), gesture(actor, "representant", reason):
        lock_objects(objects_owned_by(namnd))
        made = write(Representant(namnd=namnd, person=person))
        grants.sync(objects_owned_by(namnd))
    return made


def remove_representant(
    actor: User | None, representant: Representant, *, reason: str = ""
) -> None:
    """End a person's right to act for a nämnd. For Administratörer."""
    access.require(actor, "change_namnd")
    with transaction.atomic(), gesture(actor, "representant", reason):
        owned = objects_owned_by(representant.namnd)
        lock_objects(owned)
        lock(representant, None, {}).delete()
        grants.sync(owned)


def objects_owned_by(namnd: Namnd) -> list[int]:
    """Return the ids of objects that the nämnd has been, is or will be legal owner of."""
    return list(
        RoleAssignment.objects.filter(namnd=namnd).values_list("objekt_id", flat=True).distinct()
    )


def objects_of(person: User) -> list[int]:
    """Return the ids of objects where the person holds a role, stands in, or acts for the nämnd."""
    held = RoleAssignment.objects.filter(
        Q(person=person) | Q(substitutions__person=person) | Q(namnd__representanter__person=person)
    )
    return list(held.values_list("objekt_id", flat=True).distinct())
