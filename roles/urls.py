"""Addresses of who answers for it."""

from django.urls import path

from roles.views import ansvar, search

app_name = "roles"

urlpatterns = [
    path("ansvar/", ansvar.ansvar, name="ansvar"),
    path("personer/sok/", search.person_search, name="person_search"),
]
