"""Wrong keys to the API, counted for the address they come from, beside the failed logins.

In the database like those, so that all web processes agree and a restart forgets nothing. Apart from
them: a program with an old key must not close the login of a whole office.
"""

from axes.models import AccessAttempt
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.http import HttpRequest
from django.utils import timezone

from roles.login.lockout import KEYS, client_address


def too_many(request: HttpRequest) -> bool:
    """Whether the address has sent so many that it has to wait."""
    n = _noted(client_address(request)).aggregate(n=Sum("failures_since_start"))["n"]
    return (n or 0) >= settings.LOGIN_FAILURES_PER_ADDRESS


def note(request: HttpRequest) -> None:
    """Count one more. Where nobody says the address, strangers would close for each other."""
    address = client_address(request)
    if address is None:
        return
    with transaction.atomic():
        row, _new = AccessAttempt.objects.select_for_update().get_or_create(
            username=KEYS,
            ip_address=address,
            user_agent="",
            defaults={"failures_since_start": 0, "path_info": request.path[:255]},
        )
        forgotten = not _noted(address).exists()
        row.failures_since_start = 1 if forgotten else row.failures_since_start + 1
        row.attempt_time = timezone.now()
        row.save(update_fields=["failures_since_start", "attempt_time"])


def _noted(address: str | None) -> QuerySet[AccessAttempt]:
    """Return what counts today: as long as failed logins do."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    rows: QuerySet[AccessAttempt] = AccessAttempt.objects.filter(
        username=KEYS, ip_address=address, attempt_time__gte=since
    )
    return rows if address is not None else rows.none()
