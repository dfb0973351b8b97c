"""What every action shares: locking with a version, refusing lost updates, writing with history."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar, cast

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from governance import gestures
from governance.models.base import Tracked
from governance.refusals import in_words
from governance.text import reject_unseen

T = TypeVar("T", bound=Tracked)


class Conflict(Exception):
    """Somebody else saved in between; says who, when, and where the two texts differ.

    `opened` is the record as it was when the form was opened, where the history tells: what was
    left untouched since then is the other person's to say, and is named in `theirs`.
    """

    def __init__(self, current: Tracked, mine: Mapping[str, Any], opened: Any = None) -> None:
        self.current, self.mine = current, mine
        self.theirs = [
            name
            for name, value in mine.items()
            if opened is not None
            and same(getattr(opened, name), tidied(value))
            and not same(getattr(current, name), tidied(value))
        ]
        self.who, self.when, self.version = current.updated_by, current.updated_at, current.version
        self.differences = [
            (current._meta.get_field(name), getattr(current, name), value)
            for name, value in mine.items()
            if name not in self.theirs and not same(getattr(current, name), tidied(value))
        ]
        super().__init__(
            _("%(who)s ändrade uppgifterna %(when)s medan du skrev.")
            % {"who": self.who or "RegIT", "when": timezone.localtime(self.when).strftime("%H:%M")}
        )


def tidied(value: Any) -> Any:
    """Write line ends in one way and drop spaces around a text; leave anything else."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def same(a: Any, b: Any) -> bool:
    """Whether two field values mean the same; an empty text and nothing do."""
    return a == b or (a in (None, "") and b in (None, ""))


def lock(thing: T, version: int | None, mine: Mapping[str, Any]) -> T:
    """Return the row fresh and locked for update.

    Raises Conflict when `version` is not the saved one and the values differ (identical values are
    no conflict: a double click), and ValidationError when somebody has removed it.
    """
    rows = type(thing)._default_manager.select_for_update(of=("self",), no_key=True)
    try:
        fresh = cast(T, rows.get(pk=thing.pk))
    except ObjectDoesNotExist as gone:
        said = _("%(thing)s finns inte längre. Någon har tagit bort uppgiften.")
        raise ValidationError(said % {"thing": thing}) from gone
    if version is not None and version != fresh.version:
        conflict = Conflict(fresh, mine, as_opened(fresh, version))
        if conflict.differences or conflict.theirs:
            raise conflict
    return fresh


def as_opened(thing: Tracked, version: int) -> Any:
    """Return the history row of that version; nothing where rows and versions do not go together."""
    rows = type(thing).history.filter(id=thing.pk).order_by("history_id")  # type: ignore[attr-defined]
    if not 1 <= version <= thing.version or rows.count() != thing.version:
        return None
    return next(iter(rows[version - 1 : version]), None)


def assign(thing: Tracked, fields: Mapping[str, Any]) -> list[str]:
    """Set the fields that differ and return their names; line ends are made one kind."""
    changed = []
    for name, value in fields.items():
        value = tidied(value)
        if not same(getattr(thing, name), value):
            setattr(thing, name, value)
            changed.append(name)
    return changed


def write(thing: T) -> T:
    """Validate and save inside the open gesture, with a new version and who changed it last.

    Raises ValidationError with a sentence per field, also for what only the database could see:
    what somebody else saved a moment ago.
    """
    opened = gestures.current()
    refuse_unseen(thing)
    thing.full_clean()
    thing.version += 1
    thing.updated_at, thing.updated_by = opened.at, opened.actor
    with in_words():
        thing.save()
    return thing


def refuse_unseen(thing: Tracked) -> None:
    """Raise ValidationError, at each text that holds any, for characters that cannot be seen."""
    found: dict[str, ValidationError] = {}
    for field in thing._meta.concrete_fields:
        value = getattr(thing, field.attname) if field.editable else None
        if isinstance(value, str):
            try:
                reject_unseen(value)
            except ValidationError as error:
                found[field.name] = error
    if found:
        raise ValidationError(found)


def check_not_future(day: date | None, field: str) -> None:
    """Raise ValidationError when a decision is dated after today."""
    if day and day > timezone.localdate():
        raise ValidationError({field: _("Datumet ligger i framtiden. Ange dagen då det gällde.")})


def refuse_left(person: Any, field: str) -> None:
    """Raise ValidationError for somebody who has left, and can take nothing on."""
    if person is not None and not person.is_active:
        raise ValidationError({field: _("%(who)s har slutat. Välj någon annan.") % {"who": person}})


def moment(when: datetime) -> str:
    """Return a moment as text in Swedish time."""
    return timezone.localtime(when).strftime("%Y-%m-%d %H:%M")
