"""Samband as a picture: nodes and edges → boxes in columns and the lines between them.

Pure: knows of no model and no database. Information flows from left to right; a circle is cut where
it closes, and that line runs backwards. A long line bends around the boxes it passes.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise

BOX_WIDTH, BOX_HEIGHT = 152, 36
COLUMN_GAP, ROW_GAP, MARGIN = 40, 16, 2
MOST_COLUMNS = 4  # more would make the text too small to read beside the table
SWEEPS = 4
TEXT_WIDTH = 138
NARROW, WIDE = "fijlrt.,:;'|!()[] I-", "mwMW@%—ÆŒ"


@dataclass(frozen=True)
class Node:
    """Something with connections: a system, or an outside party."""

    key: Hashable
    name: str
    own: bool = False


@dataclass(frozen=True)
class Edge:
    """Information that flows from one node to another, or both ways."""

    source: Hashable
    target: Hashable
    both: bool = False


@dataclass(frozen=True)
class Box:
    """A node with its place; `text` is the name as far as it fits."""

    node: Node
    x: float
    y: float
    text: str

    @property
    def middle(self) -> tuple[float, float]:
        """Return the centre, where the text stands."""
        return self.x + BOX_WIDTH / 2, self.y + BOX_HEIGHT / 2


@dataclass(frozen=True)
class Line:
    """An edge as the data of an SVG path."""

    path: str
    both: bool


@dataclass(frozen=True)
class Picture:
    """Everything drawn, and how large it is."""

    boxes: list[Box]
    lines: list[Line]
    width: float
    height: float


@dataclass
class _Graph:
    """Columns of keys; a key that is no node is a bend of a long line."""

    columns: list[list[Hashable]] = field(default_factory=list)
    chains: list[tuple[Edge, list[Hashable]]] = field(default_factory=list)


def draw(nodes: Iterable[Node], edges: Iterable[Edge]) -> Picture:
    """Place the nodes in columns and draw the edges between them.

    Edges that name an unknown node, or the same at both ends, are left out; several between the same
    two are one line, with an arrow at each end where they go both ways.
    """
    known = {node.key: node for node in nodes}
    lines = merged(e for e in edges if e.source in known and e.target in known)
    graph = _arrange(known, lines)
    places = _places(graph, known)
    boxes = [Box(node, *places[key], fitted(node.name)) for key, node in known.items()]
    width = len(graph.columns) * (BOX_WIDTH + COLUMN_GAP) - COLUMN_GAP
    same_column = any(len({places[k][0] for k in chain}) == 1 for _e, chain in graph.chains)
    return Picture(
        boxes,
        [Line(_path([places[k] for k in chain]), edge.both) for edge, chain in graph.chains],
        max(width, 0) + 2 * MARGIN + (COLUMN_GAP if same_column else 0),
        max((y for _x, y in places.values()), default=-BOX_HEIGHT) + BOX_HEIGHT + MARGIN,
    )


def merged(edges: Iterable[Edge]) -> list[Edge]:
    """Return one edge for each pair of nodes; both ways when any of them says so."""
    found: dict[frozenset[Hashable], Edge] = {}
    for edge in edges:
        pair = frozenset((edge.source, edge.target))
        if len(pair) < 2:
            continue
        before = found.get(pair)
        opposite = before is not None and before.source != edge.source
        found[pair] = replace(
            before or edge, both=edge.both or bool(before and before.both) or opposite
        )
    return list(found.values())


def layers(keys: Iterable[Hashable], edges: Iterable[Edge]) -> dict[Hashable, int]:
    """Return the column of each node: one to the right of whatever it gets information from."""
    keys = list(keys)
    out: dict[Hashable, list[Hashable]] = {key: [] for key in keys}
    incoming = dict.fromkeys(keys, 0)
    for edge in edges:
        out[edge.source].append(edge.target)
        incoming[edge.target] += 1
    order = _order(sorted(keys, key=lambda key: incoming[key]), out)
    place = {key: n for n, key in enumerate(order)}
    layer = dict.fromkeys(keys, 0)
    for key in order:
        for target in out[key]:
            if place[target] > place[key]:
                layer[target] = min(max(layer[target], layer[key] + 1), MOST_COLUMNS - 1)
    return layer


def _order(keys: list[Hashable], out: dict[Hashable, list[Hashable]]) -> list[Hashable]:
    """Return the nodes so that edges point forward, except those that close a circle."""
    done: list[Hashable] = []
    seen: set[Hashable] = set()
    for start in keys:
        if start in seen:
            continue
        seen.add(start)
        stack = [(start, iter(out[start]))]
        while stack:
            key, rest = stack[-1]
            following = next((t for t in rest if t not in seen), None)
            if following is None:
                done.append(key)
                stack.pop()
            else:
                seen.add(following)
                stack.append((following, iter(out[following])))
    return done[::-1]


def _arrange(known: dict[Hashable, Node], edges: list[Edge]) -> _Graph:
    """Fill the columns, with bends for lines that pass a column, and order them against crossings."""
    layer = layers(known, edges)
    graph = _Graph([[] for _ in range(max(layer.values(), default=-1) + 1)])
    for key in known:
        graph.columns[layer[key]].append(key)
    for edge in edges:
        start, end = layer[edge.source], layer[edge.target]
        step = 1 if end >= start else -1
        bends: list[Hashable] = [
            ("bend", edge.source, edge.target, n) for n in range(start + step, end, step)
        ]
        for n, bend in zip(range(start + step, end, step), bends, strict=True):
            graph.columns[n].append(bend)
        graph.chains.append((edge, [edge.source, *bends, edge.target]))
    _untangle(graph)
    return graph


def _untangle(graph: _Graph) -> None:
    """Sort each column by the middle of its neighbours' rows, a few times over."""
    neighbours: dict[Hashable, list[Hashable]] = {}
    for _edge, chain in graph.chains:
        for a, b in pairwise(chain):
            neighbours.setdefault(a, []).append(b)
            neighbours.setdefault(b, []).append(a)
    for _sweep in range(SWEEPS):
        for column in graph.columns:
            row = {k: n - len(c) / 2 for c in graph.columns for n, k in enumerate(c)}

            def wanted(key: Hashable, row: dict[Hashable, float] = row) -> float:
                near = [row[k] for k in neighbours.get(key, ())]
                return sum(near) / len(near) if near else row[key]

            column.sort(key=wanted)


