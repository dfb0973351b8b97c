"""How the history of an object's money is told: names, addresses, and amounts in sentences."""

from functools import partial

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.history.wording import Item, Names, Turn, register_wording
from governance.models import Avrop, Avtal, Forvaltningsobjekt, Kostnad, Leverans, Tilldelning
from governance.steering.money import written


def _placed(turn: Turn, names: Names, item: Item) -> None:
    item.objekt = names.name(Forvaltningsobjekt, turn.row.objekt_id)
    item.page = partial(reverse, "governance:ekonomi", args=[turn.row.objekt_id])


def _tell_kostnad(turn: Turn, names: Names, item: Item, _subject: Model | None) -> None:
    _placed(turn, names, item)
    item.name = _("%(title)s, %(belopp)s") % {
        "title": turn.row.title,
        "belopp": written(turn.row.belopp),
    }
    if turn.before is None or turn.before.status == turn.row.status:
        return
    sentences = {
        Kostnad.Status.ATTESTERAD: _("Kostnaden %(name)s attesterades."),
        Kostnad.Status.AVVISAD: _("Kostnaden %(name)s skickades tillbaka: %(note)s"),
    }
    sentence = sentences.get(turn.row.status)
    if sentence:
        item.sentence = sentence % {"name": item.name, "note": turn.row.note}
        item.changes = []


def _tell_avrop(turn: Turn, names: Names, item: Item, _subject: Model | None) -> None:
    _placed(turn, names, item)
    words = {
        "title": turn.row.title,
        "belopp": written(turn.row.belopp),
        "avtal": names.name(Avtal, turn.row.avtal_id),
    }
    if turn.created:
        item.sentence = _("%(title)s, %(belopp)s, avropades mot %(avtal)s.") % words
        item.changes = []
    elif turn.row.withdrawn_on and not (turn.before and turn.before.withdrawn_on):
        item.sentence = _("Avropet %(title)s återtogs.") % words
        item.changes = []


def _tell_leverans(turn: Turn, _names: Names, item: Item, _subject: Model | None) -> None:
    item.name = turn.row.title
    if turn.before is None or turn.before.status == turn.row.status:
        return
    sentence = (
        _("Leveransen %(title)s godkändes.")
        if turn.row.status == Leverans.Status.GODKAND
        else _("Leveransen %(title)s underkändes: %(note)s")
    )
    item.sentence = sentence % {"title": turn.row.title, "note": turn.row.note}
    item.changes = []


def _tell_tilldelning(turn: Turn, names: Names, item: Item, _subject: Model | None) -> None:
    _placed(turn, names, item)
    if turn.created:
        words = {"belopp": written(turn.row.belopp), "decision": turn.row.decision}
        item.sentence = _("%(belopp)s tilldelades: %(decision)s.") % words


register_wording(Kostnad, _tell_kostnad)
register_wording(Avrop, _tell_avrop)
register_wording(Leverans, _tell_leverans)
register_wording(Tilldelning, _tell_tilldelning)
