"""RegIT's own JSON: {"sheets": {"System": [{"Namn": "…", "Syfte": ""}, {"Namn": "…"}]}}.

The first record of a sheet has every heading, in order; the others leave out what is empty, or a
sparse register would be three times as large.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from typing import BinaryIO

from exchange.writing.table import Table, printable
from governance.lists.columns import Cell


def json_parts(tables: Iterable[Table]) -> Iterator[str]:
    """Return the tables piece by piece, ready for a streaming response."""
    yield '{"sheets": {'
    for position, table in enumerate(tables):
        yield f"{',' if position else ''}\n{json.dumps(table.name, ensure_ascii=False)}: ["
        with closing(table):
            for number, values in enumerate(table.rows):
                yield f"{',' if number else ''}\n{_record(table.headings, values, number == 0)}"
        yield "\n]"
    yield "\n}}\n"


def _record(headings: Sequence[str], values: Sequence[Cell], whole: bool) -> str:
    pairs = zip(headings, values, strict=True)
    return json.dumps({h: printable(v) for h, v in pairs if whole or v != ""}, ensure_ascii=False)


def write_json(tables: Iterable[Table], file: BinaryIO) -> None:
    """Write the tables."""
    file.writelines(part.encode() for part in json_parts(tables))
