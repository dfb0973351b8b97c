"""Forms about people: the list's filter, who a person is, whether active, and the two groups."""

from typing import Any

from django import forms
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance import access
from governance.forms.base import RegisterForm, RegisterModelForm
from governance.forms.listing import ListForm
from governance.lists.search import search
from roles.catalogue import GROUPS
from roles.models import Representant, RoleAssignment, Substitution, User
from roles.rules import on

ORDERS = {
    "namn": ("sort_key", "first_name", "pk"),
    "-namn": ("-sort_key", "-first_name", "-pk"),
    "enhet": ("unit", "sort_key", "pk"),
    "-enhet": ("-unit", "-sort_key", "-pk"),
}
# What Django writes for an account without a password.
NO_LOGIN = Q(password="") | Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)


class PersonFilter(ListForm):
    """Search by name, user name, e-mail and unit; narrow to active people, role holders …"""

    sorts = (("namn", _("Namn")), ("enhet", _("Enhet")))
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

    def people(self, user: Any) -> QuerySet[User]:
        """Return the people that the address asks for, as this person may see them."""
        found: QuerySet[User] = User.objects.filter(self._narrowed(user))
        text = self.chosen.get("q", "")
        if text:
            found = search(found, text)
        if not text or "sort" in self.chosen:
            found = found.order_by(*ORDERS[self.order])
        return found

    def _narrowed(self, user: Any) -> Q:
        return {
            "aktiva": Q(is_active=True),
            "roll": holds_a_role(user),
            "slutat": Q(is_active=False),
            "slutat-roll": Q(is_active=False) & holds_a_role(user),
            "utan-inloggning": Q(is_active=True) & NO_LOGIN,
        }.get(self.chosen.get("visa", ""), Q())


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


class PersonForm(RegisterModelForm):
    """Who a person is. An account gets no password here: it cannot log in before it has one."""

    class Meta:
        model = User
        fields = ("first_name", "last_name", "username", "email", "unit", "title", "phone")
        help_texts = {
            "username": _("Som i kommunens katalog, till exempel eva.lund."),
            "email": _("Personen känns igen på e-postadressen vid import och inloggning."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_name", "last_name"):
            self.fields[name].required = True


class ActiveForm(RegisterForm):
    """Only a reason."""

    reason_required = True


class GroupsForm(RegisterForm):
    """Which of the two groups outside the objects a person is in."""

    reason_required = True
    names = forms.MultipleChoiceField(
        label=_("Grupper"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(name, _(name)) for name in GROUPS],
        help_text=_("Vad grupperna får göra står på sidan Ansvar."),
    )
