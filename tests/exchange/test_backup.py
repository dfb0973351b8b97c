"""A drill: what a backup holds comes back whole, with everything that guards it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from exchange import backup
from governance.actions import objekt as objekt_actions
from governance.history import sealing, serving
from tests import factories as make

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
OURS = "NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = {}.oid AND d.deptype = 'e')"
GUARDS = {
    "triggers": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'",
    "constraints": "SELECT conrelid::regclass::text || conname || pg_get_constraintdef(oid) "
    "FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
    "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "functions": "SELECT pg_get_functiondef(p.oid) FROM pg_proc p "
    f"WHERE pronamespace = 'public'::regnamespace AND prokind = 'f' AND {OURS.format('p')}",
    "columns": "SELECT table_name || column_name || data_type || is_nullable || "
    "coalesce(column_default, generation_expression, '') "
    "FROM information_schema.columns WHERE table_schema = 'public'",
    "extensions": "SELECT extname FROM pg_extension",
    "sequences": "SELECT sequencename || coalesce(last_value, 0) FROM pg_sequences",
    "schema": "SELECT nspowner::regrole || coalesce(nspacl::text, '') FROM pg_namespace "
    "WHERE nspname = 'public'",
}

Database = dict[str, Any]


def open_(database: Database) -> "psycopg.Connection[Any]":
    """Connect to a database by itself, not through Django."""
    params = connection.get_connection_params()
    names = {k: params[k] for k in ("host", "port", "user", "password") if params.get(k)}
    return psycopg.connect(**names, dbname=database["NAME"], autocommit=True)


def checksums(database: Database) -> dict[str, tuple[int, str]]:
    """Return the number of rows and a checksum of every table."""
    with open_(database) as db:
        found = {}
        for (table,) in db.execute(TABLES).fetchall():
            row = db.execute(
                f"SELECT count(*), md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))) FROM \"{table}\" t"
            ).fetchone()
            found[table] = tuple(row or ())
        return found


def guards(database: Database) -> dict[str, list[str]]:
    """Return everything about the tables but their rows. Casts are written anew by a restore."""
    with open_(database) as db:
        return {
            name: sorted(re.sub(r"::[a-z ]+(\[\])?|[()]", "", row[0]) for row in db.execute(sql))
            for name, sql in GUARDS.items()
        }


@pytest.fixture
def other(transactional_db: None) -> Iterator[Database]:
    """An empty database beside that of the tests."""
    connection.ensure_connection()
    name = f"{connection.settings_dict['NAME']}_drill"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield {**connection.settings_dict, "NAME": name}
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_a_restored_backup_is_the_register_with_all_that_guards_it(
    other: Database, tmp_path: Path
) -> None:
    objekt = make.make_active("Förskola å ä ö")
    make.make_system(objekt, "Barnomsorg")
    objekt_actions.change(None, objekt, description="Ny text")
    sealing.seal()
    own = connection.settings_dict
    path = backup.backup(tmp_path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in tmp_path.iterdir()] == [path.name]

    backup.restore(path, other)
    sums = checksums(own)
    assert checksums(other) == sums
    assert sums["governance_historicalforvaltningsobjekt"][0] >= 2
    assert len(sums) > 40
    kept = guards(own)
    assert guards(other) == kept
    assert any("regit_five_roles_covered" in trigger for trigger in kept["triggers"])

    with open_(other) as db:
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="Historiken"):
            db.execute("DELETE FROM governance_historicalforvaltningsobjekt")
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="saknar"):
            db.execute("DELETE FROM roles_roleassignment WHERE role = 'objektagare'")
        # What came after the backup goes, a later version's tables included.
        db.execute("CREATE TABLE later (objekt bigint REFERENCES governance_forvaltningsobjekt)")
        db.execute("UPDATE governance_forvaltningsobjekt SET description = 'Senare'")
    assert checksums(other) != sums

    torn, content = tmp_path / "torn.dump", path.read_bytes()
    last = content.rindex(b"\x78\x9c") + 2  # where the compressed rows of the last table begin
    torn.write_bytes(content[:last] + bytes(8) + content[last + 8 :])
    later = checksums(other)
    with pytest.raises(backup.Failed):
        backup.restore(torn, other)
    assert checksums(other) == later

    backup.restore(path, other)
    assert (checksums(other), guards(other)) == (sums, kept)


def test_the_tools_that_come_with_the_embedded_server_restore_into_any_server(
    other: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # They are newer than most servers: on Debian's, what they write is more than it knows.
    monkeypatch.setattr("exchange.backup.shutil.which", lambda _name: None)
    make.make_objekt("Förskola å ä ö")
    backup.restore(backup.backup(tmp_path), other)
    assert checksums(other) == checksums(connection.settings_dict)


@pytest.fixture
def two_roles(other: Database, settings: Any) -> Iterator[tuple[Database, Database]]:
    """The logins of deploy/roles.sql: the one that serves, here, and the owner of the other database."""
    web, owner = "regit_web_of_drill", "regit_owner_of_drill"
    settings.WEB_ROLE = web
    with connection.cursor() as cursor:
        for role in (web, owner):
            cursor.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'drill'")
        cursor.execute(f'ALTER DATABASE "{other["NAME"]}" OWNER TO {owner}')
    serving.grant()
    yield tuple(
        {**database, "USER": role, "PASSWORD": "drill"}
        for database, role in ((connection.settings_dict, web), (other, owner))
    )  # type: ignore[misc]
    with open_(other) as db:
        db.execute(f'ALTER DATABASE "{other["NAME"]}" OWNER TO CURRENT_USER')
        db.execute(f"DROP OWNED BY {owner}, {web}")
        db.execute(f"DROP ROLE {owner}")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP OWNED BY {web}")
        cursor.execute(f"DROP ROLE {web}")


def test_the_role_that_serves_backs_up_and_the_owner_restores(
    two_roles: tuple[Database, Database], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serves, owns = two_roles
    make.make_active("Förskola å ä ö")
    with monkeypatch.context() as here:
        for key in ("USER", "PASSWORD"):
            here.setitem(connection.settings_dict, key, serves[key])
        path = backup.backup(tmp_path)
    backup.restore(path, owns)
    assert checksums(owns) == checksums(connection.settings_dict)
    with open_(owns) as db:
        asked = "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
        assert db.execute(asked).fetchall() == [(owns["USER"],)]


@pytest.mark.django_db
def test_an_empty_database_is_no_register_to_back_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = tmp_path / "nothing"
    monkeypatch.setattr(connection.introspection, "table_names", lambda *_a, **_k: [])
    with pytest.raises(CommandError, match="DATABASE_URL"):
        call_command("backup_register", "--directory", str(nothing))
    assert not nothing.exists()


@pytest.mark.django_db
def test_what_is_no_backup_is_refused(tmp_path: Path, settings: Any) -> None:
    settings.BACKUP_DIR = tmp_path / "backups"
    path = tmp_path / "register.xlsx"
    path.write_bytes(b"PK")
    for file in (path, tmp_path / "missing.dump"):
        with pytest.raises(CommandError, match="databasen är orörd") as refused:
            call_command("restore_register", str(file))
        assert refused.value.returncode == 2


@pytest.mark.django_db
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("")
    with pytest.raises(CommandError, match="Det gick inte"):
        call_command("backup_register", "--directory", str(path))


@pytest.mark.django_db
def test_a_tool_that_is_too_old_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(backup, "_version", lambda _path: 9)
    with pytest.raises(backup.Failed, match="or newer is needed"):
        backup.backup(tmp_path)
