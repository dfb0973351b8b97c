"""As in production, on databases of the benchmark's own: named after the usual one, with the size."""

from regit.settings.base import *  # noqa: F403
from regit.settings.base import DATABASES

DEBUG = False
SECRET_KEY = "for-measuring-only"  # noqa: S105
ALLOWED_HOSTS = ["testserver"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

# bench/databases.py sets the name before the first connection; the demo's database is never used.
DATABASES["default"]["OPTIONS"].pop("pool")
DATABASES["default"]["CONN_MAX_AGE"] = None
DATABASES["default"]["NAME"] = f"{DATABASES['default']['NAME']}_bench"
