"""Reads that may be some seconds old, from a copy of the database that follows it (DATABASE_REPLICA_URL).

A view whose page or file costs much asks `alias_for(reader)` and passes the answer to `using`:
Granskning and its export, and the exports of lists. Everything else reads the database itself: who
may do what, what is hidden from whom, names, forms, actions, and all that is short.

Rights are never read here. The reader's right to the page is decided before, and which systems are
hidden from the reader is settled on the database (`access.settle`), so that what was made skyddsvärt
or taken from somebody a moment ago holds at once. Nor does anybody miss what they just wrote: the
replica is used only when it has the reader's latest gestures.
"""

import math
import time
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections
from prometheus_client import Counter, Gauge

from governance import access
from governance.models import Gesture

ALIAS = "replica"
FORGET = 30.0
"""Seconds in which a replica that did not answer is not asked again: each try may take three."""
OWN = 20
"""How many of the reader's latest gestures must have arrived; several tabs may commit out of order."""

# With labels: a metric without them writes its file when it is imported, in the commands too.
READS = Counter("regit_tolerant_reads", "Pages and files that may be seconds old.", ["database"])
LAG = Gauge(
    "regit_replica_lag_seconds",
    "How far the replica was behind when last asked; infinite when away.",
    ["database"],
    multiprocess_mode="mostrecent",
)

_away_until = 0.0


def is_configured() -> bool:
    """Whether there is a replica at all."""
    return ALIAS in connections.settings


def alias_for(reader: access.Person) -> str:
    """Return the database for what this reader is about to be shown, the right to it being decided.

    The replica, where it is there, lags no more than `settings.REPLICA_MOST_LAG` seconds and has
    what the reader wrote last; otherwise the database itself. From here to the end of the request
    the same systems are hidden from the reader.
    """
    if not is_configured():
        return DEFAULT_DB_ALIAS
    near = lag() <= settings.REPLICA_MOST_LAG
    alias = ALIAS if near and access.settle(reader) and _has_own(reader) else DEFAULT_DB_ALIAS
    READS.labels(alias).inc()
    return alias


def lag() -> float:
    """Return how many seconds the replica is behind: infinity when it is away, or is no replica.

    By the clock of the database alone: the age of the last change that arrived, unless all has.
    """
    found = math.inf
    if time.monotonic() >= _away_until:
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute("SELECT pg_current_wal_lsn(), clock_timestamp()")
            written, now = cursor.fetchone()
        try:
            found = _behind(written, now)
        except (OperationalError, InterfaceError):
            _give_up()
    LAG.labels(ALIAS).set(found)
    return found


def _behind(written: str, now: datetime) -> float:
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(
            "SELECT pg_is_in_recovery(), pg_last_wal_replay_lsn() >= %s::pg_lsn, "
            "pg_last_xact_replay_timestamp()",
            [written],
        )
        follows, has_all, changed = cursor.fetchone()
    if not follows:
        return math.inf
    if has_all:
        return 0.0
    return float((now - changed).total_seconds()) if changed else math.inf


def _has_own(reader: access.Person) -> bool:
    """Whether what the reader wrote last has arrived."""
    wrote: Any = Gesture.objects.filter(actor=reader).order_by("-at", "-id")
    latest = list(wrote.values_list("pk", flat=True)[:OWN])
    try:
        return Gesture.objects.using(ALIAS).filter(pk__in=latest).count() == len(latest)
    except (OperationalError, InterfaceError):
        _give_up()
        return False


def _give_up() -> None:
    """Do without the replica for a while, and drop a connection that leads nowhere."""
    global _away_until
    _away_until = time.monotonic() + FORGET
    connections[ALIAS].close()
