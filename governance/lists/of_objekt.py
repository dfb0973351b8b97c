"""Lists of what hangs on objects: agreements, plans, costs …; of the whole register or of one object."""

from typing import Any, ClassVar

from django import forms
from django.db.models import F, Model, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from governance import access
from governance.lists.columns import Column
from governance.lists.facets import Choice, Facet, register_facet
from governance.lists.listing import Listing
from governance.lists.search import terms
from governance.models import Forvaltningsobjekt
from governance.models.base import fold, folded


class OfObjektListing(Listing):
    """A list of things that each belong to an object; `within` is the object whose page it stands on."""

    related: ClassVar[tuple[str, ...]] = ("objekt",)

    mine = forms.BooleanField(label=_("Bara mina objekt"), required=False)
    objekt = forms.ModelChoiceField(
        Forvaltningsobjekt.objects.all(),
        label=_("Förvaltningsobjekt"),
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(
        self, user: access.Person, params: QueryDict, *, within: Forvaltningsobjekt | None = None
    ) -> None:
        self.within = within
        if within:
            self.settled = frozenset({"namnd"})
        super().__init__(user, params)

    def add_fields(self) -> None:
        """Leave out what is decided by the object whose page it is."""
        super().add_fields()
        if self.within:
            del self.fields["mine"], self.fields["objekt"]

    @property
    def visible(self) -> QuerySet[Any]:
        """Everything of the kind, on the object whose page it is, that the person may know of."""
        rows = super().visible
        return rows.filter(objekt=self.within) if self.within else rows

    def selects_mine(self, _value: bool) -> Q:
        """Select what belongs to objects where the person holds a role."""
        mine = access.involved(self.user, Forvaltningsobjekt.objects.all())
        return Q(objekt__in=mine.order_by().values("pk"))

    def selects_objekt(self, value: Forvaltningsobjekt) -> Q:
        """Select what belongs to the object."""
        return Q(objekt=value)


class SteeringListing(OfObjektListing):
    """One whose model has no columns to search: words are looked for in `named_in` and the object."""

    ranks = False
    named_in: tuple[str, ...] = ("title",)

    def searched(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Narrow to what holds every word in its own words or in the name of its object."""
        parts = [part for name in self.named_in for part in (F(name), Value(" "))]
        said = folded(Concat(*parts, output_field=TextField()))
        rows = rows.alias(said=said)
        for word in terms(self.text):
            rows = rows.filter(
                Q(said__contains=fold(word)) | Q(objekt__search_fold__contains=fold(word))
            )
        return rows

    def hits(self, rows: QuerySet[Any], most: int) -> QuerySet[Any]:
        """Return the ids of what the text finds, at most so many, in no order."""
        found: QuerySet[Any] = self.searched(rows).order_by().values_list("pk", flat=True)
        return found[:most]

    def ordered(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Sort rows as the address asks for."""
        rows = rows.order_by(self.orders[self.order.removeprefix("-")], "pk")
        return rows.reverse() if self.order.startswith("-") else rows


def chosen_by(model: type[Model], name: str, label: Any) -> None:
    """Let lists of the model be filtered by one of its fields with choices."""
    field: Any = model._meta.get_field(name)

    def choices() -> list[Choice]:
        return [Choice(str(v), str(said), Q(**{name: v})) for v, said in field.flatchoices]

    register_facet(model, Facet(name, label, _("Alla"), choices))


def objekt_column() -> Column:
    """Return the column of the object, which leads to its page."""
    return Column(
        _("Förvaltningsobjekt"),
        lambda row: row.objekt.name,
        "objekt",
        url=lambda row: row.objekt.get_absolute_url(),
    )
