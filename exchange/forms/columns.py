"""The form that says what the columns of a file mean: for each sheet, each column, each odd word."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange.cleaning import company_in, key
from exchange.importing.instructions import Instructions, organisations
from exchange.mapping import OTHER, SUBJECTS, Field, Kind, Mapping, NotUnderstood, convert, guess
from exchange.models import SparadMappning
from exchange.reading import Book, Sheet
from governance.forms.base import RegisterForm, prepare

EXAMPLES, ODD_WORDS = 3, 20
CLOSED = (Kind.CHOICE, Kind.YES_NO, Kind.LEVEL)


@dataclass(frozen=True)
class Column:
    """A column as the page shows it."""

    heading: str
    filled: int
    examples: list[str]
    field: BoundField
    unsure: bool


class ColumnsForm(RegisterForm):
    """Shows what was guessed or saved, and takes what people make of it."""

    reason_asked = False

    save_as = forms.CharField(
        label=gettext_lazy("Spara kolumnvalen som"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Ett namn, till exempel ”IT-listan”. Nästa fil kan läsas likadant."),
    )

    def __init__(self, *args: Any, book: Book, instructions: Instructions, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.book, self.start = book, instructions
        self.odd: list[tuple[str, str, str, str]] = []
        for number, sheet in enumerate(book.sheets):
            self._add_sheet(number, sheet)
        self._add_objects()
        for name, field in self.fields.items():
            prepare(field)
            if isinstance(field, forms.ChoiceField) and not isinstance(
                field.widget, forms.CheckboxSelectMultiple
            ):
                field.widget.attrs["class"] = "form-select form-select-sm"
            elif name == "save_as":
                field.widget.attrs["class"] = "form-control"

    def _add_sheet(self, number: int, sheet: Sheet) -> None:
        mapping = self.start.mappings.get(sheet.name)
        kinds = [("", _("Läs inte in bladet")), *((s.code, _(s.sheet)) for s in SUBJECTS.values())]
        self.fields[f"sheet-{number}"] = forms.ChoiceField(
            label=_("Bladet handlar om"),
            choices=kinds,
            required=False,
            initial=mapping.subject if mapping else "",
        )
        if mapping is None:
            return
        subject = SUBJECTS[mapping.subject]
        other = _("Övrig uppgift") if subject.code == "system" else _("Läs inte in")
        choices = [(OTHER, other), *((f.code, _(f.label)) for f in subject.fields)]
        for index, heading in enumerate(sheet.headings):
            self.fields[f"column-{number}-{index}"] = forms.ChoiceField(
                label=_("%s betyder") % heading,
                choices=choices,
                required=False,
                initial=mapping.columns.get(heading, OTHER),
            )
        for heading, code in mapping.columns.items():
            self._add_odd_words(number, sheet, heading, subject.by_code[code], mapping)

    def _add_odd_words(
        self, number: int, sheet: Sheet, heading: str, target: Field, mapping: Mapping
    ) -> None:
        """Ask what words mean that the field does not know."""
        if target.kind not in CLOSED or heading not in sheet.headings:
            return
        known = mapping.values.get(target.code, {})
        index = sheet.headings.index(heading)
        words = dict.fromkeys(str(row.values[index]) for row in sheet.rows if row.values[index])
        odd = [word for word in words if key(word) in known or not understood(target, word)]
        for place, word in enumerate(odd[:ODD_WORDS]):
            name = f"word-{number}-{index}-{place}"
            label = _("”%(word)s” i %(column)s betyder") % {"word": word[:60], "column": heading}
            self.fields[name] = forms.ChoiceField(
                label=label,
                choices=[(None, _("Välj …")), *values_of(target)],
                required=False,
                initial=known.get(key(word)),
            )
            self.odd.append((name, sheet.name, heading, word))

    def _add_objects(self) -> None:
        sheets = self.start.sheets(self.book, "system")
        if not sheets:
            return
        headings = list(dict.fromkeys(h for sheet in sheets for h in sheet.headings))
        self.fields["group_by"] = forms.ChoiceField(
            label=_("Samla system till förvaltningsobjekt efter"),
            help_text=_(
                "System som inte nämner sitt objekt samlas i utkast, ett för varje värde i kolumnen."
            ),
            choices=[
                ("", _("Ingen kolumn: ett objekt för varje system")),
                *((h, h) for h in headings),
            ],
            required=False,
            initial=self.start.group_by,
        )
        found = organisations(self.book, self.start)
        marked = {name for name in found if company_in([name])} | set(self.start.companies)
        names = sorted(found, key=lambda name: (name not in marked, name))
        if names:
            self.fields["companies"] = forms.MultipleChoiceField(
                label=_("Kommunala bolag, vars rader hoppas över (avsnitt 2.2)"),
                choices=[
                    (name, _("%(name)s (%(count)s rader)") % {"name": name, "count": found[name]})
                    for name in names
                ],
                required=False,
                widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
                initial=[name for name in names if name in self.start.companies],
            )
        self.recognised = len(marked & set(names))

    def sheets(self) -> Iterator[tuple[Sheet, BoundField, list[Column]]]:
        """Return each sheet with the field that says what it is, and its columns."""
        for number, sheet in enumerate(self.book.sheets):
            yield sheet, self[f"sheet-{number}"], list(self._columns(number, sheet))

    def _columns(self, number: int, sheet: Sheet) -> Iterator[Column]:
        mapping = self.start.mappings.get(sheet.name)
        for index, heading in enumerate(sheet.headings if mapping else ()):
            filled = [str(row.values[index]) for row in sheet.rows if row.values[index] != ""]
            examples = [text[:40] for text in dict.fromkeys(filled)][:EXAMPLES]
            unsure = bool(mapping and heading in mapping.unsure)
            field = self[f"column-{number}-{index}"]
            yield Column(heading, len(filled), examples, field, unsure)

    def company_boxes(self) -> tuple[list[Any], list[Any]]:
        """Return the boxes of recognised companies, and those of the other organisations."""
        boxes = list(self["companies"])
        return boxes[: self.recognised], boxes[self.recognised :]

    def odd_words(self) -> list[BoundField]:
        """Return the fields that ask what a word means."""
        return [self[name] for name, _sheet, _heading, _word in self.odd]

    def clean(self) -> dict[str, Any]:
        """Refuse a field given to two columns, and a sheet without what its rows cannot lack."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for number, sheet in enumerate(self.book.sheets):
            if cleaned.get(f"sheet-{number}") == self._subject_at_start(sheet) != "":
                self._check_columns(number, sheet)
        return cleaned

    def _subject_at_start(self, sheet: Sheet) -> str:
        mapping = self.start.mappings.get(sheet.name)
        return mapping.subject if mapping else ""

    def _check_columns(self, number: int, sheet: Sheet) -> None:
        given: dict[str, str] = {}
        subject = SUBJECTS[self._subject_at_start(sheet)]
        for index, heading in enumerate(sheet.headings):
            name = f"column-{number}-{index}"
            target = subject.by_code.get(self.cleaned_data.get(name, ""))
            if target and target.code in given and not target.gathers:
                words = {"field": _(target.label), "one": given[target.code], "other": heading}
                text = _("%(one)s och %(other)s är båda %(field)s. Välj en av kolumnerna.")
                self.add_error(name, text % words)
            if target:
                given.setdefault(target.code, heading)
        for target in subject.fields:
            if target.required and target.code not in given:
                words = {"sheet": sheet.name, "field": _(target.label)}
                text = _("Bladet %(sheet)s: välj vilken kolumn som är %(field)s.")
                self.add_error(None, text % words)

    @property
    def changes_kind(self) -> bool:
        """Whether a sheet was said to be about something else: its columns are asked about anew."""
        return any(
            self.cleaned_data.get(f"sheet-{number}", "") != self._subject_at_start(sheet)
            for number, sheet in enumerate(self.book.sheets)
        )

    def instructions(self) -> Instructions:
        """Return what was chosen."""
        mappings: dict[str, Mapping] = {}
        for number, sheet in enumerate(self.book.sheets):
            code = self.cleaned_data.get(f"sheet-{number}", "")
            if code and code == self._subject_at_start(sheet):
                mappings[sheet.name] = self._mapping(number, sheet)
            elif code:
                mappings[sheet.name] = guess(SUBJECTS[code], sheet.headings)
        cleaned = self.cleaned_data
        companies = tuple(cleaned.get("companies", ()))
        return Instructions(mappings, cleaned.get("group_by", ""), companies)

    def _mapping(self, number: int, sheet: Sheet) -> Mapping:
        chosen = {
            heading: self.cleaned_data.get(f"column-{number}-{index}") or OTHER
            for index, heading in enumerate(sheet.headings)
        }
        columns = {heading: code for heading, code in chosen.items() if code != OTHER}
        before = self.start.mappings[sheet.name]
        values = {code: words for code, words in before.values.items() if code in columns.values()}
        mapping = replace(before, columns=columns, values=values, unsure=frozenset())
        for name, of_sheet, heading, word in self.odd:
            value = self.cleaned_data.get(name)
            if of_sheet == sheet.name and value and columns.get(heading) == before.columns[heading]:
                words = mapping.values.get(columns[heading], {}) | {key(word): value}
                mapping = replace(mapping, values=mapping.values | {columns[heading]: words})
        return mapping


class SavedForm(forms.Form):
    """Chooses among saved mappings."""

    mapping = forms.ModelChoiceField(
        label=gettext_lazy("Läs som"),
        queryset=SparadMappning.objects.all(),
        empty_label=gettext_lazy("Välj sparade kolumnval"),
        widget=forms.Select(attrs={"class": "form-select form-select-sm"}),
    )


def understood(target: Field, word: str) -> bool:
    """Whether the field knows the word."""
    try:
        convert(target, word)
    except NotUnderstood:
        return False
    return True


def values_of(target: Field) -> list[tuple[str, str]]:
    """Return the values a word may stand for: code and name."""
    if target.kind is Kind.YES_NO:
        return [("ja", _("Ja")), ("nej", _("Nej"))]
    if target.kind is Kind.LEVEL:
        return [(str(level), str(level)) for level in range(5)]
    return [(choice.code, choice.name) for choice in target.choices]
