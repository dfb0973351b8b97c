"""A system's fields by subject: the order of its form, its page and whatever else shows all of it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.models import ASPECTS, Informationssystem
from governance.words import in_words

KLASSNING = gettext_lazy("Klassning")

SUBJECTS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (
        gettext_lazy("Vad det är"),
        (
            "name",
            "other_names",
            "purpose",
            "collects",
            "stores",
            "processes",
            "distributes",
            "user_groups",
            "lagrar_elektroniskt",
            "informationen_ags_av",
        ),
    ),
    (
        gettext_lazy("Livscykel"),
        ("livscykel", "livscykel_since", "livscykel_decision", "driftsatt_on", "avvecklas_on"),
    ),
    (
        gettext_lazy("Leverantör och drift"),
        ("leverantor", "product", "hosting", "operator", "support", "contacts"),
    ),
    (
        KLASSNING,
        (*(name for a in ASPECTS for name in (a, f"{a}_motivation")), "skyddsvard"),
    ),
    (
        gettext_lazy("Personuppgifter och NIS2"),
        ("personal_data", "personal_data_kinds", "nis2"),
    ),
)


class Fact(NamedTuple):
    """One field in words; `note` says why."""

    label: str
    value: str
    note: str = ""


def facts(system: Informationssystem) -> Iterator[tuple[str, list[Fact]]]:
    """Return everything known of a system, subject by subject; the name stands in the heading."""
    for legend, names in SUBJECTS:
        shown = [n for n in names if n != "name" and not n.endswith("_motivation")]
        yield str(legend), [_fact(system, name) for name in shown]


def _fact(system: Informationssystem, name: str) -> Fact:
    field: Any = system._meta.get_field(name)
    value = getattr(system, name)
    note = getattr(system, f"{name}_motivation", "")
    if name in ASPECTS:
        said = _("Ej klassat") if value is None else _("Nivå %(level)d") % {"level": value}
    else:
        said = in_words(field, value)
    return Fact(str(capfirst(field.verbose_name)), said, note)
