"""The money of an object: budget against outcome, costs, call-offs, deliveries, money given."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from governance import access
from governance.access import Forbidden
from governance.actions import avrop
from governance.actions import kostnad as costs
from governance.actions import kostnadsrapport as rapporter
from governance.actions import tilldelning as tilldelningar
from governance.forms.ekonomi import JudgementForm, KostnadForm, TilldelningForm
from governance.lists.steering import KostnadListing
from governance.models import (
    Avrop,
    Forvaltningsobjekt,
    Forvaltningsplan,
    Kostnad,
    Kostnadsrapport,
    Sida,
)
from governance.steering import budget, plans, spending
from governance.views.editing import Done, edit_view
from governance.views.lists import paged, shown
from governance.views.rapporter import counted

SOME = 10
OBJECTS = Forvaltningsobjekt.objects
COSTS = Kostnad.objects.select_related("objekt", "registered_by", "judged_by", "budgetpost")


def adopted_plans(objekt: Forvaltningsobjekt) -> list[Forvaltningsplan]:
    """Return the plans that were ever adopted, the latest first."""
    return list(plans.ever_adopted(objekt).order_by("-period_from", "-number"))


def chosen_plan(
    request: HttpRequest, objekt: Forvaltningsobjekt, adopted: list[Forvaltningsplan]
) -> Forvaltningsplan | None:
    """Return the plan that the address names, else the one in force today, else the latest."""
    wanted = request.GET.get("plan", "")
    named = [plan for plan in adopted if str(plan.pk) == wanted]
    return next(iter([*named, *plans.in_force(objekt), *adopted]), None)


@require_safe
def ekonomi(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an object's budget and outcome, its latest costs, call-offs and money given."""
    objekt = access.get_permitted(request.user, None, OBJECTS.all(), pk)
    rights = access.rights_during(request, [objekt])[Forvaltningsobjekt, objekt.pk]
    adopted = adopted_plans(objekt)
    plan = chosen_plan(request, objekt, adopted)
    found = access.visible(request.user, COSTS.filter(objekt=objekt))
    reports = visible_reports(request, objekt)
    context = {
        "objekt": objekt,
        "plan": plan,
        "other_plans": [other for other in adopted if other != plan],
        **(against_budget(request, plan) if plan else {}),
        "kostnader": actions_on(request, rights, found[:SOME]),
        "kostnad_count": found.count(),
        "waiting": found.filter(status=Kostnad.Status.REGISTRERAD).count(),
        "page": called_off(request, objekt),
        "rapporter": counted(reports).order_by("-reported_on", "-pk")[:SOME],
        "rapport_count": reports.count(),
        "tilldelningar": objekt.tilldelning.select_related("plan", "decided_by"),
        **rights_shown(rights),
        "may_report": plan
        and objekt.status != Forvaltningsobjekt.Status.AVVECKLAT
        and bool({*rapporter.REPORTS.values()} & rights),
        "registers": list(rapporter.REPORTS.values()),
        "may_allocate": tilldelningar.ALLOCATE in rights,
        "may_call_off": "call_off" in rights,
        "may_approve": "approve_leverans" in rights,
    }
    return render(request, "governance/ekonomi.html", context)


def against_budget(request: HttpRequest, plan: Forvaltningsplan) -> dict[str, Any]:
    """Return the plan's budget and outcome, line by line and as it has grown."""
    report = budget.report(request.user, plan)
    steps = spending.steps(request.user, report)
    return {"report": report, "steps": steps, "chart": spending.chart(report, steps)}


def called_off(request: HttpRequest, objekt: Forvaltningsobjekt) -> Page[Avrop]:
    """Return the page of the object's call-offs that the address names, the latest first."""
    called = Avrop.objects.filter(objekt=objekt).select_related("avtal", "called_by")
    rows = access.visible(request.user, called.prefetch_related("leveranser", "kostnader"))
    page = Paginator(rows, SOME).get_page(request.GET.get("page"))
    for row in page.object_list:
        refused = row.withdrawn_on or avrop.withdrawal_refused(row)
        row.can_withdraw = not refused  # type: ignore[attr-defined]
    return page


def visible_reports(request: HttpRequest, objekt: Forvaltningsobjekt) -> QuerySet[Kostnadsrapport]:
    """Return the reports of the object's costs that the reader may know of."""
    sent = Kostnadsrapport.objects.filter(objekt=objekt).select_related("reported_by")
    return access.visible(request.user, sent)


@require_safe
def kostnad_list(request: HttpRequest, pk: int) -> HttpResponse:
    """List the object's costs that the address asks for, with what the reader may do with each."""
    objekt = access.get_permitted(request.user, None, OBJECTS.all(), pk)
    listing = KostnadListing(request.user, request.GET, within=objekt)
    page = paged(request, listing)
    rights = access.rights_during(request, [objekt])[Forvaltningsobjekt, objekt.pk]
    page.object_list = actions_on(request, rights, page.object_list)
    context = {**shown(listing, page, "kostnad"), "objekt": objekt, **rights_shown(rights)}
    return render(request, "governance/kostnad_list.html", context)


