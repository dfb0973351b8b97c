"""Addresses of who answers for it."""

from django.urls import path

from roles.views import ansvar, namnder, objekt, search, staffing

app_name = "roles"

urlpatterns = [
    path("objekt/<int:pk>/roller/<slug:role>/utse/", staffing.appoint, name="appoint"),
    path("uppdrag/<int:pk>/lamna-over/", staffing.hand_over, name="hand_over"),
    path("uppdrag/<int:pk>/avsluta/", staffing.end, name="end"),
    path("uppdrag/<int:pk>/ta-tillbaka/", staffing.cancel, name="cancel"),
    path("uppdrag/<int:pk>/ersattare/", staffing.substitute, name="substitute"),
    path("ersattare/<int:pk>/avsluta/", staffing.end_substitution, name="end_substitution"),
    path("objekt/<int:pk>/status/", objekt.objekt_status, name="objekt_status"),
    path("system/<int:pk>/flytta/", objekt.system_move, name="system_move"),
    path("ansvar/", ansvar.ansvar, name="ansvar"),
    path("personer/sok/", search.person_search, name="person_search"),
    path("namnder/", namnder.index, name="namnd_list"),
    path("namnder/<int:pk>/", namnder.detail, name="namnd_detail"),
    path("namnder/<int:pk>/foretradare/ny/", namnder.representant_add, name="representant_add"),
    path("foretradare/<int:pk>/ta-bort/", namnder.representant_remove, name="representant_remove"),
]
