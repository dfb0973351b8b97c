"""The chain of hashes: what somebody with superuser rights does to the history shows."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from governance.gestures import gesture
from governance.history import append_only, protect, sealing, serving, verifying
from governance.models import Forvaltningsobjekt, Gesture, Namnd, Seal, SealedGesture
from tests import factories as make

pytestmark = pytest.mark.django_db

OBJEKT = "governance_historicalforvaltningsobjekt"
NAMND = "governance_historicalnamnd"


@pytest.fixture(autouse=True)
def _what_is_left_may_be_broken(db: None) -> Iterator[None]:
    yield
    transaction.set_rollback(True)  # foreign keys are not checked at the end


@contextmanager
def superuser() -> Iterator[Any]:
    """Let SQL through past every trigger and foreign key, as the database's superuser can."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield cursor
        cursor.execute("SET LOCAL session_replication_role = origin")


def changed(objekt: Forvaltningsobjekt, text: str) -> Gesture:
    """Do one thing more."""
    with gesture(None, "change", "För att") as opened:
        objekt.description = text
        objekt.save()
    return opened


@pytest.fixture
def steps() -> list[Gesture]:
    """Six gestures on one object, in two seals, and one that is not sealed."""
    objekt = make.make_objekt("Elever")
    done = [changed(objekt, f"Text {n}") for n in range(3)]
    assert sealing.seal() is not None
    done += [changed(objekt, f"Text {n}") for n in range(3, 6)]
    assert sealing.seal() is not None
    return [*done, changed(objekt, "Sista")]


def run(command: str, *args: Any) -> tuple[int, str]:
    """Run a command; return its exit status and what it said."""
    out = StringIO()
    try:
        call_command(command, *args, stdout=out)
    except SystemExit as ended:
        return int(str(ended.code)), out.getvalue()
    return 0, out.getvalue()


def first_fault() -> str:
    """Return what verify_history names first; empty when all is well."""
    faults = verifying.verify().faults
    return faults[0] if faults else ""


def place(step: Gesture) -> int:
    return SealedGesture.objects.get(gesture=step).position


def test_an_untouched_history_agrees_and_says_what_is_not_sealed(steps: list[Gesture]) -> None:
    status, said = run("verify_history")
    assert status == 0
    assert Seal.objects.get(number=2).hash in said
    assert "till och med försegling 2:" in said
    assert "Ännu inte förseglade: 1." in said


def test_sealing_again_seals_only_what_is_new(steps: list[Gesture]) -> None:
    assert "omfattar 1 händelser" in run("seal_history")[1]
    assert run("seal_history") == (0, "Inget nytt att försegla.\n")
    assert SealedGesture.objects.count() == Gesture.objects.count()
    assert verifying.verify().unsealed == 0


@pytest.mark.parametrize(
    "sql",
    [
        f"UPDATE {OBJEKT} SET description = 'Aldrig sagt' WHERE gesture_id = %(id)s",
        f"UPDATE {OBJEKT} SET history_date = history_date - interval '1 day' WHERE gesture_id = %(id)s",
        f"DELETE FROM {OBJEKT} WHERE gesture_id = %(id)s",
        (
            f"INSERT INTO {OBJEKT} SELECT (jsonb_populate_record(h, '{{\"history_id\": 999999}}')).* "
            f"FROM {OBJEKT} h WHERE gesture_id = %(id)s"
        ),
        "UPDATE governance_gesture SET reason = 'Annat' WHERE id = %(id)s",
        "UPDATE governance_gesture SET at = at + interval '1 second' WHERE id = %(id)s",
        "UPDATE governance_sealedgesture SET link = sha256('x') WHERE gesture_id = %(id)s",
    ],
    ids=["row", "row's date", "row removed", "row added", "reason", "time", "link"],
)
@pytest.mark.parametrize("n", [0, 1, 4, 5])
def test_what_was_altered_is_named(steps: list[Gesture], sql: str, n: int) -> None:
    with superuser() as cursor:
        cursor.execute(sql, {"id": steps[n].pk})
        assert cursor.rowcount == 1
    status, said = run("verify_history")
    assert status == 1
    assert f"Händelse nr {place(steps[n])} (" in said.splitlines()[1]
    assert str(steps[n].pk) in said.splitlines()[1]


