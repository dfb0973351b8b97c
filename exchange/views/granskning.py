"""The export of exactly what Granskning shows, streamed."""

from tempfile import TemporaryFile

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from exchange import audit
from exchange.writing import Table, csv_lines, write_workbook
from governance import access
from governance.forms.granskning import GranskningFilter
from governance.timeline import Timeline
from governance.views.granskning import PERMISSION


@require_safe
def granskning_export(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """Export the history that the address asks for, as CSV or XLSX."""
    access.require(request.user, PERMISSION)
    if fmt not in ("csv", "xlsx"):
        raise Http404
    timeline = GranskningFilter(request).timeline(request.user)
    name = f"{_('historik')}-{timezone.localdate().isoformat()}.{fmt}"
    return _csv(timeline, name) if fmt == "csv" else _xlsx(timeline, name)


def _csv(timeline: Timeline, name: str) -> StreamingHttpResponse:
    table = Table(_("Historik"), audit.headings(), audit.rows(timeline))
    response = StreamingHttpResponse(csv_lines(table), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _xlsx(timeline: Timeline, name: str) -> FileResponse:
    file = TemporaryFile()  # noqa: SIM115  (the response closes it)
    write_workbook(audit.tables(timeline), file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name)
