"""How a file is to be read: what each sheet is, what to group by, whose rows to leave out."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from exchange.cleaning import company_in, fold, key, nearest, split_path
from exchange.mapping import SUBJECTS, Mapping, guess, guess_subject
from exchange.reading.book import Book, Sheet

NO_GROUP = "-"


@dataclass(frozen=True)
class Instructions:
    """A mapping for each sheet that is read, the column that makes objects, and the companies."""

    mappings: dict[str, Mapping] = field(default_factory=dict)
    group_by: str = ""
    companies: tuple[str, ...] = ()

    @classmethod
    def guess(cls, book: Book) -> "Instructions":
        """Return what the sheets' names, headings and organisations suggest."""
        alone = len(book.sheets) == 1
        found = {sheet.name: guess_subject(sheet, alone) for sheet in book.sheets}
        mappings = {
            s.name: guess(subject, s.headings) for s in book.sheets if (subject := found[s.name])
        }
        guessed = cls(mappings)
        grouped = replace(guessed, group_by=guessed.guessed_group())
        return grouped.with_recognised_companies(book)

    def with_recognised_companies(self, book: Book) -> "Instructions":
        """Return the instructions leaving out the municipal companies among the organisations."""
        known = organisations(book, self)
        return self.without(sorted(name for name in known if company_in([name])))

    def guessed_group(self) -> str:
        """Return the column of the organisation, where no column names the objects."""
        for mapping in self.mappings.values():
            if mapping.subject == "system" and "objekt" not in mapping.columns.values():
                headings = {code: heading for heading, code in mapping.columns.items()}
                return headings.get("organisation", "")
        return ""

    def to_dict(self) -> dict[str, Any]:
        """Return the instructions as plain data."""
        return {
            "mappings": {name: mapping.to_dict() for name, mapping in self.mappings.items()},
            "group_by": self.group_by,
            "companies": list(self.companies),
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "Instructions":
        """Return saved instructions. Raises ValidationError where they name what is no more."""
        mappings = {n: Mapping.from_dict(m) for n, m in data.get("mappings", {}).items()}
        return cls(mappings, data.get("group_by", ""), tuple(data.get("companies", ())))

    def fitted_to(self, book: Book) -> "Instructions":
        """Return the instructions for another file of the same kind, whatever its sheets are called.

        What a sheet is decides which mapping it gets; a sheet of a kind not met before is guessed.
        """
        guessed = Instructions.guess(book)
        by_subject = {mapping.subject: mapping for mapping in self.mappings.values()}
        mappings: dict[str, Mapping] = {}
        for sheet in book.sheets:
            mapping = guessed.mappings.get(sheet.name)
            if mapping:
                saved = by_subject.get(mapping.subject, mapping)
                mappings[sheet.name] = saved.restricted_to(sheet.headings)
        headings = {heading for sheet in book.sheets for heading in sheet.headings}
        group = self.group_by if self.group_by in headings else ""
        companies = dict.fromkeys((*self.companies, *guessed.companies))
        return Instructions(mappings, group, tuple(companies))

    def stated(self, book: Book, statements: Iterable[str]) -> "Instructions":
        """Return the instructions with `heading=field` and `heading:word=value` followed.

        A statement goes to every sheet that has its heading. Raises ValidationError for one that
        fits nowhere.
        """
        mappings = dict(self.mappings)
        if not mappings:
            raise ValidationError(
                _("Filen har inget blad med objekt, system, roller eller samband.")
            )
        words: list[str] = []
        for statement in statements:
            if not self._state_column(book, mappings, statement):
                words.append(statement)
        for statement in words:
            _state_word(mappings, statement)
        changed = replace(self, mappings=mappings)
        return changed if self.group_by else replace(changed, group_by=changed.guessed_group())

    def _state_column(self, book: Book, mappings: dict[str, Mapping], statement: str) -> bool:
        heading, equals, _field = statement.rpartition("=")
        read = [sheet for sheet in book.sheets if sheet.name in mappings]
        having = [s for s in read if key(heading) in map(key, s.headings)] if equals else []
        if not having and ":" in heading and _fits_a_column(mappings, heading):
            return False
        for sheet in having or read[:1]:
            known = [h for s in read for h in s.headings] if not having else sheet.headings
            mappings[sheet.name] = mappings[sheet.name].with_columns([statement], known)
        return True

    def grouped(self, book: Book, column: str) -> "Instructions":
        """Return the instructions grouping by a column, or by none for "-"."""
        if column == NO_GROUP:
            return replace(self, group_by="")
        headings = [h for s in self.sheets(book, "system") for h in s.headings]
        for heading in headings:
            if key(heading) == key(column):
                return replace(self, group_by=heading)
        like = nearest(column, headings, cutoff=0.6)
        hint = _("Menade du ”%s”?") % like if like else _("Välj bland: %s.") % ", ".join(headings)
        raise ValidationError(_("Filen har ingen kolumn ”%s”.") % column + " " + hint)

    def without(self, companies: Iterable[str]) -> "Instructions":
        """Return the instructions leaving out these companies' rows too (clause 2.2)."""
        return replace(self, companies=tuple(dict.fromkeys((*self.companies, *companies))))

    def sheets(self, book: Book, subject: str) -> list[Sheet]:
        """Return the sheets of one kind, in the order of the file."""
        mapped = self.mappings
        return [s for s in book.sheets if s.name in mapped and mapped[s.name].subject == subject]


def organisations(book: Book, instructions: Instructions) -> Counter[str]:
    """Return every part of the organisation paths in the sheets of systems, and how many rows it has."""
    found: Counter[str] = Counter()
    for sheet in instructions.sheets(book, "system"):
        columns = instructions.mappings[sheet.name].columns
        for index, heading in enumerate(sheet.headings):
            if columns.get(heading) == "organisation":
                for row in sheet.rows:
                    found.update(dict.fromkeys(split_path(str(row.values[index])), 1))
    return found


def company_of(path: Iterable[str], companies: Iterable[str]) -> str | None:
    """Return the part of an organisation path that is one of the companies left out, or None."""
    left_out = {fold(name) for name in companies}
    return next((part for part in path if fold(part) in left_out), None)


def _fits_a_column(mappings: dict[str, Mapping], left: str) -> bool:
    return any(left.startswith(f"{h}:") for m in mappings.values() for h in m.columns)


def _state_word(mappings: dict[str, Mapping], statement: str) -> None:
    for name, mapping in mappings.items():
        if any(statement.startswith(f"{heading}:") for heading in mapping.columns):
            mappings[name] = mapping.with_values([statement])


__all__ = ["NO_GROUP", "SUBJECTS", "Instructions", "company_of", "organisations"]
