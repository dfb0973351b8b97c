"""The own password. Logging in and out are Django's views as they are."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import PasswordChangeView
from django.http import HttpResponse
from django.utils.translation import gettext as _


class OwnPasswordForm(PasswordChangeForm):
    """Django's form, saving the password alone: it is no change of the register."""

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

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        """Save and say so on the next page."""
        messages.success(self.request, _("Ditt lösenord är bytt."))
        return super().form_valid(form)
