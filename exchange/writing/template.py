"""The workbook to fill in: a sheet per subject, lists to choose from, and instructions."""

from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from exchange.mapping.fields import Field, Kind, Subject
from exchange.mapping.subjects import SUBJECTS

ROWS_WITH_LISTS = 2000
LISTS = "Listor"
EXPECTED = {
    Kind.DATE: gettext_noop("Datum som 2026-05-12"),
    Kind.YES_NO: gettext_noop("Ja eller Nej"),
    Kind.LEVEL: gettext_noop("En siffra från 0 till 4"),
    Kind.PEOPLE: gettext_noop("E-post, användarnamn eller namn"),
}
INTRODUCTION = (
    gettext_noop(
        "Fyll i bladen Objekt, System, Roller, Samband och Informationsmängder. "
        "Blad som du inte behöver kan vara tomma."
    ),
    gettext_noop(
        "Det som måste fyllas i står med fet stil i rubrikraden. Annat kan kompletteras i RegIT."
    ),
    gettext_noop(
        "Lägg gärna till egna kolumner i bladet System. De sparas som övriga uppgifter på systemet."
    ),
    gettext_noop("Ingenting sparas förrän du har sett och bekräftat vad importen kommer att göra."),
    gettext_noop("Kommunala bolag har egna rutiner och registreras inte här (avsnitt 2.2)."),
)


def write_template(file: BinaryIO, namnder: Sequence[str] = ()) -> None:
    """Write the template; the names of the nämnder, where given, are offered in their columns."""
    book = Workbook()
    guide = book.active
    assert isinstance(guide, Worksheet)  # noqa: S101 - a new workbook has one
    lists = book.create_sheet(LISTS)
    ranges = _Lists(lists)
    for subject in SUBJECTS.values():
        _add_sheet(book.create_sheet(_(subject.sheet)), subject, ranges, namnder)
    _write_guide(guide)
    lists.sheet_state = "hidden"
    book.move_sheet(lists, len(book.sheetnames))
    book.save(file)


class _Lists:
    """The hidden sheet of values to choose from: a list of its own for each field that has one."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.found: dict[tuple[str, ...], str] = {}

    def address(self, values: tuple[str, ...]) -> str:
        """Return where the list is, and write it the first time."""
        if values not in self.found:
            column = len(self.found) + 1
            for row, value in enumerate(values, 1):
                self.sheet.cell(row, column, value).data_type = "s"
            letter = get_column_letter(column)
            place = f"${letter}$1:${letter}${len(values)}"
            self.found[values] = f"{quote_sheetname(self.sheet.title)}!{place}"
        return self.found[values]


def _add_sheet(sheet: Worksheet, subject: Subject, lists: _Lists, namnder: Sequence[str]) -> None:
    sheet.freeze_panes = "B2"
    for column, field in enumerate(subject.fields, 1):
        letter = get_column_letter(column)
        heading = sheet.cell(1, column, _(field.label))
        heading.font = Font(bold=field.required)
        heading.fill = PatternFill("solid", fgColor="E4ECEC")
        sheet.column_dimensions[letter].width = max(len(_(field.label)) + 3, 16)
        validation = _validation(field, lists, namnder)
        if validation:
            validation.add(f"{letter}2:{letter}{ROWS_WITH_LISTS}")
            sheet.add_data_validation(validation)
        if field.kind is Kind.DATE:
            sheet.column_dimensions[letter].number_format = "yyyy-mm-dd"


def _validation(field: Field, lists: _Lists, namnder: Sequence[str]) -> DataValidation | None:
    values = choices(field, namnder)
    if not values:
        return None
    validation = DataValidation(type="list", formula1=lists.address(values), allow_blank=True)
    validation.showErrorMessage = True
    validation.errorTitle = _("Värdet finns inte i listan")
    validation.error = _("Välj ett värde ur listan.")
    return validation


def choices(field: Field, namnder: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the values to choose among for a field, in Swedish."""
    if field.choices:
        return tuple(choice.name for choice in field.choices)
    by_kind: Mapping[Kind, tuple[str, ...]] = {
        Kind.YES_NO: (_("Ja"), _("Nej")),
        Kind.LEVEL: ("0", "1", "2", "3", "4"),
    }
    if field.code in ("namnd", "informationen_ags_av"):
        return tuple(namnder)
    return by_kind.get(field.kind, ())


def _write_guide(sheet: Worksheet) -> None:
    """Write what to do, and a line for every column of every sheet."""
    sheet.title = _("Anvisningar")
    sheet.append([_("Så fyller du i mallen")])
    sheet["A1"].font = Font(bold=True, size=14)
    for line in INTRODUCTION:
        sheet.append([_(line)])
    sheet.append([])
    sheet.append([_("Blad"), _("Kolumn"), _("Måste fyllas i"), _("Så skriver du")])
    for cell in sheet[sheet.max_row]:
        cell.font = Font(bold=True)
    for row in _guide_rows():
        sheet.append(row)
    for letter, width in zip("ABCD", (12, 34, 16, 90), strict=True):
        sheet.column_dimensions[letter].width = width
        for cell in sheet[letter][len(INTRODUCTION) + 1 :]:
            cell.alignment = Alignment(vertical="top", wrap_text=letter == "D")


def _guide_rows() -> Iterator[list[str]]:
    for subject in SUBJECTS.values():
        for field in subject.fields:
            expected = EXPECTED.get(field.kind, "")
            said = _(field.help) if field.help else expected and _(expected)
            if field.choices:
                said = _("Välj: %s.") % ", ".join(choices(field))
            yield [_(subject.sheet), _(field.label), _("Ja") if field.required else "", said]
