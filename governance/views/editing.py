"""The one way a form page works, so that each view is thin and no form loses anything.

    def edit(request: HttpRequest, pk: int) -> HttpResponse:
        system = get_permitted(request.user, "change_…", Informationssystem.objects.all(), pk)
        return edit_view(
            request,
            partial(SystemForm, user=request.user, version=system.version, initial=…),
            partial(systems.change, request.user, system),
            lambda saved: Done(_("%s är sparat.") % saved, saved.get_absolute_url()),
            context={
                "heading": _("Ändra uppgifter"),
                "parent": system,
                "submit": _("Spara ändringarna"),
                "cancel": system.get_absolute_url(),
            },
        )

The form is made with ``data=None`` or the posted data. The action is called with the form's
``arguments()`` as keywords. A page that needs more than form_page.html shows names a template of
its own, which extends base.html and includes ``_form.html``.
"""

import hashlib
from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import connection, transaction
from django.forms.boundfield import BoundField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _

from governance import stash
from governance.actions.base import Conflict
from governance.forms.base import PLUMBING, RegisterFormMixin
from governance.gestures import noting
from governance.models import Gesture
from governance.refusals import Busy, patiently

MADE = "made"
MADE_KEPT = 20


class Done(NamedTuple):
    """What to say and where to go after a saved form; history is the address of the entry.

    `answer` is shown instead, once: it holds what nothing keeps. A second post leads to `url`.
    """

    message: str
    url: str
    history: str = ""
    answer: HttpResponse | None = None


def edit_view(
    request: HttpRequest,
    make_form: Callable[..., RegisterFormMixin],
    action: Callable[..., Any],
    done: Callable[[Any], Done],
    *,
    context: dict[str, Any] | None = None,
    template: str = "form_page.html",
) -> HttpResponse:
    """Show, check and carry out one form.

    GET shows it, with what an expired session interrupted if there is any. A post that is valid
    calls the action and redirects. Errors answer 422, a conflict 409 with both versions shown;
    in both the form holds all that was typed, as it does where the database was too busy (409). A
    second post of the same creating form leads to what the first one made.
    """
    page = _Page(request, template, context or {})
    if request.method != "POST":
        return page.opened(make_form)
    form = make_form(data=request.POST)
    if not form.is_valid():
        made = saved_already(request, form)
        return HttpResponseRedirect(made) if made else page.shown(form, 422)
    try:
        return carry_out(request, form, action, done)
    except Conflict as conflict:
        return page.conflicting(make_form, conflict)
    except ValidationError as error:
        add_errors(form, error)
        return page.shown(form, status_of(error))


def status_of(error: ValidationError) -> int:
    """Return what a form that was refused is answered with: 409 where only the moment was wrong."""
    return 409 if isinstance(error, Busy) else 422


def carry_out(
    request: HttpRequest,
    form: RegisterFormMixin,
    action: Callable[..., Any],
    done: Callable[[Any], Done],
) -> HttpResponse:
    """Call the action with what the form holds, confirm, and lead to where to go.

    Raises what the action refuses, and Busy where the database could not do it just now.
    """
    posted = posting(form)

    def once() -> HttpResponse:
        with noting() as gestures, transaction.atomic():
            if made := posted and made_before(request, posted):
                return HttpResponseRedirect(made)
            result = done(action(**form.arguments()))
            if posted:
                remember(request, posted, result.url)
        if result.answer is not None:
            return result.answer
        confirm(request, result.message, entry(result.history, gestures))
        return HttpResponseRedirect(result.url)

    return patiently(once)


def carried_out(
    request: HttpRequest, action: Callable[[], Any], done: Done
) -> HttpResponseRedirect:
    """Do what one button does, and say what happened or why it did not."""
    try:
        with noting() as gestures:
            patiently(action)
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
    else:
        confirm(request, done.message, entry(done.history, gestures))
    return HttpResponseRedirect(done.url)


def entry(history: str, gestures: list[Gesture]) -> str:
    """Return the address of the gesture's own entry on a history page."""
    return f"{history}#{gestures[-1].pk}" if history and gestures else history


