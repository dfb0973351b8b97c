"""How a line of the log is written, RegIT's own and the web server's."""

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter


def json_lines() -> JsonFormatter:
    """Return what writes one JSON object a line.

    `request` is left out: it would be logged with its query, in which names may be.
    """
    return JsonFormatter(
        "%(levelname)s %(name)s %(message)s",
        rename_fields={"levelname": "level", "name": "logger"},
        timestamp="at",
        reserved_attrs=[*RESERVED_ATTRS, "request"],
        json_ensure_ascii=False,
    )
