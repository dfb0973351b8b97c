"""The sequencer: seals what has been committed into one chain of hashes (docs/decisions/0020).

A gesture's digest is made by PostgreSQL over its row and all its history rows, each as canonical
jsonb of the columns in a layout. A link ties the digest to the link before; a seal closes a run:

    digest = sha256(sha256(gesture) ‖ sha256(row) ‖ …)        rows by table and history id
    link   = sha256(link before ‖ digest)                     the first continues the seal before
    seal   = sha256(last link ‖ number, time, layout, last position, back-dated)

Nobody waits for it: gestures are sealed after their transaction, under a lock of the sequencer's own.
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from governance.checksum import canonical, checksum
from governance.history import history_models
from governance.models import Gesture, Seal, SealedGesture, SealLayout

LOCK = 4_120_018  # the advisory lock of the one sequencer
CHUNK = 5_000  # gestures digested by one statement
START = bytes(32)  # what the first link continues

Columns = dict[str, list[str]]

CANONICAL = """
SET LOCAL TimeZone = 'UTC';
SET LOCAL extra_float_digits = 1;
SET LOCAL bytea_output = 'hex';
SET LOCAL IntervalStyle = 'iso_8601'
"""
LISTED = """
SELECT id, position FROM unnest(%s::uuid[]) WITH ORDINALITY AS listed (id, position)
"""
SEALED = """
SELECT gesture_id AS id, position FROM governance_sealedgesture WHERE position BETWEEN %s AND %s
"""


# How long a transaction may take: a gesture says when it began, and is seen when it commits.
GRACE = timedelta(hours=1)


class Standing(NamedTuple):
    """How far the seals reach, for a page."""

    seal: Seal | None
    waiting: int


class Digested(NamedTuple):
    """A gesture as it reads now; no digest where the gesture is gone."""

    position: int
    gesture: UUID
    at: datetime | None
    digest: bytes | None


class Head(NamedTuple):
    """The end of the chain on a day; kept elsewhere, it proves everything before it."""

    seal: int
    gestures: int
    at: str
    hash: str


def columns_of(model: type[models.Model]) -> list[str]:
    """Return the names of a model's columns, the key first."""
    fields = sorted(model._meta.concrete_fields, key=lambda f: (not f.primary_key, f.column))
    return [str(field.column) for field in fields]


def layout() -> Columns:
    """Return what a seal of today covers: the gesture's columns, and those of each history table."""
    models_covered: list[type[models.Model]] = [Gesture, *history_models()]
    return {model._meta.db_table: columns_of(model) for model in models_covered}


def _rows_sql(table: str, columns: Sequence[str]) -> str:
    """Return SQL for the fingerprints of a history table's rows; the key's column comes first."""
    names = ", ".join(f'h."{name}"' for name in columns)
    return f"""
    SELECT r.gesture_id, '{table}' AS named, r."{columns[0]}" AS number,
           sha256(convert_to('{table} ' || to_jsonb(r)::text, 'UTF8')) AS fingerprint
    FROM (SELECT {names} FROM "{table}" h WHERE h.gesture_id IN (SELECT id FROM chosen)) r
    """  # noqa: S608 - names of our own tables


def digests(chosen: str, params: Sequence[Any], columns: Columns) -> list[Digested]:
    """Return the chosen gestures (SQL giving id and position) in order, read in one snapshot."""
    gesture_table = Gesture._meta.db_table
    rows = " UNION ALL ".join(_rows_sql(t, c) for t, c in columns.items() if t != gesture_table)
    names = ", ".join(f'g."{name}"' for name in columns[gesture_table])
    sql = f"""
    WITH chosen AS MATERIALIZED ({chosen}),
    contents AS (
      SELECT gesture_id, string_agg(fingerprint, ''::bytea ORDER BY named COLLATE "C", number) AS all
      FROM ({rows}) every_row GROUP BY gesture_id
    )
    SELECT c.position, c.id, g.at, sha256(
      sha256(convert_to((SELECT to_jsonb(one)::text FROM (SELECT {names}) one), 'UTF8'))
      || coalesce(contents.all, ''::bytea))
    FROM chosen c
    LEFT JOIN {gesture_table} g ON g.id = c.id
    LEFT JOIN contents ON contents.gesture_id = c.id
    ORDER BY c.position
    """  # noqa: S608 - names of our own tables
    with connection.cursor() as cursor:
        cursor.execute(CANONICAL)
        # A chunk at a time through the indexes, or each chunk would read every table from the start.
        _prefer_indexes(prefer=True)
        cursor.execute(sql, params)
        found = cursor.fetchall()
        _prefer_indexes(prefer=False)
    return [Digested(p, i, at, digest if at else None) for p, i, at, digest in found]


