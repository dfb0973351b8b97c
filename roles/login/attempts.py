"""Failed attempts to log in, for Administratörer to read; and to unlock somebody who waits."""

from copy import copy
from typing import Any

import allauth.account.admin
import allauth.socialaccount.admin  # noqa: F401
import django_otp.plugins.otp_static.admin
import django_otp.plugins.otp_totp.admin  # noqa: F401
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from axes.models import AccessAttempt
from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from governance.administration import ReadOnlyAdmin

# Importing the packages' own pages registered them; a secret is for nobody to read, nor to make.
admin.site.unregister([StaticDevice, TOTPDevice])
admin.site.unregister([EmailAddress, SocialAccount, SocialApp, SocialToken])


@admin.register(AccessAttempt)
class AttemptAdmin(ReadOnlyAdmin):
    """What is counted now; what is older than the lockout is forgotten at the next attempt."""

    actions = ("unlock",)  # type: ignore[assignment]  # elsewhere there are none
    list_display = fields = ("user_name", "address", "failures", "last", "browser")
    search_fields = ("username", "ip_address")
    ordering = ("-attempt_time",)

    def __init__(self, model: type[AccessAttempt], site: admin.AdminSite) -> None:
        """Call the rows by a Swedish name: on the model itself it would be a migration of django-axes."""
        super().__init__(model, site)
        self.opts = copy(model._meta)
        self.opts.verbose_name = gettext_lazy("misslyckad inloggning")
        self.opts.verbose_name_plural = gettext_lazy("misslyckade inloggningar")

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Use the Swedish name in breadcrumbs and numbers too."""
        changelist = super().get_changelist_instance(request)
        changelist.opts = self.opts
        return changelist

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Call the page by a Swedish name."""
        return super().changelist_view(request, {"title": _("Misslyckade inloggningar")})

    @admin.action(description=gettext_lazy("Lås upp"))
    def unlock(self, request: HttpRequest, attempts: QuerySet[AccessAttempt]) -> None:
        """Forget every failure of the accounts chosen, and of the addresses they came from."""
        chosen = list(attempts.values_list("username", "ip_address"))
        names, addresses = zip(*chosen, strict=True)
        AccessAttempt.objects.filter(
            Q(username__in=filter(None, names)) | Q(ip_address__in=filter(None, addresses))
        ).delete()
        messages.success(request, _("Upplåst. Det går att försöka igen nu."))

    @admin.display(description=gettext_lazy("användarnamn"), ordering="username")
    def user_name(self, attempt: AccessAttempt) -> str:
        """Return the name that was typed."""
        return str(attempt.username or "")

    @admin.display(description=gettext_lazy("adress"), ordering="ip_address")
    def address(self, attempt: AccessAttempt) -> str:
        """Return where it came from."""
        return str(attempt.ip_address or "")

    @admin.display(description=gettext_lazy("misslyckade försök"), ordering="failures_since_start")
    def failures(self, attempt: AccessAttempt) -> int:
        """Return how many."""
        return int(attempt.failures_since_start)

    @admin.display(description=gettext_lazy("senast"), ordering="attempt_time")
    def last(self, attempt: AccessAttempt) -> object:
        """Return when the last one was."""
        return attempt.attempt_time

    @admin.display(description=gettext_lazy("webbläsare"))
    def browser(self, attempt: AccessAttempt) -> str:
        """Return what the browser calls itself."""
        return str(attempt.user_agent)
