"""From the value of a cell to the value of a field, or a sentence that says what was expected."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from exchange.cleaning import key, nearest, split_path, split_values, tidy
from exchange.mapping.fields import Field, Kind
from exchange.people import parse_people
from exchange.reading.book import Value

YES = frozenset(("ja", "j", "1", "x", "true", "sant", "yes", "y", "stammer"))
NO = frozenset(("nej", "n", "0", "false", "falskt", "no"))
UNKNOWN = frozenset(
    ("", "vet ej", "vet inte", "okant", "ej angivet", "ej bedomt", "n a", "ej aktuellt")
)
MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
NUMERIC_DATE = re.compile(
    r"(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})(?:[ T]\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)?"
)
WORDED_DATE = re.compile(r"(?:den )?(\d{1,2})(?::[ae])? ([a-zåäö]{3,10})\.? (\d{4})")
DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/. ](\d{4})")
LEVEL = re.compile(r"(?:(?:niva|klass|[krts])\s*)?([0-4])(?:\s.*)?")
Codes = Mapping[str, str]


class NotUnderstood(ValueError):
    """A value that the field cannot take; the message is a sentence for whoever owns the sheet."""


def convert(field: Field, value: Value, known: Codes | None = None) -> Any:
    """Return the field's value: "", None or () when empty. Raises NotUnderstood.

    `known` says what the sheet's own words mean, folded: {"under forvaltning": "i_drift"}.
    """
    return CONVERTERS[field.kind](field, value, known or {})


def _line(field: Field, value: Value, known: Codes) -> str:
    return _short_enough(field, tidy(str(value)))


def _text(field: Field, value: Value, known: Codes) -> str:
    return str(value)


def _short_enough(field: Field, text: str) -> str:
    if len(text) > field.max_length:
        sentence = _("Texten är %(length)s tecken lång, men får vara högst %(most)s. Korta den.")
        raise NotUnderstood(sentence % {"length": len(text), "most": field.max_length})
    return text


def _lines(field: Field, value: Value, known: Codes) -> str:
    text = str(value)
    return _rows(field, value, known) if "\n" in text else "\n".join(split_values(text))


def _rows(field: Field, value: Value, known: Codes) -> str:
    return "\n".join(line for line in map(tidy, str(value).splitlines()) if line)


def _path(field: Field, value: Value, known: Codes) -> tuple[str, ...]:
    return split_path(_short_enough(field, str(value)))


def _people(field: Field, value: Value, known: Codes) -> tuple[Any, ...]:
    return parse_people(_short_enough(field, str(value)))


def _choice(field: Field, value: Value, known: Codes) -> str:
    wanted = key(str(value))
    if wanted in UNKNOWN and wanted not in known:
        return ""
    for candidate in (wanted, tidy(str(value)).lower()):
        for codes in (known, choice_codes(field)):
            if candidate in codes:
                return codes[candidate]
    raise NotUnderstood(_not_a_choice(field, tidy(str(value))))


@cache
def choice_codes(field: Field) -> dict[str, str]:
    """Return code by all that is said for it, folded; what folds to nothing (→) as it is."""
    codes: dict[str, str] = {}
    for choice in field.choices:
        for text in (choice.code, choice.name, *choice.synonyms):
            codes.setdefault(key(text) or text, choice.code)
    return codes


def _not_a_choice(field: Field, text: str) -> str:
    labels = [choice.name for choice in field.choices]
    shown = text if len(text) <= 60 else text[:59] + "…"
    sentence = _("”%(text)s” är inget värde som %(field)s kan ha.") % {
        "text": shown,
        "field": _(field.label),
    }
    like = nearest(text, labels, cutoff=0.6)
    if like:
        return sentence + " " + _("Menade du ”%s”?") % like
    return sentence + " " + _("Välj bland: %s.") % ", ".join(labels)


def _yes_no(field: Field, value: Value, known: Codes) -> bool | None:
    wanted = key(str(value))
    if wanted in known:
        return known[wanted] == "ja"
    if wanted in UNKNOWN:
        return None
    if wanted not in YES | NO:
        shown = tidy(str(value))[:60]
        raise NotUnderstood(
            _("”%s” går inte att tolka som ja eller nej. Skriv Ja eller Nej.") % shown
        )
    return wanted in YES


def _level(field: Field, value: Value, known: Codes) -> int | None:
    wanted = key(str(value))
    if wanted in known:
        return int(known[wanted])
    if wanted in UNKNOWN:
        return None
    found = LEVEL.fullmatch(wanted)
    if not found:
        shown = tidy(str(value))[:60]
        raise NotUnderstood(_("”%s” är ingen nivå. Skriv en siffra från 0 till 4.") % shown)
    return int(found.group(1))


def _date(field: Field, value: Value, known: Codes) -> date | None:
    if isinstance(value, date):
        return value
    text = tidy(value).lower()
    if key(text) in UNKNOWN:
        return None
    try:
        found = _parsed_date(text)
    except ValueError:
        found = None
    if not found:
        raise NotUnderstood(_("”%s” är inget datum. Skriv det som 2026-05-12.") % tidy(value)[:60])
    return found


def _parsed_date(text: str) -> date | None:
    """Return the date; a Swedish reader puts the day before the month. A year alone is no date."""
    if match := NUMERIC_DATE.fullmatch(text):
        return date(*(int(part) for part in match.groups()))
    if match := DAY_FIRST.fullmatch(text):
        return date(int(match[3]), int(match[2]), int(match[1]))
    if (match := WORDED_DATE.fullmatch(text)) and match[2][:3] in MONTHS:
        return date(int(match[3]), MONTHS.index(match[2][:3]) + 1, int(match[1]))
    return None


CONVERTERS: dict[Kind, Callable[[Field, Value, Codes], Any]] = {
    Kind.LINE: _line,
    Kind.TEXT: _text,
    Kind.LINES: _lines,
    Kind.ROWS: _rows,
    Kind.CHOICE: _choice,
    Kind.YES_NO: _yes_no,
    Kind.LEVEL: _level,
    Kind.DATE: _date,
    Kind.PATH: _path,
    Kind.PEOPLE: _people,
}
