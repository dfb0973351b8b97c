"""Letters on a plan's way: to those who sign, to those who draft, and to all four once it is adopted.

A reason is read in RegIT and not in the letter: it may name a skyddsvärt system.
"""

from django.urls import reverse
from django.utils.translation import gettext as _

from governance import access, mailing
from governance.access import Person
from governance.models import Forvaltningsplan
from governance.steering.sides import OWNS

DRAFT = "draft_forvaltningsplan"


def put_forward(plan: Forvaltningsplan) -> None:
    """Ask the owners of both sides to sign (6.2.U1, 6.4.U1)."""
    words = {"plan": plan, "objekt": plan.objekt}
    mailing.send(
        access.people_with(plan.objekt, *OWNS.values()),
        _("Förvaltningsplan att underteckna: %(objekt)s") % words,
        [
            _("%(plan)s för %(objekt)s är framlagd.") % words,
            _(
                "Läs planen och underteckna den, eller skicka tillbaka den och skriv vad som saknas:"
            ),
        ],
        url=plan.get_absolute_url(),
    )


def taken_back(plan: Forvaltningsplan, actor: Person) -> None:
    """Tell those who draft the plan (6.3.U2, 6.5.U2), except who did it, that it is a draft again."""
    words = {"plan": plan, "objekt": plan.objekt, "who": actor or "RegIT"}
    mailing.send(
        [person for person in access.people_with(plan.objekt, DRAFT) if person != actor],
        _("Förvaltningsplanen för %(objekt)s är ett utkast igen") % words,
        [
            _("%(who)s tog tillbaka %(plan)s. Underskrifter gäller inte längre.") % words,
            _("Läs anledningen i planens historik:"),
        ],
        url=reverse("governance:plan_history", args=[plan.pk]),
    )


def adopted(plan: Forvaltningsplan) -> None:
    """Tell those who draft and those who sign that the plan is adopted."""
    words = {"plan": plan, "objekt": plan.objekt}
    mailing.send(
        access.people_with(plan.objekt, DRAFT, *OWNS.values()),
        _("Förvaltningsplanen för %(objekt)s är fastställd") % words,
        [_("%(plan)s är undertecknad för verksamheten och för IT.") % words],
        url=plan.get_absolute_url(),
    )
