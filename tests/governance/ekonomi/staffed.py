"""An object with its five roles and a plan with money, for the tests of its economy."""

from decimal import Decimal
from typing import Any, ClassVar

import pytest
from django.core.exceptions import ValidationError
from django.test import TestCase

from governance.actions import kostnad as costs
from governance.models import Budgetpost, Forvaltningsobjekt, Forvaltningsplan, Kostnad
from roles.models import User
from tests.factories import make_active, make_user, today
from tests.factories.steering import make_plan

SEK = Decimal


def refused(call: Any) -> list[str]:
    """Return the sentences with which an action refuses."""
    with pytest.raises(ValidationError) as found:
        call()
    return list(found.value.messages)


class Staffed(TestCase):
    """An object with its five roles and a plan with money on both sides."""

    objekt: ClassVar[Forvaltningsobjekt]
    oa: ClassVar[User]
    oait: ClassVar[User]
    fl: ClassVar[User]
    flit: ClassVar[User]
    plan: ClassVar[Forvaltningsplan]
    posts: ClassVar[dict[str, Budgetpost]]

    @classmethod
    def setUpTestData(cls) -> None:
        roles = ("objektagare", "objektagare_it", "forvaltningsledare", "forvaltningsledare_it")
        people = {role: make_user(f"{role}.ek") for role in roles}
        cls.oa, cls.oait, cls.fl, cls.flit = people.values()
        cls.objekt = make_active("Elevregister", **people)
        cls.plan = make_plan(cls.objekt, budget={"verksamhet": "1000", "it": "500"})
        cls.posts = {post.sida: post for post in Budgetpost.objects.filter(plan=cls.plan)}

    def cost(self, by: User | None = None, **fields: Any) -> Kostnad:
        """Register a cost."""
        values = {"sida": "verksamhet", "title": "Licenser", "belopp": SEK("100"), "on": today()}
        return costs.register(by or self.fl, self.objekt, **{**values, **fields})
