"""Statusrapporter and avvikelser of an object: the list, the page of each, sent and read."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from governance import access
from governance.access import get_permitted, visible
from governance.actions import avvikelse as avvikelser
from governance.actions import delgivning
from governance.actions import statusrapport as statusrapporter
from governance.forms.rapport import AvvikelseForm, HandlingForm, StatusForm
from governance.models import Avvikelse, Forvaltningsobjekt, Statusrapport
from governance.steering import sides, styrgrupp
from governance.views.editing import Done, carried_out, edit_view
from governance.views.places import named

DEVIATIONS = Avvikelse.objects.select_related("objekt", "system", "reported_by")
STATUSES = Statusrapport.objects.select_related("objekt", "plan", "reported_by", "corrects")
PAGE = 50


def counted(rows: Any) -> Any:
    """Add how many each report reached, and how many of them have read it."""
    read = Q(delgivningar__read_at__isnull=False)
    return rows.annotate(reached=Count("delgivningar"), read=Count("delgivningar", filter=read))


@require_safe
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """List the object's reports: open avvikelser first, statusrapporter newest first."""
    objekt = get_permitted(request.user, None, Forvaltningsobjekt.objects.all(), pk)
    rights = access.rights_during(request, [objekt])[Forvaltningsobjekt, objekt.pk]
    deviations = counted(visible(request.user, DEVIATIONS.filter(objekt=objekt)))
    statuses = counted(visible(request.user, STATUSES.filter(objekt=objekt)))
    deviations, statuses = (
        deviations.order_by("-on", "-pk"),
        statuses.order_by("-reported_on", "-pk"),
    )
    takes = objekt.status != Forvaltningsobjekt.Status.AVVECKLAT
    context = {
        "objekt": objekt,
        "takes": takes,
        "open": deviations.filter(status=Avvikelse.Status.OPPEN),
        "handled": deviations.filter(status=Avvikelse.Status.HANTERAD)[:PAGE],
        "page": Paginator(statuses, PAGE).get_page(request.GET.get("page")),
        "may_report_status": takes and statusrapporter.REPORT in rights,
        "may_report_avvikelse": takes and avvikelser.REPORT in rights,
    }
    return render(request, "governance/rapport_list.html", context)


@require_safe
def avvikelse_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an avvikelse, whom it reached and how it was met."""
    avvikelse = get_permitted(request.user, None, DEVIATIONS, pk)
    held = access.rights_during(request, [avvikelse])[Avvikelse, avvikelse.pk]
    member = bool({styrgrupp.VERKSAMHET, styrgrupp.IT} & held)
    context = {
        **around(request, avvikelse),
        "avvikelse": avvikelse,
        "is_open": avvikelse.status == Avvikelse.Status.OPPEN,
        "may_handle": member and avvikelse.status == Avvikelse.Status.OPPEN,
        "handlers": [styrgrupp.VERKSAMHET, styrgrupp.IT],
        "history": reverse("governance:avvikelse_history", args=[avvikelse.pk]),
    }
    return render(request, "governance/avvikelse_detail.html", context)


@require_safe
def statusrapport_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a statusrapport, whom it reached, and what corrects it."""
    rapport = get_permitted(request.user, None, STATUSES, pk)
    may = access.rights_during(request, [rapport])[Statusrapport, rapport.pk]
    context = {
        **around(request, rapport),
        "rapport": rapport,
        "stands": [
            (_("Mål"), rapport.mal_lage, rapport.get_mal_lage_display()),
            (_("Tid"), rapport.tid_lage, rapport.get_tid_lage_display()),
            (_("Kostnad"), rapport.kostnad_lage, rapport.get_kostnad_lage_display()),
        ],
        "corrections": rapport.corrections.all(),
        "may_correct": statusrapporter.REPORT in may
        and rapport.sida in sides.sides_led(request.user, rapport.objekt),
        "history": reverse("governance:statusrapport_history", args=[rapport.pk]),
    }
    return render(request, "governance/statusrapport_detail.html", context)


def around(request: HttpRequest, report: delgivning.Report) -> dict[str, Any]:
    """Return whom a report reached, and whether the reader is one who has not read it."""
    reached = list(report.delgivningar.select_related("person"))
    own = next((row for row in reached if row.person_id == request.user.pk), None)
    return {
        "objekt": report.objekt,
        "reached": reached,
        "unread": own is not None and own.read_at is None,
    }


