"""How long a role lasts: what ends stays ended, and a successor has the days that were left."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from governance.models import Forvaltningsobjekt
from roles import assignments
from roles.models import RoleAssignment, User
from tests.factories import appoint, make_active, make_user, today

pytestmark = pytest.mark.django_db
ONE_DAY = timedelta(days=1)
LAST = today() + timedelta(days=200)
SHIFT = today() + timedelta(days=100)


@pytest.fixture
def objekt() -> Forvaltningsobjekt:
    return make_active()


def spells(objekt: Forvaltningsobjekt, role: str) -> list[tuple[User | None, date, date | None]]:
    held = RoleAssignment.objects.filter(objekt=objekt, role=role).order_by("valid_from")
    return [(a.person, a.valid_from, a.valid_to) for a in held]


def test_ending_neither_prolongs_nor_revives(objekt: Forvaltningsobjekt) -> None:
    gone = appoint(
        objekt,
        "systemforvaltare",
        make_user(),
        valid_from=date(2020, 1, 1),
        valid_to=date(2020, 6, 30),
        reason="Registreras i efterhand",
    )
    with pytest.raises(ValidationError) as refused:
        assignments.end(None, gone, on=date(2020, 7, 1), reason="Fel")
    assert refused.value.message_dict["on"] == [
        "Uppdraget slutar redan 30 juni 2020. Utse på nytt om det ska vara längre."
    ]
    gone.refresh_from_db()
    assert gone.valid_to == date(2020, 6, 30)
    assignments.end(None, gone, on=date(2020, 5, 31), reason="Slutade tidigare")
    gone.refresh_from_db()
    assert gone.valid_to == date(2020, 5, 31)
