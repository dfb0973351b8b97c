"""rekey_second_factor: encrypt every app's key anew, after SECOND_FACTOR_KEY or SECRET_KEY changed."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _

from roles.login import crypt
from roles.models import CodeApp


class Command(BaseCommand):
    """Exit status 0: every app's key is encrypted by the key of today; 1: some cannot be read."""

    help = (
        "Kryptera om nycklarna till appar som visar koder, efter att krypteringsnyckeln har bytts."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Write what can be read, and count what cannot."""
        unreadable = 0
        with transaction.atomic():
            apps = list(CodeApp.objects.select_for_update())
            for app in apps:
                try:
                    app.key = crypt.encrypt(app.bin_key, app.user_id)
                except crypt.Unreadable:
                    unreadable += 1
                else:
                    app.save(update_fields=["key"])
        self.stdout.write(_("%d appar är krypterade med dagens nyckel.") % (len(apps) - unreadable))
        if unreadable:
            self.stderr.write(
                _("%d går inte att läsa: nämn den tidigare nyckeln i SECOND_FACTOR_OLD_KEYS.")
                % unreadable
            )
            sys.exit(1)
