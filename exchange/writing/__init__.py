"""Writing tables as XLSX, CSV and JSON, so that reading/ gives back what was written.

Text that a spreadsheet would take for a formula is text here, and stays it:

- XLSX: the cell is of the type text and marked as quoted, so Excel shows `=cmd` and does not run
  it even after somebody edits the cell. Nothing is added, nothing to take away.
- CSV: an apostrophe goes before = + - @ tab and carriage return, and before text that already
  looks so marked. Reading takes exactly one away again.
- JSON: as it is.

Tables are written row by row from any iterable: a register need not fit in memory.
"""

from exchange.writing.csv_file import csv_lines, write_csv
from exchange.writing.json_file import json_parts, write_json
from exchange.writing.table import Table, as_tables
from exchange.writing.template import write_template
from exchange.writing.workbook import write_workbook

__all__ = [
    "Table",
    "as_tables",
    "csv_lines",
    "json_parts",
    "write_csv",
    "write_json",
    "write_template",
    "write_workbook",
]
