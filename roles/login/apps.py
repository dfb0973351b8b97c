"""The package that counts attempts to log in, under a Swedish name in the administration."""

from axes.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LockoutConfig(AppConfig):
    """django-axes as it is."""

    verbose_name = _("Inloggning")
