"""From what a file holds in a cell to a value: text or a date, clean."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from exchange.problems import Notes
from exchange.reading.book import MAX_CHARACTERS, Value

ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z")
# Soft hyphens, zero-width spaces, byte order marks: pasted along, seen by nobody.
UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
# C0 and C1 but tab and line feed, marks of direction, lone surrogates, non-characters.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
BREAKS = re.compile("\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")

Spot = tuple[str, int | None, str]


@dataclass(frozen=True)
class Broken:
    """A cell whose value cannot be known; the sentence says why."""

    sentence: str


def clean(raw: Any, notes: Notes, spot: Spot) -> Value:
    """Return the value of a cell; what is cleaned away is warned of, what is lost is an error."""
    if raw is None:
        return ""
    if isinstance(raw, str):
        return as_value(clean_text(raw, notes, spot))
    if isinstance(raw, Broken):
        notes.error(*spot, raw.sentence)
        return ""
    return as_value(_plain(raw))


def clean_text(text: str, notes: Notes, spot: Spot) -> str:
    """Return the text in NFC, without what nobody can see or print, stripped at both ends."""
    if not (text.isascii() and text.isprintable()):
        text = UNSEEN.sub("", BREAKS.sub("\n", text)).replace("\N{NO-BREAK SPACE}", " ")
        if FORBIDDEN.search(text):
            text = _without_forbidden(text, notes, spot)
        text = unicodedata.normalize("NFC", text)
    text = text.strip()
    if len(text) > MAX_CHARACTERS:
        sentence = _(
            "Texten är %(length)s tecken lång. En cell rymmer högst %(most)s tecken; korta den."
        )
        notes.error(*spot, sentence % {"length": len(text), "most": MAX_CHARACTERS})
        return text[:MAX_CHARACTERS].strip()
    return text


def _without_forbidden(text: str, notes: Notes, spot: Spot) -> str:
    if "\x00" in text:
        notes.warn(*spot, _("Texten innehöll tecknet NUL, som inte kan sparas. Det är borttaget."))
    elif DIRECTIONS.search(text):
        notes.warn(
            *spot, _("Texten innehöll osynliga tecken som vänder skrivriktningen. De är borttagna.")
        )
    else:
        notes.warn(*spot, _("Texten innehöll styrtecken, som inte kan sparas. De är borttagna."))
    return FORBIDDEN.sub("", text)


def as_value(text: str) -> Value:
    """Return the date that the text is exactly, else the text."""
    if len(text) == 10 and ISO_DATE.match(text) and text.isascii():
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text


def _plain(raw: Any) -> str:
    """Return numbers, truth values and moments as a Swedish reader would write them."""
    match raw:
        case bool():
            return _("Ja") if raw else _("Nej")
        case float() if raw.is_integer() and abs(raw) < 1e15:
            return str(int(raw))
        case float():
            return repr(raw).replace(".", ",")
        case datetime() if raw.time() == time():
            return raw.date().isoformat()
        case datetime():
            return raw.isoformat(" ", "minutes" if raw.second == 0 else "seconds")
        case time():
            return raw.isoformat("minutes" if raw.second == 0 else "seconds")
        case timedelta():
            minutes = round(raw.total_seconds() / 60)
            return f"{minutes // 60}:{minutes % 60:02}"
        case _:
            return str(raw)
