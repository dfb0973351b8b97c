"""Let a page speak of an object's staffing as the register told of it on a day."""

from datetime import date

from django import template
from django.template.context import Context

from governance.models import Forvaltningsobjekt
from roles import as_of

register = template.Library()


@register.simple_tag(takes_context=True)
def as_staffed_on(context: Context, objekt: Forvaltningsobjekt, day: date) -> list[as_of.Later]:
    """Make every tag of `staffing` on this page tell of the day; return what was registered later."""
    request = context["request"]
    panel = as_of.panel_on(request.user, objekt, day)
    request._staffing = getattr(request, "_staffing", {}) | {objekt.pk: panel}
    return as_of.registered_later(panel)
