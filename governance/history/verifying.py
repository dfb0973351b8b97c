"""Recomputes the chain of hashes and says what does not agree (docs/decisions/0020)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby, islice
from typing import NamedTuple
from uuid import UUID

from django.db import ProgrammingError, connection, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg.errors import UndefinedColumn, UndefinedTable

from governance.checksum import checksum
from governance.history import history_models, sealing, serving
from governance.history.sealing import (
    CHUNK,
    GRACE,
    SEALED,
    START,
    Columns,
    Digested,
    Head,
    unsealed,
)
from governance.models import Gesture, Seal, SealedGesture

PLACE = ("position", "link", "seal_id")
SLACK = timedelta(seconds=1)


class Unreadable(Exception):
    """A seal covers a column or a table that the database no longer has."""


@dataclass
class Report:
    """What was found: faults in the order of the chain, and how far the chain reaches."""

    faults: list[str] = field(default_factory=list)
    sealed: int = 0
    unsealed: int = 0
    back_dated: list[int] = field(default_factory=list)
    head: Head | None = None
    own: bool = False
    """Whether RegIT's own role in the database could take the protection away."""


class Entry(NamedTuple):
    """A place in the chain: the gesture as it reads now, and the link that was stored."""

    position: int
    now: Digested | None
    kept: bytes | None
    seal: int | None
    """The number of the seal that the place says it belongs to."""


def verify(kept: Head | None = None, expect: str = "") -> Report:
    """Recompute every link, and compare the chain with a head or a hash that was kept elsewhere.

    Raises Unreadable where a column that was sealed has been dropped.
    """
    with transaction.atomic():
        if not connection.savepoint_ids:  # a transaction that has begun keeps its own level
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        seals = list(Seal.objects.select_related("layout").order_by("number"))
        open_tables, own = serving.unguarded()
        return Report(
            faults=[
                *_Walk().faults(seals),
                *_outside(seals[-1] if seals else None),
                *_of_another_time(),
                *_added_to_what_was_sealed(seals),
                *_against(kept, expect, seals),
                *(
                    _("Tabellen %(table)s är inte skyddad mot ändringar. Kör migrate.")
                    % {"table": table}
                    for table in open_tables
                ),
            ],
            sealed=SealedGesture.objects.count(),
            unsealed=unsealed().count(),
            back_dated=[seal.number for seal in seals if seal.back_dated],
            head=sealing.head(),
            own=own,
        )


class _Walk:
    """Follows the chain from its start, remembering the link before."""

    def __init__(self) -> None:
        self.last: bytes | None = START
        self.before: Seal | None = None

    def faults(self, seals: Sequence[Seal]) -> Iterator[str]:
        """Return what does not agree, in order. Seals of one layout are read together."""
        for _layout, alike in groupby(seals, key=lambda seal: seal.layout_id):
            run = list(alike)
            covered = run[0].layout
            if checksum(covered.columns) != covered.digest:
                yield _("Uppgiften om vilka kolumner försegling %(number)d omfattar är ändrad.") % {
                    "number": run[0].number
                }
            entries = _entries(self._reached() + 1, run[-1].last_position, covered.columns)
            for seal in run:
                yield from self._seal(seal, entries)

    def _reached(self) -> int:
        return self.before.last_position if self.before else 0

    def _seal(self, seal: Seal, entries: Iterator[Entry]) -> Iterator[str]:
        """Follow one seal's links."""
        values = {"number": seal.number}
        if seal.number != (self.before.number + 1 if self.before else 1):
            yield _("Förseglingen före nummer %(number)d är borttagen.") % values
        for entry in islice(entries, max(0, seal.last_position - self._reached())):
            yield from self._entry(entry, seal)
        last = self.last or b""
        if sealing.seal_hash(last, seal, seal.layout.digest) != seal.hash:
            yield _("Försegling %(number)d stämmer inte med sina händelser.") % values
        self.last, self.before = bytes.fromhex(seal.hash), seal

    def _entry(self, entry: Entry, seal: Seal) -> Iterator[str]:
        """Compare one link; the next is compared with what was stored, so that each fault is told."""
        now, kept = entry.now, entry.kept
        if now is None or kept is None:
            yield _("Förseglingen av händelse nr %(number)d är borttagen.") % {
                "number": entry.position
            }
            self.last = None
            return
        if now.digest is None:
            yield _("Händelse nr %(number)d (%(id)s) är borttagen.") % {
                "number": now.position,
                "id": now.gesture,
            }
        elif self.last is not None and sealing.link(self.last, now.digest) != kept:
            yield _("Händelse nr %(number)d (%(what)s) är inte som när den förseglades.") % {
                "number": now.position,
                "what": _told(now.gesture),
            }
        elif entry.seal != seal.number:
            yield _("Händelse nr %(number)d (%(what)s) är flyttad till en annan försegling.") % {
                "number": now.position,
                "what": _told(now.gesture),
            }
        elif self.before and not seal.back_dated and _too_old(now.at, self.before):
            yield _inserted(now.gesture)
        self.last = kept


