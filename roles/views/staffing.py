"""Appoint, hand over, end, take back, let somebody stand in."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from governance import access
from governance.models import Forvaltningsobjekt
from governance.templatetags.regit import dmy
from governance.views.editing import Done
from roles import assignments, relieved, who
from roles import panel as panels
from roles.cards import APPOINT, ground, spell
from roles.catalogue import BY_CODE, Role
from roles.forms import staffing as asked
from roles.models import RoleAssignment, Substitution
from roles.views.me import me
from roles.views.two_steps import Change, two_steps

ONE_DAY = timedelta(days=1)


def appoint(request: HttpRequest, pk: int, role: str) -> HttpResponse:
    """Appoint somebody to a role (6.1.c, 6.2.U2, 6.3.U1, 6.4.U2, 6.5.U1)."""
    if role not in BY_CODE:
        raise Http404
    chosen = BY_CODE[role]
    objekt = access.get_permitted(
        me(request), chosen.appointed_with, Forvaltningsobjekt.objects.all(), pk
    )
    post = panels.load(me(request), [objekt])[objekt.pk].post(role)
    if chosen.mandatory and post.holder and request.method != "POST":
        return _offer_handover(request, post.holder)
    until = post.next.valid_from - ONE_DAY if chosen.mandatory and post.next else None
    systems = asked.systems_of(me(request), objekt)
    fields = partial(asked.appoint_fields, chosen, systems, timezone.localdate(), until)
    return two_steps(
        request,
        Change(
            objects=(objekt.pk,),
            make_form=lambda data: asked.StaffingForm(
                data,
                asked=fields(),
                user=me(request),
            ),
            action=partial(assignments.appoint, me(request), objekt, role),
            done=lambda made: done(
                objekt,
                _("%(who)s är utsedd till %(role)s från och med %(day)s.")
                % {
                    "who": made[0].holder,
                    "role": in_sentence(chosen),
                    "day": dmy(made[0].valid_from),
                },
            ),
            title=_(APPOINT[role]),
            submit=_("Bekräfta och utse"),
            cancel=objekt.get_absolute_url(),
            context={"objekt": objekt, "lead": _(chosen.summary)},
        ),
    )


def _offer_handover(request: HttpRequest, held: RoleAssignment) -> HttpResponse:
    messages.info(
        request,
        _("%(who)s har redan rollen. Här lämnar du över den till en efterträdare.")
        % {"who": held.holder},
    )
    return HttpResponseRedirect(reverse("roles:hand_over", args=[held.pk]))


def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """End one holder's time and start the successor's, as one step."""
    held = permitted_assignment(request, pk)
    role = BY_CODE[held.role]
    today = timezone.localdate()
    first = held.valid_to + ONE_DAY if held.valid_to else max(today, held.valid_from + ONE_DAY)
    return _change_of(
        request,
        held,
        fields=partial(asked.hand_over_fields, role, first),
        action=lambda holder, **rest: assignments.hand_over(me(request), held, holder, **rest),
        said=lambda made: (
            _("%(who)s tar över som %(role)s från och med %(day)s.")
            % {"who": made.holder, "role": in_sentence(role), "day": dmy(made.valid_from)}
        ),
        title=_("Lämna över rollen som %(role)s") % {"role": in_sentence(role)},
        submit=_("Bekräfta och lämna över"),
    )


def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End an operative role, or any role on an utkast."""
    held = permitted_assignment(request, pk)
    role = BY_CODE[held.role]
    return _change_of(
        request,
        held,
        fields=partial(asked.end_fields, max(timezone.localdate(), held.valid_from)),
        action=partial(assignments.end, me(request), held),
        said=lambda ended: (
            _("%(who)s är %(role)s till och med %(day)s.")
            % {"who": ended.holder, "role": in_sentence(role), "day": dmy(ended.valid_to)}
        ),
        title=_("Avsluta uppdraget som %(role)s") % {"role": in_sentence(role)},
        submit=_("Bekräfta och avsluta"),
    )


