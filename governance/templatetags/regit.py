"""What every template may use: the shell's navigation and theme, dates, numbers and small marks."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Field
from django.http import HttpRequest
from django.template.context import Context
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance.access import may
from governance.lists.kinds import KINDS
from governance.models import Forvaltningsobjekt, Sida
from governance.steering.money import written
from governance.views.theme import chosen
from governance.words import in_words

register = template.Library()


class Place(NamedTuple):
    """One entry of the main navigation."""

    label: Any
    url: str
    permission: str = ""
    also: tuple[str, ...] = ()
    """Other addresses that belong to the entry."""


STEERING = tuple(f"governance:{name}_all" for name in KINDS)
PLACES = (
    Place(gettext_lazy("Översikt"), "roles:oversikt"),
    Place(gettext_lazy("Förvaltningsobjekt"), "governance:objekt_list"),
    Place(gettext_lazy("System"), "governance:system_list"),
    Place(gettext_lazy("Avtal och planer"), "governance:avtal_all", also=STEERING),
    Place(gettext_lazy("Nämnder"), "roles:namnd_list"),
    Place(gettext_lazy("Personer"), "roles:person_list"),
    Place(gettext_lazy("Leverantörer"), "governance:leverantor_list"),
    Place(gettext_lazy("Ansvar"), "roles:ansvar"),
    Place(gettext_lazy("Granskning"), "governance:granskning", "view_granskning"),
    Place(gettext_lazy("Import"), "exchange:import_upload", "import_register"),
)

KRTS = (
    ("K", gettext_lazy("konfidentialitet")),
    ("R", gettext_lazy("riktighet")),
    ("T", gettext_lazy("tillgänglighet")),
    ("S", gettext_lazy("spårbarhet")),
)


def is_here(url: str, path: str) -> bool:
    """Tell whether the address belongs to the part of RegIT that url opens."""
    return path == url if url == "/" else path.startswith(url)


@register.inclusion_tag("_main_nav.html", takes_context=True)
def main_nav(context: Context) -> dict[str, Any]:
    """Render the top bar: the places this person may go, the search field and the own menu."""
    request: HttpRequest = context["request"]
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"request": request, "user": None, "places": []}
    places = [
        {
            "label": place.label,
            "url": url,
            "here": any(is_here(u, request.path) for u in (url, *map(reverse, place.also))),
        }
        for place in PLACES
        for url in [reverse(place.url)]
        if not place.permission or may(user, place.permission)
    ]
    if "objekt" in context and not any(place["here"] for place in places):
        for place in places:  # the parts of an object have addresses of their own
            place["here"] = place["url"] == reverse("governance:objekt_list")
    return {
        "request": request,
        "user": user,
        "places": places,
        "theme": chosen(request),
        "own_page": reverse("roles:person_detail", args=[user.pk]),
        "reminders_page": reverse("exchange:reminders"),
        "second_factor_page": reverse("roles:second_factor") if settings.SECOND_FACTOR else "",
        "admin_page": reverse("admin:index") if may(user, "change_user") else "",
        "search_url": reverse("governance:system_list"),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("governance/_styrning_nav.html", takes_context=True)
def styrning_nav(context: Context) -> dict[str, Any]:
    """Render the way between agreements and the other lists of what steers the objects."""
    path = context["request"].path
    lists = {"avtal": gettext_lazy("Avtal"), **{name: kind.title for name, kind in KINDS.items()}}
    places = [(label, reverse(f"governance:{name}_all")) for name, label in lists.items()]
    return {"places": [{"label": x, "url": url, "here": path == url} for x, url in places]}


@register.inclusion_tag("governance/_as_lists.html")
def as_lists(objekt: Forvaltningsobjekt, *names: str) -> dict[str, Any]:
    """Render the way from an object's page to the lists of just its things: {% as_lists objekt "mote" %}."""
    query = f"?objekt={objekt.pk}"
    lists = [(KINDS[n].many, reverse(f"governance:{n}_all")) for n in names]
    return {"lists": [(_(label), url + query) for label, url in lists]}


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    """Return the appearance that was chosen, "light" or "dark"; nothing when the device decides."""
    request = context.get("request")
    return chosen(request) if request else ""


