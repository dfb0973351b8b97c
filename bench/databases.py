"""A database for each size, beside the usual one on the same server; made once, kept for next time."""

import psycopg
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from bench import generate
from regit.embedded.server import LOCALE


def use(size: int, *, remake: bool = False) -> bool:
    """Connect to the database with so many objects; generate it where it is missing.

    Returns whether it was made now. Only names that end in _bench_<size> are ever dropped.
    """
    stem = str(connection.settings_dict["NAME"]).partition("_bench")[0]
    name = f"{stem}_bench_{size}"
    connection.close()
    connection.settings_dict["NAME"] = name
    with _server() as server:
        there = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if there and (remake or not _is_whole(name, size)):
            server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))
            there = None
        if not there:
            statement = sql.SQL("CREATE DATABASE {} TEMPLATE template0 {}")
            server.execute(statement.format(sql.Identifier(name), sql.SQL(LOCALE)))
    call_command("migrate", verbosity=0)
    if not there:
        generate.generate(size)
    return not there


def _server(name: str = "postgres") -> psycopg.Connection:
    parameters = connection.get_connection_params() | {"dbname": name}
    for key in ("cursor_factory", "context", "pool"):
        parameters.pop(key, None)
    return psycopg.connect(**parameters, autocommit=True)


def _is_whole(name: str, size: int) -> bool:
    """Whether the register was generated to its end: what was broken off is made anew."""
    with _server(name) as server:
        table = server.execute("SELECT to_regclass('governance_forvaltningsobjekt')").fetchone()
        if table is None or table[0] is None:
            return False
        row = server.execute("SELECT count(*) FROM governance_forvaltningsobjekt").fetchone()
        return row is not None and row[0] == size
