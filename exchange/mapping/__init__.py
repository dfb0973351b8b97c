"""Which column means what: guessed, stated by people, saved by name, applied to rows."""

from exchange.mapping.convert import NotUnderstood, convert
from exchange.mapping.entries import Entry, read_entries
from exchange.mapping.fields import Choice, Field, Kind, Subject
from exchange.mapping.guess import guess_columns, guess_subject, other_heading
from exchange.mapping.mapping import OTHER, Mapping, guess
from exchange.mapping.subjects import SUBJECTS

__all__ = [
    "OTHER",
    "SUBJECTS",
    "Choice",
    "Entry",
    "Field",
    "Kind",
    "Mapping",
    "NotUnderstood",
    "Subject",
    "convert",
    "guess",
    "guess_columns",
    "guess_subject",
    "other_heading",
    "read_entries",
]
