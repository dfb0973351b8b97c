"""How often a person is reminded: the person's own choice."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from exchange.reminders.models import Paminnelseval
from roles.models import User


def choose(person: User, *, hur_ofta: str) -> Paminnelseval:
    """Keep how often the person wants letters. Raises ValidationError for what is no choice."""
    if hur_ofta not in Paminnelseval.HurOfta.values:
        raise ValidationError({"hur_ofta": _("Välj hur ofta du vill bli påmind.")})
    made, _created = Paminnelseval.objects.update_or_create(
        person=person, defaults={"hur_ofta": hur_ofta}
    )
    return made
