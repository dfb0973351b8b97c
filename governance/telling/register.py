"""How the history of what exists is told: names, addresses, and sentences instead of tables."""

from functools import partial

from django.db.models import Model
from django.utils.translation import gettext as _

from governance.history.names import UNTOLD, Names, register_names
from governance.history.wording import Item, Turn, address, page_of, register_wording
from governance.models import (
    Forvaltningsobjekt,
    Informationsmangd,
    Informationssystem,
    Samband,
)


def _tell_objekt(turn: Turn, names: Names, item: Item, _subject: Model | None) -> None:
    item.objekt, item.page = turn.row.name, page_of(Forvaltningsobjekt, turn.row.id)
    labels = {c.label for c in item.changes}
    if not item.one_value and labels <= {_("Bekräftat"), _("Bekräftat av")}:
        item.sentence = _("Uppgifterna om %(objekt)s bekräftades.") % {"objekt": turn.row.name}
        item.changes = []


def _tell_system(turn: Turn, names: Names, item: Item, _subject: Model | None) -> None:
    item.objekt = names.name(Forvaltningsobjekt, turn.row.objekt_id)
    item.page = page_of(Informationssystem, turn.row.id)
    if turn.before is not None and turn.before.objekt_id != turn.row.objekt_id:
        words = {"system": turn.row.name, "objekt": item.objekt}
        words["old"] = names.name(Forvaltningsobjekt, turn.before.objekt_id)
        item.sentence = _("%(system)s flyttades från %(old)s till %(objekt)s.") % words
        item.changes = [c for c in item.changes if c.label != _("Förvaltningsobjekt")]


def _tell_mangd(turn: Turn, names: Names, item: Item, _subject: Model | None) -> None:
    system = names.thing(Informationssystem, turn.row.system_id)
    item.name = _("%(content)s i %(system)s") % {
        "content": turn.row.content,
        "system": system or UNTOLD,
    }
    item.objekt, item.page = str(system.objekt) if system else "", partial(address, system)


def _tell_samband(turn: Turn, names: Names, item: Item, _subject: Model | None) -> None:
    source = names.thing(Informationssystem, turn.row.source_id)
    other = turn.row.outside_party or names.name(Informationssystem, turn.row.target_id)
    item.name = f"{source or UNTOLD} – {other}"
    item.objekt, item.page = str(source.objekt) if source else "", partial(address, source)


register_names(Informationssystem, follow=("objekt",))
register_wording(Forvaltningsobjekt, _tell_objekt)
register_wording(Informationssystem, _tell_system)
register_wording(Informationsmangd, _tell_mangd)
register_wording(Samband, _tell_samband)
