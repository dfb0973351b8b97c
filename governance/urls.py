"""Addresses of what exists."""

from django.urls import path

from governance.views import choosing

app_name = "governance"

urlpatterns = [
    path("system/sok/", choosing.system_search, name="system_search"),
]
