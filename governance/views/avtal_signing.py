"""What is done with an agreement: approve, sign, extend, terminate, follow up."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from governance import access
from governance.actions import avtal as actions
from governance.actions import avtal_signing as signing
from governance.forms.avtal import (
    ApprovalForm,
    ExtensionForm,
    FollowUpForm,
    SigningForm,
    TerminationForm,
)
from governance.models import Avtal
from governance.views.avtal import ALL, done, soon, with_days
from governance.views.editing import edit_view


def avtal_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a drift-, support- or serviceavtal (6.2.U6, 6.4.U6)."""
    avtal = access.get_permitted(request.user, actions.APPROVE, with_days(ALL), pk)
    context = {
        "heading": _("Godkänn avtalet"),
        "lead": _("När avtalet är godkänt kan det tecknas. Ändras villkoren behövs ett nytt."),
        "submit": _("Godkänn avtalet"),
    }
    make = partial(ApprovalForm, user=request.user, version=avtal.version)
    action = partial(actions.approve, request.user, avtal)
    return _page(request, avtal, make, action, _("Du har godkänt %(avtal)s."), context)


def avtal_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign an agreement, within the plan or by a decision (6.2.B6, 6.4.B4, 6.2.B7, 6.2.U7)."""
    avtal = access.get_permitted(request.user, actions.SIGN, with_days(ALL), pk)
    context = {
        "heading": _("Teckna avtalet"),
        "submit": _("Teckna avtalet"),
        "planned": signing.planned(avtal),
        **_grounds(request, avtal),
    }
    make = partial(SigningForm, user=request.user, version=avtal.version)
    action = partial(signing.sign, request.user, avtal)
    return _page(request, avtal, make, action, _("Du har tecknat %(avtal)s."), context)


def avtal_extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Extend a signed agreement by one of its options."""
    avtal = access.get_permitted(request.user, actions.SIGN, with_days(ALL), pk)
    context = {
        "heading": _("Förläng avtalet"),
        "submit": _("Förläng avtalet"),
        **_grounds(request, avtal),
    }
    make = partial(ExtensionForm, user=request.user, version=avtal.version, avtal=avtal)
    action = partial(signing.extend, request.user, avtal)
    return _page(request, avtal, make, action, _("Du har förlängt %(avtal)s."), context)


def avtal_terminate(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that an agreement is terminated."""
    avtal = access.get_permitted(request.user, actions.SIGN, with_days(ALL), pk)
    context = {
        "heading": _("Säg upp avtalet"),
        "lead": _("Registret minns uppsägningen. Leverantören får den av dig."),
        "submit": _("Säg upp avtalet"),
        "button": "btn-danger",
    }
    make = partial(TerminationForm, user=request.user, version=avtal.version, avtal=avtal)
    action = partial(signing.terminate, request.user, avtal)
    return _page(request, avtal, make, action, _("%(avtal)s är uppsagt."), context)


def avtal_follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a signed agreement was followed up (6.2.U4, 6.4.U4)."""
    avtal = access.get_permitted(request.user, actions.SIGN, with_days(ALL), pk)
    context = {"heading": _("Följ upp avtalet"), "submit": _("Spara uppföljningen")}
    make = partial(FollowUpForm, user=request.user)
    action = partial(signing.follow_up, request.user, avtal)
    said = _("Uppföljningen av %(avtal)s är sparad.")
    return _page(request, avtal, make, action, said, context)


def _grounds(request: HttpRequest, avtal: Avtal) -> dict[str, Any]:
    return {
        "covering": signing.covering_plan(avtal, timezone.localdate()),
        "may_outside": signing.may_outside(request.user, avtal),
        "asks_grounds": True,
    }


def _page(
    request: HttpRequest,
    avtal: Avtal,
    make: Callable[..., Any],
    action: Callable[..., Any],
    said: str,
    context: dict[str, Any],
) -> HttpResponse:
    return edit_view(
        request,
        make,
        action,
        lambda _result: done(said, avtal),
        template="governance/avtal_act.html",
        context={"avtal": avtal, "systems": avtal.systems.all(), **soon(), **context},
    )