@register.filter
def dmy(value: date | datetime | None) -> str:
    """Write a date for running text: 12 maj 2026."""
    return formats.date_format(as_day(value), "j F Y") if value else ""


@register.filter
def iso(value: date | datetime | None) -> str:
    """Write a date for tables and fields: 2026-05-12."""
    return as_day(value).isoformat() if value else ""


@register.filter
def tidpunkt(value: datetime | None) -> str:
    """Write a point in time, for the history only: 12 maj 2026 kl. 09:42."""
    if not value:
        return ""
    return _("%(day)s kl. %(time)s") % {"day": dmy(value), "time": klockslag(value)}


@register.filter
def klockslag(value: datetime | None) -> str:
    """Write the time of day, for the history only: 09:42."""
    return formats.date_format(timezone.localtime(value), "H:i") if value else ""


@register.simple_tag
def today_dmy() -> str:
    """Return today's date as the foot of a printed page says it."""
    return dmy(timezone.localdate())


@register.filter
def kr(value: Decimal | None) -> str:
    """Write an amount: 12 345 kr, or 12 345,50 kr; nothing for none."""
    return written(value)


@register.filter
def cell(value: Any) -> str:
    """Write what a column of a list says: amounts with kr, days as 2026-05-12."""
    if isinstance(value, Decimal):
        return written(value)
    return iso(value) if isinstance(value, date) else str(value)


@register.filter
def sidan(sida: str) -> str:
    """Write a side in a sentence: för verksamheten, för IT."""
    return {Sida.VERKSAMHET: _("verksamheten"), Sida.IT: _("IT")}[Sida(sida)]


@register.filter
def shown(value: Any, field: "Field[Any, Any]") -> str:
    """Write a field's value as people read it: {{ value|shown:field }}."""
    return in_words(field, value)


@register.inclusion_tag("_krts.html")
def krts(*levels: int | None) -> dict[str, Any]:
    """Render K-R-T-S as four squares: {% krts s.konfidentialitet s.riktighet … %}, each 0 to 4."""
    marks = [
        {"letter": letter, "name": name, "level": level}
        for (letter, name), level in zip(KRTS, levels, strict=True)
    ]
    said = ", ".join(
        f"{m['name']} {_('saknas') if m['level'] is None else m['level']}" for m in marks
    )
    return {"marks": marks, "said": capfirst(said)}


@register.inclusion_tag("_sort_th.html", takes_context=True)
def sort_th(context: Context, key: str, label: str, css: str = "") -> dict[str, Any]:
    """Render a column heading that sorts by key: ascending first, then descending; by no key, a plain one.

    A descending order is the key with a minus, as in order_by; the first choice of the list's
    sort field is what stands when the address names none.
    """
    if not key:
        return {"label": label, "css": css}
    request: HttpRequest = context["request"]
    now = str(request.GET.get("sort") or context.get("default_sort", ""))
    query = request.GET.copy()
    query.pop("page", None)
    query["sort"] = f"-{key}" if now == key else key
    direction = {key: "ascending", f"-{key}": "descending"}.get(now, "")
    return {"label": label, "css": css, "direction": direction, "query": query.urlencode()}


@register.filter
def elided_pages(page: Any) -> Sequence[int | str]:
    """Return the page numbers worth showing, with … where some are left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))


@register.simple_tag
def antal(number: int, one: str, many: str) -> str:
    """Return a number with its noun: 1 förvaltningsobjekt, 12 345 system."""
    return f"{intcomma(number)} {ngettext(one, many, number)}"


def as_day(value: date | datetime) -> date:
    """Return the Swedish day of a date or a point in time."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value
