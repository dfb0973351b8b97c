"""Meetings of an object: the list, the page of one from agenda to minutes, and planning it."""

from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from governance import access
from governance.access import get_permitted
from governance.actions import mote as actions
from governance.actions import protokoll
from governance.forms.mote import MoteForm, PlanForm
from governance.forms.removal import RemovalForm
from governance.models import Forvaltningsobjekt, Mote
from governance.steering import kallelse, moten
from governance.views.editing import Done, carried_out, edit_view

ALL = Mote.objects.select_related("objekt", "called_by")
COMING = (Mote.Status.UTKAST, Mote.Status.KALLAT)
PAGE = 50


@require_safe
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """List the object's meetings: those to come first, then those that were held."""
    objekt = get_permitted(request.user, None, Forvaltningsobjekt.objects.all(), pk)
    rights = access.rights_during(request, [objekt])[Forvaltningsobjekt, objekt.pk]
    called = Count("motesdeltagare")
    came = Count("motesdeltagare", filter=Q(motesdeltagare__attended=True))
    rows = ALL.filter(objekt=objekt).annotate(called=called, came=came)
    takes = objekt.status != Forvaltningsobjekt.Status.AVVECKLAT
    ended = rows.exclude(status__in=COMING).order_by("-starts_at", "-pk")
    context = {
        "objekt": objekt,
        "coming": rows.filter(status__in=COMING).order_by("starts_at", "pk"),
        "page": Paginator(ended, PAGE).get_page(request.GET.get("page")),
        "takes": takes,
        "may_call": takes and actions.CALL in rights,
    }
    return render(request, "governance/mote_list.html", context)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a meeting: agenda, who is called, and what became of it."""
    mote = get_permitted(request.user, None, ALL, pk)
    rights = access.rights_during(request, [mote])[Mote, mote.pk]
    leads = actions.CALL in rights
    people = list(mote.motesdeltagare.select_related("person").order_by("-ledamot", "pk"))
    own = next((row for row in people if row.person_id == request.user.pk), None)
    approves = bool(own and own.approves and not own.approved_at)
    context = {
        "mote": mote,
        "objekt": mote.objekt,
        "when": kallelse.when(mote),
        "items": list(moten.agenda(request.user, mote)),
        "people": people,
        "approved": [row for row in people if row.approved_at],
        "waiting": [row for row in people if row.approves and not row.approved_at],
        "leads": leads,
        "may_change": leads and mote.is_coming,
        "may_write": leads and mote.is_open,
        "may_call": leads and mote.status == Mote.Status.UTKAST and not mote.has_begun,
        "may_hold": leads and mote.is_open and mote.has_begun,
        "may_put_forward": leads and mote.status == Mote.Status.HALLET,
        "may_take_back": leads and mote.status == Mote.Status.FRAMLAGT,
        "may_approve": approves and mote.status == Mote.Status.FRAMLAGT,
        "is_held": mote.status in (Mote.Status.HALLET, Mote.Status.FRAMLAGT, Mote.Status.JUSTERAT),
        "history": reverse("governance:mote_history", args=[mote.pk]),
    }
    return render(request, "governance/mote_detail.html", context)


@require_safe
def ics(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the meeting as a file for a calendar."""
    return as_ics(get_permitted(request.user, None, ALL, pk))


def as_ics(mote: Mote) -> HttpResponse:
    """Return the meeting, or that it is cancelled, as a file for a calendar."""
    cancelled = mote.status == Mote.Status.INSTALLT
    file = kallelse.calendar(mote, kallelse.CANCEL if cancelled else kallelse.REQUEST)
    answer = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="mote-{mote.pk}.ics"'
    return answer


