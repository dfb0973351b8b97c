"""The own password. Logging in and out are Django's views as they are."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import authenticate
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import PasswordChangeView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _


class OwnPasswordForm(PasswordChangeForm):
    """Django's form, saving the password alone: it is no change of the register.

    The old password is tried as at the login, so that a wrong one counts: whoever sits down at an
    open session cannot guess on.
    """

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_old_password(self) -> str:
        """Try the old password."""
        password = str(self.cleaned_data["old_password"])
        name = self.user.get_username()
        if authenticate(self.request, username=name, password=password) != self.user:
            raise ValidationError(self.error_messages["password_incorrect"], "password_incorrect")
        return password

    def save(self, commit: bool = True) -> Any:
        """Set the password and write only that column."""
        self.user.set_password(self.cleaned_data["new_password1"])
        if commit:
            self.user.save(update_fields=["password"])
        return self.user


class PasswordChange(PasswordChangeView):
    """Change the own password; other devices are logged out."""

    form_class = OwnPasswordForm
    success_url = "/"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form the request that a wrong password is counted for."""
        return {**super().get_form_kwargs(), "request": self.request}

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        """Save and say so on the next page."""
        messages.success(self.request, _("Ditt lösenord är bytt."))
        return super().form_valid(form)
