"""What is done with an agreement: sign, extend, terminate, follow up (6.2.B6, 6.4.B4, 6.2.U4)."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from governance import access
from governance.access import Person
from governance.actions.avtal import SIGN, refuse_changed
from governance.actions.base import check_not_future, lock, write
from governance.actions.steering import refuse_avvecklat
from governance.gestures import gesture
from governance.models import (
    Avtal,
    Avtalsforlangning,
    Avtalsuppfoljning,
    Forvaltningsplan,
    Planavtal,
)
from governance.steering import notice
from governance.steering.plans import EVER_ADOPTED, held_on

# Outside the plan signs who both decides on acquisition and gives money (6.2.B7, 6.2.U7).
OUTSIDE = ("decide_livscykel", "allocate_funds")


def sign(
    actor: Person,
    avtal: Avtal,
    *,
    signed_on: date,
    decision: str = "",
    version: int | None = None,
    reason: str = "",
) -> Avtal:
    """Sign an agreement: within the plan in force that covers it, or outside it by a decision.

    Raises ValidationError when it is not approved though its kind asks for it, or when no plan
    covers it and the person may not decide outside one (6.2.B6, 6.4.B4, 6.2.B7, 6.2.U7).
    """
    access.require(actor, SIGN, avtal)
    refuse_avvecklat(avtal.objekt)
    with gesture(actor, "sign_avtal", reason):
        fresh = lock(avtal, None, {})
        if fresh.status != Avtal.Status.REGISTRERAT:
            raise ValidationError(_("Avtalet är redan tecknat."))
        refuse_changed(fresh, version)
        if fresh.needs_approval:
            raise ValidationError(_("Avtalet ska godkännas innan det tecknas."))
        check_not_future(signed_on, "signed_on")
        fresh.plan = grounds(actor, fresh, signed_on, decision)
        fresh.decision = decision.strip()
        fresh.status, fresh.signed_by, fresh.signed_on = Avtal.Status.TECKNAT, actor, signed_on
        return write(fresh)


def covering_plan(avtal: Avtal, day: date) -> Forvaltningsplan | None:
    """Return the plan of the object that held on the day, as it was then, and covers the agreement."""
    return held_on(avtal.objekt, day).filter(planavtal__avtal=avtal).first()


def may_outside(actor: Person, avtal: Avtal) -> bool:
    """Whether the person may commit the object outside its plan (6.2.B7 and 6.2.U7)."""
    return all(access.may(actor, permission, avtal) for permission in OUTSIDE)


def planned(avtal: Avtal) -> bool:
    """Whether a plan that has been adopted covers the agreement on some day until today."""
    begun = {"plan__status__in": EVER_ADOPTED, "plan__period_from__lte": timezone.localdate()}
    return Planavtal.objects.filter(avtal=avtal, **begun).exists()


def grounds(actor: Person, avtal: Avtal, day: date, decision: str) -> Forvaltningsplan | None:
    """Return the plan that carries the commitment, or nothing when a decision does.

    Raises ValidationError where neither does.
    """
    plan = covering_plan(avtal, day)
    if plan is not None:
        return plan
    if not may_outside(actor, avtal):
        raise ValidationError(
            _(
                "Ingen förvaltningsplan som gällde den dagen omfattar avtalet. Utanför planen krävs "
                "mandat att besluta om anskaffning (6.2 B7) och att tilldela pengar (6.2 U7)."
            )
        )
    if not decision.strip():
        raise ValidationError(
            {"decision": _("Skriv beslutet: ingen gällande plan omfattar avtalet.")}
        )
    return None


def extend(
    actor: Person,
    avtal: Avtal,
    *,
    until: date,
    decision: str = "",
    version: int | None = None,
    reason: str = "",
) -> Avtalsforlangning:
    """Extend a signed agreement by one of its options, on the same grounds as it is signed."""
    access.require(actor, SIGN, avtal)
    refuse_avvecklat(avtal.objekt)
    with gesture(actor, "extend_avtal", reason):
        fresh = lock(avtal, None, {})
        refuse_changed(fresh, version)
        refuse_no_option(fresh)
        _check_until(fresh, until)
        grounds(actor, fresh, timezone.localdate(), decision)
        write(fresh)  # a new version: whoever has the agreement open learns of it
        return write(Avtalsforlangning(avtal=fresh, until=until, decision=decision.strip()))


def refuse_no_option(avtal: Avtal) -> None:
    """Raise ValidationError unless the agreement has an option left to extend it."""
    if refusal := option_refused(avtal):
        raise ValidationError(refusal)


def option_refused(avtal: Avtal) -> str:
    """Return why the agreement has no option to be extended by, or nothing when it has."""
    if avtal.status != Avtal.Status.TECKNAT:
        return _("Bara ett tecknat avtal som inte är uppsagt kan förlängas.")
    if avtal.ends_on is None:
        return _("Avtalet gäller tills vidare och behöver inte förlängas.")
    if avtal.extends_itself:
        return _("Avtalet förlängs av sig självt om det inte sägs upp.")
    if not avtal.extension_months:
        return _("Avtalet kan inte förlängas enligt sina villkor.")
    most = avtal.extensions_most
    if most is not None and len(avtal.avtalsforlangning.all()) >= most:
        return _("Avtalet har redan förlängts så många gånger som villkoren medger.")
    return ""


def _check_until(avtal: Avtal, until: date) -> None:
    last = notice.terms_of(avtal).last
    if last is None or avtal.extension_months is None:
        return
    latest = notice.shift(last, avtal.extension_months)
    if not last < until <= latest:
        raise ValidationError(
            {
                "until": _(
                    "Välj en dag efter %(last)s och senast %(latest)s: så långt räcker en förlängning."
                )
                % {"last": last, "latest": latest}
            }
        )


def terminate(
    actor: Person,
    avtal: Avtal,
    *,
    terminated_on: date,
    ceases_on: date,
    version: int | None = None,
    reason: str,
) -> Avtal:
    """Record that a signed agreement is terminated, and its last day."""
    access.require(actor, SIGN, avtal)
    if not reason.strip():
        raise ValidationError({"reason": _("Skriv varför avtalet sägs upp.")})
    with gesture(actor, "terminate_avtal", reason):
        fresh = lock(avtal, None, {})
        refuse_changed(fresh, version)
        if fresh.status != Avtal.Status.TECKNAT:
            raise ValidationError(
                _("Bara ett tecknat avtal som inte redan är uppsagt kan sägas upp.")
            )
        check_not_future(terminated_on, "terminated_on")
        if ceases_on < terminated_on:
            raise ValidationError({"ceases_on": _("Avtalet kan inte upphöra innan det sägs upp.")})
        fresh.status = Avtal.Status.UPPSAGT
        fresh.terminated_on, fresh.ceases_on = terminated_on, ceases_on
        return write(fresh)


def follow_up(
    actor: Person,
    avtal: Avtal,
    *,
    on: date,
    note: str,
    next_on: date | None = None,
    reason: str = "",
) -> Avtalsuppfoljning:
    """Note that a signed agreement was followed up, and when it is to be next (6.2.U4, 6.4.U4)."""
    access.require(actor, SIGN, avtal)
    with gesture(actor, "follow_up_avtal", reason):
        fresh = lock(avtal, None, {})
        if fresh.status == Avtal.Status.REGISTRERAT:
            raise ValidationError(_("Avtalet följs upp när det är tecknat."))
        check_not_future(on, "on")
        if next_on and next_on <= on:
            raise ValidationError({"next_on": _("Nästa uppföljning ska ligga efter den här.")})
        fields: dict[str, Any] = {"on": on, "note": note.strip(), "next_on": next_on}
        return write(Avtalsuppfoljning(avtal=fresh, **fields))
