"""Report the costs: the object's to the objektägare (6.3.U11), IT's also across (6.5.U7)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from governance import access, mailing
from governance.access import Person
from governance.actions.base import assign, check_not_future, write
from governance.actions.delgivning import reach, refuse_nobody
from governance.actions.kostnad import FOLLOW_UP, FOLLOW_UP_IT
from governance.actions.steering import refuse_avvecklat
from governance.gestures import gesture
from governance.models import Forvaltningsobjekt, Kostnadsrapport, Sida
from governance.steering import budget, plans, sides

REPORTS = {Sida.VERKSAMHET: FOLLOW_UP, Sida.IT: FOLLOW_UP_IT}
CLAUSE = {Sida.VERKSAMHET: "6.3.U11", Sida.IT: "6.5.U7"}
REACHES = {
    Sida.VERKSAMHET: (sides.OWNS[Sida.VERKSAMHET],),
    Sida.IT: (sides.OWNS[Sida.IT], sides.LEADS[Sida.VERKSAMHET]),
}
"""By which mandates a report reaches: the owner of its side, IT's the förvaltningsledare too."""
COUNTS = {Sida.VERKSAMHET: tuple(Sida), Sida.IT: (Sida.IT,)}
"""Whose rows a report counts: the object's are those of both sides."""


def receivers_of(objekt: Forvaltningsobjekt, side: Sida) -> list[Any]:
    """Return whom a report of the side reaches today."""
    return access.people_with(objekt, *REACHES[side])


def report(
    actor: Person, objekt: Forvaltningsobjekt, *, reason: str = "", **fields: Any
) -> Kostnadsrapport:
    """Report budget, attested and waiting until a day; they are counted now and then kept.

    A sent report is never changed. Raises ValidationError when no adopted plan holds on the day,
    and when there is nobody to reach.
    """
    side = _side(fields.get("sida"))
    access.require(actor, REPORTS[side], objekt)
    refuse_avvecklat(objekt)
    rapport = Kostnadsrapport(objekt=objekt, reported_by=actor, reported_on=timezone.localdate())
    with gesture(actor, "report", reason):
        assign(rapport, fields)
        _count(rapport, side)
        receivers = receivers_of(objekt, side)
        refuse_nobody(receivers, rapport, _("%(objekt)s har ingen som rapporten når i dag."))
        write(rapport)
        reach(rapport, receivers, CLAUSE[side])
        _tell(rapport, receivers)
    return rapport


def _side(sida: Any) -> Sida:
    if sida not in Sida.values:
        raise ValidationError({"sida": _("Välj vad rapporten gäller.")})
    return Sida(sida)


def _count(rapport: Kostnadsrapport, side: Sida) -> None:
    check_not_future(rapport.until, "until")
    plan = plans.adopted_for(rapport.objekt, rapport.until)
    if plan is None:
        sentence = _("Ingen fastställd förvaltningsplan gäller den dagen, och därför ingen budget.")
        raise ValidationError({"until": sentence})
    # As RegIT sees it: a report with a hidden system's cost in it is hidden with the system.
    total = budget.report(None, plan, COUNTS[side], rapport.until).total
    rapport.plan, rapport.budget = plan, total.budget
    rapport.attesterat, rapport.vantar = total.attested, total.waiting


def _tell(rapport: Kostnadsrapport, receivers: list[Any]) -> None:
    mailing.send(
        receivers,
        _("Kostnadsrapport för %(objekt)s") % {"objekt": rapport.objekt},
        [
            _("%(who)s har skickat %(what)s.")
            % {"who": rapport.reported_by or "RegIT", "what": str(rapport).lower()},
            _("Läs rapporten och markera att du har läst den:"),
        ],
        url=rapport.get_absolute_url(),
    )
