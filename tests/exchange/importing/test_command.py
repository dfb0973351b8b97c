"""import_register as it is typed: what it prints, and its exit status."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from exchange.models import SparadMappning
from governance.models import Gesture, Informationssystem
from tests import factories
from tests.exchange.files import xlsx

pytestmark = pytest.mark.django_db


def run(file: Path, *arguments: str) -> tuple[int, str]:
    """Return the exit status, and all that was printed."""
    out, err = StringIO(), StringIO()
    try:
        call_command("import_register", str(file), *arguments, stdout=out, stderr=err)
    except CommandError as error:
        return error.returncode, f"{out.getvalue()}{err.getvalue()}{error}"
    return 0, out.getvalue() + err.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "lista.xlsx"
    rows = [
        ["Benämning", "Kund", "Märkning"],
        ["Heroma", "Kommun / Skola", "grön"],
        ["Elnät", "Elnät", ""],
    ]
    path.write_bytes(xlsx(*rows))
    return path


def test_it_imports_as_the_person_named_with_the_reason_given(file: Path) -> None:
    admin = factories.make_admin()
    status, said = run(file, "--user", admin.username, "--reason", "Inflyttning")
    assert status == 0
    assert "Blad System (system): 2 nya" in said
    gesture = Gesture.objects.get(kind="import")
    assert (gesture.actor, gesture.reason) == (admin, "Inflyttning")
    assert "Ingenting ändrades" in run(file)[1]


def test_a_dry_run_says_the_same_and_writes_nothing(file: Path) -> None:
    status, said = run(file, "--dry-run")
    assert status == 0
    assert "Provkörning: ingenting är sparat." in said
    assert not Informationssystem.objects.exists()


def test_columns_words_groups_and_companies_are_stated_and_saved_for_next_time(file: Path) -> None:
    statements = ["--map", "Kund=organisation", "Märkning=livscykel", "Märkning:grön=I drift"]
    status, said = run(
        file, *statements, "--company", "Elnät", "--group-by", "kund", "--save-mapping", "IT-listan"
    )
    assert (status, "1 nya, 1 hoppas över" in said) == (0, True)
    system = Informationssystem.objects.get()
    assert (system.objekt.name, system.livscykel) == ("Skola", "i_drift")
    assert SparadMappning.objects.get().name == "IT-listan"
    status, said = run(file, "--mapping", "IT-listan")
    assert (status, "1 oförändrade, 1 hoppas över" in said) == (0, True)


def test_a_file_with_errors_is_exit_status_1_with_every_place(file: Path) -> None:
    status, said = run(file, "--map", "Märkning=livscykel")
    assert status == 1
    assert "Blad System, rad 2, kolumn Märkning: ”grön” är inget värde" in said
    assert not Informationssystem.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--map", "Märknig=livscykel"], "Menade du ”Märkning”?"),
        (["--map", "Märkning=livscykeln"], "Menade du ”livscykel”?"),
        (["--map", "Märkning"], "Skriv rubrik=fält"),
        (["--user", "finns.inte"], "Ingen aktiv användare heter finns.inte"),
        (["--user", "eva.lund"], "eva.lund får inte importera"),
        (["--mapping", "saknas"], "ingen sparad mappning"),
        (["--group-by", "kunde"], "Menade du ”Kund”?"),
    ],
)
def test_what_is_typed_wrongly_is_exit_status_2(
    file: Path, arguments: list[str], sentence: str
) -> None:
    factories.make_user("eva.lund")
    status, said = run(file, *arguments)
    assert (status, sentence in said) == (2, True), said


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(None, "kan inte öppnas"), (b"", "Filen är tom"), (b"%PDF-1.4", "Filen är en PDF")],
)
def test_a_file_that_cannot_be_read_is_exit_status_2(
    tmp_path: Path, content: Any, sentence: str
) -> None:
    path = tmp_path / "fil.xlsx"
    if content is not None:
        path.write_bytes(content)
    status, said = run(path)
    assert (status, sentence in said) == (2, True), said
