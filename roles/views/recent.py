"""Asking for the password again before anything about a second factor is changed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from roles.login import recent, second_factor
from roles.models import User
from roles.views.factor_pages import in_use, status, target
from roles.views.me import me

View = Callable[..., HttpResponse]


class PasswordForm(forms.Form):
    """The person's own password. A wrong one is counted like every wrong one (django-axes)."""

    password = forms.CharField(
        label=gettext_lazy("Lösenord"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(
            attrs={"autocomplete": "current-password", "autofocus": True},
        ),
        error_messages={"required": gettext_lazy("Skriv ditt lösenord.")},
    )

    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        super().__init__(data, use_required_attribute=False)
        self.request = request

    def clean_password(self) -> str:
        """Try the password as the login page does."""
        password = str(self.cleaned_data["password"])
        if not recent.is_own(self.request, password):
            raise forms.ValidationError(_("Lösenordet stämmer inte. Skriv det igen."))
        return password


def has_password(request: HttpRequest) -> bool:
    """Whether the person has one in RegIT; others log in through the municipality's service alone."""
    return bool(User.objects.get(pk=me(request).pk).has_usable_password())


def overview(request: HttpRequest) -> str:
    """Return to the page, or to the overview of factors from a form, which is then begun anew."""
    return reverse("roles:second_factor") if request.method == "POST" else request.get_full_path()


def password_first(
    request: HttpRequest, back_to: Callable[[HttpRequest], str] = overview
) -> HttpResponse | None:
    """Return the way to the password and back, where it was not given a short while ago.

    A session that has shown no factor, since there was none when it began, shows the one that was
    set up elsewhere meanwhile.
    """
    unshown = second_factor.state(request) == second_factor.NONE
    if unshown and second_factor.has_any(me(request)):
        second_factor.ask(request)
        return redirect_to_login(back_to(request), reverse("roles:second_factor_check"))
    if recent.proved(request) or not has_password(request):
        return None
    return redirect_to_login(back_to(request), reverse("roles:confirm_password"))


def recently(view: View) -> View:
    """Ask for the password before the view. Without one there is nothing to set up here."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not has_password(request):
            return redirect("roles:second_factor")
        return password_first(request) or view(request, *args, **kwargs)

    return guarded


@in_use
@sensitive_post_parameters("password")
def confirm_password(request: HttpRequest) -> HttpResponse:
    """Ask for the password; the second factor, where there is one, is asked for after it."""
    form = PasswordForm(request, request.POST or None)
    if form.is_valid():
        request.session.cycle_key()
        recent.note(request)
        if second_factor.has_any(me(request)):
            second_factor.ask(request)
        return HttpResponseRedirect(target(request))
    context = {"form": form, "next": target(request)}
    return render(request, "roles/confirm_password.html", context, status=status(form))
