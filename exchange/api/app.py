"""The API as a whole: which nouns, under which addresses, and what every answer has in common."""

from collections.abc import Callable
from functools import cached_property, wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, re_path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI
from ninja.openapi.docs import Swagger

from exchange.api import files, problems
from exchange.api.auth import KeyAuth
from exchange.api.everything import NOUNS
from exchange.api.routes import router_of

PREFIX = "api/v1/"


class Api(NinjaAPI):
    """Django Ninja, saying in its description that problems are problem+json."""

    def get_openapi_schema(self, **_options: Any) -> Any:
        """Return the description of every operation."""
        return self.described

    @cached_property
    def described(self) -> Any:
        """The description, which takes seconds to make and is asked for without a key: once a process."""
        schema = super().get_openapi_schema(path_prefix=f"/{PREFIX}")
        for operations in schema["paths"].values():
            for operation in operations.values():
                for code, response in operation["responses"].items():
                    if int(code) >= 400:
                        content = response["content"]
                        content[problems.MEDIA_TYPE] = content.pop("application/json")
        return schema


api = Api(
    title="RegIT",
    version="1",
    description=str(
        gettext_lazy("Registret och dess styrning för andra program, med dina egna rättigheter.")
    ),
    urls_namespace="api",
    docs=Swagger(),
    docs_url=None,
    auth=KeyAuth(),
)
problems.register(api)
router = router_of(*NOUNS)
files.add_operations(router)
api.add_router("", router)


def for_programs(view: Any) -> Callable[..., HttpResponseBase]:
    """Open a view to whoever has a key: no login page, no cookies, and problems as JSON."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = view(request, *args, **kwargs)
        if response.status_code == 405:
            problem = problems.answer(405, _("Adressen tar inte emot %s.") % request.method)
            problem["Allow"] = response["Allow"]
            return problem
        return response

    answer.login_required = False  # type: ignore[attr-defined]
    answer.csrf_exempt = True  # type: ignore[attr-defined]
    return answer


def no_such(request: HttpRequest) -> HttpResponse:
    """Answer 404 as everything else here does."""
    return problems.answer(404, _("Adressen finns inte. Se openapi.json."))


def addresses() -> tuple[list[URLPattern], str, str]:
    """Return the addresses of the API, for `path`."""
    patterns, app, namespace = api.urls
    found = [p for p in patterns if isinstance(p, URLPattern) and p.name != "api-root"]
    for pattern in found:
        pattern.callback = for_programs(pattern.callback)
    found.append(re_path("", for_programs(no_such), name="none"))
    return found, app, namespace
