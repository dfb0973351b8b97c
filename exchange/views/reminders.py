"""How often one is reminded: everybody's own choice."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.forms.reminders import ReminderForm
from exchange.reminders.choosing import choose
from exchange.reminders.models import Paminnelseval
from governance.views.editing import Done, edit_view
from roles.views.me import me


def reminders(request: HttpRequest) -> HttpResponse:
    """Let the person choose how often letters about findings come."""
    person = me(request)
    now = Paminnelseval.objects.filter(person=person).first() or Paminnelseval(person=person)
    return edit_view(
        request,
        partial(ReminderForm, user=person, version=0, initial={"hur_ofta": now.hur_ofta}),
        lambda hur_ofta, **_form: choose(person, hur_ofta=hur_ofta),
        lambda _made: Done(_("Valet är sparat."), reverse("exchange:reminders")),
        context={
            "parent": _("Min sida"),
            "heading": _("Påminnelser"),
            "lead": _(
                "RegIT skickar brev om det du har mandat att åtgärda. Varje sak står med en gång, "
                "och på nytt om den kommer tillbaka. Allt finns alltid på Översikt."
            ),
            "submit": _("Spara valet"),
            "cancel": person.get_absolute_url(),
        },
    )
