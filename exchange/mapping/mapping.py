"""A mapping of one kind of sheet: columns to fields, the sheet's words to the register's values."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from exchange.cleaning import key, nearest
from exchange.mapping.convert import NotUnderstood, convert
from exchange.mapping.fields import Field, Kind, Subject
from exchange.mapping.guess import guess_columns
from exchange.mapping.subjects import SUBJECTS

OTHER = "ovrigt"


@dataclass(frozen=True)
class Mapping:
    """Heading → field code, and per field code: folded word → value.

    A column that is not mapped is an övrig uppgift. `unsure` names guesses worth a second look.
    """

    subject: str
    columns: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    unsure: frozenset[str] = frozenset()

    def to_dict(self) -> dict[str, Any]:
        """Return the mapping as plain data, to be saved by name."""
        return {"subject": self.subject, "columns": self.columns, "values": self.values}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "Mapping":
        """Return a saved mapping. Raises ValidationError when it names what no longer exists."""
        subject = SUBJECTS.get(data.get("subject", ""))
        if subject is None:
            raise ValidationError(_("Den sparade mappningen gäller inget slag av blad som finns."))
        columns = {h: _target(subject, c).code for h, c in data.get("columns", {}).items()}
        values = {_target(subject, c).code: dict(v) for c, v in data.get("values", {}).items()}
        return cls(subject.code, columns, values)

    def with_columns(self, statements: Iterable[str], headings: Iterable[str]) -> "Mapping":
        """Return the mapping with what people state of a file's columns: `heading=field`.

        The field is a code or its Swedish name; `heading=` makes the column an övrig uppgift. A
        stated column takes its field from a guessed one. Raises ValidationError naming what does
        not exist and the nearest that does, or a field stated twice.
        """
        known, subject = list(headings), SUBJECTS[self.subject]
        stated: dict[str, str] = {}
        for statement in statements:
            heading, code = _halves(statement)
            target = None if code in ("", OTHER) else _target(subject, code)
            if target and not target.gathers and target.code in stated.values():
                message = _("Två kolumner är mappade till %s. Välj en av dem.")
                raise ValidationError(message % _(target.label))
            stated[_heading(heading, known)] = target.code if target else OTHER
        taken = {code for code in stated.values() if not _gathers(subject, code)}
        kept = {h: c for h, c in self.columns.items() if h not in stated and c not in taken}
        columns = kept | {h: c for h, c in stated.items() if c != OTHER}
        return replace(self, columns=columns, unsure=self.unsure & kept.keys())

    def with_values(self, statements: Iterable[str]) -> "Mapping":
        """Return the mapping with what people state of a column's words: `heading:word=value`.

        Raises ValidationError for a column without a field and for a value the field cannot have.
        """
        values = {code: dict(words) for code, words in self.values.items()}
        for statement in statements:
            left, value = _halves(statement)
            heading, word = self._heading_and_word(left)
            target = SUBJECTS[self.subject].by_code[self.columns[heading]]
            values.setdefault(target.code, {})[key(word)] = _coded(target, value)
        return replace(self, values=values)

    def _heading_and_word(self, text: str) -> tuple[str, str]:
        """Cut after the longest mapped heading: headings hold colons too."""
        for heading in sorted(self.columns, key=len, reverse=True):
            if text.startswith(f"{heading}:"):
                return heading, text[len(heading) + 1 :].strip()
        message = _("”%s” börjar inte med en mappad kolumn. Skriv rubrik:värde=registrets värde.")
        raise ValidationError(message % text)

    def restricted_to(self, headings: Iterable[str]) -> "Mapping":
        """Return the mapping for a sheet with these headings: what it lacks is dropped."""
        present = set(headings)
        columns = {h: c for h, c in self.columns.items() if h in present}
        return replace(self, columns=columns, unsure=self.unsure & present)


def guess(subject: Subject, headings: Iterable[str]) -> Mapping:
    """Return the mapping that the headings suggest."""
    columns, unsure = guess_columns(subject, headings)
    return Mapping(subject.code, columns, unsure=unsure)


def _halves(statement: str) -> tuple[str, str]:
    left, equals, right = (part.strip() for part in statement.rpartition("="))
    if not equals or not left:
        raise ValidationError(_("”%s” är ingen mappning. Skriv rubrik=fält.") % statement)
    return left, right


def _heading(text: str, known: list[str]) -> str:
    exact = [h for h in known if h == text] or [h for h in known if key(h) == key(text)]
    if not exact:
        raise ValidationError(_no_such(_("Filen har ingen kolumn ”%s”.") % text, text, known))
    return exact[0]


def _target(subject: Subject, code: str) -> Field:
    by_label = {key(target.label): target for target in subject.fields}
    found = subject.by_code.get(code) or by_label.get(key(code))
    if found is None:
        raise ValidationError(
            _no_such(_("Det finns inget fält ”%s”.") % code, code, subject.by_code)
        )
    return found


def _gathers(subject: Subject, code: str) -> bool:
    return code == OTHER or subject.by_code[code].gathers


def _coded(target: Field, value: str) -> str:
    """Return the value as it is saved: a choice's code, ja or nej, a digit."""
    try:
        converted = convert(target, value)
    except NotUnderstood as error:
        raise ValidationError(str(error)) from error
    if target.kind is Kind.YES_NO:
        return "ja" if converted else "nej"
    return "" if converted is None else str(converted)


def _no_such(sentence: str, text: str, candidates: Iterable[str]) -> str:
    names = list(candidates)
    like = nearest(text, names, cutoff=0.6)
    hint = _("Menade du ”%s”?") % like if like else _("Välj bland: %s.") % ", ".join(names)
    return f"{sentence} {hint}"
