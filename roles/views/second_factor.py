"""The second factor's pages: the code after the password, and the own set-up."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from governance import access
from governance.views.editing import Done, edit_view
from roles.forms.people import ActiveForm
from roles.login import second_factor
from roles.models import User
from roles.views.people import me


class CodeForm(forms.Form):
    """One code, which a check of the person's own takes or refuses."""

    code = forms.CharField(
        label=gettext_lazy("Kod"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
        error_messages={"required": gettext_lazy("Skriv koden.")},
    )

    def __init__(self, check: Callable[[User, str], str], user: User, data: Any = None) -> None:
        super().__init__(data, use_required_attribute=False)
        self.check, self.user = check, user

    def clean_code(self) -> str:
        """Ask the check."""
        code = str(self.cleaned_data["code"])
        if wrong := self.check(self.user, code):
            raise forms.ValidationError(wrong)
        return code


def in_use(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 404 where RegIT is set up without a second factor."""

    @wraps(view)
    @sensitive_post_parameters("code")
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.SECOND_FACTOR:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def target(request: HttpRequest) -> str:
    """Return the page that the person was on the way to."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else "/"


@in_use
def check(request: HttpRequest) -> HttpResponse:
    """Ask for the code after the password."""
    if second_factor.state(request) != second_factor.ASKED:
        return HttpResponseRedirect(target(request))
    if second_factor.app_of(me(request)) is None:  # taken away meanwhile
        del request.session[second_factor.STATE]
        return HttpResponseRedirect(target(request))
    form = CodeForm(second_factor.check, me(request), request.POST or None)
    if form.is_valid():
        request.session.cycle_key()
        second_factor.pass_through(request)
        return HttpResponseRedirect(target(request))
    context = {"form": form, "next": target(request)}
    return render(request, "roles/second_factor_check.html", context, status=status(form))


@in_use
def own(request: HttpRequest) -> HttpResponse:
    """Set up the own second factor, or show that there is one."""
    user = me(request)
    if second_factor.app_of(user):
        return state_of(request)
    form = CodeForm(second_factor.confirm, user, request.POST or None)
    if form.is_valid():
        second_factor.pass_through(request)
        return with_new_codes(request)
    app = second_factor.new_app(user)
    context = {
        "form": form,
        "next": target(request),
        "picture": second_factor.picture(app),
        "key": second_factor.key(app),
        "must": second_factor.required_of(user),
    }
    return render(request, "roles/second_factor_setup.html", context, status=status(form))


@in_use
@require_POST
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Give new recovery codes to whoever can show a code now."""
    form = CodeForm(second_factor.check, me(request), request.POST)
    return with_new_codes(request) if form.is_valid() else state_of(request, form)


@in_use
@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """Take the own second factor away, from whoever may be without and can show a code now."""
    user = me(request)
    form = CodeForm(second_factor.check, user, request.POST)
    if second_factor.required_of(user) or not form.is_valid():
        return state_of(request, form)
    second_factor.remove(user, User.objects.get(pk=user.pk))
    request.session[second_factor.STATE] = second_factor.NONE
    messages.success(request, _("Tvåfaktorsinloggningen är borttagen. Nu räcker lösenordet."))
    return redirect("roles:second_factor")


@in_use
def of_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody else's second factor away, when the phone is lost. For Administratörer."""
    person = access.get_permitted(request.user, None, User.objects.all(), pk)
    access.require(request.user, "change_user")
    if person == request.user:
        return redirect("roles:second_factor")
    return edit_view(
        request,
        partial(ActiveForm, user=request.user),
        partial(second_factor.remove, me(request), person),
        lambda _none: Done(
            _("%s har inte längre tvåfaktorsinloggning, och kan ställa in en ny.") % person,
            person.get_absolute_url(),
            reverse("roles:person_history", args=[person.pk]),
        ),
        context={
            "heading": _("Ta bort tvåfaktorsinloggningen för %s") % person,
            "lead": _(
                "Gör det när telefonen är borta eller utbytt, och du vet vem det är som ber om det. "
                "Nästa inloggning kräver bara lösenordet."
            ),
            "submit": _("Ta bort tvåfaktorsinloggningen"),
            "button": "btn-danger",
            "parent": person,
            "cancel": person.get_absolute_url(),
        },
    )


def state_of(request: HttpRequest, form: CodeForm | None = None) -> HttpResponse:
    """Show that the second factor is there, and what can be done with it."""
    user = me(request)
    if second_factor.state(request) == second_factor.NONE:  # set up in another browser meanwhile
        request.session[second_factor.STATE] = second_factor.ASKED
        return redirect("roles:second_factor_check")
    if second_factor.app_of(user) is None:
        return redirect("roles:second_factor")
    form = form or CodeForm(second_factor.check, user)
    form.fields["code"].widget.attrs.pop("autofocus", None)
    context = {
        "form": form,
        "left": second_factor.recovery_codes_left(user),
        "must": second_factor.required_of(user),
    }
    return render(request, "roles/second_factor.html", context, status=status(form))


def with_new_codes(request: HttpRequest) -> HttpResponse:
    """Show new recovery codes, this once."""
    codes = second_factor.new_recovery_codes(me(request))
    context = {"codes": codes, "next": target(request)}
    return render(request, "roles/second_factor_codes.html", context)


def status(form: CodeForm) -> int:
    """Return the status of a page with the form."""
    return 422 if form.is_bound and form.errors else 200
