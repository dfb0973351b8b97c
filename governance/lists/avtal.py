"""The list of all agreements: search, filters, order; all in the address."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from governance import access
from governance.forms.choosing import LeverantorField
from governance.lists.columns import Column, column
from governance.lists.facets import Choice, Facet, register_facet, register_search
from governance.lists.of_objekt import OfObjektListing, chosen_by, objekt_column
from governance.lists.search import Word
from governance.models import (
    Avtal,
    Avtalssystem,
    Forvaltningsobjekt,
    Informationssystem,
    Leverantor,
)
from governance.steering import follow_up, notice


class AvtalListing(OfObjektListing):
    """Every agreement that the person may know of."""

    model = Avtal
    related = ("objekt", "leverantor")
    cells = (
        Column(_("Benämning"), str),
        objekt_column(),
        column(_("Slag"), "slag"),
        column(_("Leverantör"), "leverantor"),
        column(_("Diarienummer"), "diarienummer"),
        column(_("Status"), "status"),
        column(_("Gäller från"), "starts_on"),
        column(_("Gäller till"), "until"),
        column(_("Sista uppsägningsdag"), "last_notice"),
        column(_("Följs upp senast"), "follow_up_by"),
        column(_("Värde"), "varde"),
        column(_("Omfattar"), "covers"),
    )
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

    leverantor = LeverantorField(label=_("Leverantör"), required=False)

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

    @property
    def queryset(self) -> QuerySet[Any]:
        """The rows in order, with the names of the systems that each covers."""
        covered = Avtalssystem.objects.filter(avtal=OuterRef("pk")).order_by().values("avtal")
        names = StringAgg("system__name", ", ", order_by="system__sort_key")
        found: QuerySet[Any] = super().queryset.annotate(
            covers=Subquery(covered.annotate(n=names).values("n"))
        )
        return found


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


def _by_leverantor(word: Word, _user: access.Person) -> Q:
    suppliers = Leverantor.objects.filter(search_fold__contains=word)
    return Q(leverantor__in=suppliers.order_by().values("pk"))


def _by_objekt(word: Word, _user: access.Person) -> Q:
    objects = Forvaltningsobjekt.objects.filter(search_fold__contains=word)
    return Q(objekt__in=objects.order_by().values("pk"))


def _by_system(word: Word, user: access.Person) -> Q:
    systems = Informationssystem.objects.filter(search_fold__contains=word)
    found = access.visible(user, systems).order_by().values("pk")
    covered = Avtalssystem.objects.order_by().filter(system__in=found)
    return Q(pk__in=covered.values("avtal"))


chosen_by(Avtal, "status", _("Status"))
chosen_by(Avtal, "slag", _("Slag"))
register_facet(Avtal, Facet("tid", _("Avtalstid"), _("Alla"), _standing))
for _way in (_by_leverantor, _by_objekt, _by_system):
    register_search(Avtal, _way)
