"""The invitation to a meeting: a letter to each who is called, with the entry for a calendar.

Of a skyddsvärt system nothing is told outside RegIT: neither in the letter nor in the calendar. The
entry is the same meeting for ever (UID); each change of it has a higher SEQUENCE (RFC 5546).
"""

from collections.abc import Iterable
from datetime import datetime
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from governance import mailing
from governance.models import Mote
from governance.steering import moten

REQUEST, CANCEL = "REQUEST", "CANCEL"


def called(mote: Mote) -> list[Any]:
    """Return the people who are called, and who have not left."""
    rows = mote.motesdeltagare.select_related("person").order_by("pk")
    return [row.person for row in rows if row.person.is_active]


def calendar(mote: Mote, method: str = REQUEST, people: Iterable[Any] | None = None) -> bytes:
    """Return the meeting as an iCalendar file; of a cancelled one, that it is cancelled."""
    entry = Calendar()
    entry.add("prodid", "-//RegIT//Kallelse//SV")
    entry.add("version", "2.0")
    entry.add("method", method)
    entry.add_component(_event(mote, method, called(mote) if people is None else people))
    entry.add_missing_timezones()
    return bytes(entry.to_ical())


def _event(mote: Mote, method: str, people: Iterable[Any]) -> Event:
    event = Event()
    event.add("uid", f"{mote.uid}@regit")
    event.add("sequence", mote.sequence)
    event.add("dtstamp", timezone.now())
    event.add("dtstart", timezone.localtime(mote.starts_at))
    event.add("dtend", timezone.localtime(mote.ends_at))
    event.add("summary", f"{mote.get_slag_display()}, {mote.objekt}")
    event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    event.add("url", mailing.absolute(mote.get_absolute_url()))
    event.add(
        "description", "\n".join([*agenda_lines(mote), mailing.absolute(mote.get_absolute_url())])
    )
    if mote.location:
        event.add("location", mote.location)
    event.add("organizer", _organizer(mote))
    for person in people:
        if person.email:
            event.add("attendee", _attendee(person), encode=False)
    return event


def _organizer(mote: Mote) -> vCalAddress:
    by = mote.called_by
    if by is not None and by.email:
        return _address(by.email, str(by))
    return _address(parseaddr(settings.DEFAULT_FROM_EMAIL)[1], "RegIT")


def _attendee(person: Any) -> vCalAddress:
    address = _address(person.email, str(person))
    address.params["ROLE"] = vText("REQ-PARTICIPANT")
    address.params["PARTSTAT"] = vText("NEEDS-ACTION")
    address.params["RSVP"] = vText("TRUE")
    return address


def _address(email: str, name: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    address.params["CN"] = vText(name.replace('"', "'"))
    return address


def agenda_lines(mote: Mote) -> list[str]:
    """Return the agenda as lines of text, numbered anew without what may not be told."""
    return [f"{n}. {title}" for n, title in enumerate(moten.public_titles(mote), start=1)]


def when(mote: Mote) -> str:
    """Return the time as a Swede writes it: "torsdag 3 december 2026 kl. 9.00–10.30"."""
    starts, ends = timezone.localtime(mote.starts_at), timezone.localtime(mote.ends_at)
    first = date_format(starts, "l j F Y")
    if starts.date() == ends.date():
        return _("%(day)s kl. %(from)s–%(to)s") % {
            "day": first,
            "from": _clock(starts),
            "to": _clock(ends),
        }
    return _("%(day)s kl. %(from)s till %(last)s kl. %(to)s") % {
        "day": first,
        "from": _clock(starts),
        "last": date_format(ends, "l j F Y"),
        "to": _clock(ends),
    }


def _clock(moment: datetime) -> str:
    return f"{moment.hour}.{moment.minute:02}"


def invite(mote: Mote, people: Iterable[Any] | None = None, *, changed: bool = False) -> None:
    """Send the invitation, or the changed one, to all who are called, or to these of them."""
    subject = (
        _("Ändrad kallelse: %(mote)s för %(objekt)s")
        if changed
        else _("Kallelse: %(mote)s för %(objekt)s")
    )
    lines = agenda_lines(mote)
    _send(
        mote,
        REQUEST,
        called(mote) if people is None else people,
        subject,
        [
            _("Mötet har ändrats. Så här gäller det nu:")
            if changed
            else _("Du kallas till ett möte."),
            *_facts(mote),
            "\n".join([_("Dagordning"), *lines]) if lines else "",
            _("Hela dagordningen står i RegIT:"),
        ],
    )


def call_off(mote: Mote, people: Iterable[Any] | None = None, *, why: str = "") -> None:
    """Tell that the meeting is cancelled, or that these people are no longer called to it."""
    whole = people is None
    said = _("Mötet är inställt.") if whole else _("Du är inte längre kallad till mötet.")
    _send(
        mote,
        CANCEL,
        called(mote) if people is None else people,
        _("Inställt: %(mote)s för %(objekt)s")
        if whole
        else _("Återkallad kallelse: %(mote)s för %(objekt)s"),
        [said, *_facts(mote), why],
    )


def _facts(mote: Mote) -> list[str]:
    facts = [f"{mote.get_slag_display()}, {mote.objekt}", f"{_('Tid')}: {when(mote)}"]
    if mote.location:
        facts.append(f"{_('Plats')}: {mote.location}")
    return ["\n".join(facts)]


def _send(mote: Mote, method: str, people: Iterable[Any], subject: str, said: list[str]) -> None:
    people = list(people)
    file = calendar(mote, method, people if method == CANCEL else None)
    mailing.send(
        people,
        subject % {"mote": mote, "objekt": mote.objekt},
        said,
        url=mote.get_absolute_url(),
        attachments=[
            mailing.Attachment("mote.ics", file.decode(), f"text/calendar; method={method}")
        ],
    )
