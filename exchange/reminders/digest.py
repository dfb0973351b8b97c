"""The letters: each person one, about what that person can act on and has not been told.

A letter and the note that it was sent belong together: the note is written first, in a transaction
that ends when the mail server has taken the letter. A server that is down leaves no note, and the
next run tries again; two runs at once wait for each other at the person's own row.
"""

import logging
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.reminders import occurrences
from exchange.reminders.models import Paminnelseval, Utskick
from exchange.reminders.occurrences import Open
from exchange.reminders.receivers import receivers
from governance import access, mailing
from governance.models import Informationssystem
from governance.rules import Finding
from governance.rules.findings import HERE, mended_at
from roles import grants
from roles.models import User

logger = logging.getLogger("regit.mail")
MOST = 10
"""Most things of one kind that a letter names; the rest are a number and a link."""


class Sent(NamedTuple):
    """What a run did."""

    letters: int
    findings: int
    failed: int


def send_reminders() -> Sent:
    """Write to everybody who is due and can act on something that they have not been told."""
    grants.bring_up_to_date()
    findings = receivers(occurrences.bring_up_to_date())
    people = User.objects.filter(pk__in=findings, is_active=True).exclude(email="").order_by("pk")
    letters = found = failed = 0
    for person in people:
        try:
            number = remind(person, findings[person.pk])
        except OSError:  # smtplib's errors are OSErrors too
            logger.exception("a reminder could not be sent")
            failed += 1
        else:
            letters, found = letters + bool(number), found + number
    return Sent(letters, found, failed)


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
        choice.last_on = timezone.localdate()
        choice.save(update_fields=["last_on"])
        mailing.letter(person.email, subject(new), body(person, choice, new), ()).send()
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


def subject(findings: Sequence[Open]) -> str:
    """Return the letter's subject."""
    number = len(findings)
    return ngettext("RegIT: %d sak att åtgärda", "RegIT: %d saker att åtgärda", number) % number


def body(person: User, choice: Paminnelseval, findings: Sequence[Open]) -> str:
    """Return the letter's text: what is to be mended by kind, worst first, with addresses."""
    kinds: dict[str, list[Open]] = {}
    for each in findings:
        kinds.setdefault(each.finding.rule.code, []).append(each)
    words = {"often": choice.get_hur_ofta_display().lower()}
    return mailing.text(
        [
            _("Hej %(name)s!") % {"name": person.first_name or person},
            _("Det här är nytt, och du kan göra något åt det:"),
            *(paragraph(several) for several in kinds.values()),
            _("Allt som väntar på dig:") + f"\n{mailing.absolute('/')}",
            _("Du får påminnelser %(often)s. Ändra hur ofta:") % words
            + f"\n{mailing.absolute(reverse('exchange:reminders'))}",
        ]
    )


def paragraph(findings: Sequence[Open]) -> str:
    """Tell of one kind of finding: the severity, a sentence and an address for each."""
    rule = findings[0].finding.rule
    lines = [f"{_(rule.word).upper()}: {_(rule.name)}"]
    for each in findings[:MOST]:
        lines += [f"- {told(each.finding)}", f"  {mailing.absolute(address(each))}"]
    if len(findings) > MOST:
        lines.append(_("… och %(number)d till.") % {"number": len(findings) - MOST})
    return "\n".join(lines)


def told(finding: Finding) -> str:
    """Return the finding's sentence; of a skyddsvärt system nothing is told outside RegIT."""
    if not getattr(finding.thing, "skyddsvard", False):
        return finding.text
    return capfirst(_(finding.rule.sentence) % {"thing": _("ett skyddsvärt system")})


def address(each: Open) -> str:
    """Return where it is mended, or the page of the thing."""
    thing = each.finding.thing
    url = mended_at(each.finding.rule, thing)
    page: str = thing.get_absolute_url()
    return f"{page}{url if url == HERE else ''}" if url in ("", HERE) else url
