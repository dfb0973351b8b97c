"""Mail to people: plain Swedish text, sent after commit, each letter to one person.

A letter tells that something waits and where; it is never the only place where that stands, so a
mail server that is down stops nobody: it is logged, and the page still says who was reached.
"""

import logging
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils.translation import gettext as _

logger = logging.getLogger("regit.mail")


class Attachment(NamedTuple):
    """A file that goes with a letter, such as the entry for a calendar."""

    name: str
    content: str | bytes
    mimetype: str


def is_on() -> bool:
    """Whether letters go anywhere: production without EMAIL_HOST throws them away."""
    return not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")


def absolute(url: str) -> str:
    """Return an address of RegIT as a letter writes it, from the setting SITE_URL."""
    return f"{settings.SITE_URL.rstrip('/')}{url}"


def send(
    people: Iterable[Any],
    subject: str,
    paragraphs: Sequence[str],
    *,
    url: str = "",
    attachments: Sequence[Attachment] = (),
) -> None:
    """Write one letter to each person who has an address, once the transaction is committed.

    Nothing is sent when it is rolled back. `url` is a path of RegIT, written out last. People who
    have left get nothing. A letter that cannot be sent is logged and stops neither the others nor
    the request.
    """
    receivers = {person.email for person in people if person.is_active and person.email}
    if not receivers:
        return
    body = text(paragraphs, url)
    letters = [letter(to, subject, body, attachments) for to in sorted(receivers)]
    transaction.on_commit(lambda: deliver(letters), robust=True)


def text(paragraphs: Sequence[str], url: str = "") -> str:
    """Return the letter's text: paragraphs, the address, and who wrote."""
    parts = [part.strip() for part in paragraphs if part and part.strip()]
    if url:
        parts.append(absolute(url))
    parts.append(_("Brevet kommer från RegIT och kan inte besvaras."))
    return "\n\n".join(parts) + "\n"


def letter(to: str, subject: str, body: str, attachments: Sequence[Attachment]) -> EmailMessage:
    """Return one letter; a subject is one line whatever was typed in it."""
    message = EmailMessage(
        " ".join(subject.split()), body, to=[to], headers={"Auto-Submitted": "auto-generated"}
    )
    for attached in attachments:
        message.attach(*attached)
    return message


def deliver(letters: Sequence[EmailMessage]) -> None:
    """Hand the letters to the mail server over one connection."""
    connection = get_connection()
    for each in letters:
        each.connection = connection
        try:
            each.send()
        except OSError:  # smtplib's errors are OSErrors too
            logger.exception("a letter could not be sent")


def quoted(title: str, system: Any = None) -> str:
    """Return a title for a letter; of a skyddsvärt system nothing is told outside RegIT."""
    return "" if system is not None and system.skyddsvard else f"”{title}”"
