"""The list of leverantörer: search and order; all in the address."""

from typing import Any, ClassVar

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from governance import access
from governance.lists.columns import Column, column
from governance.lists.listing import Listing
from governance.models import Informationssystem, Leverantor


class LeverantorListing(Listing):
    """Every supplier, with the number of its systems that the person may know of."""

    model = Leverantor
    sorts = (("namn", _("Namn")), ("system", _("Antal system")), ("andrad", _("Senast ändrat")))
    orders: ClassVar = {"namn": "sort_key", "system": "system_count", "andrad": "updated_at"}
    cells = (
        Column(_("Namn"), str),
        column(_("Organisationsnummer"), "organisationsnummer"),
        column(_("System"), "system_count"),
        column(_("Kontakter"), "contacts"),
        column(_("Senast ändrat"), "updated_at"),
    )

    @classmethod
    def columns(cls, reader: access.Person) -> dict[str, Any]:
        """Return the number of a supplier's systems that the person may know of."""
        systems = Informationssystem.objects.filter(leverantor=OuterRef("pk"))
        counted = access.visible(reader, systems).order_by().values("leverantor")
        number = Subquery(counted.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
        return {"system_count": Coalesce(number, 0)}
