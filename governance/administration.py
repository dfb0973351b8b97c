"""What every page of the administration has in common: no rule has a back door here.

Base data is written by the same actions as everywhere, inside one gesture of the kind "admin"; the
register itself is read-only. Rights are asked of governance/access, so that a superuser has no
more than an Administratör. Nothing is deleted.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.access import may
from governance.actions.base import Conflict, lock
from governance.gestures import gesture
from governance.lists.search import search
from governance.models.base import Tracked

REASON_LENGTH = 200


class ReadOnlyAdmin(admin.ModelAdmin):
    """Shows what is registered, and changes nothing."""

    actions = None
    show_full_result_count = False
    searchable = False
    """Whether the model has RegIT's search columns."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the package to whoever may be here at all."""
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Show everything: Administratörer see it elsewhere too."""
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: the register has its own pages."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: the register has its own pages."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: what has been in the register stays in its history."""
        return False

    def get_search_fields(self, request: HttpRequest) -> Any:
        """Show the search box where RegIT's own search works, or where fields are named."""
        return ("search_fold",) if self.searchable else super().get_search_fields(request)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Search as everywhere else: å, ä and ö folded."""
        if self.searchable:
            return search(queryset, search_term), False
        return super().get_search_results(request, queryset, search_term)

    def history_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Lead to the thing's page in RegIT, which has the whole history."""
        thing = self.get_object(request, object_id)
        if thing is None or not hasattr(thing, "get_absolute_url"):
            raise Http404
        return redirect(thing.get_absolute_url())


class ActionForm(forms.ModelForm):
    """A form that notices when somebody else saved in between, and asks why."""

    reason = forms.CharField(
        label=gettext_lazy("Anledning"),
        help_text=gettext_lazy("Står i historiken."),
        max_length=REASON_LENGTH,
        required=False,
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    refusal: Exception | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen_version"].initial = getattr(self.instance, "version", None)

    def clean(self) -> dict[str, Any] | None:
        """Refuse once what was changed meanwhile; the next save is a choice."""
        cleaned = super().clean()
        if isinstance(self.refusal, ValidationError):
            raise ValidationError(self.refusal.messages)
        if self.instance.pk is not None:
            saved = lock(self.instance, None, {})
            if self.cleaned_data.get("seen_version") != saved.version:
                self.show(saved)
                words = {
                    "who": saved.updated_by or "RegIT",
                    "when": timezone.localtime(saved.updated_at).strftime("%H:%M"),
                }
                raise ValidationError(
                    _(
                        "%(who)s ändrade uppgifterna %(when)s medan du skrev. Läs igenom och spara igen."
                    )
                    % words
                )
        return cleaned

    def show(self, saved: Tracked) -> None:
        """Let the form be saved once more, upon what is saved now."""
        self.data = cast(QueryDict, self.data).copy()
        self.data[self.add_prefix("seen_version")] = str(saved.version)


class ActionAdmin(ReadOnlyAdmin):
    """Writes through two actions: `creates(actor, reason=…, **fields)`, `changes(actor, thing, …)`."""

    form = ActionForm
    written: ClassVar[tuple[str, ...]] = ()
    """The fields that the actions take."""
    permission_to_add = ""
    permission_to_change = ""
    creates: Callable[..., Model]
    changes: Callable[..., Model]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Ask as the action will."""
        return may(request.user, self.permission_to_add)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Ask as the action will."""
        return may(request.user, self.permission_to_change)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show what the actions write, and what is only shown, and the reason last."""
        return (*self.written, *self.get_readonly_fields(request, obj), "reason", "seen_version")

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Save as one gesture, or not at all; what the action refuses is shown on the form."""
        page = partial(super().changeform_view, request, object_id, form_url, extra_context)
        if request.method != "POST":
            return page()
        try:
            return _in_gesture(request, page)
        except (ValidationError, Conflict) as refusal:
            request.refusal = refusal  # type: ignore[attr-defined]
            return _in_gesture(request, page)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Hand the form what the action refused, to show it."""
        made: Any = super().get_form(request, obj, change, **kwargs)
        made.refusal = getattr(request, "refusal", None)
        return made

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Call the action; the form's own copy is never saved."""
        fields = {name: form.cleaned_data[name] for name in self.written}
        if change:
            thing = self.model._default_manager.get(pk=obj.pk)
            version = form.cleaned_data["seen_version"]
            saved = type(self).changes(request.user, thing, version=version, **fields)
        else:
            saved = type(self).creates(request.user, **fields)
        obj.pk, obj._state = saved.pk, saved._state

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Write nothing beside the action."""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Keep no second log: the history is the log."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Keep no second log: the history is the log."""


def _in_gesture(request: HttpRequest, page: Callable[[], Any]) -> Any:
    """Answer a post inside one gesture; where the form is shown again, nothing was done."""
    reason = request.POST.get("reason", "").replace("\x00", "")[:REASON_LENGTH]
    with transaction.atomic(), gesture(request.user, "admin", reason):
        response = page()
        if response.status_code == HttpResponse.status_code:
            transaction.set_rollback(True)
        return response
