"""People: the list, the page of one, and what Administratörer do with them."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from governance import access
from governance.lists.ahead import answerable
from governance.views.editing import Done, edit_view
from governance.views.history import history_of
from governance.views.lists import paged, shown
from roles import people, transfer
from roles.catalogue import BY_CODE
from roles.duties import duties, questions
from roles.forms.people import ActiveForm, GroupsForm, PersonForm
from roles.listings import PersonListing
from roles.login import second_factor
from roles.models import RoleAssignment, User
from roles.rules import on
from roles.views.me import me

CHANGE = "change_user"


@require_safe
def person_list(request: HttpRequest) -> HttpResponse:
    """List the people: search, filter, order and page are in the address."""
    listing = PersonListing(request.user, request.GET)
    page = paged(request, listing)
    context = {
        **shown(listing, page, "personer"),
        "rows": with_roles(request.user, page.object_list),
        "may_change": access.may(request.user, CHANGE),
    }
    return render(request, "roles/person_list.html", context)


def with_roles(user: Any, found: Iterable[User]) -> list[tuple[User, list[tuple[str, int]]]]:
    """Pair each person with the roles held today and on how many objects: one query."""
    found = list(found)
    held: dict[int, dict[str, set[int]]] = {person.pk: {} for person in found}
    current = RoleAssignment.objects.filter(on(timezone.localdate()), person__in=held)
    rows = access.visible(user, current).values_list("person", "role", "objekt")
    for person, role, objekt in rows:
        held[person].setdefault(role, set()).add(objekt)
    return [
        (
            person,
            [
                (_(role.name), len(held[person.pk][code]))
                for code, role in BY_CODE.items()
                if code in held[person.pk]
            ],
        )
        for person in found
    ]


@require_safe
def person_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show all that a person answers for, has answered for and is to answer for."""
    person = access.get_permitted(request.user, None, User.objects.all(), pk)
    with answerable([*questions(person), *transfer.questions(person)], reader=request.user):
        held, may_transfer = duties(person, request.user), transfer.may_give(me(request), person)
    context = {
        "person": person,
        "duties": held,
        "groups": sorted(people.groups_of(person)),
        "can_log_in": person.has_usable_password(),
        "may_change": access.may(request.user, CHANGE),
        "may_transfer": may_transfer,
        "myself": person == request.user,
        "has_second_factor": settings.SECOND_FACTOR and second_factor.has_any(person),
    }
    return render(request, "roles/person_detail.html", context)


def person_create(request: HttpRequest) -> HttpResponse:
    """Register a person who cannot log in yet."""
    access.require(request.user, CHANGE)
    return edit_view(
        request,
        partial(PersonForm, user=request.user),
        partial(people.create, me(request)),
        lambda saved: _done(saved, _("%s är registrerad och kan få roller.")),
        context={
            "heading": _("Registrera person"),
            "lead": _(
                "Personen kan få roller genast men inte logga in förrän kontot har ett lösenord."
            ),
            "submit": _("Registrera person"),
            "cancel": reverse("roles:person_list"),
        },
    )


def person_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change who a person is."""
    person = access.get_permitted(request.user, None, User.objects.all(), pk)
    access.require(request.user, CHANGE)
    return edit_view(
        request,
        partial(PersonForm, user=request.user, instance=person, version=person.version),
        partial(people.change, me(request), person),
        lambda saved: _done(saved, _("Uppgifterna om %s är sparade.")),
        context={
            "heading": _("Ändra uppgifterna om %s") % person,
            "parent": person,
            "submit": _("Spara uppgifterna"),
            "cancel": person.get_absolute_url(),
        },
    )


def person_active(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a person has left, or is back. Never refused: what is left behind is a finding."""
    person = access.get_permitted(request.user, None, User.objects.all(), pk)
    access.require(request.user, CHANGE)
    active = not person.is_active
    return edit_view(
        request,
        partial(ActiveForm, user=request.user),
        partial(people.set_active, me(request), person, active),
        lambda saved: _done(
            saved, _("%s är aktiv igen.") if active else _("%s är inte längre aktiv.")
        ),
        template="roles/person_active.html",
        context={
            "person": person,
            "duties": duties(person, request.user, past=False),
        },
    )


def person_groups(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a person in or out of the groups Administratörer and Revisorer."""
    person = access.get_permitted(request.user, None, User.objects.all(), pk)
    access.require(request.user, CHANGE)
    initial = {"names": sorted(people.groups_of(person))}
    return edit_view(
        request,
        partial(GroupsForm, user=request.user, version=person.version, initial=initial),
        partial(people.set_groups, me(request), person),
        lambda saved: _done(saved, _("Grupperna för %s är sparade.")),
        context={
            "heading": _("Grupper för %s") % person,
            "lead": _(
                "Administratörer kan ändra allt och utse vem som helst. Revisorer läser allt, "
                "även historiken, och ändrar inget."
            ),
            "parent": person,
            "submit": _("Spara grupperna"),
            "cancel": person.get_absolute_url(),
        },
    )


def _done(person: User, sentence: str) -> Done:
    history = reverse("roles:person_history", args=[person.pk])
    return Done(sentence % person, person.get_absolute_url(), history)


person_history = history_of(User)