def create(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan a meeting: when, where, about what and with whom (6.3.U3)."""
    objekt = get_permitted(request.user, actions.CALL, Forvaltningsobjekt.objects.all(), pk)
    return edit_view(
        request,
        lambda data: PlanForm(
            data=data, user=request.user, objekt=objekt, instance=Mote(objekt=objekt)
        ),
        partial(actions.plan, request.user, objekt),
        lambda made: on_page(made, _("%s är planerat. Läs igenom och skicka kallelsen.")),
        context={
            "objekt": objekt,
            "parent": _("Möten för %s") % objekt,
            "heading": _("Planera möte"),
            "lead": _("Ingen kallas förrän du skickar kallelsen från mötets sida."),
            "submit": _("Planera mötet"),
            "cancel": reverse("governance:mote_list", args=[objekt.pk]),
        },
    )


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change kind, time or place of a meeting to come."""
    mote = get_permitted(request.user, actions.CALL, ALL, pk)
    called = mote.status == Mote.Status.KALLAT
    return edit_view(
        request,
        lambda data: MoteForm(
            data=data, user=request.user, instance=ALL.get(pk=mote.pk), version=mote.version
        ),
        partial(actions.change, request.user, mote),
        lambda saved: on_page(
            saved,
            _("%s är ändrat. De kallade har fått en ny kallelse.")
            if called
            else _("%s är ändrat."),
        ),
        context=around(
            mote,
            heading=_("Ändra mötet"),
            lead=_("De som är kallade får en ny kallelse.") if called else "",
            submit=_("Spara och skicka ny kallelse") if called else _("Spara mötet"),
        ),
    )


@require_POST
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the invitation."""
    mote = get_permitted(request.user, actions.CALL, ALL, pk)
    act = partial(actions.call, request.user, mote)
    return carried_out(request, act, on_page(mote, _("Kallelsen till %s är skickad.")))


def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a meeting to come."""
    mote = get_permitted(request.user, actions.CALL, ALL, pk)
    called = mote.status == Mote.Status.KALLAT
    return edit_view(
        request,
        partial(RemovalForm, user=request.user),
        partial(actions.cancel, request.user, mote),
        lambda saved: on_page(saved, _("%s är inställt.")),
        context=around(
            mote,
            heading=_("Ställ in mötet"),
            lead=_("De som är kallade får veta att mötet är inställt, och varför.")
            if called
            else _("Ingen är kallad än, så ingen får något brev."),
            submit=_("Ställ in mötet"),
            button="btn-danger",
        ),
    )


@require_POST
def put_forward(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the minutes forward for approval."""
    mote = get_permitted(request.user, actions.CALL, ALL, pk)
    act = partial(protokoll.put_forward, request.user, mote)
    return carried_out(request, act, on_page(mote, _("Protokollet från %s är framlagt.")))


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve the minutes that were read."""
    mote = get_permitted(request.user, None, ALL, pk)
    read = request.POST.get("content_hash", "")
    act = partial(protokoll.approve, request.user, mote, content_hash=read)
    return carried_out(request, act, on_page(mote, _("Du har justerat protokollet från %s.")))


def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Open minutes that were put forward again."""
    mote = get_permitted(request.user, actions.CALL, ALL, pk)
    return edit_view(
        request,
        partial(RemovalForm, user=request.user),
        partial(protokoll.take_back, request.user, mote),
        lambda saved: on_page(saved, _("Protokollet från %s är öppet igen.")),
        context=around(
            mote,
            heading=_("Ta tillbaka protokollet"),
            lead=_("Protokollet kan ändras igen. De som redan har justerat får göra om det."),
            submit=_("Ta tillbaka protokollet"),
            button="btn-danger",
        ),
    )


def around(mote: Mote, **context: Any) -> dict[str, Any]:
    """Return what a form of a meeting has around it."""
    return {
        "objekt": mote.objekt,
        "mote": mote,
        "parent": str(mote),
        "cancel": mote.get_absolute_url(),
        **context,
    }


def on_page(mote: Mote, sentence: str) -> Done:
    """Lead to the meeting's page."""
    history = reverse("governance:mote_history", args=[mote.pk])
    return Done(sentence % mote, mote.get_absolute_url(), history)
