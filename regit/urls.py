"""Every address: each package brings its own."""

from django.contrib import admin
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

urlpatterns = [
    path("logga-in/", LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("logga-ut/", LogoutView.as_view(), name="logout"),
    path("admin/", admin.site.urls),
]