def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back an appointment that has not begun."""
    held = permitted_assignment(request, pk)
    role = BY_CODE[held.role]
    return _change_of(
        request,
        held,
        fields=dict,
        action=partial(assignments.cancel, me(request), held),
        said=lambda _nothing: (
            _("%(who)s blir inte %(role)s. Uppdraget är taget tillbaka.")
            % {"who": held.holder, "role": in_sentence(role)}
        ),
        title=_("Ta tillbaka uppdraget som %(role)s") % {"role": in_sentence(role)},
        submit=_("Bekräfta och ta tillbaka"),
        sentences=lambda **_arguments: _ending_anyway(held),
    )


def _ending_anyway(planned: RoleAssignment) -> list[str]:
    """Say who ends just before an appointment, and does not go on when it is taken back."""
    goes_on = relieved.goes_on(planned)
    text = _("Uppdraget som %(who)s har slutar ändå %(day)s. Utse på nytt om det ska vara längre.")
    return [
        text % {"who": ending.holder, "day": dmy(ending.valid_to)}
        for ending in relieved.ending_before(planned)
        if ending != goes_on
    ]


def substitute(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody stand in for the holder of a role for a period."""
    held = permitted_assignment(request, pk)
    if held.person is None:
        raise Http404
    first = max(timezone.localdate(), held.valid_from)
    return _change_of(
        request,
        held,
        fields=partial(asked.substitute_fields, first),
        action=lambda holder, **rest: assignments.substitute(me(request), held, holder, **rest),
        said=lambda made: (
            _("%(who)s ersätter %(holder)s %(first)s – %(last)s.")
            % {
                "who": made.person,
                "holder": held.holder,
                "first": dmy(made.valid_from),
                "last": dmy(made.valid_to),
            }
        ),
        title=_("Utse ersättare för %(role)s") % {"role": in_sentence(BY_CODE[held.role])},
        submit=_("Bekräfta ersättaren"),
        form=asked.StaffingForm,
    )


def end_substitution(request: HttpRequest, pk: int) -> HttpResponse:
    """End a period as substitute early, or take back one that has not begun."""
    related = Substitution.objects.select_related(
        "person", "assignment__objekt", "assignment__person", "assignment__system"
    )
    substitution = access.get_permitted(me(request), None, related, pk)
    held = substitution.assignment
    access.require(me(request), BY_CODE[held.role].appointed_with, held.objekt)
    begun = substitution.valid_from <= timezone.localdate()
    before = substitution.valid_from - ONE_DAY
    action: Any = partial(assignments.end_substitution, me(request), substitution)
    return _change_of(
        request,
        held,
        fields=partial(asked.end_fields, timezone.localdate()) if begun else dict,
        action=action if begun else partial(action, on=before),
        said=lambda _nothing: (
            _("Ersättningen avslutas. %(who)s har rollen ensam igen.") % {"who": held.holder}
        ),
        title=_("Avsluta ersättningen av %(who)s") % {"who": held.holder},
        submit=_("Bekräfta och avsluta"),
        form=asked.StaffingForm,
        substitution=substitution,
    )


def permitted_assignment(request: HttpRequest, pk: int) -> RoleAssignment:
    """Fetch an assignment to change it.

    Raises Http404 where it may not be known of, Forbidden without the mandate to appoint to it.
    """
    related = RoleAssignment.objects.select_related(
        "objekt", "person", "namnd", "system", "appointed_by"
    )
    held = access.get_permitted(me(request), None, related, pk)
    access.require(me(request), BY_CODE[held.role].appointed_with, held.objekt)
    return held


def _change_of(
    request: HttpRequest,
    held: RoleAssignment,
    *,
    fields: Any,
    action: Any,
    said: Any,
    title: str,
    submit: str,
    form: type[asked.StaffingForm] = asked.ReasonedForm,
    sentences: Any = lambda **_arguments: [],
    **context: Any,
) -> HttpResponse:
    """Run a change of one assignment in two steps."""
    objekt = held.objekt
    return two_steps(
        request,
        Change(
            objects=(objekt.pk,),
            make_form=lambda data: form(
                data,
                asked=fields(),
                user=me(request),
            ),
            action=action,
            done=lambda result: done(objekt, said(result)),
            title=title,
            submit=submit,
            cancel=objekt.get_absolute_url(),
            sentences=sentences,
            context={
                "objekt": objekt,
                "held": held,
                "spell": spell(held),
                "ground": ground(held),
                "holder": who.link(held.holder),
                **context,
            },
        ),
    )


def in_sentence(role: Role) -> str:
    """Return the role's name as it stands inside a sentence."""
    return who.inside_sentence(_(role.name))


def done(objekt: Forvaltningsobjekt, message: str) -> Done:
    """Say what happened, and lead to the object's page and its history."""
    return Done(
        message, objekt.get_absolute_url(), reverse("governance:objekt_history", args=[objekt.pk])
    )