def _prefer_indexes(*, prefer: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('enable_seqscan', %s, true)", ["off" if prefer else "on"])


def link(before: bytes, digest: bytes) -> bytes:
    """Return the link that follows."""
    return hashlib.sha256(before + digest).digest()


def seal_hash(last: bytes, seal: Seal, layout_digest: str) -> str:
    """Return the hash of a seal whose last link this is."""
    moment = seal.at.astimezone(UTC).isoformat(timespec="microseconds")
    facts = [seal.number, moment, layout_digest, seal.last_position, seal.back_dated]
    return hashlib.sha256(last + canonical(facts)).hexdigest()


def last_seal() -> Seal | None:
    """Return the newest seal; None before the first."""
    return Seal.objects.order_by("-number").first()


def unsealed() -> QuerySet[Gesture]:
    """Return the gestures that no seal protects yet."""
    return Gesture.objects.filter(~Exists(SealedGesture.objects.filter(gesture=OuterRef("pk"))))


def standing() -> Standing:
    """Return the newest seal and how many gestures have come since, without reading them all.

    Where nothing is sealed, nobody asks how many wait.
    """
    newest = last_seal()
    if newest is None:
        return Standing(None, 0)
    return Standing(newest, unsealed().filter(at__gte=newest.at - GRACE).count())


def seal(*, back_dated: bool = False) -> Seal | None:
    """Seal every committed gesture that is not sealed yet; None when there is none.

    One transaction, one seal: all of it or nothing. `back_dated` says openly that gestures in it
    may claim to be older than the seal before, as examples do. A second sequencer waits its turn.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        before, now, columns = last_seal(), timezone.now(), layout()
        made = Seal(
            number=before.number + 1 if before else 1,
            at=now,
            back_dated=back_dated,
            last_position=before.last_position if before else 0,
        )
        last = bytes.fromhex(before.hash) if before else START
        for links in _links(made, last, columns):
            SealedGesture.objects.bulk_create(links, batch_size=1000)
            made.last_position, last = links[-1].position, bytes(links[-1].link)
        if made.last_position == (before.last_position if before else 0):
            return None
        covered, _new = SealLayout.objects.get_or_create(
            digest=checksum(columns), defaults={"columns": columns}
        )
        made.layout = covered
        made.hash = seal_hash(last, made, covered.digest)
        made.save(force_insert=True)
        return made


def _links(made: Seal, last: bytes, columns: Columns) -> Iterator[list[SealedGesture]]:
    """Return the links of a seal, a chunk at a time, in the order in which things happened."""
    position = made.last_position
    ids = unsealed().order_by("at", "id").values_list("pk", flat=True).iterator(CHUNK)
    # Planned when the first are fetched: while nothing is sealed, reading the seals from the start
    # looks cheapest, and would be done for each gesture after the seals have grown by thousands.
    _prefer_indexes(prefer=True)
    while chunk := list(islice(ids, CHUNK)):
        links = []
        for one in digests(LISTED, [chunk], columns):
            position += 1
            last = link(last, one.digest or b"")
            links.append(
                SealedGesture(
                    position=position, gesture_id=one.gesture, seal_id=made.number, link=last
                )
            )
        yield links


def head() -> Head | None:
    """Return the end of the chain, to be kept elsewhere; None before the first seal."""
    newest = last_seal()
    if newest is None:
        return None
    moment = newest.at.astimezone(UTC).isoformat(timespec="seconds")
    return Head(newest.number, newest.last_position, moment, newest.hash)
