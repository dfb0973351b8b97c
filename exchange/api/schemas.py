"""Schemas made from the models, so that the API's fields are the register's own."""

import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, Field, create_model

from exchange.api.nouns import Noun, Related
from governance import access
from governance.text import reject_line_breaks, reject_unseen

HIGHEST_ID = 2**63 - 1
Id = Annotated[int, Field(ge=1, le=HIGHEST_ID)]
Reason = Annotated[str, Field(max_length=500)]
LONGEST_TEXT = 10_000
LONGEST_LIST = 5_000


class Closed(Schema):
    """A body that may hold nothing but its fields."""

    model_config = ConfigDict(extra="forbid")


def described(model: type[models.Model], name: str) -> tuple[Any, dict[str, Any]]:
    """Return a field of a model as a type and what its schema says of it."""
    field: Any = model._meta.get_field(name)
    about = {"description": str(field.verbose_name)}
    if field.many_to_many:
        return list[Id], about
    if field.is_relation:
        return _or_none(Id, field), about
    return _or_none(_plain(field), field), about


def _or_none(kind: Any, field: Any) -> Any:
    return kind | None if field.null else kind


def _plain(field: Any) -> Any:
    if field.choices:
        values = [value for value, _label in field.flatchoices]
        values += [""] if field.blank and "" not in values and not field.null else []
        return Literal[tuple(values)]
    if isinstance(field, models.PositiveSmallIntegerField | models.PositiveIntegerField):
        return _between(field)
    if isinstance(field, models.CharField | models.TextField):
        return Annotated[str, Field(max_length=field.max_length or LONGEST_TEXT)]
    kinds: list[tuple[type[models.Field[Any, Any]], Any]] = [
        (models.BooleanField, bool), (models.DateTimeField, AwareDatetime), (models.DateField, date),
        (models.DecimalField, Decimal), (models.JSONField, list[Any]),
    ]  # fmt: skip
    return next((kind for cls, kind in kinds if isinstance(field, cls)), Any)


def _between(field: Any) -> Any:
    small = isinstance(field, models.PositiveSmallIntegerField)
    low, high = 0, 32_767 if small else 2_147_483_647
    for validator in field.validators:
        limit = getattr(validator, "limit_value", None)
        if isinstance(validator, MinValueValidator) and isinstance(limit, int):
            low = max(low, limit)
        elif isinstance(validator, MaxValueValidator) and isinstance(limit, int):
            high = min(high, limit)
    return Annotated[int, Field(ge=low, le=high)]


def shown(noun: Noun) -> type[Schema]:
    """Return the schema of what the API tells of a thing: id and version first."""
    fields: dict[str, Any] = {"id": (int, ...), "version": (int, ...)}
    for name in noun.told:
        kind, about = described(noun.model, name)
        fields[name] = (_loose(noun.model, name, kind), Field(..., **about))
    fields |= {name: (kind, ...) for name, (kind, _tell) in noun.also.items()}
    return create_model(noun.model.__name__, __base__=Schema, **fields)


def _loose(model: type[models.Model], name: str, kind: Any) -> Any:
    """Promise no more of what is kept than its kind: older rows may be longer than forms allow."""
    field: Any = model._meta.get_field(name)
    if field.is_relation or field.choices:
        return kind
    text = isinstance(field, models.CharField | models.TextField)
    number = isinstance(field, models.PositiveSmallIntegerField | models.PositiveIntegerField)
    return _or_none(str if text else int, field) if text or number else kind


def fields_of(
    model: type[models.Model], names: Iterable[str], *, partial: bool = False
) -> dict[str, Any]:
    """Return fields of a model as pydantic takes them; all may be left out where it is `partial`."""
    fields: dict[str, Any] = {}
    for name in names:
        kind, about = described(model, name)
        field: Any = model._meta.get_field(name)
        left_out = partial or field.blank or field.null or field.has_default()
        fields[name] = (kind, Field(default=None if left_out else ..., **about))
    return fields


def written(
    name: str,
    model: type[models.Model],
    names: Iterable[str],
    *,
    related: Related | None = None,
    partial: bool = False,
) -> type[Schema]:
    """Return the schema of a body; everything may be left out where it is `partial`."""
    fields = fields_of(model, names, partial=partial)
    fields |= {name: (kind, Field(default=None)) for name, kind in ids(related or {}).items()}
    fields["reason"] = (Reason, Field("", description=_("Anledning; står i historiken.")))
    return create_model(name, __base__=Closed, **fields)


def ids(related: Related) -> dict[str, Any]:
    """Return, by name, whether one id is taken or several."""
    several = Annotated[list[Id], Field(max_length=LONGEST_LIST)]
    return {name: several if isinstance(of, list) else Id for name, of in related.items()}


def told(thing: models.Model, noun: Noun) -> dict[str, Any]:
    """Return a thing as its schema tells it."""
    row: Any = thing
    said: dict[str, Any] = {"id": row.pk, "version": getattr(row, "version", 0)}
    for name in noun.told:
        field: Any = thing._meta.get_field(name)
        if field.many_to_many:
            said[name] = sorted(other.pk for other in getattr(row, name).all())
        else:
            said[name] = getattr(row, field.attname)
    return said | {name: tell(row) for name, (_kind, tell) in noun.also.items()}


def arguments(
    user: Any,
    model: type[models.Model],
    body: Schema,
    related: Related | None = None,
) -> dict[str, Any]:
    """Return what was sent as an action takes it, with things in place of their ids.

    Raises ValidationError at each field that names something that the person may not know of.
    """
    sent = body.model_dump(exclude_unset=True)
    names = {field.name for field in model._meta.get_fields()}
    errors: dict[str, list[str]] = {}
    for name, value in sent.items():
        field: Any = model._meta.get_field(name) if name in names else None
        other = field.related_model if field and field.is_relation else _kind(related, name)
        try:
            if isinstance(value, str):
                sent[name] = _text(field, value)
            elif other is not None and value is not None:
                sent[name] = things(user, other, value)
        except ValidationError as error:
            errors[name] = error.messages
    if errors:
        raise ValidationError(errors)
    return sent


def _kind(related: Related | None, name: str) -> type[models.Model] | None:
    of = (related or {}).get(name)
    return of[0] if isinstance(of, list) else of


def _text(field: Any, value: str) -> str:
    """Compose a text as forms do; refuse what cannot be seen, and lines where there is one."""
    reject_unseen(value)
    if isinstance(field, models.CharField):
        reject_line_breaks(value)
    return unicodedata.normalize("NFC", value)


def things(user: Any, model: type[models.Model], value: Any) -> Any:
    """Return the thing, or the list of them as it was sent.

    Raises ValidationError for one that the person may not know of.
    """
    wanted = list(dict.fromkeys(value if isinstance(value, list) else [value]))
    found = access.visible(user, model._default_manager.filter(pk__in=wanted)).in_bulk()
    if len(found) != len(wanted):
        raise ValidationError(_("Det finns inget med det numret."))
    return [found[pk] for pk in wanted] if isinstance(value, list) else found[value]
