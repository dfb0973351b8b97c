"""In whose history the rows of the register and of the steering belong: registered at start-up."""

from typing import Any

from django.db.models import Model, OuterRef, Q, Subquery

from governance import models as m
from governance.history import came_or_left, equals, ever, rows_of, stayed_or_left
from governance.history.timeline import Leads, register_path, register_tracked

ENDS = ("source", "target")
OF_OBJEKT: tuple[type[Model], ...] = (
    m.Forvaltningsplan,
    m.Avtal,
    m.Avrop,
    m.Kostnad,
    m.Tilldelning,
    m.Uppdrag,
    m.Arende,
    m.Avvikelse,
    m.Statusrapport,
    m.Kostnadsrapport,
    m.Mote,
    m.Utvardering,
    m.Styrdokument,
)
CHILDREN: dict[type[Model], dict[str, tuple[type[Model], ...]]] = {
    m.Forvaltningsplan: {
        "plan": (m.Mal, m.Aktivitet, m.Budgetpost, m.Planrisk, m.Planavtal, m.Underskrift)
    },
    m.Mal: {"mal": (m.Malmatning,)},
    m.Avtal: {
        "avtal": (m.Avtalssystem, m.Avtalsforlangning, m.Avtalsuppfoljning, m.Avtalsfil, m.Avrop)
    },
    m.Avrop: {"avrop": (m.Leverans,)},
    m.Arende: {"arende": (m.Stallningstagande,)},
    m.Avvikelse: {"avvikelse": (m.Delgivning,)},
    m.Statusrapport: {"statusrapport": (m.Delgivning,)},
    m.Kostnadsrapport: {"kostnadsrapport": (m.Delgivning,)},
    m.Mote: {"mote": (m.Dagordningspunkt, m.Motesdeltagare)},
    m.Styrdokument: {"styrdokument": (m.Kvittens,)},
}


def _named(column: str) -> Leads:
    return lambda pk: Q(**{column: pk})


def _through(parent: type[Model], column: str, above: str) -> Leads:
    """Lead to the rows of whatever ever belonged to the thing."""
    return lambda pk: Q(**{f"{column}__in": ever(parent, **{above: pk})})


def _register_objekt() -> None:
    ways: dict[type[Model], list[Leads]] = {model: [_named("objekt")] for model in OF_OBJEKT}
    for parent, columns in CHILDREN.items():
        for column, models in columns.items():
            for model in models:
                if parent in OF_OBJEKT and model not in OF_OBJEKT:
                    ways.setdefault(model, []).append(_through(parent, column, "objekt"))
    for model, leads in ways.items():
        register_path(m.Forvaltningsobjekt, model, _all_of(leads))
    goals = ever(m.Mal)
    register_path(
        m.Forvaltningsobjekt,
        m.Malmatning,
        lambda pk: Q(mal__in=goals.filter(plan__in=ever(m.Forvaltningsplan, objekt=pk))),
    )


def _all_of(leads: list[Leads]) -> Leads:
    return lambda pk: tuple(way for lead in leads for way in _tuple(lead(pk)))


def _tuple(ways: Any) -> tuple[Q, ...]:
    return ways if isinstance(ways, tuple) else (ways,)


def _register_things() -> None:
    for parent, columns in CHILDREN.items():
        register_path(parent, parent, _named("id"))
        for column, models in columns.items():
            for model in models:
                register_path(parent, model, _named(column))
    register_path(m.Forvaltningsplan, m.Malmatning, _through(m.Mal, "mal", "plan"))
    register_path(m.Uppdrag, m.Uppdrag, _named("id"))
    register_path(m.Informationssystem, m.Bedomning, _named("system"))


def in_systems_of(objekt: Any, column: str) -> Q:
    """Select history rows about a system that belonged to the object at that moment."""
    then = rows_of(m.Informationssystem).filter(
        id=OuterRef(column), history_date__lte=OuterRef("history_date")
    )
    last = then.order_by("-history_date", "-history_id").values("objekt_id")[:1]
    theirs = ever(m.Informationssystem, objekt=objekt)
    return Q(**{f"{column}__in": theirs}) & equals(Subquery(last), objekt)


def _register_register() -> None:
    system, objekt = m.Informationssystem, m.Forvaltningsobjekt
    register_tracked(objekt, system, m.Informationsmangd, m.Samband, m.Namnd, m.Leverantor)
    for subject in (objekt, system, m.Namnd, m.Leverantor):
        register_path(subject, subject, lambda pk: Q(id=pk))
    register_path(objekt, system, lambda pk: stayed_or_left(system, "objekt_id", pk))
    register_path(objekt, m.Informationsmangd, lambda pk: in_systems_of(pk, "system_id"))
    register_path(
        objekt, m.Samband, lambda pk: tuple(in_systems_of(pk, f"{end}_id") for end in ENDS)
    )
    register_path(system, m.Informationsmangd, lambda pk: Q(system=pk))
    register_path(system, m.Samband, lambda pk: tuple(Q(**{end: pk}) for end in ENDS))
    register_path(m.Leverantor, system, lambda pk: came_or_left(system, "leverantor_id", pk))
    register_path(m.Namnd, system, lambda pk: came_or_left(system, "informationen_ags_av_id", pk))


def _register_steering() -> None:
    children = {
        model for columns in CHILDREN.values() for models in columns.values() for model in models
    }
    register_tracked(*OF_OBJEKT, *sorted(children - set(OF_OBJEKT), key=str), m.Bedomning)
    _register_objekt()
    _register_things()


_register_register()
_register_steering()
