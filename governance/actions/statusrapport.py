"""Actions on a statusrapport: to the objektägare (6.3.U8), of IT to the objektägare IT (6.5.U3)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from governance import access, mailing
from governance.access import Person
from governance.actions.base import assign, write
from governance.actions.delgivning import reach, refuse_nobody
from governance.actions.steering import refuse_avvecklat
from governance.gestures import gesture
from governance.models import Forvaltningsobjekt, Sida, Statusrapport
from governance.steering import plans, sides

REPORT = "report_status"
CLAUSE = {Sida.VERKSAMHET: "6.3.U8", Sida.IT: "6.5.U3"}


def receivers_of(objekt: Forvaltningsobjekt, *led: Sida) -> list[Any]:
    """Return whom a report from who leads these sides reaches today: the owner of each."""
    return access.people_with(objekt, *(sides.OWNS[side] for side in led))


def report(
    actor: Person,
    objekt: Forvaltningsobjekt,
    *,
    corrects: Statusrapport | None = None,
    reason: str = "",
    **fields: Any,
) -> Statusrapport:
    """Report how things stand to the owner of one's own side, and to nobody else.

    A sent report is never changed: a new one names the one that it corrects. Raises
    ValidationError when the side has no owner to reach.
    """
    access.require(actor, REPORT, objekt)
    refuse_avvecklat(objekt)
    rapport = Statusrapport(
        objekt=objekt, corrects=corrects, reported_by=actor, reported_on=timezone.localdate()
    )
    with gesture(actor, "report", reason):
        assign(rapport, fields)
        side = sides.check_led(actor, objekt, rapport.sida)
        _refuse_other(rapport)
        rapport.plan = plans.adopted_for(objekt, rapport.period_to)
        receivers = receivers_of(objekt, side)
        refuse_nobody(receivers, rapport, _nobody(side))
        write(rapport)
        reach(rapport, receivers, CLAUSE[side])
        _tell(rapport, receivers)
    return rapport


def _nobody(side: Sida) -> str:
    if side == Sida.IT:
        return _("%(objekt)s har ingen objektägare IT i dag.")
    return _("%(objekt)s har ingen objektägare i dag.")


def _refuse_other(rapport: Statusrapport) -> None:
    corrected = rapport.corrects
    if corrected is None:
        return
    if (corrected.objekt_id, corrected.sida) != (rapport.objekt_id, rapport.sida):
        raise ValidationError(
            _("Rapporten som rättas gäller ett annat objekt eller en annan sida.")
        )


def _tell(rapport: Statusrapport, receivers: list[Any]) -> None:
    mailing.send(
        receivers,
        _("Statusrapport för %(objekt)s") % {"objekt": rapport.objekt},
        [
            _("%(who)s har skickat %(what)s.")
            % {"who": rapport.reported_by or "RegIT", "what": str(rapport).lower()},
            _("Läs rapporten och markera att du har läst den:"),
        ],
        url=rapport.get_absolute_url(),
    )
