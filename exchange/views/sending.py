"""Files on their way to a browser: streamed where the format allows it, kept by no cache."""

import tempfile
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

from django.http import FileResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IN_MEMORY = 2_000_000

private = cache_control(private=True, no_store=True)


def streamed(parts: Iterator[str], content_type: str, name: str) -> StreamingHttpResponse:
    """Return a download that is written while it is sent."""
    disposition = content_disposition_header(as_attachment=True, filename=name) or ""
    return StreamingHttpResponse(
        parts, content_type=content_type, headers={"Content-Disposition": disposition}
    )


def attached(write: Callable[[BinaryIO], None], name: str) -> FileResponse:
    """Return a workbook: a ZIP, so it is whole before it is sent, on disk where it is large."""
    file = cast(BinaryIO, tempfile.SpooledTemporaryFile(IN_MEMORY))  # noqa: SIM115 - closed by the response
    try:
        write(file)
        file.seek(0)
        return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
    except BaseException:
        file.close()
        raise
