"""The operations of a noun: list, read, register, change, remove, the acts upon it, its history."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Body, Path, Query, Router, Status
from pydantic import Field, create_model

from exchange.api import history, paging
from exchange.api.auth import asker
from exchange.api.nouns import Act, Noun, Part
from exchange.api.problems import Problem, etag
from exchange.api.schemas import HIGHEST_ID, Closed, Reason, arguments, ids, shown, told, written
from exchange.api.versions import required, stated
from governance import access

READ = (401, 403, 404, 422, 429, 500, 503)
WRITE = (*READ, 400, 412, 413)
PK = Path(..., ge=1, le=HIGHEST_ID)


def router_of(*nouns: Noun) -> Router:
    """Return the operations of several nouns."""
    router = Router()
    for noun in nouns:
        out = shown(noun)
        _add_reading(router, noun, out)
        if noun.create:
            _add_create(router, noun, out)
        if noun.change:
            _add_change(router, noun, out)
        if noun.remove:
            _add_remove(router, noun)
        for act in noun.acts:
            _add_act(router, noun, act, out)
        for part in noun.parts:
            _add_part(router, noun, part)
        if history.is_told(noun.model):
            _add_history(router, noun)
    return router


def answers(good: dict[Any, Any], codes: tuple[int, ...]) -> dict[Any, Any]:
    """Return what an operation answers: what it promises, and problems."""
    return good | dict.fromkeys(codes, Problem)


def fetched(request: HttpRequest, noun: Noun, pk: int) -> Any:
    """Return the thing; Http404 where the asker may not know of it. The action asks for the mandate."""
    return access.get_permitted(asker(request), None, noun.queryset, pk)


def told_anew(noun: Noun, pk: int, response: HttpResponse) -> dict[str, Any]:
    """Return what a thing is now, after what was done to it, with its version as ETag."""
    thing = noun.queryset.get(pk=pk)
    response["ETag"] = etag(getattr(thing, "version", 0))
    return told(thing, noun)


def made(request: HttpRequest, noun: Noun, pk: int, response: HttpResponse) -> Any:
    """Return a thing that has come about, with its address."""
    collection = request.path.partition(f"/{noun.path}")
    response["Location"] = f"{''.join(collection[:2])}/{pk}"
    return Status(201, told_anew(noun, pk, response))


def _add(router: Router, noun: Noun, path: str, method: str, view: Any, **about: Any) -> None:
    name = f"{noun.path}{path}".replace("/{pk}", "").replace("/", "_").replace("-", "_")
    kind = {"GET": "read" if "{pk}" in path else "list", "POST": "post"}.get(method, method.lower())
    router.add_api_operation(
        f"/{noun.path}{path}", [method], view, operation_id=f"{kind}_{name}", tags=[noun.path],
        **about,
    )  # fmt: skip


def _add_reading(router: Router, noun: Noun, out: Any) -> None:
    params = paging.parameters(noun)
    several: Any = create_model(
        f"{noun.model.__name__}Page", __base__=paging.Page, items=(list[out], ...)
    )

    def index(request: HttpRequest, asked: Query[params]) -> Any:  # type: ignore[valid-type]
        return paging.page(request, noun, asked)

    def read(request: HttpRequest, response: HttpResponse, pk: int = PK) -> Any:
        thing = fetched(request, noun, pk)
        response["ETag"] = etag(getattr(thing, "version", 0))
        return told(thing, noun)

    name = noun.model._meta
    extra = paging.documented(noun)
    _add(
        router, noun, "", "GET", index, response=answers({200: several}, READ),
        summary=_("Lista %s") % name.verbose_name_plural, openapi_extra=extra,
    )  # fmt: skip
    _add(
        router, noun, "/{pk}", "GET", read, response=answers({200: out}, READ),
        summary=_("Läs %s") % name.verbose_name,
    )  # fmt: skip


def _add_create(router: Router, noun: Noun, out: Any) -> None:
    name, action = noun.model.__name__, noun.create
    parents = [noun.parent] if noun.parent else []
    names = [*parents, *noun.further, *noun.written]
    schema = written(f"{name}New", noun.model, names, related=noun.related)
    assert action  # noqa: S101  # asked for by the caller

    def create(request: HttpRequest, response: HttpResponse, body: schema) -> Any:  # type: ignore[valid-type]
        given = arguments(asker(request), noun.model, body, noun.related)
        first = [given.pop(parent) for parent in parents]
        thing = action(asker(request), *first, **given)
        return made(request, noun, thing.pk, response)

    _add(
        router, noun, "", "POST", create, response=answers({201: out}, WRITE),
        summary=_("Registrera %s") % noun.model._meta.verbose_name,
    )  # fmt: skip


def _add_change(router: Router, noun: Noun, out: Any) -> None:
    names = noun.written if noun.changeable is None else noun.changeable
    schema = written(f"{noun.model.__name__}Change", noun.model, names, partial=True)
    action = noun.change
    assert action  # noqa: S101  # asked for by the caller

    def change(
        request: HttpRequest,
        response: HttpResponse,
        body: schema,  # type: ignore[valid-type]
        pk: int = PK,
    ) -> Any:
        thing = fetched(request, noun, pk)
        version = required(request)
        given = arguments(asker(request), noun.model, body)
        action(asker(request), thing, version=version, **given)
        return told_anew(noun, pk, response)

    _add(
        router, noun, "/{pk}", "PATCH", change, response=answers({200: out}, (*WRITE, 428)),
        summary=_("Ändra %s") % noun.model._meta.verbose_name, openapi_extra=IF_MATCH,
    )  # fmt: skip


class Removal(Closed):
    """Why a thing is removed."""

    reason: Reason = Field("", description=_("Anledning; står i historiken."))


UNSAID = Body(Removal(reason=""))


def _add_remove(router: Router, noun: Noun) -> None:
    action = noun.remove
    assert action  # noqa: S101  # asked for by the caller

    def remove(request: HttpRequest, pk: int = PK, body: Removal = UNSAID) -> Any:
        given = arguments(asker(request), noun.model, body)
        action(asker(request), fetched(request, noun, pk), reason=given.get("reason", ""))
        return Status(204, None)

    _add(
        router, noun, "/{pk}", "DELETE", remove, response=answers({204: None}, WRITE),
        summary=_("Ta bort %s") % noun.model._meta.verbose_name,
    )  # fmt: skip


def _add_act(router: Router, noun: Noun, act: Act, out: Any) -> None:
    called = f"{noun.model.__name__}{act.name.title().replace('_', '')}"
    needed = {name: (kind, ...) for name, kind in ids(act.related).items()}
    schema = create_model(called, __base__=Closed, **{**act.fields, **needed})

    def do(
        request: HttpRequest,
        response: HttpResponse,
        body: schema,  # type: ignore[valid-type]
        pk: int = PK,
    ) -> Any:
        thing = fetched(request, noun, pk)
        given = arguments(asker(request), noun.model, body, act.related)
        if act.versioned:
            given["version"] = stated(request)
        result = act.action(asker(request), thing, **given)
        if act.begins:
            return made(request, noun, result.pk, response)
        if act.ends and not noun.queryset.filter(pk=pk).exists():
            return Status(204, None)
        return told_anew(noun, pk, response)

    good = {201 if act.begins else 200: out} | ({204: None} if act.ends else {})
    _add(
        router, noun, f"/{{pk}}/{act.name}", "POST", do, response=answers(good, WRITE),
        summary=str(act.summary), openapi_extra=IF_MATCH_MAY if act.versioned else None,
    )  # fmt: skip


def _add_part(router: Router, noun: Noun, part: Part) -> None:
    def read(request: HttpRequest, pk: int = PK) -> Any:
        return part.tell(asker(request), fetched(request, noun, pk))

    _add(
        router, noun, f"/{{pk}}/{part.name}", "GET", read, summary=str(part.summary),
        response=answers({200: part.schema}, READ),
    )  # fmt: skip


def _add_history(router: Router, noun: Noun) -> None:
    def read(request: HttpRequest, asked: Query[paging.Asked], pk: int = PK) -> Any:
        return history.page(asker(request), fetched(request, noun, pk), asked)

    _add(
        router, noun, "/{pk}/historik", "GET", read,
        summary=_("Läs historiken för %s") % noun.model._meta.verbose_name,
        response=answers({200: history.History}, READ),
    )  # fmt: skip


def _header(required: bool) -> dict[str, Any]:
    about = _("Versionen som ändringen utgår från: ETag ur det senaste svaret.")
    tag = {"type": "string", "pattern": '^"[0-9]{1,9}"$'}
    header = {"name": "If-Match", "in": "header", "required": required, "schema": tag}
    return {"parameters": [header | {"description": about}]}


IF_MATCH, IF_MATCH_MAY = _header(True), _header(False)