def saved_already(request: HttpRequest, form: RegisterFormMixin) -> str:
    """Return what this form made, when it is refused only because that is there already."""
    posted = posting(form)
    with transaction.atomic():
        return made_before(request, posted) if posted else ""


def posting(form: RegisterFormMixin) -> str:
    """Return what a second post of the same form has in common with the first: token and content.

    Who goes back and writes something else in the form means another thing. Nothing on an edit.
    """
    token = form.cleaned_data.get("token")
    if not token:
        return ""
    said = [
        (name, field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name)))
        for name, field in form.fields.items()
        if name not in PLUMBING
    ]
    return f"{token} {hashlib.sha256(repr(said).encode()).hexdigest()}"


def made_before(request: HttpRequest, posted: str) -> str:
    """Return the address of what this very form made already, waiting for a post still under way.

    Two clicks arrive as two requests, each with its own copy of the session. A lock on the post,
    held to the end of the transaction, puts one after the other; the second then reads the
    session from its store, where the first has written before it let go (``remember``).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [posted])
    stored = type(request.session)(request.session.session_key)
    return str(stored.get(MADE, {}).get(posted, ""))


def remember(request: HttpRequest, posted: str, url: str) -> None:
    """Write down, in the same transaction, what a creating form made."""
    made = request.session.get(MADE, {})
    made[posted] = url
    request.session[MADE] = dict(list(made.items())[-MADE_KEPT:])
    request.session.save()


def confirm(request: HttpRequest, message: str, history: str = "") -> None:
    """Say what happened on the next page, with a link to it in the history."""
    if history:
        link = format_html(' <a href="{}">{}</a>', history, _("Se det i historiken"))
        message = format_html("{}{}", message, link)
    messages.success(request, message)


def add_errors(form: RegisterFormMixin, error: ValidationError) -> None:
    """Place an action's refusals beside the fields they name; the rest go to the summary."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        known = name if name != NON_FIELD_ERRORS and name in form.fields else None
        for one in errors:
            form.add_error(known, one)


class _Page:
    """The page around a form, in each of the states it can be in."""

    def __init__(self, request: HttpRequest, template: str, context: dict[str, Any]) -> None:
        self.request, self.template, self.context = request, template, context

    def shown(
        self, form: RegisterFormMixin, status: int, conflict: Conflict | None = None
    ) -> HttpResponse:
        """Render the form with a status."""
        context = {**self.context, "form": form, "conflict": conflict}
        return render(self.request, self.template, context, status=status)

    def opened(self, make_form: Callable[..., RegisterFormMixin]) -> HttpResponse:
        """Render the form as it is opened, or with what was typed before an interruption."""
        kept = stash.take(self.request)
        if kept is None:
            return self.shown(make_form(data=None), 200)
        messages.warning(
            self.request,
            _("Du behövde logga in igen. Det du skrev finns kvar nedan men är inte sparat än."),
        )
        return self.shown(make_form(data=kept), 200)

    def conflicting(
        self, make_form: Callable[..., RegisterFormMixin], conflict: Conflict
    ) -> HttpResponse:
        """Render own text against the version that is saved now; saving again is a choice.

        What the person left untouched takes the value that is saved now, so that saving again
        does not take back what somebody else wrote.
        """
        data: QueryDict = self.request.POST.copy()
        data["version"] = str(conflict.version)
        form = make_form(data=data)
        for name in conflict.theirs:
            if name in form.fields:
                put(data, form[name], getattr(conflict.current, name))
        return self.shown(make_form(data=data), 409, conflict)


def put(data: QueryDict, field: BoundField, value: Any) -> None:
    """Write a value into posted data as the field's own input would post it."""
    widget = field.field.widget
    shown = widget.format_value(field.field.prepare_value(value))
    if isinstance(widget, forms.CheckboxInput):
        data.setlist(field.html_name, ["on"] if value else [])
    else:
        data.setlist(field.html_name, shown if isinstance(shown, list) else [str(shown or "")])
