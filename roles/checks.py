"""Start-up check: the catalogue and the declared permissions agree."""

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error

from governance.verbs import OBJEKT_VERBS, SYSTEM_VERBS, USER_VERBS
from roles.catalogue import GROUPS, ROLES, SYSTEMANVANDARE


def declared() -> set[str]:
    """Return every codename that a model of governance or roles declares, Django's own included."""
    found: set[str] = set()
    for label in ("governance", "roles"):
        for model in apps.get_app_config(label).get_models():
            found |= {
                f"{verb}_{model._meta.model_name}" for verb in model._meta.default_permissions
            }
            found |= {codename for codename, _name in model._meta.permissions}
    return found


def check_catalogue(**_kwargs: Any) -> list[CheckMessage]:
    """Fail when the catalogue asks for what is not declared, or a declared verb is nobody's."""
    of_roles = {codename for role in ROLES for codename in role.permissions}
    of_groups = {codename for held in GROUPS.values() for codename in held}
    wanted = of_roles | of_groups | {SYSTEMANVANDARE.permission}
    verbs = {codename for codename, _name in OBJEKT_VERBS + SYSTEM_VERBS + USER_VERBS}
    unknown = sorted(wanted - declared())
    unheld = sorted(verbs - wanted)
    return [
        *(
            Error(f"roles/catalogue.py names {c}, which no model declares", id="roles.E001")
            for c in unknown
        ),
        *(
            Error(f"{c} is declared but no role or group carries it", id="roles.E002")
            for c in unheld
        ),
    ]
