"""Following up an object: evaluations (6.2.B4) and steering documents (6.2.U5, 6.4.U5)."""

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from governance import access
from governance.actions import styrdokument as documents
from governance.actions import utvardering as evaluations
from governance.actions.styrdokument import meant_for
from governance.forms.removal import RemovalForm
from governance.forms.uppfoljning import StyrdokumentForm, UtvarderingForm
from governance.models import Forvaltningsobjekt, Sida, Styrdokument, Utvardering
from governance.steering import sides
from governance.steering.reach import reached
from governance.views.editing import Done, carried_out, edit_view


def all_documents() -> QuerySet[Styrdokument]:
    """Return documents with what their pages tell."""
    rows = Styrdokument.objects.select_related("objekt", "issued_by")
    return rows.prefetch_related("kvittenser__person")


def objekt_of(request: HttpRequest, pk: int, permission: str | None = None) -> Forvaltningsobjekt:
    """Return the object that an address names."""
    return access.get_permitted(request.user, permission, Forvaltningsobjekt.objects.all(), pk)


@require_safe
def uppfoljning(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the object's evaluations and steering documents, and who has taken these in."""
    objekt = objekt_of(request, pk)
    held = access.rights_during(request, [objekt])[Forvaltningsobjekt, objekt.pk]
    open_to_change = objekt.status != "avvecklat"
    made = objekt.utvardering.select_related("evaluated_by")
    issued = all_documents().filter(objekt=objekt).order_by("withdrawn_on", "title", "pk")
    rows = reached(objekt, access.visible(request.user, issued))
    context: dict[str, Any] = {
        "objekt": objekt,
        "evaluations": made,
        "documents": [row for row in rows if not row.document.withdrawn_on],
        "ended": [row.document for row in rows if row.document.withdrawn_on],
        "may_evaluate": open_to_change and evaluations.RECORD in held,
        "may_correct": evaluations.RECORD in held,
        "may_issue": open_to_change and not held.isdisjoint(sides.OWNS.values()),
        "owners": tuple(sides.OWNS.values()),
        "evaluates": evaluations.RECORD,
    }
    return render(request, "governance/uppfoljning.html", context)


def on_page(objekt: Forvaltningsobjekt, said: str, part: str) -> Done:
    """Lead back to a part of the page."""
    url = reverse("governance:uppfoljning", args=[objekt.pk])
    history = reverse("governance:objekt_history", args=[objekt.pk])
    return Done(said, f"{url}#{part}", history)


def utvardering_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down an evaluation of the object's organisation (6.2.B4)."""
    objekt = objekt_of(request, pk, evaluations.RECORD)
    back = reverse("governance:uppfoljning", args=[objekt.pk])
    return edit_view(
        request,
        partial(UtvarderingForm, user=request.user, instance=Utvardering(objekt=objekt)),
        partial(evaluations.record, request.user, objekt),
        lambda _made: on_page(objekt, _("Utvärderingen är sparad."), "utvarderingar"),
        context={
            "parent": objekt,
            "heading": _("Utvärdera förvaltningsorganisationen"),
            "lead": _("Fungerar rollerna, mötena och samarbetet mellan verksamheten och IT?"),
            "submit": _("Spara utvärderingen"),
            "cancel": back,
        },
    )


def utvardering_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an evaluation."""
    rows = Utvardering.objects.select_related("objekt")
    made = access.get_permitted(request.user, evaluations.RECORD, rows, pk)
    return edit_view(
        request,
        partial(UtvarderingForm, user=request.user, instance=made, version=made.version),
        partial(evaluations.change, request.user, made),
        lambda _saved: on_page(made.objekt, _("Utvärderingen är sparad."), "utvarderingar"),
        context={
            "parent": made.objekt,
            "heading": _("Ändra utvärderingen"),
            "submit": _("Spara utvärderingen"),
            "cancel": reverse("governance:uppfoljning", args=[made.objekt_id]),
        },
    )


def styrdokument_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue a steering document for whoever leads one's side (6.2.U5, 6.4.U5)."""
    objekt = objekt_of(request, pk)
    documents.require_owner(request.user, objekt)
    return edit_view(
        request,
        partial(StyrdokumentForm, user=request.user, instance=Styrdokument(objekt=objekt)),
        partial(documents.issue, request.user, objekt),
        lambda made: shown(made, _("%s är lämnat. Mottagarna har fått ett brev.") % made),
        context={
            "parent": objekt,
            "heading": _("Lämna ett styrdokument"),
            "lead": _("Den som leder förvaltningen på din sida får det att läsa och kvittera."),
            "submit": _("Lämna styrdokumentet"),
            "cancel": reverse("governance:uppfoljning", args=[objekt.pk]),
        },
    )


def shown(document: Styrdokument, said: str) -> Done:
    """Lead to the document's page."""
    return Done(said, document.get_absolute_url(), history_of(document))


def history_of(document: Styrdokument) -> str:
    """Return the address of the document's history."""
    return reverse("governance:styrdokument_history", args=[document.pk])


@require_safe
def styrdokument_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a steering document, who it is meant for, and who has acknowledged which edition."""
    document = access.get_permitted(request.user, None, all_documents(), pk)
    (row,) = reached(document.objekt, [document])
    held = access.rights_during(request, [document])[Styrdokument, document.pk]
    owners = [sides.OWNS[side] for side in meant_for(document)]
    context = {
        "document": document,
        "objekt": document.objekt,
        "readers": row.readers,
        "earlier": [k for k in document.kvittenser.all() if k.edition != document.edition],
        "may_acknowledge": row.waits_for(request.user),
        "may_change": not document.withdrawn_on and not held.isdisjoint(owners),
        "leads": tuple(sides.LEADS[side] for side in meant_for(document)),
        "it": Sida.IT,
        "history": history_of(document),
    }
    return render(request, "governance/styrdokument_detail.html", context)


def styrdokument_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a steering document; a new edition is acknowledged anew."""
    document = access.get_permitted(request.user, None, all_documents(), pk)
    documents.require_owner(request.user, document.objekt, meant_for(document))
    title = document.title  # the form writes what was typed into the document
    return edit_view(
        request,
        partial(StyrdokumentForm, user=request.user, instance=document, version=document.version),
        partial(documents.change, request.user, document),
        lambda saved: shown(saved, _("%s är sparat.") % saved),
        context={
            "parent": title,
            "heading": _("Ändra styrdokumentet"),
            "submit": _("Spara styrdokumentet"),
            "cancel": document.get_absolute_url(),
        },
    )


def styrdokument_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then end a steering document."""
    document = access.get_permitted(request.user, None, all_documents(), pk)
    documents.require_owner(request.user, document.objekt, meant_for(document))
    return edit_view(
        request,
        partial(RemovalForm, user=request.user),
        partial(documents.withdraw, request.user, document),
        lambda saved: shown(saved, _("%s har upphört.") % saved),
        context={
            "parent": document,
            "heading": _("Låt styrdokumentet upphöra"),
            "lead": _("Ingen behöver kvittera det längre. Kvittenserna finns kvar."),
            "submit": _("Låt det upphöra"),
            "cancel": document.get_absolute_url(),
        },
    )


@require_POST
def styrdokument_acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one has taken in the edition in force."""
    document = access.get_permitted(request.user, None, all_documents(), pk)
    act = partial(documents.acknowledge, request.user, document)
    said = _("Du har kvitterat att du har tagit del av %s.") % document
    return carried_out(request, act, shown(document, said))
