"""Addresses of what comes in and goes out."""

from django.urls import path

from exchange.api.app import PREFIX, addresses
from exchange.views import api, export, granskning, importing, nycklar, prenumerationer, reminders

app_name = "exchange"

urlpatterns = [
    path("export/<slug:kind>.<slug:fmt>", export.export, name="export"),
    path("granskning/export.<str:fmt>", granskning.granskning_export, name="granskning_export"),
    path("paminnelser/", reminders.reminders, name="reminders"),
    path("api/", api.description, name="api_description"),
    path(PREFIX, addresses()),
    path("nycklar/", nycklar.index, name="nyckel_list"),
    path("nycklar/ny/", nycklar.create, name="nyckel_create"),
    path("nycklar/<int:pk>/ta-tillbaka/", nycklar.withdraw, name="nyckel_withdraw"),
    path("prenumerationer/", prenumerationer.index, name="prenumeration_list"),
    path("prenumerationer/ny/", prenumerationer.create, name="prenumeration_create"),
    path("prenumerationer/<int:pk>/avsluta/", prenumerationer.end, name="prenumeration_end"),
    path("import/", importing.import_upload, name="import_upload"),
    path("import/<int:pk>/kolumner/", importing.import_mapping, name="import_mapping"),
    path("import/<int:pk>/", importing.import_preview, name="import_preview"),
    path("import/<int:pk>/bekrafta/", importing.import_confirm, name="import_confirm"),
    path("import/<int:pk>/resultat/", importing.import_result, name="import_result"),
    path("import/mall.xlsx", export.import_template, name="import_template"),
]
