"""The lists of people and of nämnder: search, filters, order; all in the address."""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from governance import access
from governance.forms.listing import ListForm
from governance.lists.columns import Column, column
from governance.lists.listing import Listing
from governance.lists.search import search
from governance.models import Namnd
from roles import namnder
from roles.catalogue import BY_CODE
from roles.models import Representant, RoleAssignment, Substitution, User
from roles.rules import on

# What Django writes for an account without a password.
NO_LOGIN = Q(password="") | Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
NamndRow = tuple[Namnd, namnder.Figures]


def roles_held(person: Any) -> str:
    """Say the roles that a person of the list holds today, in the order of the catalogue."""
    held = person.held or ()
    return ", ".join(said(role.name) for code, role in BY_CODE.items() if code in held)


class PersonListing(Listing):
    """Everybody who is registered."""

    model = User
    sorts = (("namn", _("Namn")), ("enhet", _("Enhet")))
    orders: ClassVar = {"namn": "sort_key", "enhet": "unit"}
    cells = (
        Column(_("Namn"), str),
        column(_("Användarnamn"), "username"),
        column(_("Enhet"), "unit"),
        column(_("Titel"), "title"),
        Column(_("Roller i dag"), roles_held),
        Column(_("Aktiv"), lambda person: said("Ja") if person.is_active else said("Nej")),
    )

    visa = forms.ChoiceField(
        label=_("Visa"),
        required=False,
        choices=[
            ("", _("Alla")),
            ("aktiva", _("Aktiva")),
            ("roll", _("Har en roll")),
            ("slutat", _("Har slutat")),
            ("slutat-roll", _("Har slutat och har roller kvar")),
            ("utan-inloggning", _("Kan inte logga in än")),
        ],
    )

    @property
    def queryset(self) -> Any:
        """The rows in order, with the codes of the roles that each holds today."""
        today = RoleAssignment.objects.filter(on(timezone.localdate()), person=OuterRef("pk"))
        held = access.visible(self.user, today).order_by().values("person")
        codes = held.annotate(codes=ArrayAgg("role", distinct=True)).values("codes")
        return super().queryset.annotate(held=Subquery(codes))

    def selects_visa(self, value: str) -> Q:
        """Select people by how they stand."""
        return {
            "aktiva": Q(is_active=True),
            "roll": holds_a_role(self.user),
            "slutat": Q(is_active=False),
            "slutat-roll": Q(is_active=False) & holds_a_role(self.user),
            "utan-inloggning": Q(is_active=True) & NO_LOGIN,
        }[value]


def holds_a_role(user: Any) -> Q:
    """Select people who hold a role today, stand in for somebody or act for a nämnd."""
    today = on(timezone.localdate())
    held = RoleAssignment.objects.filter(today, person=OuterRef("pk"))
    stands_in = Substitution.objects.filter(today, person=OuterRef("pk"))
    acts = Representant.objects.filter(person=OuterRef("pk"))
    return (
        Q(Exists(access.visible(user, held)))
        | Q(Exists(access.visible(user, stands_in)))
        | Q(Exists(acts))
    )


class NamndListing(ListForm):
    """The nämnder with how much they own, and how much of it needs attention."""

    sorts = (
        ("namn", _("Namn")),
        ("objekt", _("Antal förvaltningsobjekt")),
        ("brister", _("Antal att åtgärda")),
    )
    orders: ClassVar[dict[str, Callable[[NamndRow], int]]] = {
        "objekt": lambda row: -row[1].objects,
        "-objekt": lambda row: row[1].objects,
        "brister": lambda row: -row[1].findings,
        "-brister": lambda row: row[1].findings,
    }
    cells = (
        Column(_("Namn"), lambda row: row[0].name),
        Column(_("Förvaltningsobjekt"), lambda row: row[1].objects),
        Column(_("Att åtgärda"), lambda row: row[1].findings),
        Column(_("Företrädare"), lambda row: row[0].acting),
    )

    def __init__(self, user: access.Person, params: QueryDict) -> None:
        self.user = user
        super().__init__(params)

    @cached_property
    def figures(self) -> Any:
        """What each nämnd owns, by its id, and when that was counted if not just now."""
        return namnder.figures(self.user)

    def rows(self, _using: str = "") -> Iterable[NamndRow]:
        """Return the nämnder in order with their figures."""
        active = Count("representanter", filter=Q(representanter__person__is_active=True))
        everyone = Namnd.objects.annotate(acting=active).order_by("sort_key", "pk")
        figures, _counted_at = self.figures
        found = search(everyone, self.chosen.get("q", ""))
        rows = [(namnd, figures[namnd.pk]) for namnd in found]
        if self.order == "-namn":
            rows.reverse()
        elif self.order in self.orders:
            rows.sort(key=self.orders[self.order])
        return rows
