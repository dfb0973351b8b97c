"""The export of exactly what Granskning shows, streamed."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from exchange import audit
from exchange.views.sending import attached, private, streamed
from exchange.writing import Table, csv_lines, write_workbook
from governance import access, replica
from governance.forms.granskning import GranskningFilter
from governance.views.granskning import PERMISSION


@require_safe
@private
def granskning_export(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """Export the history that the address asks for, as CSV or XLSX."""
    access.require(request.user, PERMISSION)
    if fmt not in ("csv", "xlsx"):
        raise Http404
    using = replica.alias_for(request.user)
    timeline = GranskningFilter(request).timeline(request.user, using)
    name = f"{_('historik')}-{timezone.localdate().isoformat()}.{fmt}"
    if fmt == "csv":
        table = Table(_("Historik"), audit.headings(), audit.rows(timeline))
        return streamed(csv_lines(table), "text/csv; charset=utf-8", name)
    return attached(partial(write_workbook, audit.tables(timeline)), name)
