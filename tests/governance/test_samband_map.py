"""The picture of samband: where boxes and lines go."""

import re
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.samband_map import (
    BOX_HEIGHT,
    BOX_WIDTH,
    MOST_COLUMNS,
    Edge,
    Node,
    Picture,
    draw,
    fitted,
    layers,
    merged,
    width_of,
)


def nodes(*names: str) -> list[Node]:
    return [Node(name, name) for name in names]


def overlapping(picture: Picture) -> bool:
    return any(
        abs(a.x - b.x) < BOX_WIDTH and abs(a.y - b.y) < BOX_HEIGHT
        for a, b in combinations(picture.boxes, 2)
    )


def test_nothing_gives_an_empty_picture() -> None:
    picture = draw([], [])
    assert (picture.boxes, picture.lines) == ([], [])
    assert picture.height >= 0


def test_one_node_stands_alone() -> None:
    picture = draw(nodes("A"), [])
    assert [b.node.name for b in picture.boxes] == ["A"]
    assert picture.width >= BOX_WIDTH
    assert picture.height >= BOX_HEIGHT


def test_information_flows_from_left_to_right() -> None:
    picture = draw(nodes("C", "B", "A"), [Edge("A", "B"), Edge("B", "C")])
    x = {b.node.name: b.x for b in picture.boxes}
    assert x["A"] < x["B"] < x["C"]


def test_a_circle_is_drawn_with_one_line_backwards() -> None:
    picture = draw(nodes("A", "B", "C"), [Edge("A", "B"), Edge("B", "C"), Edge("C", "A")])
    assert len(picture.lines) == 3
    assert len({b.x for b in picture.boxes}) == 3


def test_edges_between_the_same_two_are_one_line() -> None:
    assert merged([Edge("A", "B"), Edge("A", "B")]) == [Edge("A", "B")]
    assert merged([Edge("A", "B"), Edge("B", "A")]) == [Edge("A", "B", both=True)]
    assert merged([Edge("A", "B"), Edge("A", "B", both=True)]) == [Edge("A", "B", both=True)]


def test_an_edge_to_itself_or_to_an_unknown_node_is_left_out() -> None:
    assert draw(nodes("A"), [Edge("A", "A"), Edge("A", "hidden")]).lines == []


def test_a_long_chain_stays_within_the_columns_that_can_be_read() -> None:
    names = [f"S{n}" for n in range(60)]
    picture = draw(nodes(*names), [Edge(a, b) for a, b in pairwise(names)])
    assert len({b.x for b in picture.boxes}) == MOST_COLUMNS
    assert len(picture.lines) == 59
    assert not overlapping(picture)


def test_a_line_past_a_column_runs_beside_its_boxes() -> None:
    edges = [Edge("A", "B"), Edge("B", "C"), Edge("A", "C")]
    picture = draw(nodes("A", "B", "C"), edges)
    through = next(b for b in picture.boxes if b.node.name == "B")
    long_line = picture.lines[2].path
    heights = [float(y) for y in re.findall(r"(-?[\d.]+)(?=H)", long_line)]
    assert heights
    assert all(abs(y - through.middle[1]) >= BOX_HEIGHT / 2 for y in heights)


@pytest.mark.parametrize("name", ["M" * 200, "i" * 200, "Ett långt namn på ett system " * 7])
def test_a_long_name_is_cut_to_fit_its_box(name: str) -> None:
    text = fitted(name)
    assert text.endswith("…")
    assert width_of(text) <= BOX_WIDTH


def test_a_short_name_is_kept_whole() -> None:
    assert fitted("Elevregistret Procap") == "Elevregistret Procap"


graphs = st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), max_size=40)


@given(graphs)
def test_any_graph_is_drawn_without_boxes_upon_each_other(pairs: list[tuple[int, int]]) -> None:
    picture = draw([Node(n, str(n)) for n in range(15)], [Edge(a, b) for a, b in pairs])
    assert not overlapping(picture)
    assert all(
        0 <= b.x <= picture.width - BOX_WIDTH and 0 <= b.y <= picture.height - BOX_HEIGHT
        for b in picture.boxes
    )
    assert len(picture.lines) == len({frozenset(p) for p in pairs if p[0] != p[1]})


@given(graphs)
def test_without_circles_no_line_goes_backwards(pairs: list[tuple[int, int]]) -> None:
    edges = [Edge(min(p), max(p)) for p in pairs if p[0] != p[1]]
    layer = layers(range(15), edges)
    assert all(layer[e.source] <= layer[e.target] for e in edges)
