"""Addresses of what comes in and goes out."""

from django.urls import path

from exchange.views import granskning

app_name = "exchange"

urlpatterns = [
    path("granskning/export.<str:fmt>", granskning.granskning_export, name="granskning_export"),
]
