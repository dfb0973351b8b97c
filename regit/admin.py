"""The administration site: for Administratörer. A superuser counts as one; no other flag does."""

from functools import update_wrapper
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from governance.access import Forbidden, may

NEEDED = "change_user"
# Tables that are called the same, or by an English name.
NAMES = {
    "AccessAttempt": _("Misslyckade inloggningar"),
    "ObjektGrant": _("Behörigheter på förvaltningsobjekt"),
    "SystemGrant": _("Behörigheter på system"),
}


class RegitAdminSite(AdminSite):
    """Django's site behind RegIT's own login and rights."""

    site_header = _("RegIT, administration")
    site_title = _("RegIT")
    index_title = _("Grunduppgifter, personer och register")
    index_template = "admin/regit_index.html"
    site_url = "/"

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the person is an Administratör today."""
        return request.user.is_active and may(request.user, NEEDED)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Answer everybody else with the page that says whose mandate it is."""
        checked = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated and not self.has_permission(request):
                raise Forbidden(NEEDED)
            response: HttpResponse = checked(request, *args, **kwargs)
            return response

        return update_wrapper(guarded, checked)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """Tell the tables of grants apart, and name what is not ours."""
        apps = super().get_app_list(request, app_label)
        for model in (model for app in apps for model in app["models"]):
            model["name"] = NAMES.get(model["object_name"], model["name"])
        return apps

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Leave the logging in to RegIT's own page; who comes here is logged in."""
        return redirect("admin:index")

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Log out as everywhere else."""
        return LogoutView.as_view()(request)

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Lead to the own password's page."""
        return redirect("password_change")
