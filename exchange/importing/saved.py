"""Mappings saved by name: kept for the next file of the same kind."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.cleaning import nearest, tidy
from exchange.importing.instructions import Instructions
from exchange.models import SparadMappning
from exchange.reading.book import Book
from governance import access


def save(actor: Any, name: str, instructions: Instructions) -> SparadMappning:
    """Save how a file is read under a name; an earlier one of that name is replaced.

    Raises ValidationError without a name, or with one that is too long.
    """
    access.require(actor, "import_register")
    mapping = SparadMappning(name=tidy(name))
    mapping.clean_fields(exclude=["instructions"])
    values = {"instructions": instructions.to_dict(), "saved_at": timezone.now()}
    return SparadMappning.objects.update_or_create(name=mapping.name, defaults=values)[0]


def load(name: str, book: Book) -> Instructions:
    """Return a saved mapping fitted to the book. Raises ValidationError when there is none."""
    found = SparadMappning.objects.filter(name=tidy(name)).first()
    if found is None:
        names = list(SparadMappning.objects.values_list("name", flat=True))
        like = nearest(name, names, cutoff=0.6)
        sentence = _("Det finns ingen sparad mappning som heter ”%s”.") % name
        hint = _("Menade du ”%s”?") % like if like else _("Välj bland: %s.") % ", ".join(names)
        raise ValidationError(f"{sentence} {hint}" if names else sentence)
    return Instructions.from_dict(found.instructions).fitted_to(book)