def test_of_two_alterations_the_first_is_named_first(steps: list[Gesture]) -> None:
    with superuser() as cursor:
        cursor.execute(
            "UPDATE governance_gesture SET reason = 'Annat' WHERE id = ANY(%s)",
            [[steps[4].pk, steps[1].pk]],
        )
    faults = verifying.verify().faults
    assert [str(steps[n].pk) in fault for n, fault in zip((1, 4), faults, strict=True)] == [
        True
    ] * 2


def test_a_removed_gesture_is_named(steps: list[Gesture]) -> None:
    with superuser() as cursor:
        cursor.execute(f"DELETE FROM {OBJEKT} WHERE gesture_id = %s", [steps[1].pk])
        cursor.execute("DELETE FROM governance_gesture WHERE id = %s", [steps[1].pk])
    assert f"({steps[1].pk}) är borttagen" in first_fault()


def test_a_gesture_removed_with_its_place_in_the_chain_is_named(steps: list[Gesture]) -> None:
    position = place(steps[1])
    with superuser() as cursor:
        for table in (OBJEKT, "governance_sealedgesture"):
            cursor.execute(f"DELETE FROM {table} WHERE gesture_id = %s", [steps[1].pk])
        cursor.execute("DELETE FROM governance_gesture WHERE id = %s", [steps[1].pk])
    assert first_fault() == f"Förseglingen av händelse nr {position} är borttagen."


@pytest.mark.parametrize("sealed", [False, True], ids=["before sealing", "after sealing"])
def test_a_gesture_inserted_into_the_past_is_named(steps: list[Gesture], sealed: bool) -> None:
    past = timezone.now() - timedelta(days=30)
    with superuser() as cursor:
        cursor.execute(
            "INSERT INTO governance_gesture (id, at, kind, reason) "
            "VALUES (gen_random_uuid(), %s, 'change', 'Påhittad') RETURNING id",
            [past],
        )
        (made,) = cursor.fetchone()
    if sealed:
        sealing.seal()
    assert f"{made} är infogad" in first_fault()


def test_a_row_of_no_gesture_is_named(steps: list[Gesture]) -> None:
    with superuser() as cursor:
        cursor.execute(
            f"INSERT INTO {OBJEKT} SELECT (jsonb_populate_record(h, jsonb_build_object("
            f"'history_id', 999999, 'gesture_id', gen_random_uuid()))).* FROM {OBJEKT} h LIMIT 1"
        )
    assert first_fault() == f"Rad 999999 i {OBJEKT} hör inte till någon händelse: den är infogad."


def test_a_removed_seal_is_named(steps: list[Gesture]) -> None:
    with superuser() as cursor:
        cursor.execute("DELETE FROM governance_seal WHERE number = 1")
    assert "Förseglingen före nummer 2 är borttagen." in verifying.verify().faults


@pytest.fixture
def kept(steps: list[Gesture], tmp_path: Path) -> Path:
    """The head as it was exported to another place."""
    path = tmp_path / "head.json"
    assert run("verify_history", "--export-head", path)[0] == 0
    return path


def test_an_exported_head_proves_the_past_when_more_has_been_sealed(kept: Path) -> None:
    changed(Forvaltningsobjekt.objects.get(), "Mer")
    sealing.seal()
    assert run("verify_history", "--head", kept)[0] == 0
    assert run("verify_history", "--expect", json.loads(kept.read_text())["hash"])[0] == 0


def test_a_history_written_anew_agrees_with_itself_but_not_with_the_head(
    steps: list[Gesture], kept: Path
) -> None:
    with superuser() as cursor:
        cursor.execute(
            "UPDATE governance_gesture SET reason = 'Annat' WHERE id = %s", [steps[1].pk]
        )
        cursor.execute("DELETE FROM governance_sealedgesture; DELETE FROM governance_seal")
    sealing.seal()
    sealing.seal(back_dated=True)
    assert first_fault() == ""
    status, said = run("verify_history", "--head", kept)
    assert status == 1
    assert "Försegling 2" in said
    status, said = run("verify_history", "--expect", json.loads(kept.read_text())["hash"])
    assert status == 1
    assert "omskriven eller kortad" in said


