"""Sending: each person one letter, about what that person can act on and has not been told.

A letter and the note that it was sent belong together: the note is written first, in a transaction
that ends when the mail server has taken the letter. A server that is down leaves no note, and the
next run tries again; two runs at once wait for each other at the person's own row.
"""

import logging
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from exchange.reminders import letter, occurrences
from exchange.reminders.models import Paminnelseval, Utskick
from exchange.reminders.occurrences import Open
from exchange.reminders.receivers import receivers
from governance import access, mailing
from governance.models import Informationssystem
from roles import grants
from roles.models import User

logger = logging.getLogger("regit.mail")


class Sent(NamedTuple):
    """What a run did, and how many who can act have no address to write to."""

    letters: int
    findings: int
    failed: int
    unreached: int


def send_reminders() -> Sent:
    """Write to everybody who is due and can act on something that they have not been told."""
    grants.bring_up_to_date()
    findings = receivers(occurrences.bring_up_to_date())
    people = User.objects.filter(pk__in=findings, is_active=True).order_by("pk")
    letters = found = failed = unreached = 0
    for person in people:
        if not person.email:
            unreached += 1
            continue
        try:
            number = remind(person, findings[person.pk])
        except OSError:  # smtplib's errors are OSErrors too
            logger.exception("a reminder could not be sent")
            failed += 1
        else:
            letters, found = letters + bool(number), found + number
    return Sent(letters, found, failed, unreached)


def remind(person: User, findings: Sequence[Open]) -> int:
    """Send the person what is new among the findings, if a letter is due; return how many they were.

    Raises OSError, and nothing is noted, when the mail server does not take the letter.
    """
    Paminnelseval.objects.get_or_create(person=person)
    with transaction.atomic():
        choice = Paminnelseval.objects.select_for_update().get(person=person)
        new = untold(person, findings) if choice.is_due() else []
        if not new:
            return 0
        Utskick.objects.bulk_create(Utskick(person=person, forekomst_id=o.forekomst) for o in new)
        text = letter.body(person, choice, new)
        choice.last_on = timezone.localdate()
        choice.save(update_fields=["last_on"])
        mailing.letter(person.email, letter.subject(new), text, ()).send()
        return len(new)


def untold(person: User, findings: Sequence[Open]) -> list[Open]:
    """Return the findings that the person may know of and has not been told."""
    sent = set(
        Utskick.objects.filter(
            person=person, forekomst__in=[o.forekomst for o in findings]
        ).values_list("forekomst", flat=True)
    )
    hidden = concealed(person, (o.finding.thing for o in findings))
    return [o for o in findings if o.forekomst not in sent and o.finding.thing not in hidden]


def concealed(person: User, things: Iterable[Any]) -> set[Any]:
    """Return the systems among the things that the person may not know of."""
    secret = [t for t in things if isinstance(t, Informationssystem) and t.skyddsvard]
    if not secret:
        return set()
    asked = Informationssystem.objects.filter(pk__in=[t.pk for t in secret])
    seen = set(access.visible(person, asked).values_list("pk", flat=True))
    return {thing for thing in secret if thing.pk not in seen}