def rights_shown(rights: frozenset[str]) -> dict[str, bool]:
    """Return whether the person registers or attests any cost of the object."""
    return {
        "may_register": bool({costs.FOLLOW_UP, costs.FOLLOW_UP_IT} & rights),
        "may_attest": bool({costs.CERTIFY, costs.CERTIFY_IT} & rights),
    }


def actions_on(
    request: HttpRequest, rights: frozenset[str], kostnader: Iterable[Kostnad]
) -> list[Kostnad]:
    """Let each cost carry what the reader may do with it now."""
    found: list[Any] = list(kostnader)
    waiting = [k.pk for k in found if k.status == Kostnad.Status.REGISTRERAD]
    others = set(waiting) - costs.own(request.user, waiting)
    for kostnad in found:
        kostnad.can_attest = kostnad.pk in others and costs.attested_with(kostnad.sida) & rights
        kostnad.can_change = (
            kostnad.status != Kostnad.Status.ATTESTERAD
            and costs.registered_with(kostnad.sida) & rights
        )
    return found


def kostnad_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Register a cost (6.3.U11, 6.5.U7)."""
    objekt = access.get_permitted(request.user, None, OBJECTS.all(), pk)
    sides = own_sides(request, objekt)
    return edit_view(
        request,
        partial(KostnadForm, user=request.user, objekt=objekt, sides=sides, instance=Kostnad()),
        partial(costs.register, request.user, objekt),
        lambda made: placed(_("Kostnaden %s är registrerad och väntar på attest.") % made, objekt),
        context=page_of(objekt, _("Registrera kostnad"), _("Registrera kostnaden")),
    )


def kostnad_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a cost that is not attested yet."""
    kostnad = access.get_permitted(request.user, None, COSTS.all(), pk)
    objekt, sides = kostnad.objekt, own_sides(request, kostnad.objekt)
    if Sida(kostnad.sida) not in sides:
        raise Forbidden(costs.FOLLOW_UP, objekt)
    form = partial(KostnadForm, user=request.user, objekt=objekt, sides=sides)
    return edit_view(
        request,
        partial(form, instance=kostnad, version=kostnad.version),
        partial(costs.change, request.user, kostnad),
        lambda saved: placed(_("Kostnaden %s är sparad.") % saved, objekt),
        context=page_of(objekt, _("Ändra kostnad"), _("Spara kostnaden")),
    )


def kostnad_judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Attest a cost or send it back (6.2.B5, 6.4.B3)."""
    kostnad = access.get_permitted(request.user, None, COSTS.all(), pk)
    if not costs.attests(request.user, kostnad):
        raise Forbidden(
            costs.CERTIFY_IT if kostnad.sida == Sida.IT else costs.CERTIFY, kostnad.objekt
        )
    form = partial(JudgementForm, yes=_("Attestera"), no=_("Skicka tillbaka"))
    return edit_view(
        request,
        partial(form, user=request.user, version=kostnad.version),
        lambda decision, **rest: costs.judge(request.user, kostnad, attest=decision, **rest),
        lambda judged: placed(judgement(judged), kostnad.objekt),
        template="governance/kostnad_judge.html",
        context={"kostnad": kostnad, **page_of(kostnad.objekt, _("Attestera kostnad"), "")},
    )


def judgement(kostnad: Kostnad) -> str:
    """Return what was decided about a cost."""
    if kostnad.status == Kostnad.Status.ATTESTERAD:
        return _("Du har attesterat %s.") % kostnad
    return _("Du har skickat tillbaka %s.") % kostnad


def tilldelning_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the object money (6.2.U7)."""
    objekt = access.get_permitted(request.user, tilldelningar.ALLOCATE, OBJECTS.all(), pk)
    return edit_view(
        request,
        partial(TilldelningForm, user=request.user, objekt=objekt, initial=dated_today()),
        partial(tilldelningar.allocate, request.user, objekt),
        lambda made: placed(_("Pengarna är tilldelade."), objekt),
        context=page_of(objekt, _("Tilldela pengar"), _("Tilldela pengarna")),
    )


def own_sides(request: HttpRequest, objekt: Forvaltningsobjekt) -> tuple[Sida, ...]:
    """Return the sides whose costs the person registers; Forbidden when there are none."""
    sides = tuple(sida for sida in Sida if costs.registers(request.user, objekt, sida))
    if not sides:
        raise Forbidden(costs.FOLLOW_UP, objekt)
    return sides


def dated_today() -> dict[str, Any]:
    """Return what a form of something that is done on a day begins with."""
    return {"on": timezone.localdate()}


def placed(message: str, objekt: Forvaltningsobjekt) -> Done:
    """Lead back to the object's economy, with the entry in its history."""
    return Done(
        message,
        reverse("governance:ekonomi", args=[objekt.pk]),
        reverse("governance:objekt_history", args=[objekt.pk]),
    )


def page_of(objekt: Forvaltningsobjekt, heading: str, submit: str) -> dict[str, Any]:
    """Return what a form page of the object's economy says around the form."""
    return {
        "objekt": objekt,
        "parent": objekt.name,
        "heading": heading,
        "submit": submit,
        "cancel": reverse("governance:ekonomi", args=[objekt.pk]),
    }
