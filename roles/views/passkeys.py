"""Passkeys: adding one, using one after the password, and taking one away."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django_otp_webauthn.models import WebAuthnCredential

from roles.login import passkeys, second_factor
from roles.views.factor_pages import in_use, status, target
from roles.views.me import me
from roles.views.recent import recently
from roles.views.second_factor import ask_for_code, let_in, remove_factor, set_up

LONGEST = 20_000  # characters of an answer; a browser's has some 1,000


class AddForm(forms.Form):
    """What the passkey is called, and what the browser made of it."""

    name = forms.CharField(
        label=gettext_lazy("Vad vill du kalla nyckeln?"),
        max_length=60,
        help_text=gettext_lazy("Till exempel vilken dator eller telefon den ligger i."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Skriv ett namn, så att du känner igen den.")},
    )
    credential = forms.CharField(
        max_length=LONGEST,
        widget=forms.HiddenInput,
        error_messages={
            "required": gettext_lazy("Webbläsaren lämnade ingen nyckel. Försök igen."),
            "max_length": gettext_lazy(passkeys.REFUSED),
        },
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, use_required_attribute=False)


@in_use
@recently
def add(request: HttpRequest) -> HttpResponse:
    """Add a passkey: ask the browser to make one, and keep it."""
    form = AddForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            kept = passkeys.add(request, me(request), given["name"], given["credential"])
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Nyckeln %s är tillagd.") % kept.name)
            return set_up(request)
    context = {
        "form": form,
        "question": passkeys.question_to_add(request, me(request)),
        "next": target(request),
        "must": second_factor.required_of(me(request)) and not second_factor.has_any(me(request)),
    }
    return render(request, "roles/passkey_add.html", context, status=status(form))


@in_use
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Take a passkey after the password."""
    if second_factor.state(request) != second_factor.ASKED:
        return HttpResponseRedirect(target(request))
    try:
        passkeys.use(request, me(request), request.POST.get("credential", "")[:LONGEST])
    except ValidationError as refusal:
        return ask_for_code(request, refused=refusal.messages[0])
    return let_in(request)


@in_use
@require_POST
@recently
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one of the own passkeys away."""
    passkey = get_object_or_404(WebAuthnCredential, pk=pk, user=me(request))
    said = _("Nyckeln %s är borttagen.") % passkey.name
    return remove_factor(request, passkey, said)
