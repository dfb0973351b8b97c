"""Who may do something, in words: "förvaltningsledaren, Eva Lund"."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from governance.models import Forvaltningsobjekt, Informationssystem, Namnd
from governance.verbs import NAMES
from roles.catalogue import BY_CODE, ROLES, Role
from roles.models import User
from roles.panel import Panel

DEFINITE = {
    "namnd": _("nämnden"),
    "objektagare": _("objektägaren"),
    "objektagare_it": _("objektägare IT"),
    "forvaltningsledare": _("förvaltningsledaren"),
    "forvaltningsledare_it": _("förvaltningsledare IT"),
    "systemforvaltare": _("systemförvaltaren"),
    "it_specialist": _("IT-specialisten"),
    "systemdriftansvarig": _("den systemdriftansvariga"),
}
ADMINISTRATORERNA = _("Administratörerna")

# "Förvaltningsledare utses av objektägaren, Eva Lund."
APPOINTED_BY = {
    "appoint_namnd": _("Juridisk systemägare anges av %s."),
    "appoint_objektagare": _("Objektägare och objektägare IT utses av %s."),
    "appoint_forvaltningsledare": _("Förvaltningsledare utses av %s."),
    "appoint_forvaltningsledare_it": _("Förvaltningsledare IT utses av %s."),
    "appoint_operativa_roller": _("Operativa roller bemannas av %s."),
}


@dataclass(frozen=True)
class Mandated:
    """A role that carries a permission, and who acts in it on the object."""

    role: Role
    holder: User | Namnd | None = None
    others: tuple[User, ...] = ()
    """Substitutes of today."""


def carrying(permission: str) -> list[Role]:
    """Return the roles that carry a permission, in the order of the catalogue."""
    return [role for role in ROLES if permission in role.permissions]


def mandated(panel: Panel, permission: str, system: int | None = None) -> list[Mandated]:
    """Return who may on this object (or its system); a mandatory role is named also when vacant."""
    found: list[Mandated] = []
    for role in carrying(permission):
        held = [a for a in panel.post(role.code).current if a.system_id in (None, system)]
        found += [
            Mandated(
                role,
                a.holder,
                tuple(s.person for s in a.substitutions.all() if s.is_current(panel.day)),
            )
            for a in held
        ]
        if not held and role.mandatory:
            found.append(Mandated(role))
    return found


def inside_sentence(name: str) -> str:
    """Write a role's name inside a sentence: förvaltningsledare, but IT-specialist."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def page(who: User | Namnd) -> str:
    """Return the address of a person's or a nämnd's page."""
    name = "roles:namnd_detail" if isinstance(who, Namnd) else "roles:person_detail"
    return reverse(name, args=[who.pk])


def link(who: Any) -> SafeString:
    """Return a person's or nämnd's name as a link to its page; one who has left is said to have."""
    url = page(who)
    linked = format_html('<a href="{}">{}</a>', url, who) if url else format_html("{}", who)
    if not getattr(who, "is_active", True):
        return format_html("{} ({})", linked, gettext("har slutat"))
    return linked


def _said(one: Mandated) -> SafeString:
    title = gettext(DEFINITE[one.role.code])
    if one.holder is None:
        return format_html("{} ({})", title, gettext("ingen utsedd"))
    said = format_html("{}, {}", title, link(one.holder))
    for other in one.others:
        said = format_html("{} ({} {})", said, gettext("ersättare"), link(other))
    return said


def sequence(parts: Iterable[SafeString], last: str) -> SafeString:
    """Join with semicolons and a word before the last: each part has commas of its own."""
    parts = list(parts)
    if len(parts) < 2:
        return parts[0] if parts else mark_safe("")
    head = format_html_join("; ", "{}", ((p,) for p in parts[:-1]))
    return format_html("{} {} {}", head, last, parts[-1])


def who_may(
    panels: Iterable[Panel], permission: str | Sequence[str], system: int | None = None
) -> SafeString:
    """Return who holds a permission (or any of several), with links.

    Administratörerna where no role carries it.
    """
    panels, verbs = list(panels), [permission] if isinstance(permission, str) else permission
    seen = dict.fromkeys(one for v in verbs for p in panels for one in mandated(p, v, system))
    parts = [_said(one) for one in seen]
    return sequence(parts, gettext("eller")) or format_html("{}", gettext(ADMINISTRATORERNA))


def sentence(panels: Iterable[Panel], permission: str, system: int | None = None) -> SafeString:
    """Say in a sentence who may: "Förvaltningsledare utses av objektägaren, Eva Lund."."""
    who = who_may(panels, permission, system)
    if permission in APPOINTED_BY:
        before, after = gettext(APPOINTED_BY[permission]).split("%s")
        return format_html("{}{}{}", before, who, after)
    name = gettext(str(NAMES.get(permission, permission)))
    return format_html("{}: {}.", name, who)


def objects_of(thing: Model | None) -> list[Forvaltningsobjekt]:
    """Return the objects whose roles count for the thing; none for what stands outside them."""
    anchors = thing.permission_anchors() if hasattr(thing, "permission_anchors") else []  # type: ignore[union-attr]
    objects = {a.pk: a for a in anchors if isinstance(a, Forvaltningsobjekt)}
    return list(objects.values())


def system_of(thing: Model | None) -> int | None:
    """Return the system's id where the thing is one: roles may be held on it alone."""
    return thing.pk if isinstance(thing, Informationssystem) else None


def appointers(panel: Panel, role: str) -> SafeString:
    """Return who appoints to a role of the object."""
    return who_may([panel], BY_CODE[role].appointed_with)


def appointers_in_words(panel: Panel, role: str) -> str:
    """Return the same as plain text: in a letter, a file or an answer of the API."""
    return unescape(strip_tags(appointers(panel, role)))
