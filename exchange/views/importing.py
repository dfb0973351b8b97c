"""The import, a page a step: choose a file, say what its columns mean, see what happens, confirm."""

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from exchange.forms.columns import ColumnsForm, SavedForm
from exchange.forms.upload import ConfirmForm, UploadForm
from exchange.importing import Instructions, saved, uploads
from exchange.importing.applying import Stale
from exchange.importing.preview import Preview
from exchange.models import Inlasning, SparadMappning
from governance import access, stash
from governance.refusals import patiently
from governance.views.editing import add_errors, status_of

PERMISSION = "import_register"
State = Inlasning.State


@require_http_methods(["GET", "POST"])
def import_upload(request: HttpRequest) -> HttpResponse:
    """Take a file; one that cannot be read is refused with a sentence beside the field."""
    access.require(request.user, PERMISSION)
    if request.method != "POST":
        return _upload_page(request, UploadForm(user=request.user))
    form = UploadForm(request.POST, files=request.FILES, user=request.user)
    if not form.is_valid():
        return _upload_page(request, form, 422)
    try:
        upload = uploads.receive(request.user, form.cleaned_data["file"])
    except ValidationError as error:
        form.add_error("file", error.messages)
        return _upload_page(request, form, 422)
    return redirect("exchange:import_mapping", upload.pk)


def _upload_page(request: HttpRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    own = Inlasning.objects.filter(uploaded_by=request.user.pk).defer("content", "plan")
    context = {"form": form, "uploads": own[:10]}
    return render(request, "exchange/import_upload.html", context, status=status)


@require_http_methods(["GET", "POST"])
def import_mapping(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the columns are taken to mean, and take what people say instead."""
    upload = own_upload(request, pk)
    if upload.state == State.KLAR:
        return redirect("exchange:import_result", pk)
    book = uploads.book_of(upload)
    chosen = SavedForm(request.GET or None)
    instructions = Instructions.from_dict(upload.instructions)
    if request.GET and chosen.is_valid():
        instructions = saved.load(chosen.cleaned_data["mapping"].name, book)
    data = request.POST if request.method == "POST" else stash.take(request)
    form = ColumnsForm(data, user=request.user, book=book, instructions=instructions)
    if request.method != "POST":
        return _mapping_page(request, upload, form, chosen)
    if not form.is_valid():
        return _mapping_page(request, upload, form, chosen, 422)
    try:
        return _mapped(request, upload, form)
    except ValidationError as error:
        add_errors(form, error)
        return _mapping_page(request, upload, form, chosen, 422)


def _mapped(request: HttpRequest, upload: Inlasning, form: ColumnsForm) -> HttpResponse:
    """Keep what was chosen; go on to the preview unless a sheet turned out to be something else."""
    instructions = form.instructions()
    if form.cleaned_data["save_as"]:
        saved.save(request.user, form.cleaned_data["save_as"], instructions)
    if form.changes_kind:
        uploads.instruct(request.user, upload, instructions)
        return redirect("exchange:import_mapping", upload.pk)
    uploads.prepare(request.user, upload, instructions, form.book)
    return redirect("exchange:import_preview", upload.pk)


def _mapping_page(
    request: HttpRequest, upload: Inlasning, form: ColumnsForm, chosen: SavedForm, status: int = 200
) -> HttpResponse:
    context = {"upload": upload, "form": form}
    if SparadMappning.objects.exists():
        context["saved_form"] = chosen
    return render(request, "exchange/import_mapping.html", context, status=status)


@require_safe
def import_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the import would do, row by row, and ask for the confirmation."""
    upload = own_upload(request, pk)
    if upload.state != State.GRANSKAS:
        name = "import_result" if upload.state == State.KLAR else "import_mapping"
        return redirect(f"exchange:{name}", pk)
    form = ConfirmForm(user=request.user, initial={"fingerprint": upload.fingerprint})
    return _preview_page(request, upload, form)


def _preview_page(
    request: HttpRequest, upload: Inlasning, form: ConfirmForm, status: int = 200
) -> HttpResponse:
    context = {"upload": upload, "preview": Preview(upload.plan, request.GET), "form": form}
    return render(request, "exchange/import_preview.html", context, status=status)


@require_http_methods(["GET", "POST"])
def import_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Import what the preview showed; twice posted is once imported.

    A GET shows the preview, with the reason that an expired session interrupted if there is any.
    """
    upload = own_upload(request, pk)
    if upload.state != State.GRANSKAS:
        return redirect("exchange:import_preview", pk)
    if request.method != "POST":
        kept = stash.take(request)
        initial = {
            "fingerprint": upload.fingerprint,
            "reason": kept.get("reason", "") if kept else "",
        }
        return _preview_page(request, upload, ConfirmForm(user=request.user, initial=initial))
    form = ConfirmForm(request.POST, user=request.user)
    if not form.is_valid():
        return _preview_page(request, upload, form, 422)
    try:
        patiently(partial(uploads.finish, request.user, upload, **form.arguments()))
    except Stale as error:
        anew = {**form.arguments(), "fingerprint": upload.fingerprint}
        form = ConfirmForm(anew, user=request.user)
        add_errors(form, error)
        return _preview_page(request, upload, form, 409)
    except ValidationError as error:
        add_errors(form, error)
        return _preview_page(request, upload, form, status_of(error))
    return redirect("exchange:import_result", pk)


@require_safe
def import_result(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what was imported, and where to go on."""
    upload = own_upload(request, pk)
    if upload.gesture is None:
        return redirect("exchange:import_mapping", pk)
    history = f"{reverse('governance:granskning')}?handelse={upload.gesture.pk}"
    context: dict[str, Any] = {
        "upload": upload,
        "preview": Preview(upload.plan, request.GET),
        "history": history,
    }
    return render(request, "exchange/import_result.html", context)


def own_upload(request: HttpRequest, pk: int) -> Inlasning:
    """Return the upload if the person may import and it is theirs; 404 for somebody else's."""
    access.require(request.user, PERMISSION)
    upload = Inlasning.objects.filter(pk=pk, uploaded_by=request.user.pk).first()
    if upload is None:
        raise Http404(_("Uppladdningen finns inte längre."))
    return upload
