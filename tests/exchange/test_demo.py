"""The demo municipality is what the README promises, and obeys the register's own rules."""

import json
from collections.abc import Callable
from io import StringIO
from random import Random

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db.models import Count

from exchange.demo.municipality import SEED
from exchange.demo.people import employ
from exchange.importing import Instructions, make_plan
from exchange.writing import write_json, write_workbook
from governance.models import Forvaltningsobjekt, Gesture, Informationssystem, Namnd
from governance.rules import count_by_rule
from roles import grants
from roles.models import RoleAssignment, User
from tests.exchange import demo_checks
from tests.exchange.round_trip import emptied, exported, imported, sheets
from tests.factories import make_admin, make_namnd, make_objekt, make_user
from tests.factories.avtal import make_leverantor
from tests.fuzzing import register

pytestmark = pytest.mark.django_db


def test_the_demo_municipality_is_loaded_once_and_keeps_every_rule() -> None:
    grants.bring_up_to_date()  # as a server does that was there before
    printed = StringIO()
    call_command("load_demo", format="json", stdout=printed, stderr=StringIO())

    assert Namnd.objects.count() == 12
    assert Forvaltningsobjekt.objects.count() == 60
    assert Informationssystem.objects.count() == 250
    assert User.objects.count() == 150
    statuses = dict(
        Forvaltningsobjekt.objects.order_by().values_list("status").annotate(Count("pk"))
    )
    assert set(statuses) == {"utkast", "i_forvaltning", "avvecklat"}
    assert Gesture.objects.filter(kind="hand_over").count() > 20
    first, last = Gesture.objects.earliest("at"), Gesture.objects.latest("at")
    assert (last.at - first.at).days > 700
    broken = {rule.code: n for rule, n in count_by_rule(Forvaltningsobjekt.objects.all())}
    assert broken["not_verified"]
    assert broken["left_forvaltningsledare"]
    assert not grants.check()
    assert not mail.outbox
    assert_its_two_years_are_believable()

    accounts = {a["username"]: a for a in json.loads(printed.getvalue())}
    assert accounts["lars.nystrom"]["roles"] == ["Förvaltningsledare"]
    assert "Elevadministration" in accounts["lars.nystrom"]["objects"]
    assert User.objects.get(username="eva.lund").check_password(accounts["eva.lund"]["password"])

    before = Gesture.objects.count(), RoleAssignment.objects.count()
    call_command("load_demo", stdout=StringIO(), stderr=StringIO())
    assert (Gesture.objects.count(), RoleAssignment.objects.count()) == before
    assert_its_export_imports_again_unchanged()
    assert_its_export_makes_it_again_elsewhere()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: make_admin("adam.admin"), "kontot adam.admin redan finns"),
        (lambda: make_namnd("Kommunstyrelsen"), "nämnden Kommunstyrelsen redan finns"),
        (lambda: make_leverantor("INLANDSDATA  AB"), "leverantören INLANDSDATA AB redan finns"),
    ],
)
def test_what_has_the_name_of_something_in_the_demo_is_told_of_and_nothing_is_changed(
    make: Callable[[], object], said: str
) -> None:
    make()
    before = register()
    told = StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("load_demo", stdout=told, stderr=told)
    assert said in str(refused.value)
    assert "byt namn" in str(refused.value)
    assert told.getvalue() == ""
    assert register() == before


def test_no_account_of_a_real_register_is_said_to_have_the_password_of_the_demo() -> None:
    make_admin("adam.admin")
    make_objekt()
    told = StringIO()
    call_command("load_demo", stdout=told, stderr=told)
    assert "inga exempeldata lästes in" in told.getvalue()
    assert "adam.admin" not in told.getvalue()


def test_the_other_people_of_the_demo_leave_names_that_are_taken() -> None:
    make_user("anna.andersson")
    staff = employ(Random(SEED), ["Kommunledningen"])  # noqa: S311 - examples
    names = [person.username for person in staff.others]
    assert "anna.andersson" not in names
    assert {"anna.andersson2", "anna.andersson3"} <= set(names)


def assert_its_two_years_are_believable() -> None:
    demo_checks.assert_each_rule_finds_something_and_none_nearly_everything()
    demo_checks.assert_every_kind_of_row_exists()
    demo_checks.assert_each_object_in_management_is_steered()
    demo_checks.assert_outcome_follows_the_budget()
    demo_checks.assert_agreements_end_after_they_began()
    demo_checks.assert_the_past_is_possible()
    demo_checks.assert_history_reads_well()
    demo_checks.assert_the_accounts_have_something_to_do()


def assert_its_export_imports_again_unchanged() -> None:
    for write in (write_workbook, write_json):
        book = exported(write)
        plan = make_plan(None, book, Instructions.guess(book))
        assert [str(problem) for problem in plan.errors] == []
        assert {str(line.fate) for line in plan.lines} == {"oforandrad"}
        assert (plan.does_nothing, plan.unread) == (True, [])


def assert_its_export_makes_it_again_elsewhere() -> None:
    book = exported(write_json)
    emptied()
    imported(book)
    assert sheets(exported(write_json)) == sheets(book)
    assert not grants.check()
