"""Making sense of what people type in cells: several values, names, paths of an organisation.

Likeness here is difflib's, over the few names of one file or one list of choices. Likeness to the
whole register is the database's work (pg_trgm over search_fold).
"""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches

from governance.models.base import fold as fold_letters

PATH_SEPARATOR = re.compile(r"\s+/\s+|\s*[»›>]\s*|\s*\\\s*")
# As the register's own constraint on a nämnd's name has it.
COMPANY = re.compile(r"\b(AB|aktiebolag|bolag|bolaget|HB|KB)\b", re.IGNORECASE)
NUMBER = re.compile(r"\d,\d")
LONGEST_COMPARED = 200


def tidy(text: str) -> str:
    """Return the text on one line: no-break spaces, tabs and line breaks are one space."""
    return " ".join(text.split())


def fold(text: str) -> str:
    """Fold as the register's search does, and spacing too: two spellings of one name are one key."""
    return fold_letters(unicodedata.normalize("NFC", tidy(text)))


def key(text: str) -> str:
    """Fold harder, for headings and choices: punctuation is space."""
    return " ".join(re.sub(r"[\W_]+", " ", fold(text)).split())


def likeness(one: str, other: str) -> float:
    """Return how alike two names are, 0 to 1; 1 means the same but for case and accents."""
    a, b = fold(one)[:LONGEST_COMPARED], fold(other)[:LONGEST_COMPARED]
    return SequenceMatcher(None, a, b, autojunk=False).ratio() if a and b else 0.0


def nearest(text: str, candidates: Iterable[str], cutoff: float = 0.75) -> str | None:
    """Return the candidate most like the text, for "Menade du …?", or None."""
    if len(text) > LONGEST_COMPARED:
        return None
    folded = {fold(candidate): candidate for candidate in candidates}
    found = get_close_matches(fold(text), folded, n=1, cutoff=cutoff)
    return folded[found[0]] if found else None


def split_path(text: str) -> tuple[str, ...]:
    """Return the parts of `Koncern / Kommun / Avdelning`; a slash inside a name stays."""
    return tuple(part for part in map(tidy, PATH_SEPARATOR.split(text)) if part)


def company_in(path: Iterable[str]) -> str | None:
    """Return the municipal company on an organisation path, by its name (clause 2.2), or None."""
    return next((part for part in path if COMPANY.search(part)), None)


def split_values(text: str, known: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the values in a cell, once each.

    Line breaks and semicolons separate. A comma does only between known values ("Ja, delvis" may be
    one of them), or where every part is a few words and none is a decimal.
    """
    keys = {key(value) for value in known}
    parts = [part for part in map(tidy, re.split(r"[\n;]", text)) if part]
    found = [piece for part in parts for piece in _split_commas(part, keys)]
    return tuple(dict.fromkeys(found))


def _split_commas(text: str, known: set[str]) -> list[str]:
    pieces = [piece for piece in map(tidy, text.split(",")) if piece]
    if len(pieces) < 2 or key(text) in known:
        return [text.strip(" ,")] if text.strip(" ,") else []
    if known:
        return _known_runs(pieces, known) or [text]
    few_words = all(len(piece.split()) <= 3 for piece in pieces)
    return pieces if few_words and not NUMBER.search(text) else [text]


def _known_runs(pieces: list[str], known: set[str]) -> list[str]:
    """Return the pieces joined into known values, longest first; none if a piece fits nowhere."""
    found: list[str] = []
    start = 0
    while start < len(pieces):
        for end in range(len(pieces), start, -1):
            joined = ", ".join(pieces[start:end])
            if key(joined) in known:
                found.append(joined)
                start = end
                break
        else:
            return []
    return found
