"""The words of a reminder: what is to be mended by kind, worst first, and no longer than is read.

Mail leaves the house, so a skyddsvärt system is not named in it; its address says which it is to
whoever may open it.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.reminders.models import Paminnelseval
from exchange.reminders.occurrences import Open
from governance import access, mailing
from governance.models import Forvaltningsobjekt, Informationssystem
from governance.rules import BRIST, Rule
from governance.rules.findings import HERE, mended_at
from governance.templatetags.regit import dmy
from roles.models import User
from roles.oversikt import listed

MOST = 10
"""Most things of one kind that a letter names; the rest are a number and a link."""
LONGEST = 40
"""Most things that a letter names in all."""


def subject(findings: Sequence[Open]) -> str:
    """Return the letter's subject: the finding itself when it is one, else how many, and where."""
    if len(findings) == 1:
        return f"RegIT: {sentence(findings[0])}"
    bad = sum(each.finding.rule.severity == BRIST for each in findings)
    mild = len(findings) - bad
    parts = [
        ngettext("%d brist", "%d brister", bad) % bad if bad else "",
        ngettext("%d påminnelse", "%d påminnelser", mild) % mild if mild else "",
    ]
    what = _(" och ").join(filter(None, parts))
    objects = {each.objekt.pk: each.objekt.name for each in findings}
    where = next(iter(objects.values()))
    if len(objects) > 1:
        where = _("%(number)d förvaltningsobjekt") % {"number": len(objects)}
    return _("RegIT: %(what)s i %(where)s") % {"what": what, "where": where}


def body(person: User, choice: Paminnelseval, findings: Sequence[Open]) -> str:
    """Return the letter's text; `choice` says when the last one was sent, and how often they come."""
    words = {"often": choice.get_hur_ofta_display().lower(), "day": dmy(choice.last_on)}
    news = _("Det här har du mandat att göra något åt:")
    if choice.last_on:
        news = _("Det här är nytt sedan brevet %(day)s, och du har mandat att göra något åt det:")
    return mailing.text(
        [
            _("Hej %(name)s!") % {"name": person.first_name or person},
            news % words,
            *paragraphs(person, findings),
            _("Allt som väntar på dig:") + f"\n{mailing.absolute('/')}",
            _("Du får påminnelser %(often)s. Ändra hur ofta:") % words
            + f"\n{mailing.absolute(reverse('exchange:reminders'))}",
        ]
    )


def paragraphs(person: User, findings: Sequence[Open]) -> Iterator[str]:
    """Yield a paragraph a kind; when enough has been named, what is left is numbers with links."""
    left, rest = LONGEST, []
    for _code, several in groupby(findings, key=lambda each: each.finding.rule.code):
        found = list(several)
        if left > 0:
            shown = min(MOST, left)
            yield paragraph(person, found, shown)
            left -= min(len(found), shown)
        else:
            rest.append(
                f"- {_(found[0].finding.rule.name)}: {len(found)}\n  {of_kind(person, found)}"
            )
    if rest:
        yield "\n".join([_("Dessutom:"), *rest])


def paragraph(person: User, findings: Sequence[Open], most: int) -> str:
    """Tell of one kind of finding: the severity, and a sentence and an address for each."""
    rule = findings[0].finding.rule
    lines = [f"{_(rule.word).upper()}: {_(rule.name)}"]
    for each in findings[:most]:
        lines.append(f"- {sentence(each)}")
        if each.appoints:
            lines.append("  " + _("Ingen kan göra det i dag. Du kan utse någon."))
        lines.append(f"  {mailing.absolute(address(each))}")
    if len(findings) > most:
        lines.append(_("… och %(number)d till:") % {"number": len(findings) - most})
        lines.append(f"  {of_kind(person, findings)}")
    return "\n".join(lines)


def sentence(each: Open) -> str:
    """Return what is wrong in a sentence that names no skyddsvärt system."""
    thing = each.finding.thing
    if isinstance(thing, Informationssystem) and thing.skyddsvard:
        words = {"thing": _("ett skyddsvärt system i %s") % each.objekt}
        return capfirst(_(each.finding.rule.sentence) % words)
    return each.finding.text


def address(each: Open) -> str:
    """Return where it is mended, or the page of the thing."""
    thing = each.finding.thing
    url = "" if each.appoints else mended_at(each.finding.rule, thing)
    page: str = thing.get_absolute_url()
    return f"{page}{url if url == HERE else ''}" if url in ("", HERE) else url


def of_kind(person: User, findings: Sequence[Open]) -> str:
    """Return the address of the list of what breaks the rule, of the person's own objects if there are."""
    rule: Rule = findings[0].finding.rule
    own = access.involved(person, Forvaltningsobjekt.objects.all())
    mine: dict[str, Any] = {"mine": 1} if own.exists() else {}
    return mailing.absolute(listed(rule.model, finding=rule.code, **mine))
