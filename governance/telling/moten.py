"""How the history of meetings is told."""

from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.history.wording import Item, Names, Turn, address, dmy, page_of, register_wording
from governance.models import Dagordningspunkt, Forvaltningsobjekt, Mote, Motesdeltagare

STEPS = {
    "kallat": gettext_lazy("Kallelsen till %(name)s skickades."),
    "hallet": gettext_lazy("%(name)s hölls."),
    "framlagt": gettext_lazy("Protokollet från %(name)s lades fram för justering."),
    "justerat": gettext_lazy("Protokollet från %(name)s justerades av alla."),
    "installt": gettext_lazy("%(name)s ställdes in."),
}
BOOKKEEPING = ("uid", "sequence", "called_by", "called_at", "content_hash")


def _drop(turn: Turn, item: Item, *fields: str) -> None:
    labels = {capfirst(str(turn.model._meta.get_field(f).verbose_name)) for f in fields}  # type: ignore[union-attr]
    item.changes = [change for change in item.changes if change.label not in labels]


def meeting(row: Any) -> str:
    """Return what a meeting is called: its kind and day."""
    kind = dict(Mote.Slag.choices).get(row.slag, row.slag)
    return f"{kind} {dmy(timezone.localtime(row.starts_at).date())}"


def _tell_mote(turn: Turn, names: Names, item: Item, _subject: Model | None) -> None:
    row = turn.row
    item.name = meeting(row)
    item.objekt = names.name(Forvaltningsobjekt, row.objekt_id)
    item.page = page_of(Mote, row.id)
    _drop(turn, item, "objekt", *BOOKKEEPING)
    was = turn.before.status if turn.before is not None else None
    if turn.created:
        _drop(turn, item, "status", "slag")
    elif was != row.status and not turn.removed:
        item.sentence = _step(was, row.status, item.name)
        _drop(turn, item, "status")


def _step(was: str | None, now: str, name: str) -> str:
    if (was, now) == ("framlagt", "hallet"):
        return _("Protokollet från %(name)s togs tillbaka; justeringar föll.") % {"name": name}
    return str(STEPS[now]) % {"name": name} if now in STEPS else ""


def _tell_item(turn: Turn, names: Names, item: Item, _subject: Model | None) -> None:
    item.name = turn.row.title
    item.page = partial(address, names.thing(Mote, turn.row.mote_id))
    _drop(turn, item, "mote")
    if turn.created or turn.removed:
        _drop(turn, item, "position", "title")


def _tell_person(turn: Turn, names: Names, item: Item, _subject: Model | None) -> None:
    row = turn.row
    who = names.name(get_user_model(), row.person_id)
    mote = names.thing(Mote, row.mote_id)
    item.name, item.page = who, partial(address, mote)
    words = {"who": who, "mote": mote or "–"}
    _drop(turn, item, "mote", "person", "approved_at", "approved_hash")
    before = turn.before.approved_at if turn.before is not None else None
    if turn.created:
        item.sentence = _("%(who)s sattes upp på listan till %(mote)s.") % words
    elif turn.removed:
        item.sentence = _("%(who)s togs bort från listan till %(mote)s.") % words
    elif row.approved_at and not before:
        item.sentence = _("%(who)s justerade protokollet från %(mote)s.") % words
    elif before and not row.approved_at:
        item.sentence = _("Justeringen av %(who)s föll.") % words
    elif turn.before is not None and turn.before.attended != row.attended:
        came = _("%(who)s närvarade.") if row.attended else _("%(who)s var inte med.")
        item.sentence = came % words
    if item.sentence:
        item.changes = []


register_wording(Mote, _tell_mote)
register_wording(Dagordningspunkt, _tell_item)
register_wording(Motesdeltagare, _tell_person)
