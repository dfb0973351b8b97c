"""What a file is, told by its content and never by its name, and a name that is safe to give it."""

import io
import re
import unicodedata
import zipfile
from typing import NamedTuple

OFFICE = "application/vnd.openxmlformats-officedocument"
# Bytes that no text holds, and markup that a browser would run.
BINARY = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
MARKUP = re.compile(r"\s*<(!|\?|[a-z])", re.IGNORECASE)
LONGEST_NAME = 150
MOST_PARTS = 5_000
"""Most parts of an Office file; a real one has a few hundred."""
# Names that Windows takes for devices.
DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


class FileType(NamedTuple):
    """A type of file that is received: its media type, the endings it may have, its name in words."""

    media_type: str
    endings: tuple[str, ...]
    label: str


PDF = FileType("application/pdf", (".pdf",), "PDF")
DOCX = FileType(f"{OFFICE}.wordprocessingml.document", (".docx",), "Word")
XLSX = FileType(f"{OFFICE}.spreadsheetml.sheet", (".xlsx",), "Excel")
PNG = FileType("image/png", (".png",), "PNG")
JPEG = FileType("image/jpeg", (".jpg", ".jpeg"), "JPEG")
TEXT = FileType("text/plain", (".txt",), "Text")
ALL = (PDF, DOCX, XLSX, PNG, JPEG, TEXT)
BY_MEDIA_TYPE = {each.media_type: each for each in ALL}
BEGINS = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))


def recognise(content: bytes) -> FileType | None:
    """Return what the content is, or nothing when it is none of the types that are received."""
    for beginning, kind in BEGINS:
        if content.startswith(beginning):
            return kind
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    return TEXT if _is_text(content) else None


def _office(content: bytes) -> FileType | None:
    """Tell Word from Excel by the parts inside; nothing is unpacked. Files with macros are neither."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return None
    if len(parts) > MOST_PARTS or "[Content_Types].xml" not in parts:
        return None
    if any(part.lower().endswith("vbaproject.bin") for part in parts):
        return None
    found = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
    kinds = {found[part] for part in parts if part in found}
    return kinds.pop() if len(kinds) == 1 else None


def _is_text(content: bytes) -> bool:
    if not content.strip() or BINARY.search(content):
        return False
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
        if "\ufffd" in text:
            return False
    return not MARKUP.match(text)


def safe_name(name: str, kind: FileType) -> str:
    """Return the last part of a file's name without what misleads, with an ending that is true."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    kept = "".join(c if c.isprintable() and c not in '<>:"|?*%;' else " " for c in name)
    stem = " ".join(kept.split()).strip(". ")
    ending = kind.endings[0]
    for own in kind.endings:
        if stem.lower().endswith(own):
            stem, ending = stem[: -len(own)].rstrip(". "), own
            break
    if not stem or DEVICES.match(stem):
        stem = f"avtal {stem}".strip()
    return f"{stem[:LONGEST_NAME].rstrip('. ')}{ending}"
