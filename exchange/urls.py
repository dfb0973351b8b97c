"""Addresses of what comes in and goes out."""

from django.urls import path

from exchange.views import export, granskning, importing, reminders

app_name = "exchange"

urlpatterns = [
    path("export/<slug:kind>.<slug:fmt>", export.export, name="export"),
    path("granskning/export.<str:fmt>", granskning.granskning_export, name="granskning_export"),
    path("paminnelser/", reminders.reminders, name="reminders"),
    path("import/", importing.import_upload, name="import_upload"),
    path("import/<int:pk>/kolumner/", importing.import_mapping, name="import_mapping"),
    path("import/<int:pk>/", importing.import_preview, name="import_preview"),
    path("import/<int:pk>/bekrafta/", importing.import_confirm, name="import_confirm"),
    path("import/<int:pk>/resultat/", importing.import_result, name="import_result"),
    path("import/mall.xlsx", export.import_template, name="import_template"),
]
