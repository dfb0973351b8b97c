"""What templates say about who answers: role cards, operative roles, who may what, clause links.

The staffing of an object is read once a page: it is kept on the request.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.db.models import Model
from django.http import QueryDict
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from governance import access
from governance.models import Forvaltningsobjekt, Informationssystem
from roles import cards, who
from roles import matrix as matrices
from roles import panel as panels
from roles.catalogue import MANDATORY, NAMND, OPERATIVE

register = template.Library()


def panels_for(context: Context, objects: Iterable[Forvaltningsobjekt]) -> dict[int, panels.Panel]:
    """Return the panels of these objects, reading each once a request."""
    objects = list(objects)
    request = context.get("request")
    kept: dict[int, panels.Panel] = getattr(request, "_staffing", {})
    new = [objekt for objekt in objects if objekt.pk not in kept]
    if new:
        if request is None or not hasattr(request, "user"):
            kept = kept | panels.load(None, new)
        else:
            rights = access.rights_during(request, new)
            may = {objekt.pk: rights[Forvaltningsobjekt, objekt.pk] for objekt in new}
            kept = kept | panels.load(request.user, new, permissions=may)
        if request is not None:
            request._staffing = kept
    return {objekt.pk: kept[objekt.pk] for objekt in objects}


def panel_for(context: Context, objekt: Forvaltningsobjekt) -> panels.Panel:
    """Return the panel of one object."""
    return panels_for(context, [objekt])[objekt.pk]


@register.inclusion_tag("roles/_staffing_panel.html", takes_context=True)
def staffing_panel(context: Context, objekt: Forvaltningsobjekt) -> dict[str, Any]:
    """Render the five role cards of an object in the order of the delegation (clause 6.2.d)."""
    panel = panel_for(context, objekt)
    return {"panel": panel, "cards": cards.cards(panel)}


@register.simple_tag(takes_context=True)
def namnd_of(context: Context, objekt: Forvaltningsobjekt) -> SafeString:
    """Return the nämnd that is legal owner of an object, as a link; nothing when there is none."""
    holder = panel_for(context, objekt).post(NAMND).holder
    return who.link(holder.holder) if holder else mark_safe("")


@register.inclusion_tag("roles/_operative_roles.html", takes_context=True)
def operative_roles(context: Context, objekt: Forvaltningsobjekt) -> dict[str, Any]:
    """Render who holds the operative roles, for what, and how they are reached (clause 6.6.b)."""
    panel = panel_for(context, objekt)
    return {
        "objekt": objekt,
        "rows": cards.operative_rows(panel),
        "appoint": cards.appoint_actions(panel, OPERATIVE),
        "sentence": who.sentence([panel], "appoint_operativa_roller"),
    }


@register.inclusion_tag("roles/_system_roles.html", takes_context=True)
def system_roles(context: Context, system: Informationssystem) -> dict[str, Any]:
    """Render who answers for a system: its object's roles (clause 4.c) and those for the system."""
    panel = panel_for(context, system.objekt)
    return {
        "system": system,
        "objekt": system.objekt,
        "cards": [c for role in MANDATORY for c in cards.cards(panel) if c.role is role],
        "rows": cards.operative_rows(panel, system),
    }


@register.inclusion_tag("roles/_mandate_matrix.html", takes_context=True)
def mandate_matrix(context: Context, objekt: Forvaltningsobjekt) -> dict[str, Any]:
    """Render "Vem får vad"; ?mina=1 in the address keeps what the reader may do."""
    request = context.get("request")
    panel = panel_for(context, objekt)
    mine = bool(request and request.GET.get("mina"))
    return {
        "query": request.GET if request else QueryDict(),
        "objekt": objekt,
        "mine": mine,
        "table": matrices.matrix(panel, mine=mine),
        "responsibilities": reverse("roles:ansvar"),
    }


@register.simple_tag(takes_context=True)
def who_may(
    context: Context, permission: str | Sequence[str], thing: Model | None = None
) -> SafeString:
    """Return who holds a permission (or any of several) on a thing, with links: "förvaltningsledaren, Eva Lund"."""
    found = panels_for(context, who.objects_of(thing)).values()
    return who.who_may(found, permission, who.system_of(thing))


@register.simple_tag(takes_context=True)
def who_may_sentence(context: Context, permission: str, thing: Model | None = None) -> SafeString:
    """Return it as a sentence: "Förvaltningsledare utses av objektägaren, Eva Lund."."""
    found = panels_for(context, who.objects_of(thing)).values()
    return who.sentence(found, permission, who.system_of(thing))


@register.simple_tag
def holders(things: Sequence[Any], *roles: str) -> list[tuple[Any, panels.Held]]:
    """Pair each object or system of a page with who holds the five roles, or those named: one query.

    {% holders page.object_list "namnd" "forvaltningsledare" as rows %}{% for objekt, held in rows %}
      {{ held.namnd.namnd }} {{ held.forvaltningsledare.person }}; a vacant role is empty.
    """
    return panels.holders(list(things), roles=roles)


def clause_words(clause: str) -> str:
    """Write a clause as the document does: 6.2.U2 is 6.2 U2."""
    head, _dot, last = clause.rpartition(".")
    return clause if last.isdigit() or not head else f"{head} {last}"


@register.simple_tag
def clause(code: str, short: str = "") -> SafeString:
    """Link to a clause where the mandates are listed: "Avsnitt 6.2 U2", or only "6.2 U2"."""
    if not code:
        return mark_safe("")
    words = (
        clause_words(code) if short else _("Avsnitt %(clause)s") % {"clause": clause_words(code)}
    )
    url = reverse("roles:ansvar")
    if not url:
        return format_html('<span class="clause">{}</span>', words)
    return format_html('<a class="clause" href="{}#{}">{}</a>', url, code, words)
