"""Which objects a command is about: all, or those of one nämnd."""

from difflib import get_close_matches

from django.core.management.base import CommandError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from governance.models import Forvaltningsobjekt, Namnd
from roles.namnder import owned_by


def objects_of(namnd: str | None) -> QuerySet[Forvaltningsobjekt]:
    """Return every object, or those that the nämnd of that name owns today.

    Raises CommandError with status 2 and a suggestion when there is no such nämnd.
    """
    if namnd is None:
        return Forvaltningsobjekt.objects.all()
    return owned_by(named(namnd))


def named(name: str) -> Namnd:
    """Return the nämnd of that name, in whatever case."""
    wanted = " ".join(name.split())
    found = Namnd.objects.filter(name__iexact=wanted).first()
    if found:
        return found
    names = {str(n).lower(): n for n in Namnd.objects.values_list("name", flat=True)}
    close = get_close_matches(wanted.lower(), names, n=1, cutoff=0.5)
    raise CommandError(
        _("Ingen nämnd heter %(name)s.") % {"name": wanted} + " " + _hint(close, names),
        returncode=2,
    )


def _hint(close: list[str], names: dict[str, str]) -> str:
    if close:
        return _("Menade du %(name)s?") % {"name": names[close[0]]}
    if names:
        return _("Registrerade: %(known)s.") % {"known": ", ".join(names.values())}
    return _("Inga nämnder är registrerade.")
