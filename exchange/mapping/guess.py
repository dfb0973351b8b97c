"""Which field a heading means: its name, a synonym, or something very like one of them."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import cache

from exchange.cleaning import key
from exchange.mapping.fields import Field, Subject
from exchange.mapping.subjects import SUBJECTS
from exchange.reading.book import Sheet

# Before a heading that would else be taken for a field: the export keeps övriga uppgifter apart.
OTHER_PREFIX = "Övrig uppgift: "
LIKE = 0.88
LONGEST_HEADING = 100
SHORTEST_LIKENESS = 6
MOST_LETTERS_OFF = 3


@cache
def names(field: Field) -> tuple[str, ...]:
    """Return all that a heading may say for a field, folded, its own name first."""
    return tuple(dict.fromkeys(key(text) for text in (field.label, field.code, *field.synonyms)))


def guess_columns(
    subject: Subject, headings: Iterable[str]
) -> tuple[dict[str, str], frozenset[str]]:
    """Return {heading: field code} and the headings that were only like a name.

    The surest come first and a field is given once, unless it gathers several columns.
    """
    wanted = [h for h in dict.fromkeys(headings) if not h.startswith(OTHER_PREFIX)]
    columns: dict[str, str] = {}
    unsure: set[str] = set()
    for certainty in (_is_label, _is_synonym, _is_like):
        for field in subject.fields:
            for heading in wanted:
                if heading in columns or (field.code in columns.values() and not field.gathers):
                    continue
                if certainty(field, heading):
                    columns[heading] = field.code
                    unsure |= {heading} if certainty is _is_like else set()
    return {heading: columns[heading] for heading in wanted if heading in columns}, frozenset(
        unsure
    )


def other_heading(heading: str) -> str:
    """Return the heading under which the export shows an övrig uppgift: marked where needed."""
    columns, _unsure = guess_columns(SUBJECTS["system"], [heading])
    marked = columns or heading.startswith(OTHER_PREFIX)
    return OTHER_PREFIX + heading if marked else heading


def _is_label(field: Field, heading: str) -> bool:
    return key(heading) in names(field)[:2]


def _is_synonym(field: Field, heading: str) -> bool:
    plain = key(re.sub(r"\([^()]*\)", " ", heading))
    return any(said in names(field) for said in (key(heading), plain))


def _is_like(field: Field, heading: str) -> bool:
    """Tell a misspelt heading; as many words, and long enough for a letter not to matter."""
    said = key(heading)
    if not SHORTEST_LIKENESS <= len(said) <= LONGEST_HEADING:
        return False
    return any(
        len(name) >= SHORTEST_LIKENESS
        and abs(len(said) - len(name)) <= MOST_LETTERS_OFF
        and len(said.split()) == len(name.split())
        and SequenceMatcher(None, said, name, autojunk=False).ratio() >= LIKE
        for name in names(field)
    )


def guess_subject(sheet: Sheet, alone: bool = False) -> Subject | None:
    """Return what a sheet is about, by its name, else by its headings; None for other sheets.

    A sheet alone in its file is about systems where nothing else fits better.
    """
    for subject in SUBJECTS.values():
        if key(sheet.name) in map(key, (subject.code, subject.sheet, *subject.synonyms)):
            return subject
    fits = {code: _fit(subject, sheet.headings) for code, subject in SUBJECTS.items()}
    best = max(fits, key=lambda code: (fits[code], code == "system"))
    if fits[best] > 0:
        return SUBJECTS[best]
    return SUBJECTS["system"] if alone else None


def _fit(subject: Subject, headings: Sequence[str]) -> int:
    """Return how many headings the subject knows, or 0 where a required one is missing."""
    columns, unsure = guess_columns(subject, headings)
    codes = {code for heading, code in columns.items() if heading not in unsure}
    required = {field.code for field in subject.fields if field.required}
    return len(codes) if required <= codes else 0
