"""The lists of förvaltningsobjekt and of system: search, filters, order; all in the address.

`objekt_filter` and `system_filter` answer for the list, its counts, its export and every link to
it. Nothing a person may not know of reaches the rows, the numbers or the ways of searching.
"""

from functools import partial
from typing import Any

from django import forms
from django.db.models import (
    Count,
    Exists,
    Expression,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from governance import access, rules
from governance.forms.choosing import LeverantorField
from governance.lists.facets import Choice, Facet, register_facet, register_search
from governance.lists.listing import Listing
from governance.lists.search import Word
from governance.models import (
    Forvaltningsobjekt,
    Informationssystem,
    Leverantor,
    Livscykel,
    Namnd,
    Sida,
)
from governance.steering import judging

__all__ = [
    "Choice",
    "Facet",
    "ObjektListing",
    "SystemListing",
    "objekt_filter",
    "register_facet",
    "register_search",
    "system_filter",
]


class ObjektListing(Listing):
    """The list of förvaltningsobjekt."""

    model = Forvaltningsobjekt
    keeps = True
    sorts = (
        ("name", _("Namn")),
        ("verified", _("Bekräftat")),
        ("changed", _("Senast ändrat")),
        ("systems", _("Antal system")),
        ("status", _("Status")),
    )
    orders = {
        "name": "sort_key",
        "verified": F("verified_on").asc(nulls_first=True),
        "changed": "updated_at",
        "systems": "system_count",
        "status": "status",
    }

    mine = forms.BooleanField(label=_("Bara mina"), required=False)
    process = forms.CharField(
        label=_("Process"), required=False, max_length=200, widget=forms.HiddenInput
    )

    @classmethod
    def columns(cls, reader: access.Person) -> dict[str, Any]:
        """Return the number of an object's systems that the person may know of."""
        systems = access.visible(reader, Informationssystem.objects.filter(objekt=OuterRef("pk")))
        counted = systems.order_by().values("objekt").annotate(n=Count("pk")).values("n")
        number = Subquery(counted, output_field=IntegerField())
        return {"system_count": Coalesce(number, 0)}

    def selects_mine(self, _value: bool) -> Q:
        """Select objects where the person holds a role."""
        return _within(access.involved(self.user, Forvaltningsobjekt.objects.all()))

    def any_mine(self) -> Expression:
        """Whether the person holds a role at all."""
        return access.is_involved(self.user, self.model)

    def selects_process(self, value: str) -> Q:
        """Select objects that support the process."""
        return Q(verksamhetsprocess=value)


class SystemListing(Listing):
    """The list of system."""

    model = Informationssystem
    keeps = True
    related = ("objekt", "leverantor", "updated_by")
    sorts = (
        ("name", _("Namn")),
        ("changed", _("Senast ändrat")),
        ("objekt", _("Förvaltningsobjekt")),
        ("leverantor", _("Leverantör")),
    )
    orders = {
        "name": "sort_key",
        "changed": "updated_at",
        "objekt": "objekt__sort_key",
        "leverantor": F("leverantor__sort_key").asc(nulls_last=True),
    }

    leverantor = LeverantorField(label=_("Leverantör"), required=False)
    mine = forms.BooleanField(label=_("Bara mina"), required=False)
    skyddsvard = forms.BooleanField(label=_("Bara skyddsvärda"), required=False)
    objekt = forms.ModelChoiceField(
        Forvaltningsobjekt.objects.all(),
        label=_("Förvaltningsobjekt"),
        required=False,
        widget=forms.HiddenInput,
    )
    process = forms.CharField(
        label=_("Process"), required=False, max_length=200, widget=forms.HiddenInput
    )

    information = forms.ModelChoiceField(
        Namnd.objects.all(),
        label=_("Information som ägs av"),
        required=False,
        widget=forms.HiddenInput,
    )
    bedomning = forms.ChoiceField(
        label=_("Verksamhetens bedömning"),
        choices=judging.CHOICES,
        required=False,
        widget=forms.HiddenInput,
    )
    bedomning_it = forms.ChoiceField(
        label=_("ITs bedömning"),
        choices=judging.CHOICES,
        required=False,
        widget=forms.HiddenInput,
    )

    def selects_bedomning(self, value: str) -> Q:
        """Select systems by what the verksamhet judges."""
        return judging.judged_as(Sida.VERKSAMHET, value)

    def selects_bedomning_it(self, value: str) -> Q:
        """Select systems by what IT judges."""
        return judging.judged_as(Sida.IT, value)

    def selects_leverantor(self, value: Leverantor) -> Q:
        """Select systems of the supplier."""
        return Q(leverantor=value)

    def selects_mine(self, _value: bool) -> Q:
        """Select systems where the person holds a role, on the system or on its object."""
        every = Informationssystem.objects.all()
        return _within(access.involved(self.user, every, planned_for_anybody=True))

    def any_mine(self) -> Expression:
        """Whether the person holds a role at all."""
        return access.is_involved(self.user, self.model)

    def selects_skyddsvard(self, _value: bool) -> Q:
        """Select what the person may know of that others may not."""
        return Q(skyddsvard=True)

    def any_skyddsvard(self) -> Exists:
        """Whether the person may know of any."""
        return Exists(access.known_skyddsvarda(self.user))

    def selects_information(self, value: Namnd) -> Q:
        """Select systems whose information the nämnd's verksamhet owns (6.3.d)."""
        return Q(informationen_ags_av=value)

    def selects_objekt(self, value: Forvaltningsobjekt) -> Q:
        """Select the systems of an object."""
        return Q(objekt=value)

    def selects_process(self, value: str) -> Q:
        """Select systems whose object supports the process."""
        return Q(objekt__verksamhetsprocess=value)


def objekt_filter(user: access.Person, params: QueryDict) -> ObjektListing:
    """Return the objects that an address asks for, as this person sees them."""
    return ObjektListing(user, params)


def system_filter(user: access.Person, params: QueryDict) -> SystemListing:
    """Return the systems that an address asks for, as this person sees them."""
    return SystemListing(user, params)


def _within(rows: QuerySet[Any]) -> Q:
    return Q(pk__in=rows.order_by().values("pk"))


def _of_choices(column: str, pairs: Any) -> list[Choice]:
    return [Choice(value, str(label), Q(**{column: value})) for value, label in pairs]


def _findings(model: Any) -> list[Choice]:
    today = timezone.localdate()
    return [
        Choice(rule.code, gettext(rule.name), partial(rule.broken, today))
        for rule in rules.all_rules(model)
    ]


def _by_system(word: Word, user: access.Person) -> Q:
    systems = Informationssystem.objects.filter(search_fold__contains=word)
    return Q(pk__in=access.visible(user, systems).order_by().values("objekt"))


def _by_leverantor(word: Word, _user: access.Person) -> Q:
    suppliers = Leverantor.objects.filter(search_fold__contains=word)
    return Q(leverantor__in=suppliers.order_by().values("pk"))


def _by_objekt(word: Word, _user: access.Person) -> Q:
    objects = Forvaltningsobjekt.objects.filter(search_fold__contains=word)
    return Q(objekt__in=objects.order_by().values("pk"))


register_facet(
    Forvaltningsobjekt,
    Facet(
        "status",
        _("Status"),
        _("Alla"),
        lambda: _of_choices("status", Forvaltningsobjekt.Status.choices),
    ),
)
register_facet(
    Informationssystem,
    Facet(
        "livscykel", _("Livscykel"), _("Alla"), lambda: _of_choices("livscykel", Livscykel.choices)
    ),
)
for _model in (Forvaltningsobjekt, Informationssystem):
    register_facet(
        _model,
        Facet("finding", _("Att åtgärda"), _("Allt"), lambda model=_model: _findings(model)),  # type: ignore[misc]
    )
register_search(Forvaltningsobjekt, _by_system)
register_search(Informationssystem, _by_leverantor)
register_search(Informationssystem, _by_objekt)