def avvikelse_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Report an avvikelse to the styrgrupp (6.3.U9, 6.5.U4)."""
    objekt = get_permitted(request.user, avvikelser.REPORT, Forvaltningsobjekt.objects.all(), pk)
    return edit_view(
        request,
        lambda data: AvvikelseForm(
            data=data,
            user=request.user,
            objekt=objekt,
            instance=Avvikelse(objekt=objekt),
            initial={"on": timezone.localdate()},
        ),
        partial(avvikelser.report, request.user, objekt),
        lambda made: on_page(made, _("Avvikelsen %s har nått styrgruppen."), "avvikelse"),
        template="governance/rapport_form.html",
        context={
            "objekt": objekt,
            "heading": _("Rapportera avvikelse"),
            "receivers": styrgrupp.styrgrupp_of(objekt).members,
            "submit": _("Skicka till styrgruppen"),
            "cancel": reverse("governance:rapport_list", args=[objekt.pk]),
        },
    )


def avvikelse_handle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how an avvikelse was met, as a member of the styrgrupp."""
    avvikelse = get_permitted(request.user, None, DEVIATIONS, pk)
    styrgrupp.require_member(request.user, avvikelse.objekt)
    return edit_view(
        request,
        partial(HandlingForm, user=request.user, version=avvikelse.version),
        partial(avvikelser.handle, request.user, avvikelse),
        lambda saved: on_page(saved, _("Avvikelsen %s är hanterad."), "avvikelse"),
        template="governance/avvikelse_step.html",
        context={
            "objekt": avvikelse.objekt,
            "avvikelse": avvikelse,
            "heading": _("Markera avvikelsen som hanterad"),
            "submit": _("Markera som hanterad"),
            "cancel": avvikelse.get_absolute_url(),
        },
    )


def statusrapport_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Report how things stand to the owner of one's side (6.3.U8, 6.5.U3)."""
    objekt = get_permitted(
        request.user, statusrapporter.REPORT, Forvaltningsobjekt.objects.all(), pk
    )
    corrects = named(request, "rattar", STATUSES.filter(objekt=objekt))
    return edit_view(
        request,
        lambda data: StatusForm(
            data=data,
            user=request.user,
            objekt=objekt,
            instance=Statusrapport(objekt=objekt),
            initial=starting(request, objekt, corrects),
        ),
        partial(statusrapporter.report, request.user, objekt, corrects=corrects),
        lambda made: on_page(made, _("%s är skickad."), "statusrapport"),
        template="governance/rapport_form.html",
        context={
            "objekt": objekt,
            "corrects": corrects,
            "heading": _("Rätta statusrapporten") if corrects else _("Statusrapport"),
            "receivers": statusrapporter.receivers_of(
                objekt, *sides.sides_led(request.user, objekt)
            ),
            "submit": _("Skicka rapporten"),
            "cancel": reverse("governance:rapport_list", args=[objekt.pk]),
        },
    )


def starting(
    request: HttpRequest, objekt: Forvaltningsobjekt, corrects: Statusrapport | None
) -> dict[str, Any]:
    """Return what a new report begins with: what is corrected, or the time since the last one."""
    if corrects is not None:
        names = [*StatusForm.Meta.fields]
        return {name: getattr(corrects, name) for name in names}
    today = timezone.localdate()
    led = sides.sides_led(request.user, objekt)
    last = Statusrapport.objects.filter(objekt=objekt, sida__in=led).order_by("-period_to").first()
    first = last.period_to + timedelta(days=1) if last else today.replace(day=1)
    return {"period_from": min(first, today), "period_to": today}


def read(rows: QuerySet[Any], kind: str) -> Callable[..., HttpResponse]:
    """Return the view that marks a report of a kind as read."""

    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        report = get_permitted(request.user, None, rows, pk)
        mark = partial(delgivning.mark_read, request.user, report)
        return carried_out(request, mark, on_page(report, _("Du har läst ”%s”."), kind))

    return view


avvikelse_read = read(DEVIATIONS, "avvikelse")
statusrapport_read = read(STATUSES, "statusrapport")


def on_page(report: delgivning.Report, sentence: str, kind: str) -> Done:
    """Lead to the report's page."""
    history = reverse(f"governance:{kind}_history", args=[report.pk])
    return Done(sentence % report, report.get_absolute_url(), history)
