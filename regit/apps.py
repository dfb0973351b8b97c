"""The administration site, in place of Django's own."""

from django.contrib.admin.apps import AdminConfig


class RegitAdminConfig(AdminConfig):
    """Lets every admin.py register on RegIT's site."""

    default_site = "regit.admin.RegitAdminSite"
