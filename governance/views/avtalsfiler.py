"""Files of an agreement: add, send, remove. Sent only to who may see the agreement."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from governance import access
from governance.actions import avtalsfiler as actions
from governance.forms.avtal import FileForm, FileRemovalForm
from governance.models import Avtalsfil
from governance.views.avtal import ALL, done
from governance.views.editing import edit_view

FILES = Avtalsfil.objects.select_related("avtal__objekt")


def avtalsfil_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a file to an agreement (6.3.U4)."""
    avtal = access.get_permitted(request.user, actions.CHANGE, ALL, pk)
    limit = actions.largest() // actions.MEGABYTE
    return edit_view(
        request,
        partial(FileForm, user=request.user, files=request.FILES or None),
        partial(actions.add, request.user, avtal),
        lambda fil: done(_("Filen %s är sparad.") % str(fil).replace("%", "%%"), avtal),
        context={
            "parent": avtal.title,
            "heading": _("Lägg till fil"),
            "lead": _("PDF, Word, Excel, PNG, JPEG eller text, högst %s MB.") % limit,
            "submit": _("Lägg till filen"),
            "cancel": avtal.get_absolute_url(),
        },
    )


@require_safe
def avtalsfil(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a file."""
    return sent(access.get_permitted(request.user, None, FILES, pk))


def sent(fil: Avtalsfil) -> HttpResponse:
    """Return a file to be saved, never shown: a browser must not run what somebody uploaded."""
    response = HttpResponse(bytes(fil.innehall.content), content_type=fil.media_type)
    response["Content-Disposition"] = content_disposition_header(True, fil.name) or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["ETag"] = f'"{fil.innehall_id}"'
    return response


def avtalsfil_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, then remove a file; name, size and checksum stay in the history."""
    fil = access.get_permitted(request.user, actions.CHANGE, FILES, pk)
    avtal, name = fil.avtal, fil.name
    return edit_view(
        request,
        partial(FileRemovalForm, user=request.user),
        partial(actions.remove, request.user, fil),
        lambda _nothing: done(_("Filen %s är borttagen.") % name.replace("%", "%%"), avtal),
        context={
            "parent": avtal.title,
            "heading": _("Ta bort filen %s") % name,
            "lead": _("Innehållet tas bort. Namn, storlek och kontrollsumma står i historiken."),
            "submit": _("Ta bort filen"),
            "button": "btn-danger",
            "cancel": avtal.get_absolute_url(),
        },
    )
