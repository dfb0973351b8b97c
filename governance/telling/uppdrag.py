"""How the history of uppdrag, ärenden, avvikelser and reports is told."""

from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.history.wording import Item, Names, Turn, address, dmy, page_of, register_wording
from governance.models import (
    Arende,
    Avvikelse,
    Delgivning,
    Forvaltningsobjekt,
    Kostnadsrapport,
    Stallningstagande,
    Statusrapport,
    Uppdrag,
)

UPPDRAG = {
    "beslutat": gettext_lazy("Uppdraget %(name)s beslutades."),
    "pagar": gettext_lazy("Uppdraget %(name)s påbörjades."),
    "klart": gettext_lazy("Uppdraget %(name)s blev klart."),
    "avbrutet": gettext_lazy("Uppdraget %(name)s avbröts."),
}
ARENDE = {
    "bifallet": gettext_lazy("Styrgruppen biföll ärendet %(name)s."),
    "avslaget": gettext_lazy("Styrgruppen avslog ärendet %(name)s."),
    "atertaget": gettext_lazy("Ärendet %(name)s återtogs."),
}
AVVIKELSE = {"hanterad": gettext_lazy("Avvikelsen %(name)s hanterades.")}


def _place(turn: Turn, names: Names, item: Item, name: str) -> None:
    """Give an item its name, object and address; what the object is called is said apart."""
    item.name = name
    item.objekt = names.name(Forvaltningsobjekt, turn.row.objekt_id)
    item.page = page_of(turn.model, turn.row.id)
    _drop(turn, item, "objekt")


def _drop(turn: Turn, item: Item, *fields: str) -> None:
    """Leave fields out of the table."""
    labels = {capfirst(str(turn.model._meta.get_field(f).verbose_name)) for f in fields}  # type: ignore[union-attr]
    item.changes = [change for change in item.changes if change.label not in labels]


def _moved(turn: Turn, item: Item, sentences: dict[str, Any], *said: str) -> None:
    """Say a change of status as a sentence, and leave out the fields that it says."""
    was = turn.before.status if turn.before is not None else None
    if turn.created or turn.removed or was == turn.row.status:
        if turn.created:
            _drop(turn, item, "status")
        return
    sentence = sentences.get(turn.row.status)
    if sentence:
        item.sentence = sentence % {"name": item.name}
        _drop(turn, item, "status", *said)


def _tell_uppdrag(turn: Turn, names: Names, item: Item, _subject: Model | None) -> None:
    _place(turn, names, item, turn.row.title)
    _moved(turn, item, UPPDRAG, "decided_by", "decided_on", "ended_on")
    if turn.created:
        _drop(turn, item, "title", "initiated_by")


def _tell_arende(turn: Turn, names: Names, item: Item, _subject: Model | None) -> None:
    _place(turn, names, item, turn.row.title)
    _moved(turn, item, ARENDE, "decided_on")
    if turn.created:
        _drop(turn, item, "title", "raised_by", "raised_on")


def _tell_position(turn: Turn, names: Names, item: Item, _subject: Model | None) -> None:
    arende = names.thing(Arende, turn.row.arende_id)
    words = {
        "who": names.name(get_user_model(), turn.row.person_id),
        "arende": arende or "–",
    }
    sentence = _("%(who)s sa bifall till %(arende)s.")
    if not turn.row.bifall:
        sentence = _("%(who)s sa avslag till %(arende)s.")
    item.sentence, item.page = sentence % words, partial(address, arende)
    _drop(turn, item, "arende", "person", "bifall", "sida")


def _tell_avvikelse(turn: Turn, names: Names, item: Item, _subject: Model | None) -> None:
    _place(turn, names, item, turn.row.title)
    _moved(turn, item, AVVIKELSE, "handled_on")
    if turn.created:
        _drop(turn, item, "title", "reported_by")


def _tell_rapport(turn: Turn, names: Names, item: Item, _subject: Model | None) -> None:
    words = {"first": dmy(turn.row.period_from), "last": dmy(turn.row.period_to)}
    _place(turn, names, item, _("%(first)s – %(last)s") % words)
    _drop(turn, item, "period_from", "period_to", "reported_by", "reported_on")


def _tell_kostnadsrapport(turn: Turn, names: Names, item: Item, _subject: Model | None) -> None:
    _place(turn, names, item, _("till och med %(day)s") % {"day": dmy(turn.row.until)})
    _drop(turn, item, "until", "reported_by", "reported_on")


def _tell_delgivning(turn: Turn, names: Names, item: Item, _subject: Model | None) -> None:
    report = names.thing(Avvikelse, turn.row.avvikelse_id)
    report = report or names.thing(Statusrapport, turn.row.statusrapport_id)
    report = report or names.thing(Kostnadsrapport, turn.row.kostnadsrapport_id)
    words = {"who": names.name(get_user_model(), turn.row.person_id), "what": report or "–"}
    said = _("%(what)s nådde %(who)s.") if turn.created else _("%(who)s läste %(what)s.")
    item.sentence, item.page, item.changes = said % words, partial(address, report), []


register_wording(Uppdrag, _tell_uppdrag)
register_wording(Arende, _tell_arende)
register_wording(Stallningstagande, _tell_position)
register_wording(Avvikelse, _tell_avvikelse)
register_wording(Statusrapport, _tell_rapport)
register_wording(Kostnadsrapport, _tell_kostnadsrapport)
register_wording(Delgivning, _tell_delgivning)
