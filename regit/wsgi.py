"""The entry point of a web server: `gunicorn regit.wsgi`. Settings: production by default."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regit.settings.production")

application = get_wsgi_application()
# Every page is imported before a worker says that it is there, not by its first visitor.
get_resolver().url_patterns  # noqa: B018
