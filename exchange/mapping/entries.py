"""A mapping applied: each row as field values, övriga uppgifter, and problems by cell."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from exchange.mapping.convert import NotUnderstood, convert
from exchange.mapping.fields import Field
from exchange.mapping.guess import OTHER_PREFIX
from exchange.mapping.mapping import OTHER, Mapping
from exchange.mapping.subjects import SUBJECTS
from exchange.problems import Problem
from exchange.reading.book import Row, Sheet, Value


@dataclass
class Entry:
    """A row understood.

    A field is absent from `values` when its column is, or when its value was not understood; it is
    there and empty when the cell is empty.
    """

    sheet: str
    row: int
    values: dict[str, Any] = field(default_factory=dict)
    other: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_entries(mapping: Mapping, sheet: Sheet) -> Iterator[Entry]:
    """Return every row of the sheet, understood through the mapping."""
    subject = SUBJECTS[mapping.subject]
    targets = [subject.by_code.get(mapping.columns.get(h, OTHER)) for h in sheet.headings]
    for row in sheet.rows:
        entry = Entry(sheet.name, row.number)
        _fill(entry, mapping, sheet.headings, targets, row)
        _require(entry, mapping)
        yield entry


def _fill(
    entry: Entry,
    mapping: Mapping,
    headings: tuple[str, ...],
    targets: list[Field | None],
    row: Row,
) -> None:
    for heading, target, value in zip(headings, targets, row.values, strict=True):
        if target:
            _set(entry, target, heading, value, mapping.values.get(target.code))
        elif value != "":
            entry.other.append((heading.removeprefix(OTHER_PREFIX), str(value)))


def _set(
    entry: Entry, target: Field, heading: str, value: Value, known: dict[str, str] | None
) -> None:
    try:
        converted = convert(target, value, known)
    except NotUnderstood as error:
        entry.problems.append(Problem(entry.sheet, entry.row, heading, str(error)))
        return
    before = entry.values.get(target.code)
    both = before and converted
    entry.values[target.code] = f"{before}\n{converted}" if both else before or converted


def _require(entry: Entry, mapping: Mapping) -> None:
    """Note what a row cannot do without, unless its cell has been named already."""
    named = {problem.column for problem in entry.problems}
    heading_of = {code: heading for heading, code in mapping.columns.items()}
    for target in SUBJECTS[mapping.subject].fields:
        if not target.required or entry.values.get(target.code):
            continue
        heading = heading_of.get(target.code) or _(target.label)
        if heading not in named:
            sentence = _("Uppgiften saknas. Fyll i den.")
            entry.problems.append(Problem(entry.sheet, entry.row, heading, sentence))
