"""How the history of agreements is told: names that read well, sentences where they say more."""

from functools import partial

from django.db.models import Model
from django.utils.translation import gettext as _

from governance.history.names import UNTOLD, Names
from governance.history.wording import Change, Item, Turn, address, dmy, page_of, register_wording
from governance.models import (
    Avtal,
    Avtalsfil,
    Avtalsforlangning,
    Avtalssystem,
    Avtalsuppfoljning,
    Forvaltningsobjekt,
    Informationssystem,
)


def _tell_avtal(turn: Turn, names: Names, item: Item, _subject: Model | None) -> None:
    row, before = turn.row, turn.before
    item.name, item.page = row.title, page_of(Avtal, row.id)
    item.objekt = names.name(Forvaltningsobjekt, row.objekt_id)
    if before is None or turn.created or turn.removed or before.status == row.status:
        return
    words = {"avtal": row.title, "day": dmy(row.terminated_on or row.signed_on)}
    if row.status == Avtal.Status.TECKNAT:
        item.sentence = _("Avtalet %(avtal)s tecknades, med dagen %(day)s.") % words
    elif row.status == Avtal.Status.UPPSAGT:
        words["last"] = dmy(row.ceases_on)
        item.sentence = _("Avtalet %(avtal)s sades upp %(day)s. Sista dag %(last)s.") % words


def _of_avtal(turn: Turn, names: Names, item: Item) -> str:
    avtal = names.thing(Avtal, turn.row.avtal_id)
    item.page = partial(address, avtal)
    item.changes = [c for c in item.changes if c.label != _("Avtal")]
    return str(avtal or UNTOLD)


def _tell_system(turn: Turn, names: Names, item: Item, _subject: Model | None) -> None:
    words = {
        "avtal": _of_avtal(turn, names, item),
        "system": names.name(Informationssystem, turn.row.system_id),
    }
    if turn.removed:
        item.sentence = _("%(avtal)s omfattar inte längre %(system)s.") % words
    else:
        item.sentence = _("%(avtal)s omfattar %(system)s.") % words
    item.changes = []


def _tell_extension(turn: Turn, names: Names, item: Item, _subject: Model | None) -> None:
    words = {"avtal": _of_avtal(turn, names, item), "day": dmy(turn.row.until)}
    if turn.created:
        item.sentence = _("%(avtal)s förlängdes till och med %(day)s.") % words
    else:
        item.name = "{avtal}, {day}".format(**words)


def _tell_follow_up(turn: Turn, names: Names, item: Item, _subject: Model | None) -> None:
    item.name = f"{_of_avtal(turn, names, item)}, {dmy(turn.row.on)}"


def _tell_file(turn: Turn, names: Names, item: Item, _subject: Model | None) -> None:
    item.name = f"{turn.row.name}, {_of_avtal(turn, names, item)}"
    # The bytes may be gone: the checksum is told from the row itself.
    label, checksum = _("Kontrollsumma"), turn.row.innehall_id
    told = Change(label, "", checksum)
    item.changes = [told if change.label == label else change for change in item.changes]


register_wording(Avtal, _tell_avtal)
register_wording(Avtalssystem, _tell_system)
register_wording(Avtalsforlangning, _tell_extension)
register_wording(Avtalsuppfoljning, _tell_follow_up)
register_wording(Avtalsfil, _tell_file)
