"""Översikt: the first page, for whoever is logged in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance import access, todo
from governance.lists.ahead import answerable
from roles import oversikt as asked
from roles.duties import duties
from roles.models import User
from roles.views.me import me

ROLES_SHOWN = 30
TASKS_SHOWN = 8
TASKS_TOLD = 50


@require_safe
def oversikt(request: HttpRequest) -> HttpResponse:
    """Show what waits for the person, the own roles, and how the register stands."""
    user = me(request)
    with answerable(asked.questions(user), reader=user):
        context = _parts(user)
    return render(request, "roles/oversikt.html", context)


def _parts(user: User) -> dict[str, Any]:
    mine = duties(user, user, past=False)
    general = access.general_permissions(user)
    own = asked.own(user)
    vacancies, all_vacancies = asked.to_staff(user, own)
    register = asked.register(user)
    entries, to_verify, at_least = asked.to_verify(user)
    kinds = todo.kinds(user)
    tasks = todo.told(kinds)
    return {
        "tasks": tasks[:TASKS_SHOWN],
        "more_tasks": tasks[TASKS_SHOWN:TASKS_TOLD],
        "task_count": sum(kind.number for kind in kinds),
        "tasks_told": TASKS_TOLD,
        "duties": mine,
        "shown": mine.current[:ROLES_SHOWN],
        "entries": entries,
        "to_verify": to_verify,
        "at_least": at_least,
        "more_to_verify": asked.listed(asked.Forvaltningsobjekt, finding="not_verified", mine=1),
        "vacancies": vacancies[: asked.SHOWN],
        "to_staff": len(vacancies),
        "all_vacancies": all_vacancies,
        "to_mend": asked.to_mend(user, own, staffing=not all_vacancies),
        "register": register,
        "objects_total": sum(counted.number for counted in register.objects),
        "systems_total": sum(counted.number for counted in register.systems),
        "administers": "change_user" in general,
        "audits": "view_granskning" in general,
    }
