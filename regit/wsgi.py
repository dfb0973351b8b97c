"""The entry point of a web server: `gunicorn regit.wsgi`. Settings: production by default."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regit.settings.production")

application = get_wsgi_application()
