"""Add, change and remove rows of a draft, and note progress on goals."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from governance import access
from governance.actions import plan as plan_actions
from governance.actions import planrader as actions
from governance.forms.plan import ROWS, MeasureForm
from governance.forms.removal import RemovalForm
from governance.models import Mal, Sida
from governance.steering.sides import LEADS
from governance.views.editing import Done, edit_view
from governance.views.planer import ALL, around, placed


def known(kind: str) -> tuple[Any, Any, Any]:
    """Return form, model and label of a kind of row; Http404 for another word."""
    if kind not in ROWS:
        raise Http404
    return ROWS[kind]


def rad_create(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Add a row to a draft (6.3.U2, 6.5.U2)."""
    form, model, label = known(kind)
    plan = access.get_permitted(request.user, plan_actions.DRAFT, ALL.all(), pk)
    return edit_view(
        request,
        partial(form, user=request.user, plan=plan, instance=model(plan=plan)),
        partial(actions.add, request.user, plan, model),
        lambda made: on_plan(made, kind, _("%s är tillagt i planen.")),
        context=around(plan, str(label), str(label)),
    )


def rad_change(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Change a row of a draft."""
    form, model, _label = known(kind)
    rows = model.objects.select_related("plan__objekt")
    row = access.get_permitted(request.user, plan_actions.DRAFT, rows, pk)
    return edit_view(
        request,
        partial(form, user=request.user, plan=row.plan, instance=row, version=row.version),
        partial(actions.change, request.user, row),
        lambda saved: on_plan(saved, kind, _("%s är sparat.")),
        context=around(row.plan, _("Ändra %s") % model._meta.verbose_name, _("Spara")),
    )


def rad_remove(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Ask, then remove a row of a draft; its history stays."""
    _form, model, _label = known(kind)
    rows = model.objects.select_related("plan__objekt")
    row = access.get_permitted(request.user, plan_actions.DRAFT, rows, pk)
    said, plan = _("%s är borttaget ur planen.") % row, row.plan
    words = {"noun": model._meta.verbose_name, "name": row}
    return edit_view(
        request,
        partial(RemovalForm, user=request.user),
        partial(actions.remove, request.user, row),
        lambda _nothing: Done(said, plan.get_absolute_url()),
        context={
            "lead": _("%(noun)s: %(name)s") % words,
            "button": "btn-danger",
            **around(plan, _("Ta bort ur planen"), _("Ta bort")),
        },
    )


def mal_measure(request: HttpRequest, pk: int) -> HttpResponse:
    """Note how far a goal of the adopted plan has come (6.3.B1, 6.5.B1)."""
    goals = Mal.objects.select_related("plan__objekt")
    mal = access.get_permitted(request.user, None, goals, pk)
    access.require(request.user, LEADS[Sida(mal.sida)], mal)
    return edit_view(
        request,
        partial(MeasureForm, user=request.user, initial={"on": timezone.localdate()}),
        partial(actions.measure, request.user, mal),
        lambda made: placed(mal.plan, _("Målet är uppföljt i %s.")),
        context={"lead": mal.title, **around(mal.plan, _("Följ upp mål"), _("Spara"))},
    )


def on_plan(row: Any, kind: str, message: str) -> Done:
    """Lead back to the part of the plan where the row is."""
    return Done(message % row, f"{row.plan.get_absolute_url()}#h-{kind}")
