"""Addresses of who answers for it."""

from django.urls import path

from roles.views import ansvar, namnder, search

app_name = "roles"

urlpatterns = [
    path("ansvar/", ansvar.ansvar, name="ansvar"),
    path("personer/sok/", search.person_search, name="person_search"),
    path("namnder/", namnder.index, name="namnd_list"),
    path("namnder/<int:pk>/", namnder.detail, name="namnd_detail"),
    path("namnder/<int:pk>/foretradare/ny/", namnder.representant_add, name="representant_add"),
    path("foretradare/<int:pk>/ta-bort/", namnder.representant_remove, name="representant_remove"),
]
