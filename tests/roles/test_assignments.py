"""How long a role lasts: what ends stays ended, and a successor has the days that were left."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from governance.models import Forvaltningsobjekt
from roles import assignments, people, transfer
from roles.models import RoleAssignment, User
from tests.factories import appoint, make_active, make_user, today
from tests.roles.staffing_case import REASON, Case, confirm, logged_in, words

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


def test_the_successor_to_an_operative_role_has_the_days_that_were_left(
    objekt: Forvaltningsobjekt,
) -> None:
    lars, karin, malin = (make_user() for _ in range(3))
    held = appoint(objekt, "it_specialist", lars, valid_to=LAST)
    first = held.valid_from
    made = assignments.hand_over(None, held, karin, on=SHIFT, reason="Byter tjänst")
    assert made.valid_to == LAST
    assignments.hand_over(None, made, malin, on=LAST + ONE_DAY, reason="Fortsätter tills vidare")
    assert spells(objekt, "it_specialist") == [
        (lars, first, SHIFT - ONE_DAY),
        (karin, SHIFT, LAST),
        (malin, LAST + ONE_DAY, None),
    ]


@pytest.mark.parametrize("last", [None, LAST])
@pytest.mark.parametrize("everything", [True, False])
def test_whoever_was_to_be_relieved_of_an_operative_role_goes_on_as_before(
    last: date | None, everything: bool, objekt: Forvaltningsobjekt
) -> None:
    lars, karin = make_user(), make_user()
    held = appoint(objekt, "systemforvaltare", lars, valid_to=last)
    other = appoint(objekt, "systemforvaltare", make_user(), valid_to=SHIFT - ONE_DAY)
    if everything:
        given = {item.key: karin for item in transfer.items_of(lars, SHIFT)}
        transfer.transfer_all(None, lars, given, on=SHIFT, reason="Slutar")
    else:
        assignments.hand_over(None, held, karin, on=SHIFT, reason="Byter tjänst")
    planned = RoleAssignment.objects.get(person=karin)
    assignments.cancel(None, planned, reason="Stannar kvar")
    assert RoleAssignment.objects.get(pk=held.pk).valid_to == last
    assert RoleAssignment.objects.get(pk=other.pk).valid_to == SHIFT - ONE_DAY


def test_who_would_have_ended_anyway_or_has_left_does_not_go_on_and_the_preview_says_so() -> None:
    case = Case()
    held = appoint(case.objekt, "systemforvaltare", case.lars, valid_to=SHIFT - ONE_DAY)
    leaving = appoint(case.objekt, "systemforvaltare", case.mona)
    after = assignments.hand_over(None, held, case.karin, on=SHIFT, reason="Tar vid")
    instead = assignments.hand_over(None, leaving, case.per, on=SHIFT, reason="Slutar")
    people.set_active(None, case.mona, False, reason="Slutade")
    client = logged_in(case.lars)
    for planned in (after, instead):
        url = reverse("roles:cancel", args=[planned.pk])
        said = words(client.post(url, {"reason": REASON}))
        for name in ("Lars Nystrom", "Mona It"):
            assert f"Uppdraget som {name} har slutar ändå" in said
        assert confirm(client, url, reason=REASON).status_code == 302
    assert {a.valid_to for a in case.objekt.assignments.filter(role="systemforvaltare")} == {
        SHIFT - ONE_DAY
    }


def test_the_preview_says_that_whoever_was_to_be_relieved_goes_on() -> None:
    case = Case()
    held = appoint(case.objekt, "systemforvaltare", case.per)
    planned = assignments.hand_over(None, held, case.karin, on=SHIFT, reason="Tar vid")
    said = words(
        logged_in(case.lars).post(reverse("roles:cancel", args=[planned.pk]), {"reason": REASON})
    )
    assert "får Per Sandstrom mandaten" in said
    assert "slutar ändå" not in said
