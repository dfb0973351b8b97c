"""RegIT as it serves, on the database that OUTAGE_URL names: for tests/regit/test_outage.py."""

import os

from regit.settings.base import database
from regit.settings.test import *  # noqa: F403
from regit.settings.test import MIDDLEWARE

DATABASES = {"default": database(os.environ["OUTAGE_URL"])}
# It would write the day into the database of the other tests.
MIDDLEWARE = [name for name in MIDDLEWARE if name != "roles.middleware.GrantsOfToday"]
