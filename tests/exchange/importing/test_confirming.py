"""All or nothing, as one gesture, as it was shown, in few statements."""

import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange.importing import Instructions, Stale, confirm, make_plan
from exchange.importing.applying import carry_out
from exchange.reading import Book, read
from exchange.writing import write_workbook
from governance import access
from governance.actions import objekt as objekt_actions
from governance.actions import system as system_actions
from governance.models import Forvaltningsobjekt, Gesture, Informationssystem
from roles import grants
from roles.models import RoleAssignment, User
from tests import factories
from tests.exchange.importing.helpers import book, bring_in, plan
from tests.exchange.made_register import made_register

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Any:
    return factories.make_admin()


def register(rows: int) -> Book:
    """Return a made register of so many rows, read."""
    buffer = io.BytesIO()
    write_workbook([made_register(rows)], buffer)
    buffer.seek(0)
    return read(buffer, "systemlista.xlsx")


def test_a_register_of_533_rows_moves_in_and_again_changes_nothing(admin: Any) -> None:
    file = register(533)
    made = plan(admin, file)
    assert made.errors == []
    assert made.summary() == "504 nya, 29 hoppas över"
    gesture = bring_in(admin, file)
    assert Informationssystem.objects.count() == 504
    assert Informationssystem.objects.filter(objekt__name__contains="enhet 1").exists()
    assert set(Forvaltningsobjekt.objects.values_list("status", flat=True)) == {"utkast"}
    history: Any = Informationssystem.history.model
    assert history.objects.filter(gesture=gesture).count() == 504
    assert not User.objects.exclude(pk=admin.pk).exclude(password__startswith="!").exists()
    assert not grants.check()
    again = plan(admin, file)
    assert again.does_nothing
    assert again.summary() == "504 oförändrade, 29 hoppas över"


def test_who_may_not_import_is_refused_before_anything_is_read(admin: Any) -> None:
    file = book(System=[["Namn"], ["A"]])
    made = plan(admin, file)
    eva = factories.make_user("eva.lund")
    with pytest.raises(access.Forbidden):
        confirm(eva, file, Instructions.guess(file), made.fingerprint, reason="x")


def test_a_file_with_an_error_in_the_middle_imports_nothing(admin: Any) -> None:
    file = book(System=[["Namn", "Riktighet"], ["A", "1"], ["B", "9"], ["C", "1"]])
    made = plan(admin, file)
    with pytest.raises(ValidationError, match="ingenting är sparat"):
        confirm(admin, file, Instructions.guess(file), made.fingerprint, reason="x")
    assert not Informationssystem.objects.exists()


def test_what_the_database_refuses_in_the_middle_undoes_all_before_it(admin: Any) -> None:
    file = book(System=[["Namn", "Objekt"], ["A", "Skola"]])
    made = plan(admin, file)
    gestures = Gesture.objects.count()
    made.work.new[Informationssystem][0].riktighet = 7
    with pytest.raises(ValidationError, match="ingenting är ändrat"):
        carry_out(admin, made, reason="x")
    assert not Forvaltningsobjekt.objects.exists()
    assert Gesture.objects.count() == gestures


def test_a_register_that_changed_since_the_preview_stops_the_import(admin: Any) -> None:
    file = book(System=[["Namn", "Syfte"], ["A", "Nytt"]])
    system = factories.make_system(factories.make_objekt("Skola"), "A", purpose="Gammalt")
    made = plan(admin, file)
    system_actions.change(None, system, purpose="Mellantid")
    with pytest.raises(Stale):
        confirm(admin, file, Instructions.guess(file), made.fingerprint, reason="x")
    system.refresh_from_db()
    assert system.purpose == "Mellantid"


def test_a_row_that_changed_between_plan_and_write_stops_the_import(admin: Any) -> None:
    file = book(Objekt=[["Namn", "Beskrivning"], ["Skola", "Ny"]])
    objekt = factories.make_objekt("Skola")
    made = make_plan(admin, file, Instructions.guess(file))
    objekt_actions.change(None, objekt, description="Mellantid")
    with pytest.raises(Stale):
        carry_out(admin, made, reason="x")


def test_an_import_needs_a_reason(admin: Any) -> None:
    file = book(System=[["Namn"], ["A"]])
    made = plan(admin, file)
    with pytest.raises(ValidationError, match="Skriv en anledning"):
        confirm(admin, file, Instructions.guess(file), made.fingerprint, reason=" ")


def test_everything_an_import_writes_is_one_gesture(admin: Any) -> None:
    head = ["Namn", "Objekt", "Leverantör", "Systemansvarig", "Nämnd"]
    before = set(Gesture.objects.values_list("pk", flat=True))
    row = ["A", "Skola", "CGI", "Eva Lund", "Skolnämnden"]
    gesture = bring_in(admin, book(System=[head, row]))
    assert set(Gesture.objects.values_list("pk", flat=True)) - before == {gesture.pk}
    for model in (RoleAssignment, Informationssystem, Forvaltningsobjekt):
        assert model.history.filter(gesture=gesture).exists()


def statements(admin: Any, rows: int) -> int:
    """Return how many statements planning and importing so many rows takes."""
    file = register(rows)
    instructions = Instructions.guess(file).grouped(file, "-")
    with CaptureQueriesContext(connection) as captured:
        made = make_plan(admin, file, instructions)
        confirm(admin, file, instructions, made.fingerprint, reason="Inflyttning")
    assert Informationssystem.objects.count() > rows * 0.8
    return len(captured)


def test_more_rows_take_hardly_more_statements(admin: Any) -> None:
    assert statements(admin, 200) <= 60
    assert statements(admin, 2000) <= 2000 / 50 + 20
