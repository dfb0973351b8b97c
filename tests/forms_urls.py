"""Two form pages over real actions, for tests of what every form page does."""

from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.views.decorators.http import require_POST

from governance.access import visible
from governance.actions import objekt as actions
from governance.forms.base import RegisterForm
from governance.forms.choosing import SystemField
from governance.models import Forvaltningsobjekt, Informationssystem
from governance.views.editing import Done, edit_view
from regit.urls import handler403, handler404, handler500
from regit.urls import urlpatterns as real

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]

CONTEXT = {"heading": "Prov", "submit": "Spara", "cancel": "/"}


class ObjektForm(RegisterForm):
    """The few fields that the tests type in."""

    groups = (("Mer", ("description", "near")),)

    name = forms.CharField(label="Namn", max_length=200, help_text="Det som används i dagligt tal.")
    verksamhetsprocess = forms.CharField(label="Process", max_length=200)
    description = forms.CharField(label="Beskrivning", required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["near"] = SystemField(
            label="Liknar",
            required=False,
            queryset=visible(self.user, Informationssystem.objects.all()),
        )
        self.order_fields(["name", "verksamhetsprocess", "description", "near"])

    def arguments(self) -> dict[str, Any]:
        """Leave out what the action does not know."""
        return {k: v for k, v in super().arguments().items() if k != "near"}


def opened(browser: Client, path: str) -> dict[str, str]:
    """Open a form page and return what its fields hold."""
    return shown(browser.get(path))


def shown(page: Any) -> dict[str, str]:
    """Return what the form in an answer holds."""
    return {field.html_name: str(field.value() or "") for field in page.context["form"]}


def refuse(name: str) -> None:
    """Stand for a rule that an action upholds."""
    if name == "Förbjudet":
        raise ValidationError({"name": "Namnet är förbjudet.", "unknown": "Inget är sparat."})


def done(objekt: Forvaltningsobjekt) -> Done:
    """Say that it is saved and go to the form of what was saved."""
    return Done(f"{objekt} är sparat.", f"/prov/{objekt.pk}/", "/historik/1/")


def create(request: HttpRequest) -> HttpResponse:
    """Register an object."""
    make = partial(ObjektForm, user=request.user)

    def action(**fields: Any) -> Forvaltningsobjekt:
        refuse(fields["name"])
        return actions.create(request.user, **fields)

    return edit_view(request, make, action, done, context=CONTEXT)


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an object."""
    objekt = Forvaltningsobjekt.objects.get(pk=pk)
    initial = {
        name: getattr(objekt, name) for name in ("name", "verksamhetsprocess", "description")
    }
    make = partial(ObjektForm, user=request.user, version=objekt.version, initial=initial)

    def action(**fields: Any) -> Forvaltningsobjekt:
        refuse(fields["name"])
        return actions.change(request.user, objekt, **fields)

    return edit_view(request, make, action, done, context=CONTEXT)


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Stand for a button that posts and has no page of its own."""
    return HttpResponse("gjort")


def broken(request: HttpRequest) -> HttpResponse:
    """Stand for a defect."""
    raise RuntimeError


def away(request: HttpRequest) -> HttpResponse:
    """Stand for a database that does not answer."""
    raise OperationalError


urlpatterns = [
    path("prov/", create),
    path("prov/bekrafta/", confirm),
    path("prov/trasig/", broken),
    path("prov/borta/", away),
    path("prov/<int:pk>/", change),
    *real,
]
