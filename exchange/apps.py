"""The Django application of exchange."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    """Import and export."""

    name = "exchange"
    verbose_name = _("Import och export")
