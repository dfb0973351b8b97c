"""The list of all agreements: search, filters, order; all in the address."""

from datetime import timedelta
from functools import partial
from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from governance import access
from governance.lists.facets import Choice, Facet, Listing, register_facet, register_search
from governance.models import (
    Avtal,
    Avtalssystem,
    Forvaltningsobjekt,
    Informationssystem,
    Leverantor,
)
from governance.models.base import fold
from governance.steering import follow_up, notice


class AvtalListing(Listing):
    """Every agreement that the person may know of."""

    model = Avtal
    related = ("objekt", "leverantor")
    sorts = (
        ("notice", _("Sista uppsägningsdag")),
        ("title", _("Benämning")),
        ("objekt", _("Förvaltningsobjekt")),
        ("leverantor", _("Leverantör")),
        ("until", _("Gäller till")),
        ("varde", _("Värde")),
    )
    orders = {
        "notice": "last_notice",
        "title": "sort_key",
        "objekt": "objekt__sort_key",
        "leverantor": "leverantor__sort_key",
        "until": "until",
        "varde": "varde",
    }

    leverantor = forms.ModelChoiceField(
        Leverantor.objects.all(), label=_("Leverantör"), required=False, empty_label=_("Alla")
    )
    mine = forms.BooleanField(label=_("Bara mina objekt"), required=False)

    @classmethod
    def columns(cls, reader: access.Person) -> dict[str, Any]:
        """Return until when each agreement holds today, and the days to act on it."""
        today = timezone.localdate()
        return {
            "until": notice.until(today),
            "last_notice": notice.last_notice(today),
            "follow_up_by": follow_up.due(),
        }

    def selects_leverantor(self, value: Leverantor) -> Q:
        """Select agreements with the supplier."""
        return Q(leverantor=value)

    def selects_mine(self, _value: bool) -> Q:
        """Select agreements of objects where the person holds a role."""
        mine = access.involved(self.user, Forvaltningsobjekt.objects.all())
        return Q(objekt__in=mine.order_by().values("pk"))


def avtal_filter(user: access.Person, params: QueryDict) -> AvtalListing:
    """Return the agreements that an address asks for, as this person sees them."""
    return AvtalListing(user, params)


def _of_choices(column: str, pairs: Any) -> list[Choice]:
    return [Choice(value, str(label), Q(**{column: value})) for value, label in pairs]


def _notice_soon() -> Q:
    today = timezone.localdate()
    near = notice.notice_within(Avtal.objects.order_by(), today, notice.AHEAD)
    return Q(pk__in=near.alias(by=notice.last_notice(today)).filter(by__gte=today).values("pk"))


def _notice_passed() -> Q:
    today = timezone.localdate()
    passed = notice.notice_within(Avtal.objects.order_by(), today, timedelta(days=-1))
    return Q(pk__in=passed.values("pk"))


def _to_follow_up() -> Q:
    late = follow_up.overdue(Avtal.objects.order_by(), timezone.localdate())
    return Q(pk__in=late.values("pk"))


def _in_force(holds: bool) -> Q:
    rows = notice.in_force(Avtal.objects.order_by(), timezone.localdate()).values("pk")
    signed = ~Q(status=Avtal.Status.REGISTRERAT)
    return Q(pk__in=rows) if holds else signed & ~Q(pk__in=rows)


def _standing() -> list[Choice]:
    return [
        Choice("galler", gettext("Gäller i dag"), partial(_in_force, True)),
        Choice("uppsagning", gettext("Sista uppsägningsdag inom 90 dagar"), _notice_soon),
        Choice("passerad", gettext("Sista uppsägningsdag har passerat"), _notice_passed),
        Choice("uppfoljning", gettext("Uppföljningen är försenad"), _to_follow_up),
        Choice("galler_inte", gettext("Gäller inte i dag"), partial(_in_force, False)),
    ]


def _by_leverantor(word: str, _user: access.Person) -> Q:
    suppliers = Leverantor.objects.filter(search_fold__contains=fold(word))
    return Q(leverantor__in=suppliers.order_by().values("pk"))


def _by_objekt(word: str, _user: access.Person) -> Q:
    objects = Forvaltningsobjekt.objects.filter(search_fold__contains=fold(word))
    return Q(objekt__in=objects.order_by().values("pk"))


def _by_system(word: str, user: access.Person) -> Q:
    systems = Informationssystem.objects.filter(search_fold__contains=fold(word))
    found = access.visible(user, systems).order_by().values("pk")
    covered = Avtalssystem.objects.order_by().filter(system__in=found)
    return Q(pk__in=covered.values("avtal"))


for _facet in (
    Facet("status", _("Status"), _("Alla"), lambda: _of_choices("status", Avtal.Status.choices)),
    Facet("slag", _("Slag"), _("Alla"), lambda: _of_choices("slag", Avtal.Slag.choices)),
    Facet("tid", _("Avtalstid"), _("Alla"), _standing),
):
    register_facet(Avtal, _facet)
for _way in (_by_leverantor, _by_objekt, _by_system):
    register_search(Avtal, _way)
