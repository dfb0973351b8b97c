"""Every address: each package brings its own."""

from django.contrib import admin
from django.contrib.auth.views import LogoutView
from django.urls import include, path

from governance.views import health, theme
from roles.views import login, saml
from roles.views.password import PasswordChange

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("logga-in/", login.Login.as_view(), name="login"),
    path("sso/saml/<slug:organization_slug>/", saml.to_service, name="saml_login"),
    path("sso/saml/<slug:organization_slug>/svar/", saml.from_service, name="saml_acs"),
    path("sso/saml/<slug:organization_slug>/klar/", saml.finish, name="saml_finish_acs"),
    path("sso/saml/<slug:organization_slug>/metadata/", saml.metadata, name="saml_metadata"),
    path("sso/saml/<slug:organization_slug>/ut/", saml.no_logout, name="saml_sls"),
    path("sso/<slug:provider_id>/", login.to_service, name="openid_connect_login"),
    path("sso/<slug:provider_id>/svar/", login.from_service, name="openid_connect_callback"),
    path("logga-ut/", LogoutView.as_view(), name="logout"),
    path("losenord/", PasswordChange.as_view(), name="password_change"),
    path("utseende/", theme.choose, name="theme"),
    path("admin/", admin.site.urls),
    path("", include("governance.urls")),
    path("", include("roles.urls")),
    path("", include("exchange.urls")),
]

handler400 = "exchange.views.errors.bad_request"
handler403 = "governance.views.errors.forbidden"
handler404 = "governance.views.errors.not_found"
handler500 = "exchange.views.errors.server_error"
