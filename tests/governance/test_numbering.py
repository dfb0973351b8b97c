"""The numbers beside the choices hold until something changes, and not a moment longer."""

import pytest
from django.http import QueryDict

from governance.actions import objekt as objekt_actions
from governance.actions import system as system_actions
from governance.lists import numbering
from governance.lists.filters import objekt_filter, system_filter
from roles import assignments
from roles.models import User
from tests.factories import make_active, make_admin, make_objekt, make_system, make_user, today
from tests.governance.listed import numbers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_known() -> None:
    numbering.forget()


def statuses(reader: User, query: str = "") -> dict[str, str]:
    return numbers(objekt_filter(reader, QueryDict(query)), "status")


def test_a_change_shows_in_the_next_page() -> None:
    reader, admin = make_user(), make_admin()
    first, _second = make_objekt("Första"), make_objekt("Andra")
    assert statuses(reader)["utkast"] == "Utkast (2)"
    objekt_actions.change(admin, first, version=first.version, name="Den första")
    make_active("Tredje")
    assert statuses(reader) == {
        "": "Alla",
        "utkast": "Utkast (2)",
        "i_forvaltning": "I förvaltning (1)",
    }


def test_what_breaks_a_rule_is_counted_anew_when_it_is_mended() -> None:
    reader, admin = make_user(), make_admin()
    objekt = make_active("Vatten")
    listing = objekt_filter(reader, QueryDict())
    assert numbers(listing, "finding")["not_verified"].endswith("(1)")
    objekt_actions.verify(admin, objekt)
    assert "not_verified" not in numbers(objekt_filter(reader, QueryDict()), "finding")


def test_what_is_known_of_rows_answers_for_other_filters_and_new_rows_are_asked_about() -> None:
    reader = make_user()
    for number in range(3):
        make_system(make_objekt(f"Objekt {number}"), f"System {number}", livscykel="i_drift")
    system_filter(reader, QueryDict("q=system+1")).count()
    listing = system_filter(reader, QueryDict())
    assert numbers(listing, "livscykel")["i_drift"] == "I drift (3)"
    assert listing.total == 3


def test_numbers_of_one_reader_are_not_shown_to_another() -> None:
    eva, other = make_user("eva.lund"), make_user()
    make_active("Vatten", forvaltningsledare=eva)
    mine = objekt_filter(eva, QueryDict())
    mine.count()
    theirs = objekt_filter(other, QueryDict())
    theirs.count()
    assert "mine" in mine.fields
    assert "mine" not in theirs.fields


def test_a_role_that_is_handed_over_leaves_the_numbers_of_the_one_who_held_it() -> None:
    eva, berit, admin = make_user("eva.lund"), make_user("berit.ek"), make_admin()
    objekt = make_active("Vatten", forvaltningsledare=eva)
    before = objekt_filter(eva, QueryDict())
    before.count()
    assert "mine" in before.fields
    held = objekt.assignments.get(role="forvaltningsledare")
    assignments.hand_over(admin, held, berit, on=today(), reason="Byter tjänst")
    after = objekt_filter(eva, QueryDict())
    after.count()
    assert "mine" not in after.fields


def test_the_database_is_asked_about_a_row_once_until_something_changes() -> None:
    reader, admin = make_user(), make_admin()
    system = make_system(make_objekt("Vatten"), "Neptun", livscykel="i_drift")
    system_filter(reader, QueryDict()).count()
    (known,) = numbering._known.values()
    assert set(known.bits) == {system.pk}
    system_filter(reader, QueryDict()).count()
    (still,) = numbering._known.values()
    assert still is known
    system_actions.change(admin, system, version=system.version, name="Neptun 2")
    system_filter(reader, QueryDict()).count()
    (anew,) = numbering._known.values()
    assert anew.stamp != known.stamp
