"""The administration of people and groups; who answers for what is to read only."""

from typing import Any, cast

import django.contrib.auth.admin  # noqa: F401
from django import forms
from django.contrib import admin, messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import SetPasswordMixin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from governance.access import ADMINISTRATORER
from governance.actions.base import as_opened
from governance.administration import ActionAdmin, ActionForm, ReadOnlyAdmin
from roles import people
from roles.login import attempts  # noqa: F401
from roles.models import (
    ObjektGrant,
    Representant,
    RoleAssignment,
    Substitution,
    SystemGrant,
    User,
)
from roles.views.me import me


class PersonForm(ActionForm):
    """Who a person is, whether active, and in which groups outside the objects."""

    class Meta:
        widgets = {"groups": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["groups"] = Group.objects.filter(name__in=people.groups_of(self.instance))

    def show(self, saved: Any) -> None:
        """Show the groups that are saved now too, where nobody had chosen others here."""
        opened = as_opened(saved, self.cleaned_data.get("seen_version") or 0)
        chosen = {group.name for group in self.cleaned_data.get("groups", ())}
        super().show(saved)
        if opened and people.groups_of(opened) == chosen:
            now = Group.objects.filter(name__in=people.groups_of(saved))
            data = cast(QueryDict, self.data)
            data.setlist(self.add_prefix("groups"), [str(group.pk) for group in now])


class PasswordForm(SetPasswordMixin, forms.Form):
    """A password for somebody else, twice."""

    password1, password2 = SetPasswordMixin.create_password_fields(
        label1=gettext_lazy("Nytt lösenord"), label2=gettext_lazy("Nytt lösenord igen")
    )

    def __init__(self, person: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean(self) -> dict[str, Any] | None:
        """Hold the password to the rules for passwords."""
        self.validate_passwords()
        self.validate_password_for_user(self.person)
        return super().clean()


@admin.register(User)
class PersonAdmin(ActionAdmin):
    """People. They are deactivated, never deleted; a superuser is shown as, and is, Administratör."""

    form = PersonForm
    written = ("username", "first_name", "last_name", "email", "unit", "title", "phone")
    readonly_fields = ("login",)
    list_display = ("username", "first_name", "last_name", "unit", "email", "is_active")
    list_filter = ("is_active", "groups")
    searchable = True
    permission_to_add = permission_to_change = "change_user"
    creates, changes = people.create, people.change

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show the groups too, and on a person who exists whether active."""
        known = ("is_active", "login") if obj else ()
        return (*self.written, *known, "groups", "reason", "seen_version")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Deactivate or let in again, and set the groups, by their actions: grants follow."""
        person = User.objects.get(pk=form.instance.pk)
        actor, given = me(request), form.cleaned_data
        reason = given["reason"] or _("Ändrat i administrationen")
        active = given.get("is_active", True)
        if active != person.is_active:
            people.set_active(actor, person, active, reason=reason)
        names = {group.name for group in given["groups"]}
        people.set_groups(actor, person, names, reason=reason)

    def get_urls(self) -> list[URLPattern]:
        """Add the page that sets a password."""
        view = self.admin_site.admin_view(self.password_view)
        return [path("<int:pk>/losenord/", view, name="roles_user_password"), *super().get_urls()]

    @admin.display(description=gettext_lazy("inloggning"))
    def login(self, person: User) -> str:
        """Say whether the account can log in, with a link that sets a password."""
        can = person.has_usable_password()
        said = _("Har lösenord.") if can else _("Har inget lösenord och kan inte logga in än.")
        url = reverse("admin:roles_user_password", args=[person.pk])
        return format_html('{} <a href="{}">{}</a>', said, url, _("Sätt nytt lösenord"))

    @method_decorator(sensitive_post_parameters())
    def password_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Set a password for a person; that it was done, and by whom, is in the history."""
        person = User.objects.filter(pk=pk).first()
        if person is None:
            raise Http404
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        form = PasswordForm(person, request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                saved = people.set_password(me(request), person, form.cleaned_data["password1"])
            except ValidationError as refusal:
                form.add_error(None, refusal.messages)
            else:
                if saved == request.user:
                    update_session_auth_hash(request, saved)
                messages.success(request, _("%s har fått ett nytt lösenord.") % person)
                return redirect("admin:roles_user_change", person.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Sätt lösenord för %s") % person,
            "form": form,
            "person": person,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/roles/user/password.html", context)


# Importing Django's own pages registered the groups; a group's rights come from the catalogue alone.
admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(ReadOnlyAdmin):
    """The groups outside the objects, to read: who is in one is changed on the person."""

    list_display = ("name", "members")
    fields = ("name", "members", "permissions")

    @admin.display(description=gettext_lazy("personer"))
    def members(self, group: Group) -> str:
        """Name the active people in the group."""
        within = User.objects.filter(groups=group, is_active=True)
        found = people.administrators() if group.name == ADMINISTRATORER else within
        return ", ".join(str(person) for person in found) or "–"


@admin.register(Representant)
class RepresentantAdmin(ReadOnlyAdmin):
    """Who acts for a nämnd, to read: it is changed on the nämnd's page."""

    list_display = ("namnd", "person")
    list_filter = ("namnd",)
    list_select_related = ("namnd", "person")


@admin.register(RoleAssignment)
class RoleAssignmentAdmin(ReadOnlyAdmin):
    """Assignments, to read."""

    list_display = ("objekt", "role", "person", "namnd", "system", "valid_from", "valid_to")
    list_filter = ("role",)
    list_select_related = ("objekt", "person", "namnd", "system")


@admin.register(Substitution)
class SubstitutionAdmin(ReadOnlyAdmin):
    """Substitutes, to read."""

    list_display = ("assignment", "person", "valid_from", "valid_to")
    list_select_related = ("assignment__person", "assignment__namnd", "person")


@admin.register(ObjektGrant, SystemGrant)
class GrantAdmin(ReadOnlyAdmin):
    """Grants, to read: the image of the catalogue, written by roles/grants.py alone."""

    list_display = ("user", "permission", "content_object")
    list_select_related = ("user", "permission__content_type", "content_object")
