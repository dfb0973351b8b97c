"""The second factor's pages: the code after the password, and what the person has set up."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django_otp.models import Device

from governance import access
from governance.views.editing import Done, edit_view
from roles.forms.people import ActiveForm
from roles.login import passkeys, second_factor
from roles.models import User
from roles.views.factor_pages import in_use, status, target
from roles.views.me import me
from roles.views.recent import password_first, recently


class CodeForm(forms.Form):
    """One code, which a check of the person's own takes or refuses."""

    code = forms.CharField(
        label=gettext_lazy("Kod"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
        error_messages={"required": gettext_lazy("Skriv koden.")},
    )

    def __init__(self, check: Callable[[User, str], str], user: User, data: Any = None) -> None:
        super().__init__(data, use_required_attribute=False)
        self.check, self.user = check, user

    def clean_code(self) -> str:
        """Ask the check."""
        code = str(self.cleaned_data["code"])
        if wrong := self.check(self.user, code):
            raise forms.ValidationError(wrong)
        return code


@in_use
def check(request: HttpRequest) -> HttpResponse:
    """Ask for the code, or a passkey, after the password."""
    if second_factor.state(request) != second_factor.ASKED:
        return HttpResponseRedirect(target(request))
    if not second_factor.has_any(me(request)):  # taken away meanwhile
        second_factor.ask(request)
        return HttpResponseRedirect(target(request))
    form = CodeForm(second_factor.check, me(request), request.POST or None)
    return let_in(request) if form.is_valid() else ask_for_code(request, form)


def ask_for_code(
    request: HttpRequest, form: CodeForm | None = None, refused: str = ""
) -> HttpResponse:
    """Show the page that asks: for a passkey where the person has one, and for a code."""
    user = me(request)
    form = form or CodeForm(second_factor.check, user)
    has_passkey = bool(second_factor.passkeys_of(user))
    if has_passkey:
        form.fields["code"].widget.attrs.pop("autofocus", None)
    context = {
        "form": form,
        "next": target(request),
        "refused": refused,
        "has_app": second_factor.app_of(user) is not None,
        "question": passkeys.question_to_use(request, user) if has_passkey else "",
    }
    code = 422 if refused else status(form)
    return render(request, "roles/second_factor_check.html", context, status=code)


def let_in(request: HttpRequest) -> HttpResponse:
    """Go on, in a session with a new key."""
    request.session.cycle_key()
    second_factor.pass_through(request)
    return HttpResponseRedirect(target(request))


@in_use
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Show what is set up and what can be done with it, or the ways to set something up."""
    user = User.objects.get(pk=me(request).pk)
    there = second_factor.has_any(user)
    if there and second_factor.state(request) == second_factor.NONE:  # set up elsewhere meanwhile
        second_factor.ask(request)
        return redirect("roles:second_factor_check")
    context = {
        "app": second_factor.app_of(user),
        "passkeys": second_factor.passkeys_of(user),
        "left": second_factor.recovery_codes_left(user),
        "must": second_factor.required_of(user),
        "there": there,
        "elsewhere": not user.has_usable_password(),
        "service": settings.SSO_NAME,
        "next": target(request),
    }
    return render(request, "roles/second_factor.html", context)


@in_use
@recently
def app(request: HttpRequest) -> HttpResponse:
    """Set up an app that shows codes, in place of the one there was."""
    user = me(request)
    form = CodeForm(partial(second_factor.confirm, request), user, request.POST or None)
    if form.is_valid():
        messages.success(request, _("Appen är inställd."))
        return set_up(request)
    waiting = second_factor.new_app(request)
    context = {
        "form": form,
        "next": target(request),
        "picture": second_factor.picture(waiting),
        "key": second_factor.key(waiting),
        "must": second_factor.required_of(user) and not second_factor.has_any(user),
        "replaces": second_factor.app_of(user) is not None,
    }
    return render(request, "roles/second_factor_app.html", context, status=status(form))


def set_up(request: HttpRequest) -> HttpResponse:
    """Go on after a factor was added: with recovery codes, where there are none yet."""
    second_factor.pass_through(request)
    if second_factor.recovery_codes_left(me(request)):
        return redirect("roles:second_factor")
    return with_new_codes(request)


@in_use
@require_POST
@recently
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Give new recovery codes, where there is a factor that they stand in for."""
    if not second_factor.has_any(me(request)):
        return redirect("roles:second_factor")
    return with_new_codes(request)


@in_use
@require_POST
@recently
def remove(request: HttpRequest) -> HttpResponse:
    """Take the own app away."""
    app = second_factor.app_of(me(request))
    if app is None:
        return redirect("roles:second_factor")
    return remove_factor(request, app, _("Appen är borttagen."))


def remove_factor(request: HttpRequest, device: Device, said: str) -> HttpResponse:
    """Take one factor away and say what is left, or say why it stays."""
    try:
        second_factor.remove_one(me(request), device)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("roles:second_factor")
    if not second_factor.has_any(me(request)):
        request.session[second_factor.STATE] = second_factor.NONE
        said = _("%s Nu räcker lösenordet.") % said
    messages.success(request, said)
    return redirect("roles:second_factor")


@in_use
def of_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody else's second factor away, when the phone is lost. For Administratörer."""
    person = access.get_permitted(request.user, None, User.objects.all(), pk)
    access.require(request.user, "change_user")
    if person == request.user:
        return redirect("roles:second_factor")
    if first := password_first(request):
        return first
    return edit_view(
        request,
        partial(ActiveForm, user=request.user),
        partial(second_factor.remove, me(request), person),
        lambda _none: Done(
            _("%s har inte längre tvåfaktorsinloggning, och kan ställa in en ny.") % person,
            person.get_absolute_url(),
            reverse("roles:person_history", args=[person.pk]),
        ),
        context={
            "heading": _("Ta bort tvåfaktorsinloggningen för %s") % person,
            "lead": _(
                "Gör det när telefonen är borta eller utbytt, och du vet vem det är som ber om det. "
                "Nästa inloggning kräver bara lösenordet."
            ),
            "submit": _("Ta bort tvåfaktorsinloggningen"),
            "button": "btn-danger",
            "parent": person,
            "cancel": person.get_absolute_url(),
        },
    )


def with_new_codes(request: HttpRequest) -> HttpResponse:
    """Show new recovery codes, this once."""
    codes = second_factor.new_recovery_codes(me(request))
    context = {"codes": codes, "next": target(request)}
    return render(request, "roles/second_factor_codes.html", context)
