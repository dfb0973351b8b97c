"""Who holds a mandate on an object today: read from the grants."""

from django.test import TestCase

from governance import access
from roles import assignments, people
from tests.factories import make_active, make_admin, make_user, today

ADOPT, ADOPT_IT = "adopt_forvaltningsplan", "adopt_forvaltningsplan_it"


class TestHoldersOf(TestCase):
    def test_holders_and_substitutes_are_told_and_nobody_else(self) -> None:
        eva, per, vera = make_user("eva.lund"), make_user("per.ek"), make_user("vera.bo")
        make_admin()
        objekt = make_active("Elever", objektagare=eva, objektagare_it=per)
        make_active("Annat objekt", objektagare=per)
        owner = objekt.assignments.get(role="objektagare")
        assignments.substitute(
            None, owner, vera, valid_from=today(), valid_to=today(), reason="Semester"
        )
        with self.assertNumQueries(1):
            held = access.holders_of(objekt, ADOPT, ADOPT_IT, "certify_it_cost", "allocate_funds")
        assert set(held[ADOPT]) == {eva, vera}
        assert held[ADOPT_IT] == held["certify_it_cost"] == [per]

    def test_who_has_left_holds_nothing(self) -> None:
        eva = make_user("eva.lund")
        objekt = make_active("Elever", objektagare=eva)
        people.set_active(None, eva, False, reason="Slutat")
        assert access.holders_of(objekt, ADOPT) == {ADOPT: []}
