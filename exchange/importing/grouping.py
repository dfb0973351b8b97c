"""Objects out of a column: systems of one unit, or one area, become an utkast together."""

from collections import Counter
from collections.abc import Iterable

from exchange.cleaning import fold, split_path, split_values
from exchange.importing.rows import SystemRow

LONGEST_NAME = 200
Path = tuple[str, ...]


def group_path(row: SystemRow, heading: str) -> Path:
    """Return what the row is grouped by: the organisation's path, or the first value of the cell."""
    text = row.cells.get(heading, "")
    parts = split_path(text)
    return parts if len(parts) > 1 else split_values(text)[:1]


class Groups:
    """A name for each group: the last parts of its path, as few as tell it from every other."""

    def __init__(self, rows: Iterable[SystemRow], heading: str) -> None:
        self.heading = heading
        paths = [group_path(row, heading) for row in rows] if heading else []
        self.spelled = {_key(path): path for path in reversed(paths)}
        self.ends = Counter(end for path in self.spelled for end in _ends(path))

    def name(self, row: SystemRow) -> str:
        """Return the name of the row's group; nothing where its cell is empty."""
        folded = _key(group_path(row, self.heading)) if self.heading else ()
        path = self.spelled.get(folded, ())
        needed = next((len(end) for end in _ends(folded) if self.ends[end] == 1), len(path))
        return " / ".join(path[-needed:])[:LONGEST_NAME] if path else ""


def _ends(path: Path) -> list[Path]:
    return [path[-count:] for count in range(1, len(path) + 1)]


def _key(path: Path) -> Path:
    return tuple(map(fold, path))
