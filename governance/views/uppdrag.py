"""Uppdrag of an object: the list by status, the page of one, and each step of it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from governance import access
from governance.access import get_permitted, visible
from governance.actions import arende as arenden
from governance.actions import uppdrag as actions
from governance.forms.uppdrag import AbortForm, OrderForm, UppdragForm
from governance.models import Arende, Forvaltningsobjekt, Uppdrag
from governance.steering import frames
from governance.views.editing import Done, carried_out, edit_view
from governance.views.places import named

ALL = Uppdrag.objects.select_related(
    "objekt", "aktivitet__plan", "aktivitet__system", "arende", "initiated_by", "decided_by"
)
CLOSED = 50
Status = Uppdrag.Status


@require_safe
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """List the object's uppdrag by status in order of priority, and its ärenden."""
    objekt = get_permitted(request.user, None, Forvaltningsobjekt.objects.all(), pk)
    rights = access.rights_during(request, [objekt])[Forvaltningsobjekt, objekt.pk]
    rows = visible(request.user, ALL.filter(objekt=objekt))
    first = F("priority").asc(nulls_last=True)
    going = list(rows.filter(status__in=actions.OPEN).order_by(first, "pk"))
    ended = rows.exclude(status__in=actions.OPEN).order_by("-ended_on", "-pk")
    matters = visible(request.user, Arende.objects.filter(objekt=objekt))
    planned = frames.with_left(request.user, visible(request.user, frames.activities(objekt)))
    takes = objekt.status != Forvaltningsobjekt.Status.AVVECKLAT
    context = {
        "objekt": objekt,
        "groups": [
            (status.label, [row for row in going if row.status == status])
            for status in (Status.PAGAR, Status.BESLUTAT, Status.INITIERAT)
        ],
        "going": len(going),
        "page": Paginator(ended, CLOSED).get_page(request.GET.get("page")),
        "open_matters": matters.filter(status=Arende.Status.OPPET).select_related("raised_by"),
        "closed_matters": matters.exclude(status=Arende.Status.OPPET)[:CLOSED],
        "activities": planned.select_related("plan").order_by("-sida", "pk"),
        "takes": takes,
        "may_initiate": takes and actions.INITIATE in rights,
        "may_refer": takes and arenden.REFER in rights,
    }
    return render(request, "governance/uppdrag_list.html", context)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an uppdrag, what is left of its frame, and the next step for whoever may take it."""
    uppdrag = get_permitted(request.user, None, ALL, pk)
    rights = access.rights_during(request, [uppdrag])[Uppdrag, uppdrag.pk]
    may_decide, may_run = actions.DECIDE in rights, actions.INITIATE in rights
    arende = _visible_arende(request, uppdrag)
    waits = uppdrag.status == Status.INITIERAT
    context = {
        "uppdrag": uppdrag,
        "objekt": uppdrag.objekt,
        "arende": arende,
        "left": frames.remaining(uppdrag.aktivitet, uppdrag, request.user)
        if uppdrag.aktivitet
        else None,
        "obstacles": obstacles(uppdrag) if waits else [],
        "may_refer": waits and arenden.REFER in rights and not (arende and arende.is_open),
        "may_change": uppdrag.status in actions.OPEN and (may_run if waits else may_decide),
        "may_decide": may_decide and uppdrag.status in actions.OPEN,
        "may_run": may_run,
        "waits": waits,
        "history": reverse("governance:uppdrag_history", args=[uppdrag.pk]),
    }
    return render(request, "governance/uppdrag_detail.html", context)


def _visible_arende(request: HttpRequest, uppdrag: Uppdrag) -> Arende | None:
    if uppdrag.arende_id is None:
        return None
    return visible(request.user, Arende.objects.filter(pk=uppdrag.arende_id)).first()


def obstacles(uppdrag: Uppdrag) -> list[str]:
    """Return why the uppdrag does not fit the plan today, a sentence each."""
    found: list[str] = []
    for check in (frames.check_in_force, frames.check):
        try:
            check(uppdrag)
        except ValidationError as error:
            found += error.messages
    return found


def create(request: HttpRequest, pk: int) -> HttpResponse:
    """Initiate an uppdrag; what does not fit the plan can be sent on to the styrgrupp."""
    objekt = get_permitted(request.user, actions.INITIATE, Forvaltningsobjekt.objects.all(), pk)
    granted = Arende.objects.filter(objekt=objekt, status=Arende.Status.BIFALLET)
    arende = named(request, "arende", granted)
    initial: dict[str, Any] = {"aktivitet": request.GET.get("aktivitet")}
    if arende is not None:
        initial |= {"title": arende.title, "description": arende.description}
        initial["belopp"] = max(frames.remaining(arende), frames.NOTHING)
    return edit_view(
        request,
        lambda data: UppdragForm(
            data=data,
            user=request.user,
            instance=Uppdrag(objekt=objekt, arende=arende),
            initial=initial,
        ),
        partial(actions.initiate, request.user, objekt, arende=arende),
        lambda made: on_page(made, _("Uppdraget %s är initierat.")),
        template="governance/uppdrag_form.html",
        context={
            "objekt": objekt,
            "arende": arende,
            "has_plan": frames.activities(objekt).exists(),
            "cancel": reverse("governance:uppdrag_list", args=[objekt.pk]),
            "refer_url": reverse("governance:arende_create", args=[objekt.pk]),
        },
    )


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what an uppdrag says."""
    uppdrag = get_permitted(request.user, None, ALL, pk)
    waits = uppdrag.status == Status.INITIERAT
    access.require(request.user, actions.INITIATE if waits else actions.DECIDE, uppdrag)
    refer = reverse("governance:arende_create", args=[uppdrag.objekt_id])
    return edit_view(
        request,
        lambda data: UppdragForm(
            data=data,
            user=request.user,
            instance=ALL.get(pk=uppdrag.pk),
            version=uppdrag.version,
        ),
        partial(actions.change, request.user, uppdrag),
        lambda saved: on_page(saved, _("Uppdraget %s är sparat.")),
        template="governance/uppdrag_form.html",
        context={
            "objekt": uppdrag.objekt,
            "uppdrag": uppdrag,
            "has_plan": True,
            "cancel": uppdrag.get_absolute_url(),
            "refer_url": f"{refer}?uppdrag={uppdrag.pk}" if waits else refer,
        },
    )


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide on an uppdrag within the plan (6.3.U10, 6.5.U5)."""
    return _step(
        request,
        pk,
        OrderForm,
        actions.decide,
        _("Uppdraget %s är beslutat."),
        heading=_("Besluta om uppdraget"),
        submit=_("Besluta"),
    )


def prioritise(request: HttpRequest, pk: int) -> HttpResponse:
    """Say in which order an uppdrag comes."""
    return _step(
        request,
        pk,
        OrderForm,
        actions.prioritise,
        _("Prioriteten för %s är sparad."),
        heading=_("Prioritera uppdraget"),
        submit=_("Spara prioriteten"),
    )


def abort(request: HttpRequest, pk: int) -> HttpResponse:
    """End an uppdrag before it is done."""
    return _step(
        request,
        pk,
        AbortForm,
        actions.abort,
        _("Uppdraget %s är avbrutet."),
        heading=_("Avbryt uppdraget"),
        submit=_("Avbryt uppdraget"),
        button="btn-danger",
    )


def _step(
    request: HttpRequest,
    pk: int,
    form: Callable[..., Any],
    action: Callable[..., Any],
    said: str,
    **context: Any,
) -> HttpResponse:
    """Ask what a step of an uppdrag needs, and take it."""
    uppdrag = get_permitted(request.user, actions.DECIDE, ALL, pk)
    refer = reverse("governance:arende_create", args=[uppdrag.objekt_id])
    context |= {
        "objekt": uppdrag.objekt,
        "uppdrag": uppdrag,
        "cancel": uppdrag.get_absolute_url(),
        "refer_url": f"{refer}?uppdrag={uppdrag.pk}",
        "obstacles": obstacles(uppdrag) if action is actions.decide else [],
    }
    options: dict[str, Any] = {"user": request.user, "version": uppdrag.version}
    if form is OrderForm:
        options["initial"] = {"priority": uppdrag.priority}
    return edit_view(
        request,
        partial(form, **options),
        partial(action, request.user, uppdrag),
        lambda saved: on_page(saved, said),
        template="governance/uppdrag_step.html",
        context=context,
    )


@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that work on an uppdrag has begun."""
    return _move(request, pk, actions.start, _("Uppdraget %s har börjat."))


@require_POST
def complete(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an uppdrag is done."""
    return _move(request, pk, actions.complete, _("Uppdraget %s är klart."))


def _move(
    request: HttpRequest, pk: int, action: Callable[..., Uppdrag], said: str
) -> HttpResponseRedirect:
    uppdrag = get_permitted(request.user, actions.INITIATE, ALL, pk)
    return carried_out(request, partial(action, request.user, uppdrag), on_page(uppdrag, said))


def on_page(uppdrag: Uppdrag, sentence: str) -> Done:
    """Lead to the uppdrag's page."""
    history = reverse("governance:uppdrag_history", args=[uppdrag.pk])
    return Done(sentence % uppdrag, uppdrag.get_absolute_url(), history)
