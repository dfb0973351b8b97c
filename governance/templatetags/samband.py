"""The samband and the informationsmängder of the systems on a page."""

from collections.abc import Iterable
from typing import Any

from django import template

from governance import access, samband
from governance.actions import informationsmangd as mangd_actions
from governance.actions.samband import CHANGE
from governance.models import Informationsmangd, Informationssystem

register = template.Library()


@register.inclusion_tag("governance/_samband.html")
def samband_panel(user: Any, systems: Iterable[Informationssystem]) -> dict[str, Any]:
    """Show the connections of the page's systems as a picture and a table that says the same.

    Takes the same number of queries however many they are. Systems come with their `objekt`.
    """
    own = list(systems)
    rows = samband.rows(user, own)
    return {
        "rows": rows,
        "picture": samband.picture(rows, own),
        "addable": _permitted(user, CHANGE, own),
        "single": len(own) == 1,
    }


@register.inclusion_tag("governance/_informationsmangder.html")
def informationsmangd_panel(user: Any, systems: Iterable[Informationssystem]) -> dict[str, Any]:
    """List what information is in the page's systems, and who owns it with contact (6.2.b)."""
    own = {system.pk: system for system in systems}
    found = Informationsmangd.objects.filter(system__in=own).select_related("informationsagare")
    mangder = list(access.visible(user, found))
    addable = _permitted(user, mangd_actions.CHANGE, list(own.values()))
    return {
        "mangder": sorted(
            ((own[m.system_id], m) for m in mangder), key=lambda pair: pair[0].sort_key
        ),
        "addable": addable,
        "changeable": {system.pk for system in addable},
        "single": len(own) == 1,
    }


def _permitted(
    user: Any, permission: str, systems: list[Informationssystem]
) -> list[Informationssystem]:
    rights = access.permissions_on(user, systems)
    return [system for system in systems if permission in rights[system.pk]]
