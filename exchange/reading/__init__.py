"""Reading hostile and real spreadsheets: whatever comes in, out comes a Book or an Unreadable."""

import codecs
import re
from pathlib import PurePath
from typing import BinaryIO

from django.utils.translation import gettext as _

from exchange.problems import Unreadable
from exchange.reading.book import MAX_BYTES, Book, Row, Sheet, Value
from exchange.reading.csv_file import read_csv
from exchange.reading.json_file import read_json
from exchange.reading.workbook import read_workbook

__all__ = ["Book", "Row", "Sheet", "Unreadable", "Value", "read"]

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
JSON = re.compile(rb"\s*\{\s*[\"}]")
MARKUP = re.compile(rb"\s*<(\?xml|!doctype|html|table)", re.IGNORECASE)
# Bytes that text does not hold; a stray one is cleaned and named, many mean that this is no text.
BINARY = re.compile(rb"[\x01-\x08\x0e-\x1f\x7f]")
SNIFFED = 4096


def read(file: BinaryIO, filename: str = "") -> Book:
    """Read XLSX, CSV or JSON, chosen by content. Raises Unreadable for anything else."""
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        message = _(
            "Filen är större än %s MB. Ta bort det som inte hör till registret, eller dela upp den."
        )
        raise Unreadable(message % (MAX_BYTES // 1_000_000))
    if not content.strip():
        raise Unreadable(
            _("Filen är tom. Välj en fil med rubriker på en rad och uppgifter på raderna under.")
        )
    book = _read(content, _sheet_name(filename))
    if not book.sheets:
        raise Unreadable(
            _("Filen har ingen tabell. Skriv rubriker på en rad och uppgifter på raderna under.")
        )
    return book


def _read(content: bytes, name: str) -> Book:
    if content.startswith(ZIP):
        return read_workbook(content)
    _refuse_known_kinds(content)
    if JSON.match(content.removeprefix(codecs.BOM_UTF8)):
        return read_json(content)
    return read_csv(content, name)


def _sheet_name(filename: str) -> str:
    name = "".join(c for c in PurePath(filename).stem if c.isprintable())
    return name[:100] or "CSV"


def _refuse_known_kinds(content: bytes) -> None:
    if content.startswith(OLE):
        if ENCRYPTED in content:
            raise Unreadable(
                _("Arbetsboken är skyddad med lösenord. Ta bort skyddet och försök igen.")
            )
        raise Unreadable(
            _("Filen är i det äldre Excelformatet (.xls). Spara den som .xlsx och försök igen.")
        )
    if content.startswith(PICTURES):
        raise Unreadable(_("Filen är en bild. Välj en fil i formatet .xlsx, .csv eller .json."))
    if content.startswith(b"%PDF"):
        raise Unreadable(_("Filen är en PDF. Välj en fil i formatet .xlsx, .csv eller .json."))
    if MARKUP.match(content):
        raise Unreadable(
            _("Filen är en webbsida eller XML. Öppna den i Excel och spara den som .xlsx.")
        )
    if len(BINARY.findall(content[:SNIFFED])) > len(content[:SNIFFED]) // 20:
        raise Unreadable(
            _("Filen är ingen arbetsbok. Välj en fil i formatet .xlsx, .csv eller .json.")
        )
