"""The pages of steering ask the database as much for many rows as for few."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exchange.api import keys
from exchange.webhooks import subscribing
from governance.actions import avrop, kostnad, planrader, styrdokument, tilldelning
from governance.models import Aktivitet, Budgetpost, Planrisk
from tests.factories import make_admin, make_system, today
from tests.factories.steering import cover, make_plan, put_avtal
from tests.governance.uppdrag import cast as casts


class TestSteeringQueries(TestCase):
    """One object with plans, money, ärenden and documents."""

    def setUp(self) -> None:
        self.cast = casts.build()
        self.admin = make_admin()
        self.draft = make_plan(self.cast.objekt, status="utkast")
        self.arende = casts.arende_of(self.cast)
        self.document = styrdokument.issue(
            self.cast.oa, self.cast.objekt, title="Riktlinje", edition="0", text="Logga."
        )

    def fill(self, number: int) -> None:
        """Make as many more of everything that the pages list."""
        objekt, fl = self.cast.objekt, self.cast.fl
        money: dict[str, Any] = {"belopp": 1, "on": today()}
        for n in range(number):
            system = make_system(objekt)
            row: dict[str, Any] = {"sida": "it", "title": f"Rad {number} {n}"}
            planrader.add(fl, self.draft, Aktivitet, system=system, **row)
            planrader.add(fl, self.draft, Budgetpost, slag="drift", belopp=1, **row)
            risk: dict[str, Any] = {"title": row["title"], "likelihood": 1, "consequence": 1}
            planrader.add(fl, self.draft, Planrisk, **risk)
            avtal = put_avtal(objekt, system)
            cover(self.draft, avtal)
            make_plan(objekt, status="utkast")
            called = avrop.call_off(fl, avtal, title="Timmar", **money)
            avrop.register_leverans(fl, called, title="Etapp", on=today())
            kostnad.register(fl, objekt, sida="verksamhet", title="Licens", **money)
            given = {"sida": "verksamhet", "decision": "UN 1", **money}
            tilldelning.allocate(self.cast.oa, objekt, **given)
            casts.arende_of(self.cast, system=system)
            styrdokument.acknowledge(fl, self.document)
            edition = f"{number}.{n}"
            self.document = styrdokument.change(self.cast.oa, self.document, edition=edition)

    def asked(self, address: str) -> int:
        self.client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert self.client.get(address).status_code == 200
        return len(queries)

    def test_an_objects_pages_ask_as_much_for_many_rows_as_for_two(self) -> None:
        objekt, draft, plan = self.cast.objekt, self.draft, self.cast.plan
        pages = {
            name: reverse(f"governance:{name}", args=[thing.pk, *more])
            for name, thing, *more in (
                ("plan_list", objekt),
                ("plan_detail", draft),
                ("plan_compare", draft, plan.pk),
                ("ekonomi", objekt),
                ("uppdrag_list", objekt),
                ("arende_detail", self.arende),
                ("mote_create", objekt),
                ("styrdokument_detail", self.document),
                ("avtal_list", objekt),
            )
        }
        self.client.force_login(self.cast.fl)
        self.fill(2)
        few = {name: self.asked(address) for name, address in pages.items()}
        self.fill(12)
        assert {name: self.asked(address) for name, address in pages.items()} == few

    def test_keys_and_subscriptions_ask_as_much_for_many_rows_as_for_two(self) -> None:
        pages = [reverse(f"exchange:{name}") for name in ("nyckel_list", "prenumeration_list")]
        self.client.force_login(self.admin)
        counts = []
        for number in (2, 12):
            for n in range(number):
                day = today() + timedelta(days=n)
                keys.create(self.admin, name=f"Nyckel {n}", may_write=False, expires_on=day)
                subscribing.begin(self.admin, name=f"Program {n}", address="https://192.0.80.1/")
            counts.append([self.asked(address) for address in pages])
        assert counts[0] == counts[1]
