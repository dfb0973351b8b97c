"""What lists of the register can be filtered and searched by that governance does not know of:
the nämnd that owns, and the people who answer for it.
"""

from functools import partial
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.access import Person, visible
from governance.lists.filters import Choice, Facet, register_facet, register_search
from governance.lists.kinds import KINDS
from governance.lists.search import Word
from governance.models import Avtal, Forvaltningsobjekt, Informationssystem, Namnd
from governance.models.base import folded
from roles.catalogue import NAMND
from roles.models import RoleAssignment, Substitution, User
from roles.rules import on


def namnder(column: str) -> list[Choice]:
    """Return a choice per nämnd; `column` leads from the row to its object."""
    today = timezone.localdate()

    def owned_by(namnd: int) -> Q:
        owned = RoleAssignment.objects.filter(on(today), role=NAMND, namnd=namnd).order_by()
        return Q(Exists(owned.filter(objekt=OuterRef(column))))

    return [
        Choice(str(pk), name, partial(owned_by, pk))
        for pk, name in Namnd.objects.values_list("pk", "name")
    ]


def named(word: Word) -> QuerySet[Any]:
    """Return the ids of people with the folded word in their name or user name; not in their unit."""
    name = folded(Concat("first_name", Value(" "), "last_name", Value(" "), "username"))
    # The names stand in the search column too, which has an index.
    people: QuerySet[Any] = User.objects.alias(called=name).filter(
        search_fold__contains=word, called__contains=word
    )
    return people.order_by().values("pk")


def _held_by(word: Word, user: Person) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """Return assignments today of people that the word names, and of substitutes so named."""
    today, people = timezone.localdate(), named(word)
    held = RoleAssignment.objects.filter(on(today), person__in=people).order_by()
    standing_in = Substitution.objects.filter(on(today), person__in=people).order_by()
    return visible(user, held), visible(user, standing_in)


def objects_by_people(word: Word, user: Person) -> Q:
    """Select objects where somebody so named holds a role today."""
    held, standing_in = _held_by(word, user)
    return Q(pk__in=held.values("objekt")) | Q(pk__in=standing_in.values("assignment__objekt"))


def systems_by_people(word: Word, user: Person) -> Q:
    """Select systems where somebody so named holds a role today: on it, or on its whole object."""
    held, standing_in = _held_by(word, user)
    whole = Q(objekt__in=held.filter(system=None).values("objekt")) | Q(
        objekt__in=standing_in.filter(assignment__system=None).values("assignment__objekt")
    )
    return whole | Q(pk__in=held.exclude(system=None).values("system"))


COLUMNS: dict[type[Model], str] = {
    Forvaltningsobjekt: "pk",
    Informationssystem: "objekt",
    Avtal: "objekt",
    **{kind.listing.model: "objekt" for kind in KINDS.values()},
}
"""What can be filtered by the nämnd that owns it, and what leads there from the row to its object."""
for _model, _column in COLUMNS.items():
    register_facet(
        _model,
        Facet("namnd", _("Nämnd"), _("Alla"), lambda column=_column: namnder(column)),  # type: ignore[misc]
    )
register_search(Forvaltningsobjekt, objects_by_people)
register_search(Informationssystem, systems_by_people)
