"""Files of an agreement: told by content, kept once, given back under a harmless name, removed."""

import hashlib
import io
import zipfile
from typing import ClassVar

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase, override_settings
from hypothesis import given
from hypothesis import strategies as st

from governance import filetypes
from governance.access import Forbidden
from governance.actions import avtal as avtal_actions
from governance.actions import avtalsfiler as actions
from governance.filetypes import recognise, safe_name
from governance.models import Avtal, Avtalsfil, Filinnehall
from roles.models import User
from tests import hostile
from tests.factories import make_active, make_system
from tests.factories.avtal import holder, make_avtal

PDF = b"%PDF-1.7\n1 0 obj"


def archive(*parts: str) -> bytes:
    """Return a zip file with the parts, each empty."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as into:
        for part in parts:
            into.writestr(part, "")
    return made.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml")
XLSX = archive("[Content_Types].xml", "xl/workbook.xml")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, filetypes.PDF),
        (DOCX, filetypes.DOCX),
        (XLSX, filetypes.XLSX),
        (b"\x89PNG\r\n\x1a\n....", filetypes.PNG),
        (b"\xff\xd8\xff\xe0....", filetypes.JPEG),
        ("Avtal på åtta år".encode(), filetypes.TEXT),
        ("Avtal på åtta år".encode("cp1252"), filetypes.TEXT),
        ("\ufeffAvtal".encode(), filetypes.TEXT),
        (b"MZ\x90\x00", None),
        (b"\x7fELF", None),
        (b"<html><script>alert(1)</script>", None),
        (b"  <!doctype html>", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"<?xml version='1.0'?>", None),
        (b"GIF89a\x01\x00", None),
        (b"PK\x03\x04 cut short", None),
        (archive("word/document.xml"), None),
        (archive("[Content_Types].xml", "notes.txt"), None),
        (archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), None),
        (archive("[Content_Types].xml", "word/document.xml", "xl/workbook.xml"), None),
        (b"\x00\x01", None),
        (b"   ", None),
    ],
)
def test_content_decides(content: bytes, kind: filetypes.FileType | None) -> None:
    assert recognise(content) == kind


@given(st.binary(max_size=200))
def test_any_bytes_get_an_answer(content: bytes) -> None:
    for beginning in (b"", b"PK\x03\x04", DOCX[:-30]):
        recognise(beginning + content)


@pytest.mark.parametrize(
    ("name", "given_as"),
    [
        ("avtal.pdf", "avtal.pdf"),
        ("Avtal.PDF", "Avtal.pdf"),
        ("avtal.exe", "avtal.exe.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\kim\\Avtal 2026.pdf", "Avtal 2026.pdf"),
        ('a";filename="evil.html', "a filename= evil.html.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie x=1.pdf"),
        ("\u202efdp.exe", "fdp.exe.pdf"),
        ("", "avtal.pdf"),
        ("...", "avtal.pdf"),
        (".pdf", "pdf.pdf"),
        ("con.pdf", "avtal con.pdf"),
        ("A\u030asa o\u0308.pdf", "Åsa ö.pdf"),
        ("x" * 500 + ".pdf", "x" * 150 + ".pdf"),
    ],
)
def test_names_are_made_harmless_and_true(name: str, given_as: str) -> None:
    assert safe_name(name, filetypes.PDF) == given_as


@given(hostile.texts(), st.sampled_from(filetypes.ALL))
def test_no_name_misleads(name: str, kind: filetypes.FileType) -> None:
    made = safe_name(name, kind)
    assert made.endswith(kind.endings)
    assert made.isprintable()
    assert not set(made) & set('/\\<>:"|?*%;')
    assert 0 < len(made) <= 200
    assert not made.startswith(".")


class TestFiles(TestCase):
    avtal: ClassVar[Avtal]
    leader: ClassVar[User]
    owner: ClassVar[User]

    @classmethod
    def setUpTestData(cls) -> None:
        objekt = make_active("Elevadministration")
        make_system(objekt, "Alva")
        cls.avtal, cls.leader = make_avtal(objekt), holder(objekt, "forvaltningsledare")
        cls.owner = holder(objekt, "objektagare")

    def add(
        self, content: bytes = PDF, name: str = "avtal.pdf", avtal: Avtal | None = None
    ) -> Avtalsfil:
        file = SimpleUploadedFile(name, content)
        return actions.add(self.leader, avtal or self.avtal, file=file)

    def test_a_file_is_kept_with_its_checksum(self) -> None:
        fil = self.add(name="../Avtal.exe")
        assert (fil.name, fil.media_type, fil.size) == (
            "Avtal.exe.pdf",
            "application/pdf",
            len(PDF),
        )
        assert fil.innehall_id == hashlib.sha256(PDF).hexdigest()
        assert bytes(fil.innehall.content) == PDF

    def test_what_is_not_received_says_why(self) -> None:
        for content, why in ((b"MZ\x00", "varken PDF"), (b"", "tom")):
            with pytest.raises(ValidationError, match=why):
                self.add(content)
        self.add()
        with pytest.raises(ValidationError, match="finns redan"):
            self.add(name="annat.pdf")
        with override_settings(AVTAL_FILE_MAX_MB=1), pytest.raises(ValidationError, match="1 MB"):
            self.add(PDF + b" " * 1_000_000)
        with pytest.raises(Forbidden):
            actions.add(self.owner, self.avtal, file=SimpleUploadedFile("a.pdf", PDF))

    def test_bytes_are_kept_once_and_as_long_as_some_file_has_them(self) -> None:
        other = make_avtal(self.avtal.objekt)
        first, second = self.add(), self.add(avtal=other)
        assert Filinnehall.objects.count() == 1
        with pytest.raises(ValidationError, match="Skriv varför"):
            actions.remove(self.leader, first, reason="")
        actions.remove(self.leader, first, reason="Fel fil")
        assert Filinnehall.objects.count() == 1
        avtal_actions.remove(self.leader, other)
        assert not Filinnehall.objects.exists()
        gone = Avtalsfil.history.get(id=second.pk, history_type="-")
        assert (gone.name, gone.innehall_id) == ("avtal.pdf", second.innehall_id)
