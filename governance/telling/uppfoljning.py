"""How the history of judgements, evaluations and steering documents is told."""

from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from governance.history.names import UNTOLD
from governance.history.wording import Item, Names, Turn, address, dmy, page_of, register_wording
from governance.models import (
    Bedomning,
    Forvaltningsobjekt,
    Informationssystem,
    Kvittens,
    Sida,
    Styrdokument,
    Utvardering,
)


def _drop(turn: Turn, item: Item, *fields: str) -> None:
    """Leave fields out of the table: the name or the sentence says them."""
    labels = {capfirst(str(turn.model._meta.get_field(f).verbose_name)) for f in fields}  # type: ignore[union-attr]
    item.changes = [change for change in item.changes if change.label not in labels]


def _bedomning(turn: Turn, names: Names, item: Item, _subject: Model | None) -> None:
    system: Any = names.thing(Informationssystem, turn.row.system_id)
    omdome = str(Bedomning.Omdome(turn.row.omdome).label).lower()
    words = {"system": system or UNTOLD, "omdome": omdome}
    verksamhet = turn.row.sida == Sida.VERKSAMHET
    item.name = _("Bedömning av %(system)s") % words
    item.objekt, item.page = str(system.objekt) if system else "", partial(address, system)
    _drop(turn, item, "system", "sida", "judged_by")
    if turn.created or turn.before.omdome != turn.row.omdome:
        said = (
            _("Verksamheten bedömde %(system)s: %(omdome)s.")
            if verksamhet
            else _("IT bedömde %(system)s: %(omdome)s.")
        )
        item.sentence = said % words
        _drop(turn, item, "omdome", "on")


def _utvardering(turn: Turn, names: Names, item: Item, _subject: Model | None) -> None:
    item.name = _("Utvärdering %(day)s") % {"day": dmy(turn.row.on)}
    item.objekt = names.name(Forvaltningsobjekt, turn.row.objekt_id)
    _drop(turn, item, "objekt", "evaluated_by")


def _styrdokument(turn: Turn, names: Names, item: Item, _subject: Model | None) -> None:
    item.name = turn.row.title
    item.objekt = names.name(Forvaltningsobjekt, turn.row.objekt_id)
    item.page = page_of(Styrdokument, turn.row.id)
    _drop(turn, item, "objekt", "issued_by")
    if turn.before is not None and turn.before.withdrawn_on != turn.row.withdrawn_on:
        item.sentence = _("Styrdokumentet %(title)s upphörde.") % {"title": turn.row.title}
        _drop(turn, item, "withdrawn_on")


def _kvittens(turn: Turn, names: Names, item: Item, _subject: Model | None) -> None:
    document: Any = names.thing(Styrdokument, turn.row.styrdokument_id)
    item.name, item.page = str(document or UNTOLD), partial(address, document)
    if turn.created:
        item.sentence = _("%(person)s kvitterade %(title)s, utgåva %(edition)s.") % {
            "person": names.name(get_user_model(), turn.row.person_id),
            "title": item.name,
            "edition": turn.row.edition,
        }
        item.changes = []


register_wording(Bedomning, _bedomning)
register_wording(Utvardering, _utvardering)
register_wording(Styrdokument, _styrdokument)
register_wording(Kvittens, _kvittens)
