"""What the database's role that serves may do: write history, never change it (docs/operations.md).

Web processes and nightly commands log in as `settings.WEB_ROLE`; the owner of the tables migrates, and
after each migration gives that role what it needs and no more. It can neither remove a trigger nor
rewrite what it was given to keep, whatever a fault in RegIT lets somebody send.
"""

from django.conf import settings
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from governance.history import append_only

GRANTS = """
GRANT USAGE ON SCHEMA public TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
REVOKE UPDATE, DELETE, TRUNCATE ON {kept} FROM {role};
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {migrations} FROM {role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}
"""
# Of the append-only tables: those without a live trigger, and those the own role may take it from.
UNGUARDED = """
SELECT c.relname,
       EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'append_only'
               AND t.tgenabled IN ('O', 'A')),
       pg_has_role(current_user, c.relowner, 'USAGE')
FROM pg_class c
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname = ANY(%s)
ORDER BY c.relname
"""


def grant(using: str = "default") -> None:
    """Give the role that serves its rights, where the settings name one.

    The database raises ProgrammingError where there is no such role, or the caller owns no tables.
    """
    if not settings.WEB_ROLE:
        return
    quoted = connections[using].ops.quote_name
    with connections[using].cursor() as cursor:
        existing = set(connections[using].introspection.table_names(cursor))
        kept = existing & {model._meta.db_table for model in append_only()}
        cursor.execute(
            GRANTS.format(
                role=quoted(settings.WEB_ROLE),
                kept=", ".join(quoted(table) for table in sorted(kept)),
                migrations=quoted(MigrationRecorder.Migration._meta.db_table),
            )
        )


def unguarded(using: str = "default") -> tuple[list[str], bool]:
    """Return the append-only tables whose trigger is gone or off, and whether the own role could do that."""
    with connections[using].cursor() as cursor:
        cursor.execute(UNGUARDED, [[model._meta.db_table for model in append_only()]])
        rows = cursor.fetchall()
    return [name for name, guarded, _own in rows if not guarded], any(own for *_rest, own in rows)
