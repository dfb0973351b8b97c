"""Ansvar: the roles with their mandates, each with its clause, as the document says."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from governance.verbs import NAMES
from roles.catalogue import BY_CODE, GROUPS, ROLES, SYSTEMANVANDARE, Mandate, Role
from roles.principles import PRINCIPLES


@dataclass(frozen=True)
class Chapter:
    """One role as the page shows it: who appoints it, and its mandates under two headings."""

    role: Role
    appointed: str
    parts: list[tuple[str, list[Mandate]]]


@require_safe
def ansvar(request: HttpRequest) -> HttpResponse:
    """Show what each role answers for and who appoints whom."""
    context = {
        "principles": PRINCIPLES,
        "chapters": [chapter(role) for role in ROLES],
        "user_role": SYSTEMANVANDARE,
        "groups": [
            (_(name), [_(str(NAMES[codename])) for codename in held])
            for name, held in GROUPS.items()
        ],
    }
    return render(request, "roles/ansvar.html", context)


def chapter(role: Role) -> Chapter:
    """Sort a role's mandates as the document does: responsibility first, then examples of tasks."""
    tasks = [m for m in role.mandates if m.clause.split(".")[-1].startswith("U")]
    rest = [m for m in role.mandates if m not in tasks]
    parts = [(_("Ansvar och befogenheter"), rest), (_("Arbetsuppgifter"), tasks)]
    return Chapter(role, appointed(role), [(name, found) for name, found in parts if found])


def appointed(role: Role) -> str:
    """Say who appoints the role, with the clause that gives the right."""
    if not role.appointed_by:
        return _("Anges av en administratör i RegIT.")
    who = [BY_CODE[code] for code in role.appointed_by]
    clauses = [m.clause for r in who for m in r.mandates if m.permission == role.appointed_with]
    return _("Utses av %(who)s (%(clauses)s).") % {
        "who": _(" eller ").join(_(r.name).lower().replace(" it", " IT") for r in who),
        "clauses": ", ".join(clauses),
    }
