"""Findings about agreements: the last day to give notice, and that they are followed up.

An agreement that covers a skyddsvärt system is told of on that system, as `rules/steering.py` says.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_noop as _

from governance.models import Avtal, Avtalssystem, Forvaltningsobjekt, Informationssystem
from governance.rules import PAMINNELSE, Rule, register
from governance.steering import follow_up, notice

Late = Callable[[date], QuerySet[Avtal]]


def _to_give_notice(day: date) -> QuerySet[Avtal]:
    return notice.notice_within(Avtal.objects.order_by(), day, notice.AHEAD)


def _to_follow_up(day: date) -> QuerySet[Avtal]:
    return follow_up.overdue(Avtal.objects.order_by(), day)


def _open(late: Late, day: date) -> Q:
    """Select objects with such an agreement that covers no system that is hidden from anybody."""
    hidden = Avtalssystem.objects.filter(avtal=OuterRef("pk"), system__skyddsvard=True)
    rows = late(day).filter(~Exists(hidden))
    return ~Q(status="avvecklat") & Q(pk__in=rows.values("objekt"))


def _hidden(late: Late, day: date) -> Q:
    """Select skyddsvärda systems that such an agreement covers."""
    rows = Avtalssystem.objects.filter(avtal__in=late(day).values("pk"))
    return Q(skyddsvard=True) & Q(pk__in=rows.order_by().values("system"))


NOTICE: dict[str, Any] = {
    "clause": "6.2.U4",
    "severity": PAMINNELSE,
    "sentence": _(
        "Ett avtal för %(thing)s ska sägas upp inom 90 dagar om det ska upphöra, "
        "eller så har sista dagen passerat."
    ),
    "mends": "sign_avtal",
    "url_name": "governance:avtal_list",
}
FOLLOW_UP: dict[str, Any] = {
    "clause": "6.2.U4",
    "severity": PAMINNELSE,
    "mends": "sign_avtal",
    "action": _("Följ upp avtalen"),
    "url_name": "governance:avtal_list",
    "url_query": "tid=uppfoljning",
}

register(
    Rule(
        code="notice",
        name=_("Sista dag att säga upp ett avtal är nära"),
        model=Forvaltningsobjekt,
        broken=partial(_open, _to_give_notice),
        action=_("Se avtalen"),
        order=5,
        **NOTICE,
    ),
    Rule(
        code="system_notice",
        name=_("Sista dag att säga upp ett skyddsvärt systems avtal är nära"),
        model=Informationssystem,
        broken=partial(_hidden, _to_give_notice),
        action=_("Se objektets avtal"),
        on_objekt=True,
        order=43,
        **NOTICE,
    ),
    Rule(
        code="avtal_follow_up",
        name=_("Uppföljningen av ett avtal är försenad"),
        sentence=_("Ett avtal för %(thing)s skulle ha följts upp."),
        model=Forvaltningsobjekt,
        broken=partial(_open, _to_follow_up),
        order=8,
        **FOLLOW_UP,
    ),
    Rule(
        code="system_avtal_follow_up",
        name=_("Uppföljningen av ett skyddsvärt systems avtal är försenad"),
        sentence=_("Ett avtal för %(thing)s skulle ha följts upp."),
        model=Informationssystem,
        broken=partial(_hidden, _to_follow_up),
        on_objekt=True,
        order=44,
        **FOLLOW_UP,
    ),
)
