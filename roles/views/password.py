"""The own password. Logging in and out are Django's views as they are."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import PasswordChangeView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from roles import people
from roles.login import recent
from roles.views.me import me


class OwnPasswordForm(PasswordChangeForm):
    """Django's form, trying the old password as at the login: a wrong one counts."""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_old_password(self) -> str:
        """Try the old password."""
        password = str(self.cleaned_data["old_password"])
        if not recent.is_own(self.request, password):
            raise ValidationError(self.error_messages["password_incorrect"], "password_incorrect")
        return password


class PasswordChange(PasswordChangeView):
    """Change the own password; other devices are logged out."""

    form_class = OwnPasswordForm
    success_url = "/"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form the request that a wrong password is counted for."""
        return {**super().get_form_kwargs(), "request": self.request}

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        """Change it, stay logged in here, and say so on the next page."""
        new = form.cleaned_data["new_password1"]
        saved = people.change_own_password(me(self.request), new)
        update_session_auth_hash(self.request, saved)
        messages.success(self.request, _("Ditt lösenord är bytt."))
        return HttpResponseRedirect(self.get_success_url())
