"""Addresses of what exists."""

from django.urls import path

from governance.views import (
    as_of,
    bedomning,
    choosing,
    granskning,
    history,
    informationsmangder,
    leverantorer,
    lists,
    namnder,
    objekt,
    samband,
    system,
    uppfoljning,
)

app_name = "governance"

urlpatterns = [
    path("objekt/", lists.objekt_list, name="objekt_list"),
    path("objekt/nytt/", objekt.objekt_create, name="objekt_create"),
    path("objekt/<int:pk>/", objekt.objekt_detail, name="objekt_detail"),
    path("objekt/<int:pk>/andra/", objekt.objekt_change, name="objekt_change"),
    path("objekt/<int:pk>/bekrafta/", objekt.objekt_verify, name="objekt_verify"),
    path("objekt/<int:pk>/system/nytt/", system.system_create, name="system_create"),
    path("system/", lists.system_list, name="system_list"),
    path("system/liknande/", system.system_similar, name="system_similar"),
    path("system/<int:pk>/", system.system_detail, name="system_detail"),
    path("system/<int:pk>/andra/", system.system_change, name="system_change"),
    path("system/<int:pk>/livscykel/", system.system_livscykel, name="system_livscykel"),
    path("system/sok/", choosing.system_search, name="system_search"),
    path(
        "system/<int:pk>/informationsmangder/ny/",
        informationsmangder.create,
        name="informationsmangd_create",
    ),
    path(
        "informationsmangder/<int:pk>/andra/",
        informationsmangder.change,
        name="informationsmangd_change",
    ),
    path(
        "informationsmangder/<int:pk>/ta-bort/",
        informationsmangder.remove,
        name="informationsmangd_remove",
    ),
    path("system/<int:pk>/samband/nytt/", samband.create, name="samband_create"),
    path("samband/<int:pk>/andra/", samband.change, name="samband_change"),
    path("samband/<int:pk>/ta-bort/", samband.remove, name="samband_remove"),
    path(
        "system/<int:pk>/bedomning/<str:sida>/",
        bedomning.bedomning_change,
        name="bedomning_change",
    ),
    path("bedomning/", bedomning.matrix, name="bedomning"),
    path("objekt/<int:pk>/uppfoljning/", uppfoljning.uppfoljning, name="uppfoljning"),
    path(
        "objekt/<int:pk>/utvarderingar/ny/",
        uppfoljning.utvardering_create,
        name="utvardering_create",
    ),
    path(
        "utvarderingar/<int:pk>/andra/", uppfoljning.utvardering_change, name="utvardering_change"
    ),
    path(
        "objekt/<int:pk>/styrdokument/nytt/",
        uppfoljning.styrdokument_create,
        name="styrdokument_create",
    ),
    path("styrdokument/<int:pk>/", uppfoljning.styrdokument_detail, name="styrdokument_detail"),
    path(
        "styrdokument/<int:pk>/andra/", uppfoljning.styrdokument_change, name="styrdokument_change"
    ),
    path(
        "styrdokument/<int:pk>/upphor/",
        uppfoljning.styrdokument_withdraw,
        name="styrdokument_withdraw",
    ),
    path(
        "styrdokument/<int:pk>/kvittera/",
        uppfoljning.styrdokument_acknowledge,
        name="styrdokument_acknowledge",
    ),
    path(
        "styrdokument/<int:pk>/historik/",
        history.styrdokument_history,
        name="styrdokument_history",
    ),
    path("leverantorer/", leverantorer.index, name="leverantor_list"),
    path("leverantorer/ny/", leverantorer.create, name="leverantor_create"),
    path("leverantorer/<int:pk>/", leverantorer.detail, name="leverantor_detail"),
    path("leverantorer/<int:pk>/andra/", leverantorer.change, name="leverantor_change"),
    path("namnder/ny/", namnder.create, name="namnd_create"),
    path("namnder/<int:pk>/andra/", namnder.change, name="namnd_change"),
    path("granskning/", granskning.granskning, name="granskning"),
    path("granskning/personer/", granskning.actor_search, name="actor_search"),
    path("objekt/<int:pk>/den/", as_of.objekt_on_day, name="objekt_on_day"),
    path("objekt/<int:pk>/den/<str:day>/", as_of.objekt_as_of, name="objekt_as_of"),
    path("system/<int:pk>/den/", as_of.system_on_day, name="system_on_day"),
    path("system/<int:pk>/den/<str:day>/", as_of.system_as_of, name="system_as_of"),
    path("objekt/<int:pk>/historik/", history.objekt_history, name="objekt_history"),
    path("system/<int:pk>/historik/", history.system_history, name="system_history"),
    path("namnder/<int:pk>/historik/", history.namnd_history, name="namnd_history"),
    path("leverantorer/<int:pk>/historik/", history.leverantor_history, name="leverantor_history"),
]
