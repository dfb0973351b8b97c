"""Who answers for what: people, assignments of roles, substitutes, representatives, and the grants."""

from roles.models.assignments import ROLE_CHOICES, RoleAssignment, Spell, Substitution
from roles.models.figures import KeptFigures
from roles.models.grants import GrantDay, ObjektGrant, SystemGrant
from roles.models.login import CodeApp
from roles.models.people import Representant, User, UserManager

__all__ = [
    "ROLE_CHOICES",
    "CodeApp",
    "GrantDay",
    "KeptFigures",
    "ObjektGrant",
    "Representant",
    "RoleAssignment",
    "Spell",
    "Substitution",
    "SystemGrant",
    "User",
    "UserManager",
]