def test_an_end_cut_off_agrees_with_itself_but_not_with_the_head(
    steps: list[Gesture], kept: Path
) -> None:
    gone = [step.pk for step in steps[3:]]
    with superuser() as cursor:
        for table in ("governance_sealedgesture", OBJEKT):
            cursor.execute(f"DELETE FROM {table} WHERE gesture_id = ANY(%s)", [gone])
        cursor.execute("DELETE FROM governance_gesture WHERE id = ANY(%s)", [gone])
        cursor.execute("DELETE FROM governance_seal WHERE number = 2")
    assert first_fault() == ""
    status, said = run("verify_history", "--head", kept)
    assert status == 1
    assert "slutet av historiken är borttaget" in said


def test_later_columns_do_not_break_earlier_seals(steps: list[Gesture]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {OBJEKT} ADD later text")
        cursor.execute(f"ALTER TABLE {OBJEKT} ADD required text NOT NULL DEFAULT ''")
        cursor.execute("ALTER TABLE governance_gesture ADD later boolean")
    assert first_fault() == ""


def test_a_dropped_column_is_said_to_be_gone(steps: list[Gesture]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {OBJEKT} DROP description")
    with pytest.raises(CommandError, match="finns inte längre") as refused:
        run("verify_history")
    assert refused.value.returncode == 2


def test_the_settings_of_a_connection_do_not_matter(steps: list[Gesture]) -> None:
    before = sealing.digests(sealing.SEALED, [1, 99], sealing.layout())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TimeZone = 'America/New_York'")
        cursor.execute("SET LOCAL extra_float_digits = -5")
    assert sealing.digests(sealing.SEALED, [1, 99], sealing.layout()) == before != []


def test_examples_of_the_past_are_sealed_openly(steps: list[Gesture]) -> None:
    with gesture(None, "demo") as opened:
        Namnd.objects.create(name="Förr")
    with superuser() as cursor:
        cursor.execute(
            "UPDATE governance_gesture SET at = at - interval '2 years' WHERE id = %s", [opened.pk]
        )
    assert "infogad" in first_fault()
    assert run("seal_history", "--back-dated")[0] == 0
    status, said = run("verify_history")
    assert status == 0
    assert "tillbakadaterade händelser finns i försegling 3" in said


def test_many_gestures_are_sealed_and_verified_in_chunks(
    steps: list[Gesture], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "CHUNK", 2)
    monkeypatch.setattr(verifying, "CHUNK", 2)
    objekt = Forvaltningsobjekt.objects.get()
    for n in range(4):
        changed(objekt, f"Igen {n}")
    made = sealing.seal()
    assert made is not None
    assert made.last_position == Gesture.objects.count()
    assert first_fault() == ""


@pytest.fixture
def serving_role(settings: Any) -> str:
    """A role as docs/operations.md makes it, given its rights as after a migration."""
    settings.WEB_ROLE = "regit_web_of_tests"
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE regit_web_of_tests")
    serving.grant()
    return str(settings.WEB_ROLE)


def test_the_role_that_serves_can_write_history_and_never_change_it(
    steps: list[Gesture], serving_role: str
) -> None:
    assert "äger tabellerna" in run("verify_history")[1]
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {serving_role}")
    changed(Forvaltningsobjekt.objects.get(), "Som webben")
    assert sealing.seal() is not None
    for sql in (
        f"ALTER TABLE {OBJEKT} DISABLE TRIGGER append_only",
        f"DROP TRIGGER append_only ON {OBJEKT}",
        "CREATE OR REPLACE FUNCTION regit_append_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'",
        f"TRUNCATE {OBJEKT}",
        f"DELETE FROM {OBJEKT}",
        "DELETE FROM django_migrations",
        "SET LOCAL session_replication_role = replica",
    ):
        refuses(sql)
    status, said = run("verify_history")
    assert status == 0
    assert "äger tabellerna" not in said


def test_even_without_triggers_the_role_that_serves_changes_no_history(
    steps: list[Gesture], serving_role: str
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for model in append_only():
            cursor.execute(f'ALTER TABLE "{model._meta.db_table}" DISABLE TRIGGER append_only')
        cursor.execute(f"SET LOCAL ROLE {serving_role}")
    for model in append_only():
        table, column = model._meta.db_table, model._meta.pk.column
        refuses(f'DELETE FROM "{table}"')
        refuses(f'UPDATE "{table}" SET "{column}" = "{column}"')


@pytest.mark.parametrize("how", ["DISABLE TRIGGER append_only", "DISABLE TRIGGER ALL"])
def test_a_table_whose_protection_is_off_is_named(steps: list[Gesture], how: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {OBJEKT} {how}")
    assert first_fault() == f"Tabellen {OBJEKT} är inte skyddad mot ändringar. Kör migrate."
    protect()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER append_only ON {OBJEKT}")
    assert "inte skyddad" in first_fault()
    protect()
    assert first_fault() == ""


def test_a_row_added_to_a_gesture_that_was_sealed_before_its_table_was_there_is_named(
    steps: list[Gesture], monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = {t: c for t, c in sealing.layout().items() if t != NAMND}
    sealing.seal()
    late = changed(Forvaltningsobjekt.objects.get(), "Innan nämnder fanns")
    monkeypatch.setattr(sealing, "layout", lambda: earlier)
    assert sealing.seal() is not None
    monkeypatch.undo()
    assert first_fault() == ""
    namnd = make.make_namnd()
    with superuser() as cursor:
        cursor.execute(
            f"INSERT INTO {NAMND} SELECT (jsonb_populate_record(h, jsonb_build_object("
            f"'history_id', 999999, 'gesture_id', %s::uuid))).* FROM {NAMND} h WHERE id = %s",
            [late.pk, namnd.pk],
        )
    assert first_fault() == f"Rad 999999 i {NAMND} är infogad i en förseglad händelse."


@pytest.mark.parametrize("position", [0, -5, 999_999])
def test_a_gesture_that_brings_its_own_place_is_named(steps: list[Gesture], position: int) -> None:
    sealing.seal()
    with superuser() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE governance_sealedgesture DROP CONSTRAINT sealed_from_one")
        cursor.execute(
            "INSERT INTO governance_gesture SELECT (jsonb_populate_record(g, jsonb_build_object("
            "'id', gen_random_uuid(), 'at', g.at - interval '2 years'))).* "
            "FROM governance_gesture g WHERE id = %s RETURNING id",
            [steps[1].pk],
        )
        (forged,) = cursor.fetchone()
        cursor.execute(
            "INSERT INTO governance_sealedgesture (position, gesture_id, seal_id, link) "
            "VALUES (%s, %s, 1, sha256('x'))",
            [position, forged],
        )
    assert str(forged) in first_fault()


def test_a_place_below_the_first_is_refused(steps: list[Gesture]) -> None:
    with pytest.raises(IntegrityError, match="sealed_from_one"), transaction.atomic():
        SealedGesture.objects.create(position=0, gesture=steps[-1], seal_id=1, link=b"x")


def test_a_gesture_that_is_moved_to_another_seal_is_named(steps: list[Gesture]) -> None:
    position = place(steps[1])
    sealing.seal()
    with superuser() as cursor:
        cursor.execute(
            "UPDATE governance_sealedgesture SET seal_id = (SELECT max(number) FROM governance_seal) "
            "WHERE position = %s",
            [position],
        )
    assert first_fault().startswith(f"Händelse nr {position} (")
    assert "annan försegling" in first_fault()


@pytest.mark.parametrize("days", [-700, 700])
def test_a_row_that_claims_another_time_than_its_gesture_is_named(
    steps: list[Gesture], serving_role: str, days: int
) -> None:
    # What a past day was like is told by the time of the rows: INSERT is enough to forge it.
    late = changed(Forvaltningsobjekt.objects.get(), "I dag")
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {serving_role}")
        cursor.execute(
            f"INSERT INTO {OBJEKT} SELECT (jsonb_populate_record(h, jsonb_build_object("
            f"'history_id', 999999, 'history_date', h.history_date + %s * interval '1 day'))).* "
            f"FROM {OBJEKT} h WHERE gesture_id = %s",
            [days, late.pk],
        )
        cursor.execute("RESET ROLE")
    sealing.seal()
    assert first_fault() == (f"Rad 999999 i {OBJEKT} är daterad till en annan tid än sin händelse.")


def refuses(sql: str) -> None:
    refused = pytest.raises(DatabaseError, match=r"permission denied|must be owner")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_file_that_is_no_head_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    for text in ("", "[]", '{"seal": 1}'):
        path.write_text(text)
        with pytest.raises(CommandError, match="inte ett huvud"):
            run("verify_history", "--head", path)
