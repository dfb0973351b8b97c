"""Findings about staffing: a role without holder, a holder who has left, a nämnd without representatives."""

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_noop as _

from governance.models import Forvaltningsobjekt
from governance.rules import BRIST, PAMINNELSE, Rule, active, register
from roles.catalogue import MANDATORY, NAMND, Role
from roles.models import Representant, RoleAssignment


def on(day: date, path: str = "") -> Q:
    """Select assignments that last on the day, or what `path` leads from to such assignments."""
    open_ended = Q(**{f"{path}valid_to__isnull": True})
    return Q(**{f"{path}valid_from__lte": day}) & (open_ended | Q(**{f"{path}valid_to__gte": day}))


def _held(role: str, day: date) -> Exists:
    return Exists(RoleAssignment.objects.filter(on(day), objekt=OuterRef("pk"), role=role))


def _vacant(role: Role) -> Rule:
    return Rule(
        code=f"no_{role.code}",
        clause="6.2.d",
        severity=BRIST,
        name={
            "namnd": _("Ingen nämnd"),
            "objektagare": _("Ingen objektägare"),
            "objektagare_it": _("Ingen objektägare IT"),
            "forvaltningsledare": _("Ingen förvaltningsledare"),
            "forvaltningsledare_it": _("Ingen förvaltningsledare IT"),
        }[role.code],
        sentence={
            "namnd": _("%(thing)s har ingen nämnd som juridisk systemägare."),
            "objektagare": _("%(thing)s har ingen objektägare."),
            "objektagare_it": _("%(thing)s har ingen objektägare IT."),
            "forvaltningsledare": _("%(thing)s har ingen förvaltningsledare."),
            "forvaltningsledare_it": _("%(thing)s har ingen förvaltningsledare IT."),
        }[role.code],
        model=Forvaltningsobjekt,
        broken=lambda day, code=role.code: ~Q(status="avvecklat") & ~Q(_held(code, day)),  # type: ignore[misc]
        mends=role.appointed_with,
        action=_("Utse"),
        url_name="roles:appoint",
        url_args=(role.code,),
        order=MANDATORY.index(role),
    )


def _left(role: Role) -> Rule:
    def broken(day: date) -> Q:
        held = RoleAssignment.objects.filter(
            on(day), objekt=OuterRef("pk"), role=role.code, person__is_active=False
        )
        return ~Q(status="avvecklat") & Q(Exists(held))

    return Rule(
        code=f"left_{role.code}",
        clause="6.2.d",
        severity=BRIST,
        name={
            "objektagare": _("Objektägaren har slutat"),
            "objektagare_it": _("Objektägaren IT har slutat"),
            "forvaltningsledare": _("Förvaltningsledaren har slutat"),
            "forvaltningsledare_it": _("Förvaltningsledaren IT har slutat"),
        }[role.code],
        sentence={
            "objektagare": _("Objektägaren för %(thing)s har slutat."),
            "objektagare_it": _("Objektägaren IT för %(thing)s har slutat."),
            "forvaltningsledare": _("Förvaltningsledaren för %(thing)s har slutat."),
            "forvaltningsledare_it": _("Förvaltningsledaren IT för %(thing)s har slutat."),
        }[role.code],
        model=Forvaltningsobjekt,
        broken=broken,
        mends=role.appointed_with,
        action=_("Lämna över rollen"),
        url_name="roles:appoint",
        url_args=(role.code,),
        order=5 + MANDATORY.index(role),
    )


def _same_person(day: date) -> Q:
    it = RoleAssignment.objects.filter(
        on(day), objekt=OuterRef("objekt"), role="objektagare_it", person=OuterRef("person")
    )
    both = RoleAssignment.objects.filter(
        on(day), Exists(it), objekt=OuterRef("pk"), role="objektagare"
    )
    return active() & Q(Exists(both))


def _nobody_acts(day: date) -> Q:
    represented = Representant.objects.filter(namnd=OuterRef("namnd"), person__is_active=True)
    held = RoleAssignment.objects.filter(
        on(day), ~Exists(represented), objekt=OuterRef("pk"), role=NAMND
    )
    return active() & Q(Exists(held))


register(
    *(_vacant(role) for role in MANDATORY),
    *(_left(role) for role in MANDATORY if role.code != NAMND),
    Rule(
        code="namnd_without_representant",
        clause="6.1.c",
        severity=PAMINNELSE,
        name=_("Nämnden har ingen företrädare"),
        sentence=_("Nämnden för %(thing)s har ingen företrädare som kan utse objektägare."),
        model=Forvaltningsobjekt,
        broken=_nobody_acts,
        mends="change_namnd",
        order=12,
    ),
    Rule(
        code="one_person_two_owners",
        clause="6.2.U1",
        severity=PAMINNELSE,
        name=_("En person är både objektägare och objektägare IT"),
        sentence=_(
            "Samma person är både objektägare och objektägare IT för %(thing)s; planen kräver två."
        ),
        model=Forvaltningsobjekt,
        broken=_same_person,
        mends="appoint_objektagare",
        order=14,
    ),
)
