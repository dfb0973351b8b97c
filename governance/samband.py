"""Samband of a page's systems: what the picture and its table show to one person."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from governance import access
from governance.actions.samband import CHANGE
from governance.lists import prepared
from governance.models import Informationssystem, Samband
from governance.samband_map import Edge, Node, Picture, draw

MOST_NODES = 60  # more boxes than this are a knot, not a picture; the table shows all


@dataclass(frozen=True)
class Row:
    """One connection as the table says it: information goes from `giver` to `taker`."""

    samband: Samband
    giver: "Informationssystem | str"
    taker: "Informationssystem | str"
    both: bool
    may_change: bool


def rows(user: access.Person, systems: Iterable[Informationssystem]) -> list[Row]:
    """Return the connections of the systems that the person may know of: at most three queries."""
    pks = [system.pk for system in systems]
    connections = prepared.fetch(_connections, reader=user, ids=pks)
    rights = access.permissions_on(user, connections)
    made = [_row(samband, CHANGE in rights[samband.pk]) for samband in connections]
    return sorted(made, key=lambda row: (_sorts(row.giver), _sorts(row.taker), row.samband.pk))


def _connections(reader: access.Person) -> QuerySet[Samband]:
    ends = Q(prepared.among_ids("source")) | Q(prepared.among_ids("target"))
    found = access.visible(reader, Samband.objects.filter(ends))
    return found.select_related("source__objekt", "target__objekt")


def picture(rows: Iterable[Row], own: Iterable[Informationssystem]) -> Picture | None:
    """Draw the connections, the page's own systems marked; None when they are too many to read."""
    mine = {system.pk for system in own}
    nodes: dict[Any, Node] = {}
    edges = []
    for row in rows:
        ends = [_node(end, mine) for end in (row.giver, row.taker)]
        nodes.update({node.key: node for node in ends})
        edges.append(Edge(ends[0].key, ends[1].key, row.both))
    return draw(nodes.values(), edges) if len(nodes) <= MOST_NODES else None


def _row(samband: Samband, may_change: bool) -> Row:
    own, other = samband.source, samband.target or samband.outside_party
    fetches = samband.direction == Samband.Direction.HAMTAR
    both = samband.direction == Samband.Direction.BADA
    giver, taker = (other, own) if fetches else (own, other)
    return Row(samband, giver, taker, both, may_change)


def _node(end: "Informationssystem | str", mine: set[int]) -> Node:
    if isinstance(end, str):
        return Node(("outside", end.casefold()), end)
    return Node(end.pk, end.name, own=end.pk in mine)


def _sorts(end: "Informationssystem | str") -> str:
    return end.casefold() if isinstance(end, str) else end.sort_key
