"""Addresses of who answers for it."""

from django.urls import path

from roles.views import (
    ansvar,
    namnder,
    objekt,
    oversikt,
    passkeys,
    people,
    recent,
    search,
    second_factor,
    staffing,
    transfer,
)

app_name = "roles"

urlpatterns = [
    path("", oversikt.oversikt, name="oversikt"),
    path("objekt/<int:pk>/roller/<slug:role>/utse/", staffing.appoint, name="appoint"),
    path("uppdrag/<int:pk>/lamna-over/", staffing.hand_over, name="hand_over"),
    path("uppdrag/<int:pk>/avsluta/", staffing.end, name="end"),
    path("uppdrag/<int:pk>/ta-tillbaka/", staffing.cancel, name="cancel"),
    path("uppdrag/<int:pk>/ersattare/", staffing.substitute, name="substitute"),
    path("ersattare/<int:pk>/avsluta/", staffing.end_substitution, name="end_substitution"),
    path("objekt/<int:pk>/status/", objekt.objekt_status, name="objekt_status"),
    path("system/<int:pk>/flytta/", objekt.system_move, name="system_move"),
    path("ansvar/", ansvar.ansvar, name="ansvar"),
    path("logga-in/kod/", second_factor.check, name="second_factor_check"),
    path("logga-in/nyckel/", passkeys.check, name="passkey_check"),
    path("tvafaktor/", second_factor.own, name="second_factor"),
    path("tvafaktor/losenord/", recent.confirm_password, name="confirm_password"),
    path("tvafaktor/app/", second_factor.app, name="second_factor_app"),
    path("tvafaktor/nyckel/", passkeys.add, name="passkey_add"),
    path("tvafaktor/nyckel/<int:pk>/ta-bort/", passkeys.remove, name="passkey_remove"),
    path("tvafaktor/reservkoder/", second_factor.recovery_codes, name="recovery_codes"),
    path("tvafaktor/app/ta-bort/", second_factor.remove, name="second_factor_remove"),
    path("personer/", people.person_list, name="person_list"),
    path("personer/ny/", people.person_create, name="person_create"),
    path("personer/sok/", search.person_search, name="person_search"),
    path("namnder/", namnder.index, name="namnd_list"),
    path("namnder/<int:pk>/", namnder.detail, name="namnd_detail"),
    path("namnder/<int:pk>/foretradare/ny/", namnder.representant_add, name="representant_add"),
    path("foretradare/<int:pk>/ta-bort/", namnder.representant_remove, name="representant_remove"),
    path("personer/<int:pk>/", people.person_detail, name="person_detail"),
    path("personer/<int:pk>/andra/", people.person_change, name="person_change"),
    path("personer/<int:pk>/aktiv/", people.person_active, name="person_active"),
    path("personer/<int:pk>/grupper/", people.person_groups, name="person_groups"),
    path("personer/<int:pk>/tvafaktor/", second_factor.of_person, name="person_second_factor"),
    path("personer/<int:pk>/lamna-over-allt/", transfer.transfer_all, name="transfer_all"),
    path("personer/<int:pk>/historik/", people.person_history, name="person_history"),
]
