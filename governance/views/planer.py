"""The plans of an object: the list, one plan, and what is done to it as a whole."""

from datetime import timedelta
from functools import partial
from operator import attrgetter
from typing import Any

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from governance import access
from governance.access import Person
from governance.actions import plan as actions
from governance.forms.plan import PlanForm, SignForm, TakeBackForm, VersionForm
from governance.forms.removal import RemovalForm
from governance.models import (
    Aktivitet,
    Budgetpost,
    Forvaltningsobjekt,
    Forvaltningsplan,
    Mal,
    Malmatning,
    Planavtal,
    Planrisk,
    Sida,
    Underskrift,
)
from governance.steering import plans
from governance.steering.budget import ZERO
from governance.steering.plan_pdf import pdf
from governance.steering.plan_signing import sides_to_sign
from governance.steering.sides import LEADS, OWNS
from governance.views.editing import Done, edit_view

ALL = Forvaltningsplan.objects.select_related("objekt", "based_on")
OBJECTS = Forvaltningsobjekt.objects
SEEN = tuple(LEADS.items())


@require_safe
def plan_list(request: HttpRequest, pk: int) -> HttpResponse:
    """List an object's plans, the latest version first."""
    objekt = access.get_permitted(request.user, None, OBJECTS.all(), pk)
    rights = access.rights_during(request, [objekt])[Forvaltningsobjekt, objekt.pk]
    context = {
        "objekt": objekt,
        "plans": objekt.forvaltningsplan.prefetch_related(signatures()),
        "today": timezone.localdate(),
        "may_draft": actions.DRAFT in rights and objekt.status != "avvecklat",
    }
    return render(request, "governance/plan_list.html", context)


def signatures() -> "Prefetch[Any]":
    """Return how a plan's signatures are fetched with who signed."""
    return Prefetch("underskrift", Underskrift.objects.select_related("person"))


@require_safe
def plan_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a plan: where it stands, goals and progress, activities, budget, risks, agreements."""
    plan = access.get_permitted(request.user, None, ALL.prefetch_related(signatures()), pk)
    rights = access.rights_during(request, [plan.objekt])[Forvaltningsobjekt, plan.objekt_id]
    return render(request, "governance/plan_detail.html", whole(request.user, plan, rights))


def whole(reader: Person, plan: Forvaltningsplan, rights: frozenset[str]) -> dict[str, Any]:
    """Return all that a page of the plan shows, as this person may know it."""
    seen = partial(access.visible, reader)
    budget = list(Budgetpost.objects.filter(plan=plan))
    matningar = Prefetch("matningar", Malmatning.objects.order_by("-on", "-id"))
    signed = list(plan.underskrift.all())
    return {
        "plan": plan,
        "objekt": plan.objekt,
        "goals": list(Mal.objects.filter(plan=plan).prefetch_related(matningar)),
        "activities": list(
            seen(Aktivitet.objects.filter(plan=plan).select_related("mal", "system"))
        ),
        "budget": budget,
        "sums": [(s, sum((p.belopp for p in budget if p.sida == s), ZERO)) for s in Sida],
        "budget_sum": sum((post.belopp for post in budget), ZERO),
        "risks": list(Planrisk.objects.filter(plan=plan)),
        "agreements": list(
            seen(Planavtal.objects.filter(plan=plan).select_related("avtal__leverantor"))
        ),
        "signed": signed,
        "unsigned": [s for s in Sida if s not in {u.sida for u in signed}],
        "may_draft": actions.DRAFT in rights,
        "take_back": taking_back(plan, rights),
        "draft": plan.status == "utkast" and actions.DRAFT in rights,
        "measured": [s for s, verb in SEEN if verb in rights]
        if plan.status == "faststalld"
        else [],
        "to_sign": sides_to_sign(reader, plan, signed, rights),
        "versions": list(
            Forvaltningsplan.objects.filter(objekt=plan.objekt).exclude(pk=plan.pk)[:12]
        ),
    }


def taking_back(plan: Forvaltningsplan, rights: frozenset[str]) -> str:
    """Return what the page calls making the plan a draft again; nothing where this person may not."""
    if plan.status != "framlagd" or rights.isdisjoint(actions.TAKES_BACK):
        return ""
    return take_back_words(actions.DRAFT in rights)


def plan_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a plan of the object (6.3.U2, 6.5.U2)."""
    objekt = access.get_permitted(request.user, actions.DRAFT, OBJECTS.all(), pk)
    year = timezone.localdate().year + 1
    first = timezone.localdate().replace(year=year, month=1, day=1)
    initial = {"period_from": first, "period_to": first.replace(month=12, day=31)}
    return edit_view(
        request,
        partial(PlanForm, user=request.user, initial=initial),
        partial(actions.create, request.user, objekt),
        lambda made: placed(made, _("%s är påbörjad. Lägg till mål, aktiviteter och budget.")),
        context={
            "objekt": objekt,
            "parent": objekt.name,
            "heading": _("Börja en förvaltningsplan"),
            "submit": _("Börja planen"),
            "cancel": reverse("governance:plan_list", args=[objekt.pk]),
        },
    )


