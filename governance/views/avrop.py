"""Call off from an agreement, and judge what was delivered."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from governance import access
from governance.actions import avrop as actions
from governance.forms.ekonomi import AvropForm, JudgementForm, LeveransForm
from governance.forms.removal import RemovalForm
from governance.models import Avrop, Avtal, Leverans
from governance.steering.money import written
from governance.views.editing import edit_view
from governance.views.ekonomi import dated_today, page_of, placed

CALLED = Avrop.objects.select_related("objekt", "avtal")
DELIVERED = Leverans.objects.select_related("avrop__objekt", "avrop__avtal")


def avrop_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Call off from an agreement (6.3.B5, 6.5.B5)."""
    agreements = Avtal.objects.select_related("objekt", "leverantor")
    avtal = access.get_permitted(request.user, actions.CALL_OFF, agreements, pk)
    left = actions.remaining(avtal)
    lead = _("Mot %(avtal)s med %(leverantor)s.") % {
        "avtal": avtal,
        "leverantor": avtal.leverantor,
    }
    if left is not None:
        lead += " " + _("Av avtalets värde återstår %s.") % written(left)
    return edit_view(
        request,
        partial(AvropForm, user=request.user, initial=dated_today()),
        partial(actions.call_off, request.user, avtal),
        lambda made: placed(_("%s är avropat.") % made, avtal.objekt),
        context={"lead": lead, **page_of(avtal.objekt, _("Avropa"), _("Avropa"))},
    )


def avrop_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a call-off on which nothing was delivered."""
    avrop = access.get_permitted(request.user, actions.CALL_OFF, CALLED.all(), pk)
    return edit_view(
        request,
        partial(RemovalForm, user=request.user, version=avrop.version),
        partial(actions.withdraw, request.user, avrop),
        lambda saved: placed(_("Avropet %s är återtaget.") % saved, avrop.objekt),
        context={
            "lead": _("%(avrop)s, %(belopp)s.") % {"avrop": avrop, "belopp": written(avrop.belopp)},
            **page_of(avrop.objekt, _("Återta avrop"), _("Återta avropet")),
        },
    )


def leverans_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Register a delivery on a call-off."""
    avrop = access.get_permitted(request.user, actions.CALL_OFF, CALLED.all(), pk)
    return edit_view(
        request,
        partial(LeveransForm, user=request.user, initial=dated_today()),
        partial(actions.register_leverans, request.user, avrop),
        lambda made: placed(_("Leveransen %s väntar på godkännande.") % made, avrop.objekt),
        context={
            "lead": _("På avropet %s.") % avrop,
            **page_of(avrop.objekt, _("Registrera leverans"), _("Registrera leveransen")),
        },
    )


def leverans_judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a delivery or send it back (6.3.B4)."""
    leverans = access.get_permitted(request.user, actions.APPROVE, DELIVERED.all(), pk)
    objekt = leverans.avrop.objekt
    form = partial(JudgementForm, yes=_("Godkänn leveransen"), no=_("Underkänn leveransen"))
    words = {"leverans": leverans, "avrop": leverans.avrop}
    return edit_view(
        request,
        partial(form, user=request.user, version=leverans.version),
        lambda decision, **rest: actions.judge(request.user, leverans, approve=decision, **rest),
        lambda judged: placed(
            _("%(leverans)s: %(status)s.")
            % {"leverans": judged, "status": judged.get_status_display().lower()},
            objekt,
        ),
        context={
            "lead": _("%(leverans)s, på avropet %(avrop)s.") % words,
            **page_of(objekt, _("Godkänn leverans"), _("Spara beslutet")),
        },
    )
