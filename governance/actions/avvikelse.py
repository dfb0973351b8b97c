"""Actions on an avvikelse: reported to the styrgrupp (6.3.U9, 6.5.U4), which handles it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance import access, mailing
from governance.access import Person
from governance.actions.base import assign, check_not_future, lock, write
from governance.actions.delgivning import reach, refuse_nobody
from governance.actions.steering import refuse_avvecklat, refuse_outside_system
from governance.gestures import gesture
from governance.models import Avvikelse, Forvaltningsobjekt, Sida
from governance.steering import sides, styrgrupp

REPORT = "report_avvikelse"
CLAUSE = {Sida.VERKSAMHET: "6.3.U9", Sida.IT: "6.5.U4"}


def report(
    actor: Person, objekt: Forvaltningsobjekt, *, reason: str = "", **fields: Any
) -> Avvikelse:
    """Report a deviation from the plan. It reaches the members of the styrgrupp and nobody else.

    What is reported stays as it is. Raises ValidationError when the styrgrupp has no members.
    """
    access.require(actor, REPORT, objekt)
    refuse_avvecklat(objekt)
    refuse_outside_system(objekt, fields.get("system"))
    check_not_future(fields.get("on"), "on")
    avvikelse = Avvikelse(objekt=objekt, reported_by=actor)
    members = styrgrupp.styrgrupp_of(objekt).members
    refuse_nobody(members, avvikelse, _("Styrgruppen för %(objekt)s har inga ledamöter i dag."))
    with gesture(actor, "report", reason):
        assign(avvikelse, fields)
        side = sides.check_led(actor, objekt, avvikelse.sida)
        write(avvikelse)
        reach(avvikelse, members, CLAUSE[side])
        _tell(avvikelse, members)
    return avvikelse


def handle(
    actor: Person,
    avvikelse: Avvikelse,
    *,
    handling: str,
    version: int | None = None,
    reason: str = "",
) -> Avvikelse:
    """Say how a deviation was met: by a member of the styrgrupp, which it was reported to.

    Raises Forbidden for who is no member today.
    """
    styrgrupp.require_member(actor, avvikelse.objekt)
    if not handling.strip():
        raise ValidationError({"handling": _("Skriv hur avvikelsen har hanterats.")})
    with transaction.atomic():
        fresh = lock(avvikelse, version, {"handling": handling})
        if fresh.status == Avvikelse.Status.HANTERAD:
            raise ValidationError(_("Avvikelsen är redan hanterad."))
        fresh.status, fresh.handled_on = Avvikelse.Status.HANTERAD, timezone.localdate()
        assign(fresh, {"handling": handling})
        with gesture(actor, "handle", reason):
            return write(fresh)


def _tell(avvikelse: Avvikelse, members: list[Any]) -> None:
    mailing.send(
        members,
        _("Avvikelse från planen för %(objekt)s") % {"objekt": avvikelse.objekt},
        [
            _("%(who)s rapporterar en avvikelse till styrgruppen.")
            % {"who": avvikelse.reported_by or "RegIT"},
            mailing.quoted(avvikelse.title, avvikelse.system),
            _("Läs avvikelsen och markera att du har läst den:"),
        ],
        url=avvikelse.get_absolute_url(),
    )
