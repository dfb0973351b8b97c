"""What needs both an object and its staffing: its status, and moving a system between objects."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from governance import access
from governance.models import Forvaltningsobjekt, Informationssystem
from governance.views.editing import Done
from roles import activation, panel, who
from roles.catalogue import MANDATORY
from roles.cover import lacking
from roles.forms import staffing as asked
from roles.views.me import me
from roles.views.staffing import done
from roles.views.two_steps import Change, two_steps

Status = Forvaltningsobjekt.Status


def objekt_status(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an object into management, wind it up, or reopen it as an utkast (6.2.c, 6.2.B7)."""
    objekt = access.get_permitted(
        me(request), "decide_livscykel", Forvaltningsobjekt.objects.all(), pk
    )
    verbs = _verbs()
    choices = [(str(s), verbs[s][0]) for s in activation.FORWARD[Status(objekt.status)]]
    return two_steps(
        request,
        Change(
            objects=(objekt.pk,),
            make_form=lambda data: asked.ReasonedForm(
                data,
                asked=asked.status_fields(choices),
                user=me(request),
            ),
            action=partial(activation.change_status, me(request), objekt),
            done=lambda saved: done(
                saved,
                _("%(objekt)s är nu: %(status)s.")
                % {"objekt": saved, "status": saved.get_status_display().lower()},
            ),
            title=_("Ändra status"),
            submit=_("Bekräfta ändringen"),
            cancel=objekt.get_absolute_url(),
            sentences=lambda status, **_rest: [verbs[Status(status)][1]],
            context={"objekt": objekt, "missing": _missing(request, objekt)},
        ),
    )


def _verbs() -> dict[Any, tuple[str, str]]:
    """Return, for each status to come, the verb and what follows from it."""
    return {
        Status.I_FORVALTNING: (
            _("Ta i förvaltning"),
            _("Från och med i dag måste objektets fem roller alltid vara tillsatta."),
        ),
        Status.AVVECKLAT: (
            _("Avveckla"),
            _(
                "Objektet får inga nya system, och ingen mer utses. "
                "Rollerna ligger kvar tills de avslutas."
            ),
        ),
        Status.UTKAST: (
            _("Öppna igen som utkast"),
            _("Objektet kan få system igen och behöver inte ha sina fem roller än."),
        ),
    }


def _missing(request: HttpRequest, objekt: Forvaltningsobjekt) -> list[dict[str, Any]]:
    """Return what stands between an utkast and management, and who can do something about it."""
    if objekt.status != Status.UTKAST:
        return []
    loaded = panel.load(me(request), [objekt])[objekt.pk]
    found: list[dict[str, Any]] = [
        {
            "text": lacking(role, gap),
            "who": who.sentence([loaded], role.appointed_with),
            "url": reverse("roles:appoint", args=[objekt.pk, role.code])
            if loaded.may_appoint(role)
            else "",
            "action": _("Utse"),
        }
        for role, gap in loaded.staffing.gaps()
    ]
    if not objekt.verksamhetsprocess:
        may = "change_forvaltningsobjekt" in loaded.permissions
        found.append(
            {
                "text": _("Ange den verksamhetsprocess som objektet stödjer (avsnitt 1)."),
                "who": who.sentence([loaded], "change_forvaltningsobjekt"),
                "url": reverse("governance:objekt_change", args=[objekt.pk]) if may else "",
                "action": _("Ange process"),
            }
        )
    return found


def system_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a system to another object; takes the mandate on both (4.b, 4.c)."""
    systems = Informationssystem.objects.select_related("objekt")
    system = access.get_permitted(me(request), "change_forvaltningsobjekt", systems, pk)
    came_from = system.objekt
    fields = partial(asked.move_fields, me(request), system)
    return two_steps(
        request,
        Change(
            objects=(came_from.pk,),
            make_form=lambda data: asked.ReasonedForm(
                data,
                asked=fields(),
                user=me(request),
            ),
            action=partial(activation.move_system, me(request), system),
            done=lambda moved: Done(
                _("%(system)s ingår nu i %(objekt)s.") % {"system": moved, "objekt": moved.objekt},
                moved.get_absolute_url(),
                reverse("governance:system_history", args=[moved.pk]),
            ),
            title=_("Flytta systemet till ett annat förvaltningsobjekt"),
            submit=_("Bekräfta och flytta"),
            cancel=system.get_absolute_url(),
            sentences=lambda to, **_rest: _new_owners(came_from, to),
            context={
                "objekt": came_from,
                "system": system,
                "nowhere": not fields()["to"].queryset.exists(),  # type: ignore[attr-defined]
            },
        ),
    )


def _new_owners(came_from: Forvaltningsobjekt, to: Forvaltningsobjekt) -> list[str]:
    """Say for each of the five roles who answered for the system, and who will."""
    (_old, before), (_new, after) = panel.holders([came_from, to])
    nobody = _("ingen utsedd")
    said = []
    for role in MANDATORY:
        old, new = before.get(role.code), after.get(role.code)
        old_holder, new_holder = old and old.holder, new and new.holder
        words = {"role": _(role.name), "old": old_holder or nobody, "new": new_holder or nobody}
        if old_holder == new_holder:
            said.append(_("%(role)s: %(new)s, som förut.") % words)
        else:
            said.append(_("%(role)s: %(new)s i stället för %(old)s.") % words)
    return [*said, _("Roller som gäller bara det här systemet följer med.")]