def _places(graph: _Graph, known: dict[Hashable, Node]) -> dict[Hashable, tuple[float, float]]:
    """Return the upper left corner of each box and bend; each column is centred."""
    step = BOX_HEIGHT + ROW_GAP
    tallest = max((len(column) for column in graph.columns), default=0)
    return {
        key: (
            MARGIN + n * (BOX_WIDTH + COLUMN_GAP),
            MARGIN + (tallest - len(column)) * step / 2 + row * step,
        )
        for n, column in enumerate(graph.columns)
        for row, key in enumerate(column)
    }


def _path(corners: list[tuple[float, float]]) -> str:
    """Draw a line through the places; straight across a bend, curved in the gaps."""
    middle = [(x, y + BOX_HEIGHT / 2) for x, y in corners]
    if middle[0][0] == middle[-1][0]:
        return _around(middle[0], middle[-1])
    forward = middle[-1][0] > middle[0][0]
    out, into = (BOX_WIDTH, 0) if forward else (0, BOX_WIDTH)
    bend = COLUMN_GAP / 2 if forward else -COLUMN_GAP / 2
    drawn = [f"M{middle[0][0] + out:g} {middle[0][1]:g}"]
    for n, ((x1, y1), (x2, y2)) in enumerate(pairwise(middle)):
        if n:
            drawn.append(f"H{x1 + out:g}")
        x1, x2 = x1 + out, x2 + into
        drawn.append(f"C{x1 + bend:g} {y1:g} {x2 - bend:g} {y2:g} {x2:g} {y2:g}")
    return "".join(drawn)


def _around(start: tuple[float, float], end: tuple[float, float]) -> str:
    """Draw a line between two boxes of one column, along its right side."""
    x = start[0] + BOX_WIDTH
    far = x + COLUMN_GAP - 8
    return f"M{x:g} {start[1]:g}C{far:g} {start[1]:g} {far:g} {end[1]:g} {x:g} {end[1]:g}"


def width_of(text: str) -> float:
    """Estimate how wide a text is drawn; there is no font to ask on the server."""
    return sum(
        4 if c in NARROW else 10.5 if c in WIDE else 8.5 if c.isupper() else 6.8 for c in text
    )


def fitted(name: str) -> str:
    """Cut a name that is wider than its box, with an ellipsis; the whole one is in its title."""
    if width_of(name) <= TEXT_WIDTH:
        return name
    while name and width_of(name) + 10 > TEXT_WIDTH:
        name = name[:-1]
    return name.rstrip() + "…"
