"""An object with its four people and a draft, for the tests of plans."""

from datetime import date
from typing import Any, ClassVar

import pytest
from django.core.exceptions import ValidationError
from django.test import TestCase

from governance.actions import plan as actions
from governance.actions import planrader as rows
from governance.models import (
    Aktivitet,
    Budgetpost,
    Forvaltningsobjekt,
    Forvaltningsplan,
    Mal,
)
from roles.models import User
from tests.factories import (
    make_active,
    make_user,
)

YEAR: dict[str, Any] = {"period_from": date(2026, 1, 1), "period_to": date(2026, 12, 31)}


def refused(call: Any) -> str:
    """Return the first sentence with which an action refuses."""
    with pytest.raises(ValidationError) as found:
        call()
    return found.value.messages[0]


class PlanCase(TestCase):
    """An object with its four people, and a draft with a goal, an activity and a budget."""

    objekt: ClassVar[Forvaltningsobjekt]
    oa: ClassVar[User]
    oait: ClassVar[User]
    fl: ClassVar[User]
    flit: ClassVar[User]

    @classmethod
    def setUpTestData(cls) -> None:
        roles = ("objektagare", "objektagare_it", "forvaltningsledare", "forvaltningsledare_it")
        people = {role: make_user(f"{role}.ek") for role in roles}
        cls.oa, cls.oait, cls.fl, cls.flit = people.values()
        cls.objekt = make_active("Elevregister", **people)

    def setUp(self) -> None:
        self.plan = actions.create(self.fl, self.objekt, **YEAR)
        self.goal = rows.add(self.fl, self.plan, Mal, sida="verksamhet", title="Färre fel")
        self.activity = rows.add(
            self.flit,
            self.plan,
            Aktivitet,
            sida="it",
            title="Byt server",
            mal=self.goal,
            ends_on=date(2026, 6, 30),
        )
        rows.add(self.fl, self.plan, Budgetpost, sida="it", slag="drift", title="Drift", belopp=100)

    def fresh(self) -> Forvaltningsplan:
        """Return the plan as it is saved."""
        return Forvaltningsplan.objects.get(pk=self.plan.pk)

    def sign(self, person: User, sida: str, plan: Forvaltningsplan | None = None) -> Any:
        """Sign what is saved."""
        plan = plan or self.fresh()
        return actions.sign(person, plan, sida=sida, content_hash=plan.content_hash)

    def adopt(self) -> Forvaltningsplan:
        """Put the plan forward and let both sign."""
        actions.put_forward(self.fl, self.fresh())
        self.sign(self.oa, "verksamhet")
        adopted: Forvaltningsplan = self.sign(self.oait, "it")
        return adopted
