"""On a developer's machine: `make run` and every command without other settings."""

from .base import *  # noqa: F403
from .base import MIDDLEWARE

DEBUG = True
SECRET_KEY = "for-development-only-and-known-to-everybody"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

MIDDLEWARE = ["governance.middleware.AwayPage", *MIDDLEWARE]

# Static files straight from the packages: nothing need be collected first.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

# Letters are printed where the server runs.
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
