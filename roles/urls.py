"""Addresses of who answers for it."""

from django.urls.resolvers import URLPattern

app_name = "roles"

urlpatterns: list[URLPattern] = []
