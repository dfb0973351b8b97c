"""Register and change a nämnd. For Administratörer."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.access import get_permitted, require
from governance.actions import namnd as actions
from governance.forms.namnd import NamndForm
from governance.models import Namnd
from governance.views.editing import Done, edit_view

TEMPLATE = "governance/namnd_form.html"


def create(request: HttpRequest) -> HttpResponse:
    """Register a nämnd or styrelse; a municipal company is refused (clause 2.2)."""
    require(request.user, "add_namnd")
    return edit_view(
        request,
        partial(NamndForm, user=request.user),
        partial(actions.create, request.user),
        lambda saved: _done(saved, _("%s är registrerad.")),
        template=TEMPLATE,
        context={},
    )


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a nämnd."""
    namnd = get_permitted(request.user, "change_namnd", Namnd.objects.all(), pk)
    return edit_view(
        request,
        partial(NamndForm, user=request.user, instance=namnd, version=namnd.version),
        partial(actions.change, request.user, namnd),
        lambda saved: _done(saved, _("%s är sparad.")),
        template=TEMPLATE,
        context={"namnd": namnd},
    )


def _done(namnd: Namnd, sentence: str) -> Done:
    history = reverse("governance:namnd_history", args=[namnd.pk])
    return Done(sentence % namnd, namnd.get_absolute_url(), history)
