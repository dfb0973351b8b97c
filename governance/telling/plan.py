"""How the history of plans is told: rows by name, and sentences for each step on the way (6.2.U1, 6.4.U1)."""

from functools import partial

from django.db.models import Model
from django.utils.translation import gettext as _

from governance.history.names import UNTOLD, Names
from governance.history.wording import Item, Turn, address, dmy, page_of, register_wording
from governance.models import (
    Aktivitet,
    Avtal,
    Budgetpost,
    Forvaltningsobjekt,
    Forvaltningsplan,
    Mal,
    Malmatning,
    Planavtal,
    Planrisk,
    Sida,
    Underskrift,
)

Status = Forvaltningsplan.Status


def _tell_plan(turn: Turn, names: Names, item: Item, _subject: Model | None) -> None:
    row, before = turn.row, turn.before
    item.name = str(Forvaltningsplan(pk=row.id, **_naming(row)))
    item.page = page_of(Forvaltningsplan, row.id)
    item.objekt = names.name(Forvaltningsobjekt, row.objekt_id)
    if before is None or turn.created or turn.removed or before.status == row.status:
        return
    said = {
        Status.FRAMLAGD: _("%(plan)s lades fram för underskrift."),
        Status.UTKAST: _("%(plan)s togs tillbaka och är ett utkast igen."),
        Status.FASTSTALLD: _("%(plan)s fastställdes."),
        Status.ERSATT: _("%(plan)s ersattes."),
    }
    item.sentence = said[Status(row.status)] % {"plan": item.name}
    item.changes = []


def _naming(row: object) -> dict[str, object]:
    return {name: getattr(row, name) for name in ("number", "period_from", "period_to")}


def _of_plan(turn: Turn, names: Names, item: Item, subject: Model | None) -> str:
    """Lead a row to its plan and return what to add to its name: nothing where the plan is read."""
    plan = names.thing(Forvaltningsplan, turn.row.plan_id)
    item.page = partial(address, plan)
    item.changes = [c for c in item.changes if c.label != _("Förvaltningsplan")]
    if isinstance(subject, Forvaltningsplan):
        return ""
    return _(" i %(plan)s") % {"plan": plan or UNTOLD}


def _tell_row(turn: Turn, names: Names, item: Item, subject: Model | None) -> None:
    item.name = f"{turn.row.title}{_of_plan(turn, names, item, subject)}"


def _tell_covered(turn: Turn, names: Names, item: Item, subject: Model | None) -> None:
    where = _of_plan(turn, names, item, subject)
    item.name = f"{names.name(Avtal, turn.row.avtal_id) or UNTOLD}{where}"
    item.changes = []


def _tell_signature(turn: Turn, names: Names, item: Item, subject: Model | None) -> None:
    _of_plan(turn, names, item, subject)
    person = turn.model._meta.get_field("person").related_model
    side = _("IT") if turn.row.sida == Sida.IT else _("verksamheten")
    words = {
        "who": names.name(person, turn.row.person_id),
        "side": side,
        "plan": names.name(Forvaltningsplan, turn.row.plan_id) or UNTOLD,
    }
    if turn.removed:
        item.sentence = _("Underskriften av %(who)s för %(side)s gäller inte längre.") % words
    else:
        item.sentence = _("%(who)s undertecknade %(plan)s för %(side)s.") % words
        item.changes = [c for c in item.changes if c.label == _("Innehållets kontrollsumma")]


def _tell_measurement(turn: Turn, names: Names, item: Item, _subject: Model | None) -> None:
    goal = names.name(Mal, turn.row.mal_id) or UNTOLD
    words = {"goal": goal, "percent": turn.row.percent, "day": dmy(turn.row.on)}
    item.sentence = _("Målet ”%(goal)s” var till %(percent)d %% uppnått %(day)s.") % words
    item.changes = [c for c in item.changes if c.label == _("Kommentar")]


register_wording(Forvaltningsplan, _tell_plan)
for _model in (Mal, Aktivitet, Budgetpost, Planrisk):
    register_wording(_model, _tell_row)
register_wording(Planavtal, _tell_covered)
register_wording(Underskrift, _tell_signature)
register_wording(Malmatning, _tell_measurement)
