"""Addresses of what comes in and goes out."""

from django.urls import path

from exchange.views import export, granskning

app_name = "exchange"

urlpatterns = [
    path("export/<slug:kind>.<slug:fmt>", export.export, name="export"),
    path("granskning/export.<str:fmt>", granskning.granskning_export, name="granskning_export"),
    path("import/mall.xlsx", export.import_template, name="import_template"),
]
