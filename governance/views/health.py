"""Whether RegIT is alive and fit to serve, in plain text for monitors and load balancers.

Open to everybody: they say nothing but that. `governance.middleware.Probes` answers them ahead of
sessions, rights and redirects.
"""

from functools import cache
from math import inf

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from governance import replica


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer as long as the process does; the database is not asked."""
    return _said("ok")


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 503 when the database cannot be reached, or is not migrated to this version."""
    try:
        pending = _known() - MigrationRecorder(connection).applied_migrations().keys()
    except (OperationalError, InterfaceError):
        return _said("databasen går inte att nå", 503)
    if pending:
        return _said("databasen är inte uppgraderad: kör migrate", 503)
    return _said("ok" if not replica.is_configured() else f"ok\n{_told(replica.lag())}")


def _told(lag: float) -> str:
    """Say how the replica stands. Without it everything is read from the database: still fit."""
    if lag == inf:
        return "repliken går inte att nå: allt läses ur databasen"
    far = lag > settings.REPLICA_MOST_LAG
    return f"repliken ligger {lag:.0f} s efter" + (": allt läses ur databasen" if far else "")


@cache
def _known() -> frozenset[tuple[str, str]]:
    """Return the migrations of this version: read once, since anybody may ask."""
    return frozenset(MigrationLoader(None).graph.nodes)


def _said(text: str, status: int = 200) -> HttpResponse:
    response = HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
