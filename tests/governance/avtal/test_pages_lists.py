"""The lists of agreements."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.models import Avtal
from roles.models import User
from tests.factories import today
from tests.factories.avtal import (
    make_avtal,
    make_leverantor,
    make_signed,
)
from tests.governance.avtal.pages import PageCase, browser

DAY = timedelta(days=1)


class TestLists(PageCase):
    def ids(self, person: User, **params: Any) -> set[int]:
        page = browser(person).get(reverse("governance:avtal_all"), params)
        assert page.status_code == 200
        return {avtal.pk for avtal in page.context["page"].object_list}

    def test_filters_search_and_order(self) -> None:
        other = make_leverantor("Bolaget AB")
        near = make_signed(self.objekt, self.system, ends_on=today() + 100 * DAY, title="Nära")
        gone = make_signed(self.objekt, self.system, ends_on=today() + 30 * DAY, title="Passerat")
        far = make_signed(self.objekt, self.system, leverantor=other, title="Fjärran")
        over = make_signed(self.objekt, self.system, ends_on=today() - DAY, title="Slut")
        new = make_avtal(self.objekt, self.system, slag="ram", title="Nytt")
        everything = {near.pk, gone.pk, far.pk, over.pk, new.pk}
        for params, expected in (
            ({}, everything),
            ({"tid": "uppsagning"}, {near.pk}),
            ({"tid": "passerad"}, {gone.pk}),
            ({"tid": "galler"}, {near.pk, gone.pk, far.pk}),
            ({"tid": "galler_inte"}, {over.pk}),
            ({"status": "registrerat"}, {new.pk}),
            ({"slag": "ram"}, {new.pk}),
            ({"leverantor": other.pk}, {far.pk}),
            ({"q": "bolaget"}, {far.pk}),
            ({"q": "nara"}, {near.pk}),
            ({"q": "alva"}, everything),
            ({"q": "elevadmin ram"}, set()),
            ({"leverantor": "x", "tid": "y"}, everything),
        ):
            with self.subTest(params=params):
                assert self.ids(self.outsider, **params) == expected
        assert self.ids(self.leader, mine="1") == everything
        page = browser(self.outsider).get(reverse("governance:avtal_all"), {"sort": "-notice"})
        days = [a.last_notice for a in page.context["page"].object_list]
        assert days == sorted(days, reverse=True)

    def test_lists_take_as_many_queries_at_2_rows_as_at_50(self) -> None:
        pages = {
            "all": reverse("governance:avtal_all"),
            "objekt": reverse("governance:avtal_list", args=[self.objekt.pk]),
            "leverantor": make_leverantor().get_absolute_url(),
            "system": self.system.get_absolute_url(),
        }
        client, counts = browser(self.leader), {}
        for number in (2, 50):
            for _n in range(number - Avtal.objects.count()):
                make_avtal(self.objekt, self.system)
            for name, path in pages.items():
                client.get(path)
                with CaptureQueriesContext(
                    connection,
                ) as queries:
                    client.get(path)
                counts[name, number] = len(queries)
        for name in pages:
            assert counts[name, 2] == counts[name, 50], name
        assert counts["all", 50] <= 10
        assert counts["objekt", 50] <= 10
