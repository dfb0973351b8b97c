"""The samband and the informationsmängder of the systems on a page."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.db.models import QuerySet
from django.template.context import Context

from governance import access, samband
from governance.actions import informationsmangd as mangd_actions
from governance.actions.samband import CHANGE
from governance.lists import prepared
from governance.models import Informationsmangd, Informationssystem

register = template.Library()


@register.inclusion_tag("governance/_samband.html", takes_context=True)
def samband_panel(
    context: Context, user: Any, systems: Iterable[Informationssystem]
) -> dict[str, Any]:
    """Show the connections of the page's systems as a picture and a table that says the same.

    Takes the same number of queries however many they are. Systems come with their `objekt`.
    """
    own = list(systems)
    rows = samband.rows(user, own)
    return {
        "rows": rows,
        "picture": samband.picture(rows, own),
        "addable": _permitted(context, user, CHANGE, own),
        "single": len(own) == 1,
    }


@register.inclusion_tag("governance/_informationsmangder.html", takes_context=True)
def informationsmangd_panel(
    context: Context, user: Any, systems: Iterable[Informationssystem]
) -> dict[str, Any]:
    """List what information is in the page's systems, and who owns it with contact (6.2.b)."""
    own = {system.pk: system for system in systems}
    mangder = prepared.fetch(_mangder, reader=user, ids=list(own))
    addable = _permitted(context, user, mangd_actions.CHANGE, list(own.values()))
    return {
        "mangder": sorted(
            ((own[m.system_id], m) for m in mangder), key=lambda pair: pair[0].sort_key
        ),
        "addable": addable,
        "changeable": {system.pk for system in addable},
        "single": len(own) == 1,
    }


def _mangder(reader: access.Person) -> QuerySet[Informationsmangd]:
    found = Informationsmangd.objects.filter(prepared.among_ids("system"))
    return access.visible(reader, found.select_related("informationsagare"))


def _permitted(
    context: Context, user: Any, permission: str, systems: list[Informationssystem]
) -> list[Informationssystem]:
    request = context.get("request")
    if request is not None and request.user == user:
        rights = access.rights_during(request, systems)
        return [s for s in systems if permission in rights[Informationssystem, s.pk]]
    held = access.permissions_on(user, systems)
    return [system for system in systems if permission in held[system.pk]]
