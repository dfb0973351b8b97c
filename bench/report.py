"""The table and the picture of docs/performance.md, from what was measured."""

import math
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

Row = dict[str, Any]
Results = dict[str, list[Row]]

END = "<!-- /table -->"
LEFT, WIDTH, LINE, TOP = 230, 520, 18, 56
SHADES = ("#9db8d6", "#4f7fb3", "#123f73")
STYLE = """text{font:12px sans-serif;fill:#24292f}.grid{stroke:#8884}.floor{stroke:#b3541e;stroke-width:2}
@media(prefers-color-scheme:dark){text{fill:#e6edf3}}"""


def write(results: Results, folder: Path) -> None:
    """Write performance.svg, and the table between its marks in performance.md."""
    (folder / "performance.svg").write_text(picture(results))
    put(folder / "performance.md", "make bench", table(results))


def put(page: Path, command: str, lines: str) -> None:
    """Put a command's table between its marks on a page; a page without them is left alone."""
    begin = f"<!-- table: {command} -->"
    text = page.read_text() if page.exists() else ""
    before, found, rest = text.partition(begin)
    if found:
        _old, _end, after = rest.partition(END)
        page.write_text(f"{before}{begin}\n{lines}\n{END}{after}")


def by_name(results: Results) -> dict[str, dict[str, Row]]:
    """Return each row by what was measured, then by size."""
    found: dict[str, dict[str, Row]] = {}
    for size, rows in results.items():
        for row in rows:
            found.setdefault(row["name"], {})[size] = row
    return found


def table(results: Results) -> str:
    """Return a line for each thing measured: queries, time and ratios at the sizes."""
    sizes = list(results)
    head = ["", "queries", *(f"ms at {int(size):,}" for size in sizes)]
    head += ["largest : smallest", "× page floor", "× SQL floor", ""]
    lines = ["| " + " | ".join(head) + " |", "|---|" + "---:|" * (len(head) - 2) + "---|"]
    for name, at in by_name(results).items():
        lines.append("| " + " | ".join(_cells(name, at, sizes)) + " |")
    return "\n".join(lines)


def _cells(name: str, at: dict[str, Row], sizes: list[str]) -> list[str]:
    first, last = next(iter(at.values())), list(at.values())[-1]
    asked = "–".join(str(n) for n in sorted({row["queries"] for row in at.values()}))
    times = [f"{at[size]['ms']:,.0f}" if size in at else "" for size in sizes]
    of = "best" if first.get("best") and last.get("best") else "ms"
    ratios = [f"{last[of] / first[of]:.1f}" if len(at) > 1 else ""]
    ratios += [f"{last[f]:.1f}" if last.get(f) else "" for f in ("over_floor", "over_sql")]
    most = f" of {last['most']}" if last.get("most") else ""
    return [name, asked + most, *times, *ratios, str(last.get("note") or "")]


def picture(results: Results) -> str:
    """Return a dot for each time at each size, and a mark for the page floor, on a logarithmic axis."""
    rows = by_name(results)
    height = TOP + LINE * len(rows) + 20
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + 30} {height}" role="img">',
        "<title>Milliseconds of each page at each size, logarithmic</title>",
        f"<style>{STYLE}</style>",
        *_legend(list(results)),
    ]
    for power in range(6):
        x = _x(10.0**power)
        parts.append(f'<line class="grid" x1="{x}" x2="{x}" y1="{TOP - 12}" y2="{height - 16}"/>')
        parts.append(f'<text x="{x}" y="{TOP - 18}" text-anchor="middle">{10**power:,} ms</text>')
    for number, (name, at) in enumerate(rows.items()):
        parts += _line(name, at, list(results), TOP + LINE * number)
    return "\n".join([*parts, "</svg>\n"])


def _legend(sizes: list[str]) -> list[str]:
    parts = []
    for number, size in enumerate(sizes):
        x = LEFT + number * 150
        parts.append(f'<circle cx="{x}" cy="14" r="5" fill="{_shade(number)}"/>')
        parts.append(f'<text x="{x + 10}" y="18">{int(size):,} objects</text>')
    x = LEFT + len(sizes) * 150
    parts.append(f'<line class="floor" x1="{x}" x2="{x}" y1="8" y2="20"/>')
    parts.append(f'<text x="{x + 8}" y="18">page floor</text>')
    return parts


def _line(name: str, at: dict[str, Row], sizes: list[str], y: int) -> list[str]:
    parts = [f'<text x="{LEFT - 20}" y="{y + 4}" text-anchor="end">{escape(name)}</text>']
    floor = list(at.values())[-1].get("floor")
    if floor:
        x = _x(floor)
        parts.append(f'<line class="floor" x1="{x}" x2="{x}" y1="{y - 6}" y2="{y + 6}"/>')
    for number, size in enumerate(sizes):
        if size in at:
            x = _x(at[size]["ms"])
            parts.append(f'<circle cx="{x}" cy="{y}" r="5" fill="{_shade(number)}"/>')
    return parts


def _shade(number: int) -> str:
    return SHADES[min(number, len(SHADES) - 1)]


def _x(ms: float) -> float:
    """Return where a time lies: 1 ms to the left, 100 s to the right."""
    return round(LEFT + WIDTH * min(max(math.log10(max(ms, 1)), 0), 5) / 5, 1)