def _entries(first: int, last: int, columns: Columns) -> Iterator[Entry]:
    """Return the places of the chain, those that are missing included, a chunk at a time."""
    for start in range(first, last + 1, CHUNK):
        end = min(start + CHUNK - 1, last)
        stored = SealedGesture.objects.filter(position__range=(start, end))
        links = {at: (bytes(link), seal) for at, link, seal in stored.values_list(*PLACE)}
        try:
            found = {d.position: d for d in sealing.digests(SEALED, [start, end], columns)}
        except ProgrammingError as error:
            if isinstance(error.__cause__, (UndefinedColumn, UndefinedTable)):
                raise Unreadable(str(error)) from error
            raise
        for position in range(start, end + 1):
            yield Entry(position, found.get(position), *links.get(position, (None, None)))


def _too_old(at: datetime | None, before: Seal) -> bool:
    """Whether a gesture claims to be from before a seal that did not have it."""
    return at is not None and at < before.at - GRACE


def _outside(last: Seal | None) -> Iterator[str]:
    """Return what no seal has, and should have had: old gestures, those with a place that no seal
    reaches, and rows of no gesture.
    """
    if last is not None:
        for pk in unsealed().filter(at__lt=last.at - GRACE).order_by("at", "id").values_list("pk"):
            yield _inserted(pk[0])
    reached = last.last_position if last else 0
    for place in SealedGesture.objects.exclude(position__range=(1, reached)):
        yield _inserted(place.gesture_id)
    gestures = Gesture.objects.filter(pk=OuterRef("gesture_id"))
    sealed = SealedGesture.objects.filter(gesture_id=OuterRef("gesture_id"))
    for model in history_models():
        loose = model._default_manager.filter(~Exists(gestures), ~Exists(sealed)).order_by("pk")
        for (pk,) in loose.values_list("pk"):
            yield _("Rad %(pk)d i %(table)s hör inte till någon händelse: den är infogad.") % {
                "pk": pk,
                "table": model._meta.db_table,
            }


def _of_another_time() -> Iterator[str]:
    """Return rows that say they are from another time than the gesture that wrote them.

    A past day is told by the time of the rows. A seal that says it is back-dated may have such.
    """
    at = F("gesture__at")
    for model in history_models():
        if not hasattr(model, "history_date"):
            continue  # groups of a person: dated by the person's row that they belong to
        apart = Q(history_date__lt=at - SLACK) | Q(history_date__gt=at + GRACE)
        rows = model._default_manager.filter(apart).exclude(gesture__sealed__seal__back_dated=True)
        for (pk,) in rows.order_by("pk").values_list("pk"):
            yield _("Rad %(pk)d i %(table)s är daterad till en annan tid än sin händelse.") % {
                "pk": pk,
                "table": model._meta.db_table,
            }


def _added_to_what_was_sealed(seals: Sequence[Seal]) -> Iterator[str]:
    """Return rows of sealed gestures in tables that their seal does not cover, since they are newer."""
    for covered in {seal.layout_id: seal.layout for seal in seals}.values():
        old = SealedGesture.objects.filter(seal__layout=covered, gesture=OuterRef("gesture_id"))
        for model in history_models():
            if model._meta.db_table in covered.columns:
                continue
            for (pk,) in (
                model._default_manager.filter(Exists(old)).order_by("pk").values_list("pk")
            ):
                yield _("Rad %(pk)d i %(table)s är infogad i en förseglad händelse.") % {
                    "pk": pk,
                    "table": model._meta.db_table,
                }


def _against(kept: Head | None, expect: str, seals: list[Seal]) -> Iterator[str]:
    """Return what disagrees with what was kept elsewhere."""
    hashes = {seal.number: (seal.hash, seal.last_position) for seal in seals}
    if kept is not None and kept.seal not in hashes:
        yield _(
            "Försegling %(number)d i det sparade huvudet finns inte: "
            "slutet av historiken är borttaget."
        ) % {"number": kept.seal}
    elif kept is not None and hashes[kept.seal] != (kept.hash, kept.gestures):
        yield _(
            "Försegling %(number)d är en annan än i det sparade huvudet: "
            "historiken fram till den är omskriven."
        ) % {"number": kept.seal}
    if expect and all(seal.hash != expect for seal in seals):
        yield _(
            "Ingen försegling har kontrollsumman %(hash)s: historiken är omskriven eller kortad."
        ) % {"hash": expect}


def _told(pk: UUID) -> str:
    """Return when, what and by whom, as the gesture says now."""
    one = Gesture.objects.select_related("actor").get(pk=pk)
    when = timezone.localtime(one.at).strftime("%Y-%m-%d %H.%M")
    return f"{when}, {one.get_kind_label()}, {one.actor or 'RegIT'}, {pk}"


def _inserted(pk: UUID) -> str:
    return _(
        "Händelsen %(what)s är infogad: den säger sig vara äldre än en försegling som saknar den."
    ) % {"what": _told(pk)}
