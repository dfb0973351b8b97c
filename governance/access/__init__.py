"""Who may see and do what. Fetching is authorising: every question about rights is asked here.

Rights come from the grant tables (image of the catalogue) and from the permissions of the two groups
that stand outside the objects. Inactive people have none. `rights` answers what a person may do,
`hiding` what a person may know of; others import from here.
"""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

from governance.access.hiding import (
    concealed,
    hidden_systems,
    known_skyddsvarda,
    sees_everything,
    settle,
    settled,
    visible,
)
from governance.access.rights import (
    ADMINISTRATORER,
    REVISORER,
    Forbidden,
    Person,
    general_permissions,
    holders_of,
    involved,
    is_involved,
    mandated,
    may,
    people_with,
    permissions_on,
    permitted,
    require,
    rights_during,
)

__all__ = [
    "ADMINISTRATORER",
    "REVISORER",
    "Forbidden",
    "Person",
    "concealed",
    "general_permissions",
    "get_permitted",
    "hidden_systems",
    "holders_of",
    "involved",
    "is_involved",
    "known_skyddsvarda",
    "mandated",
    "may",
    "people_with",
    "permissions_on",
    "permitted",
    "require",
    "rights_during",
    "sees_everything",
    "settle",
    "settled",
    "visible",
]

M = TypeVar("M", bound=Model)


def get_permitted(user: Person, permission: str | None, queryset: QuerySet[M], pk: Any) -> M:
    """Fetch one thing to do something with it.

    Raises Http404 when it is not there or may not be known of, Forbidden when it may be seen but
    the mandate is missing. `permission=None` asks only to see it.
    """
    thing = visible(user, queryset).filter(pk=pk).first()
    if thing is None:
        raise Http404
    if permission is not None:
        require(user, permission, thing)
    return thing