def plan_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the period and the aim of a draft."""
    plan = access.get_permitted(request.user, actions.DRAFT, ALL.all(), pk)
    return edit_view(
        request,
        partial(PlanForm, user=request.user, version=plan.version, instance=plan),
        partial(actions.change, request.user, plan),
        lambda saved: placed(saved, _("%s är sparad.")),
        context=around(plan, _("Ändra period och inriktning"), _("Spara planen")),
    )


def plan_put_forward(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze a draft and lay it before the two who adopt it."""
    plan = access.get_permitted(request.user, actions.DRAFT, ALL.all(), pk)
    lead = _("Planen låses. Den fastställs när två personer har undertecknat, en för varje sida.")
    return edit_view(
        request,
        partial(RemovalForm, user=request.user, version=plan.version),
        partial(actions.put_forward, request.user, plan),
        lambda saved: placed(saved, _("%s är framlagd och väntar på underskrifter.")),
        context={"lead": lead, **around(plan, _("Lägg fram planen"), _("Lägg fram planen"))},
    )


def plan_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a plan that was put forward a draft again: taken back by who drafts, sent back by who signs."""
    plan = access.get_permitted(request.user, None, ALL.all(), pk)
    actions.refuse_taking_back(request.user, plan)
    heading = take_back_words(access.may(request.user, actions.DRAFT, plan))
    lead = _("Planen blir ett utkast igen. Underskrifter som redan finns gäller inte längre.")
    asks_why = actions.asks_why(request.user, plan)
    return edit_view(
        request,
        partial(TakeBackForm, user=request.user, version=plan.version, asks_why=asks_why),
        partial(actions.take_back, request.user, plan),
        lambda saved: placed(saved, _("%s är ett utkast igen.")),
        context={"lead": lead, **around(plan, heading, heading)},
    )


def take_back_words(drafts: bool) -> str:
    """Return what it is called: who drafts takes the plan back, who signs sends it back."""
    return _("Ta tillbaka planen") if drafts else _("Skicka tillbaka planen")


def plan_sign(request: HttpRequest, pk: int, sida: str) -> HttpResponse:
    """Sign the plan for one side (6.2.U1, 6.4.U1)."""
    if sida not in Sida.values:
        raise Http404
    everything = ALL.prefetch_related(signatures())
    plan = access.get_permitted(request.user, OWNS[Sida(sida)], everything, pk)
    rights = access.rights_during(request, [plan.objekt])[Forvaltningsobjekt, plan.objekt_id]
    return edit_view(
        request,
        partial(SignForm, user=request.user, initial={"content_hash": plan.content_hash}),
        partial(actions.sign, request.user, plan, sida=sida),
        lambda saved: placed(saved, signed_words(saved)),
        template="governance/plan_sign.html",
        context={
            **whole(request.user, plan, rights),
            "sida": Sida(sida),
            **around(plan, _("Fastställ planen"), _("Underteckna")),
        },
    )


def signed_words(plan: Forvaltningsplan) -> str:
    """Return what a signature led to."""
    if plan.status == Forvaltningsplan.Status.FASTSTALLD:
        return _("%s är fastställd.")
    return _("Du har undertecknat %s. Den fastställs när den andra sidan också har gjort det.")


def plan_new_version(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a new version as a copy of this one, for the same period or the next."""
    plan = access.get_permitted(request.user, actions.DRAFT, ALL.all(), pk)
    first = plan.period_to + timedelta(days=1)
    length = plan.period_to - plan.period_from
    whole_year = (first.month, first.day) == (1, 1)
    initial = {
        "period_from": first,
        "period_to": first.replace(month=12, day=31) if whole_year else first + length,
    }
    if request.GET.get("period") == "samma":
        initial = {"period_from": plan.period_from, "period_to": plan.period_to}
    return edit_view(
        request,
        partial(VersionForm, user=request.user, initial=initial),
        partial(actions.begin_version, request.user, plan),
        lambda made: placed(made, _("%s är påbörjad som kopia.")),
        context={
            "lead": _("Mål, aktiviteter, budget, risker och avtal följer med från %s.") % plan,
            **around(plan, _("Börja en ny version"), _("Börja versionen")),
        },
    )


