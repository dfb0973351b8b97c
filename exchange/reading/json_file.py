"""RegIT's own JSON: {"sheets": {"System": [{"Namn": "…", …}, …]}}."""

import json
from itertools import chain
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from exchange.problems import Notes, Unreadable
from exchange.reading.book import MAX_ROWS, MAX_SHEETS, Book, Sheet
from exchange.reading.table import make_sheet


def read_json(content: bytes) -> Book:
    """Return the book. Raises Unreadable for JSON of another shape, naming the spot."""
    sheets = _sheets(_parsed(content))
    notes = Notes()
    made = (_sheet(name, records, notes) for name, records in sheets.items())
    return Book(tuple(sheet for sheet in made if sheet), tuple(notes.problems))


def _parsed(content: bytes) -> Any:
    count = 0

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal count
        count += 1
        if count > MAX_ROWS + MAX_SHEETS:
            raise Unreadable(_("Filen har fler än %s poster. Dela upp den.") % MAX_ROWS)
        found = dict(items)
        if len(found) < len(items):
            _refuse(_("en post har samma rubrik två gånger"))
        return found

    try:
        return json.loads(content.decode("utf-8-sig"), object_pairs_hook=pairs)
    except json.JSONDecodeError as error:
        message = _("Filen är inte riktig JSON: felet finns på rad %(line)s, tecken %(column)s.")
        raise Unreadable(message % {"line": error.lineno, "column": error.colno}) from error
    except UnicodeDecodeError as error:
        raise Unreadable(
            _("JSON-filen är inte sparad som UTF-8. Spara om den och försök igen.")
        ) from error
    except RecursionError as error:
        raise Unreadable(
            _("JSON-filen är för djupt nästlad. RegIT läser den form som exporten skriver.")
        ) from error
    except ValueError as error:
        raise Unreadable(_("JSON-filen innehåller ett tal som inte går att läsa.")) from error


def _refuse(what: str) -> NoReturn:
    message = _(
        "JSON-filen har inte den form som RegIT exporterar: %s. "
        "Exportera på nytt, eller använd Excel-mallen."
    )
    raise Unreadable(message % what)


def _sheets(data: Any) -> dict[str, list[Any]]:
    sheets = data.get("sheets") if isinstance(data, dict) else None
    if not isinstance(sheets, dict):
        _refuse(_("”sheets” saknas"))
    if len(sheets) > MAX_SHEETS:
        _refuse(_("den har fler än %s blad") % MAX_SHEETS)
    for name, records in sheets.items():
        if not isinstance(records, list) or not all(isinstance(r, dict) for r in records):
            _refuse(_("bladet ”%s” är ingen lista av poster") % name)
    return sheets


def _sheet(name: str, records: list[dict[str, Any]], notes: Notes) -> Sheet | None:
    """Return the sheet; rows are numbered as if the headings stood on row 1."""
    headings = tuple(dict.fromkeys(heading for record in records for heading in record))
    if not headings:
        return None
    rows = ((number, [_cell(r.get(h)) for h in headings]) for number, r in enumerate(records, 2))
    return make_sheet(name, chain([(1, headings)], rows), notes)


def _cell(value: Any) -> Any:
    if isinstance(value, list) and all(isinstance(part, str | int | float) for part in value):
        return "\n".join(str(part) for part in value)
    if isinstance(value, list | dict):
        _refuse(_("ett värde är en lista eller post"))
    return value
