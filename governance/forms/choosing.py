"""Fields that choose a person, an object, a system or a supplier by typing, and how each is written."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib.auth import get_user_model
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Concat, Lower
from django.utils.translation import gettext_lazy as _

from governance.actions.leverantor import tidy_number
from governance.forms.picker import PickerField
from governance.lists.search import terms
from governance.models import Forvaltningsobjekt, Informationssystem, Leverantor
from governance.models.leverantor import squeezed


def person_text(person: Any) -> str:
    """Write a person so that the text names one only: "Anna Andersson (anna.andersson)"."""
    return f"{person} ({person.get_username()})"


def called(people: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """Narrow to people with exactly this first and last name."""
    full = Lower(Concat("first_name", Value(" "), "last_name", output_field=CharField()))
    found: QuerySet[Any] = people.alias(full_name=full).filter(full_name=" ".join(terms(typed)))
    return found


class PersonField(PickerField):
    """A person who has not left, by name, user name or e-mail address."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", get_user_model()._default_manager.filter(is_active=True))
        super().__init__(
            url="roles:person_search",
            key="username",
            text=person_text,
            exact=("email__iexact",),
            named=called,
            **kwargs,
        )


def numbered(thing: Informationssystem | Forvaltningsobjekt) -> str:
    """Write a system or an object so that the text names one only: "Alva (12)"."""
    return f"{thing} ({thing.pk})"


def same_name(things: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """Narrow to things with exactly this name, in whatever case."""
    return things.filter(name__iexact=" ".join(typed.split()))


class ThingField(PickerField):
    """A system or an object, by its name or by name and number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(key="pk", text=numbered, named=same_name, **kwargs)


class ObjektField(ThingField):
    """An object, by its number alone too: addresses name it so."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", Forvaltningsobjekt.objects.all())
        super().__init__(url="governance:objekt_search", exact=("pk",), **kwargs)


class SystemField(ThingField):
    """A system; the form sets `queryset` to those that the person may know of.

    One that is hidden answers as one that does not exist.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", Informationssystem.objects.none())
        super().__init__(url="governance:system_search", **kwargs)


def same_supplier(suppliers: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """Narrow to the supplier of this name, but for case and spacing, or of this organisationsnummer."""
    number = Q(organisationsnummer=tidy_number(typed))
    return suppliers.filter(Q(name_key=squeezed(Value(typed))) | number)


class LeverantorField(PickerField):
    """A supplier, by its name, of which there is one only, or its organisationsnummer.

    In an address the primary key alone names it too. In a form nobody means that: ``exact=()``.
    """

    default_error_messages: ClassVar[dict[str, Any]] = {
        "unknown": _(
            "”%(typed)s” hittades inte. Skriv några bokstäver och välj i listan, "
            "eller registrera leverantören först."
        )
    }

    def __init__(self, *, exact: Sequence[str] = ("pk",), **kwargs: Any) -> None:
        kwargs.setdefault("queryset", Leverantor.objects.all())
        super().__init__(
            url="governance:leverantor_search",
            text=str,
            exact=exact,
            named=same_supplier,
            **kwargs,
        )
