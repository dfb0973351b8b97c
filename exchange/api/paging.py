"""Lists a page at a time, by where the last one ended: nothing is skipped or told twice meanwhile."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field, create_model

from exchange.api import schemas
from exchange.api.auth import asker
from exchange.api.nouns import Noun
from exchange.api.schemas import HIGHEST_ID, told
from governance import access
from governance.lists.facets import _facets
from roles.rules import on

LARGEST = 200


class Asked(Schema):
    """Which page."""

    cursor: Annotated[str, Field(max_length=40)] = Field(
        "", description="next ur förra sidan; tomt är den första."
    )
    limit: Annotated[int, Field(ge=1, le=LARGEST)] = 50


class Page(Schema):
    """Some of the things, and where the next ones begin."""

    next: str | None = Field(..., description="Cursor för nästa sida; null på den sista.")


def parameters(noun: Noun) -> type[Asked]:
    """Return what a list may be asked."""
    names: dict[str, Any] = {}
    for name in noun.within:
        kind, about = schemas.described(noun.model, name)
        names[name] = (kind | None, Field(None, **about))
    if noun.lasts:
        about = {"description": _("Bara det som gäller den dagen.")}
        names["on"] = (date | None, Field(None, **about))
    return create_model(f"{noun.model.__name__}Asked", __base__=Asked, **names)


def narrowing(noun: Noun) -> list[str]:
    """Return the names of what the list can be narrowed by beside its filters."""
    return [*noun.within, "on"] if noun.lasts else list(noun.within)


def filters(noun: Noun) -> dict[str, str]:
    """Return the filters of the noun's own list, with what each is called."""
    if noun.listing is None:
        return {}
    known = {name: str(field.label) for name, field in noun.listing.base_fields.items()}
    known.pop("sort", None)
    return known | {facet.name: str(facet.label) for facet in _facets.get(noun.model, ())}


def documented(noun: Noun) -> dict[str, Any] | None:
    """Return the filters as OpenAPI has them."""
    found = [
        {"name": name, "in": "query", "schema": {"type": "string"}, "description": label}
        for name, label in filters(noun).items()
    ]
    return {"parameters": found} if found else None


def page(request: HttpRequest, noun: Noun, asked: Any) -> dict[str, Any]:
    """Return one page in the order of registration. Raises ValidationError for unknown filters."""
    refuse_unknown(request, noun)
    rows = _filtered(request, noun)
    for name in noun.within:
        if getattr(asked, name) is not None:
            rows = rows.filter(**{name: getattr(asked, name)})
    if noun.lasts and asked.on is not None:
        rows = rows.filter(on(asked.on))
    rows = rows.filter(pk__gt=_place(asked.cursor)).order_by("pk")
    found = list(rows[: asked.limit + 1])
    here = found[: asked.limit]
    return {
        "items": [told(thing, noun) for thing in here],
        "next": _cursor(here[-1].pk) if len(found) > asked.limit else None,
    }


def _filtered(request: HttpRequest, noun: Noun) -> Any:
    if noun.listing is None:
        return access.visible(asker(request), noun.queryset)
    params = request.GET.copy()
    for name in ("cursor", "limit", *narrowing(noun)):
        params.pop(name, None)
    listing = noun.listing(asker(request), params)
    if listing.ignored:
        raise ValidationError({name: [_("Går inte att filtrera på.")] for name in listing.errors})
    return noun.complete(listing.filtered())


def refuse_unknown(request: HttpRequest, noun: Noun) -> None:
    """Raise ValidationError for a filter that there is none of: it would be silently left out."""
    known = {"cursor", "limit", *narrowing(noun), *filters(noun)}
    if unknown := set(request.GET) - known:
        raise ValidationError({name: [_("Det finns inget sådant filter.")] for name in unknown})


def _cursor(pk: int) -> str:
    return urlsafe_b64encode(str(pk).encode()).decode()


def _place(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        place = int(urlsafe_b64decode(cursor.encode()).decode("ascii"))
    except ValueError:
        place = -1
    if not 0 < place <= HIGHEST_ID:
        raise ValidationError({"cursor": [_("Använd next ur ett svar.")]})
    return place
