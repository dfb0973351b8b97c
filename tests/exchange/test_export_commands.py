"""export_register and import_template: what they write, what they say, how they end."""

from io import StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from exchange.reading import Book, read
from governance.actions import system as system_actions
from roles import people
from tests.exchange.register import SECRET, varied_register
from tests.factories import make_admin, make_namnd, make_user

pytestmark = pytest.mark.django_db


def run(command: str, *args: Any) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command(command, *map(str, args), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def refused(command: str, *args: Any) -> tuple[int, str]:
    with pytest.raises(CommandError) as refusal:
        run(command, *args)
    return refusal.value.returncode, str(refusal.value)


def opened(path: Path) -> Book:
    with path.open("rb") as file:
        return read(file, path.name)


def names(path: Path) -> list[str]:
    sheet = next(s for s in opened(path).sheets if "Andra namn" in s.headings)
    return [str(row.values[0]) for row in sheet.rows]


@pytest.mark.parametrize("ending", ["xlsx", "json", "csv"])
def test_the_register_is_written_whole_and_progress_is_told(tmp_path: Path, ending: str) -> None:
    varied_register()
    path = tmp_path / f"registret.{ending}"
    out, err = run("export_register", path)
    assert names(path) == ["Elevjournal", SECRET, "Skolskjuts", "Skolskjuts", "Tom"]
    assert f"Registret är skrivet till {path}." in out
    assert "System: 5 rader" in err
    assert len(opened(path).sheets) == (1 if ending == "csv" else 5)
    assert ("bara systemen" in out) == (ending == "csv")
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("ending", ["xlsx", "json", "csv"])
def test_it_is_written_as_a_person_sees_it(tmp_path: Path, ending: str) -> None:
    varied_register()
    make_user("olle.utanfor")
    make_admin("adam.admin")
    path = tmp_path / f"r.{ending}"
    run("export_register", path, "--user", "olle.utanfor")
    assert SECRET not in names(path)
    run("export_register", path, "--user", "adam.admin")
    assert SECRET in names(path)


def test_an_empty_register_is_written_too(tmp_path: Path) -> None:
    path = tmp_path / "tomt.xlsx"
    run("export_register", path)
    assert [len(sheet.rows) for sheet in opened(path).sheets] == [0, 0, 0, 0, 0]


@pytest.mark.parametrize("command", ["export_register", "import_template"])
def test_a_wrong_ending_is_bad_input(tmp_path: Path, command: str) -> None:
    status, sentence = refused(command, tmp_path / "registret.ods")
    assert status == 2
    assert "registret.ods slutar inte på .xlsx" in sentence
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["export_register", "import_template"])
def test_a_path_that_cannot_be_written_is_bad_input(tmp_path: Path, command: str) -> None:
    path = tmp_path / "finns" / "inte.xlsx"
    status, sentence = refused(command, path)
    assert (status, f"Det går inte att skriva till {path}" in sentence) == (2, True)
    (tmp_path / "mapp.xlsx").mkdir()
    assert refused(command, tmp_path / "mapp.xlsx")[0] == 2


def test_a_file_that_could_not_be_finished_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    run("export_register", path)
    before = path.read_bytes()
    register = varied_register()
    system_actions.change(None, register.journal, purpose="å" * 40_000)
    status, sentence = refused("export_register", path)
    assert (status, "Exportera som JSON" in sentence) == (2, True)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_person_who_is_unknown_or_has_left_is_bad_input(tmp_path: Path) -> None:
    left = make_user("lars.borta")
    people.set_active(None, left, False, reason="Har slutat")
    path = tmp_path / "r.json"
    assert refused("export_register", path, "--user", "ingen")[0] == 2
    status, sentence = refused("export_register", path, "--user", "lars.borta")
    assert (status, "har slutat" in sentence) == (2, True)
    assert not path.exists()


def test_the_template_offers_the_namnder_of_the_register(tmp_path: Path) -> None:
    make_namnd("Tekniska nämnden")
    path = tmp_path / "mall.xlsx"
    out, _err = run("import_template", path)
    assert f"Mallen är skriven till {path}." in out
    lists = openpyxl.load_workbook(path)["Listor"]
    assert "Tekniska nämnden" in [cell.value for column in lists.columns for cell in column]