def plan_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then remove a draft; its history stays."""
    plan = access.get_permitted(request.user, actions.DRAFT, ALL.all(), pk)
    said, objekt = _("%s är borttagen.") % plan, plan.objekt
    return edit_view(
        request,
        partial(RemovalForm, user=request.user),
        partial(actions.discard, request.user, plan),
        lambda _nothing: Done(
            said,
            reverse("governance:plan_list", args=[objekt.pk]),
            reverse("governance:objekt_history", args=[objekt.pk]),
        ),
        context={
            "button": "btn-danger",
            "lead": _("Utkastet tas bort med allt som står i det."),
            **around(plan, _("Ta bort utkastet"), _("Ta bort utkastet")),
        },
    )


@require_safe
def plan_compare(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Show how two versions of an object's plan differ, side by side, the older one first."""
    plan = access.get_permitted(request.user, None, ALL.all(), pk)
    same_objekt = ALL.filter(objekt=plan.objekt_id)
    asked = access.get_permitted(request.user, None, same_objekt, other)
    old, new = sorted((plan, asked), key=attrgetter("number"))
    compared = plans.compare(old, new, partial(access.visible, request.user))
    differing = {part: [r for r in rows if r.kind != "same"] for part, rows in compared.items()}
    context = {
        "objekt": plan.objekt,
        "old": old,
        "new": new,
        "parts": {part: rows for part, rows in differing.items() if rows},
    }
    return render(request, "governance/plan_compare.html", context)


def placed(plan: Forvaltningsplan, message: str) -> Done:
    """Lead to the plan, with the entry in its history."""
    return Done(
        message % plan,
        plan.get_absolute_url(),
        reverse("governance:plan_history", args=[plan.pk]),
    )


def around(plan: Forvaltningsplan, heading: str, submit: str) -> dict[str, Any]:
    """Return what a form page of the plan says around the form."""
    return {
        "objekt": plan.objekt,
        "parent": f"{plan.objekt}: {plan}",
        "heading": heading,
        "submit": submit,
        "cancel": plan.get_absolute_url(),
    }


@require_safe
def plan_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with the plan as a PDF, as this person may know it."""
    plan = access.get_permitted(request.user, None, ALL.prefetch_related(signatures()), pk)
    return as_pdf(request.user, plan)


def as_pdf(reader: Person, plan: Forvaltningsplan) -> HttpResponse:
    """Return the plan as a PDF, as this person may know it."""
    paper = pdf(whole(reader, plan, frozenset()))
    name = f"forvaltningsplan-{plan.objekt_id}-{plan.number}.pdf"
    return HttpResponse(
        paper,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )
