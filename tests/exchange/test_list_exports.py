"""Every list's export of just this: the rows of the page, as the reader may see them."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar

import openpyxl
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from governance.actions import kostnad as costs
from governance.lists.kinds import KINDS
from governance.models import (
    Arende,
    Avvikelse,
    Forvaltningsobjekt,
    Kostnadsrapport,
    Mote,
    Statusrapport,
    Styrdokument,
    Uppdrag,
)
from roles.models import User
from tests import factories as make
from tests.factories import put, today
from tests.factories.avtal import holder, make_avtal, make_leverantor
from tests.factories.steering import make_plan

LISTS = {
    "avtal": "governance:avtal_all",
    "leverantorer": "governance:leverantor_list",
    "personer": "roles:person_list",
    "namnder": "roles:namnd_list",
    **{name: f"governance:{name}_all" for name in KINDS},
}


def browser(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def table(client: Client, kind: str, query: str = "") -> list[list[str]]:
    """Return an export's cells, the headings first."""
    address = reverse("exchange:export", args=[kind, "csv"]) + query
    text = client.get(address).getvalue().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def first_column(client: Client, kind: str, query: str = "") -> list[str]:
    return [row[0] for row in table(client, kind, query)[1:]]


def on_page(client: Client, kind: str, query: str = "") -> list[str]:
    rows = client.get(reverse(LISTS[kind]) + query).context["page"].object_list
    return [getattr(r, "title", str(r)) if kind == "kostnad" else said(r) for r in rows]


def said(row: Any) -> str:
    return str(row[0] if isinstance(row, tuple) else row)


def cost(objekt: Forvaltningsobjekt, title: str, **fields: Any) -> Any:
    known: dict[str, Any] = {"sida": "it", "belopp": Decimal("1234.50"), "on": today()}
    return costs.register(None, objekt, title=title, **known | fields)


def one_of_each(objekt: Forvaltningsobjekt, number: int) -> None:
    """Let something of every kind hang on the object."""
    day, of = today() - timedelta(days=number), {"objekt": objekt}
    start = timezone.now() + timedelta(days=number)
    year = today().year - number
    plan = make_plan(objekt, period_from=date(year, 1, 1), period_to=date(year, 12, 31))
    make_avtal(objekt, title=f"Avtal {number}")
    cost(objekt, f"Kostnad {number}", on=day)
    arende = put(Arende(**of, title=f"Ärende {number}", description="?", raised_on=day))
    put(Uppdrag(**of, title=f"Uppdrag {number}", arende=arende))
    put(Avvikelse(**of, sida="it", title=f"Fel {number}", paverkar="tid", on=day))
    stands = {"mal_lage": "gron", "tid_lage": "gul", "kostnad_lage": "rod"}
    span = {"period_from": day, "period_to": day}
    put(Statusrapport(**of, **stands, **span, sida="it", summary="Lugnt", reported_on=day))
    sums = {"budget": 2, "attesterat": 1, "vantar": 0}
    put(
        Kostnadsrapport(
            **of, **sums, plan=plan, sida="it", until=date(year, 6, number), reported_on=day
        )
    )
    put(Mote(**of, slag="styrgrupp", starts_at=start, ends_at=start + timedelta(hours=1)))
    put(Styrdokument(**of, title=f"Dokument {number}"))


class TestListExports(TestCase):
    """A register with something of every kind on two objects."""

    objekt: ClassVar[Forvaltningsobjekt]
    reader: ClassVar[User]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.reader = make.make_user("eva.lund")
        cls.objekt = make.make_active("Elevhälsa")
        make.make_system(cls.objekt, "Alva")
        for number in (1, 2, 3):
            one_of_each(cls.objekt, number)
        other = make.make_active("Bygglov")
        make.make_system(other)
        one_of_each(other, 4)

    def test_a_list_and_its_export_have_the_same_rows_in_the_same_order(self) -> None:
        client = browser(self.reader)
        for kind in LISTS:
            page = client.get(reverse(LISTS[kind]))
            link = reverse("exchange:export", args=[kind, "xlsx"])
            assert f'href="{link}"' in page.content.decode()
            sorts = [key for key, _label in page.context["form"].fields["sort"].choices if key]
            for query in ("", "?q=Elev", *(f"?sort={key}" for key in sorts)):
                with self.subTest(kind, query=query):
                    assert first_column(client, kind, query) == on_page(client, kind, query)
            assert first_column(client, kind)

    def test_the_things_of_one_object_alone_and_those_of_ones_own(self) -> None:
        client, leader = browser(self.reader), browser(holder(self.objekt, "forvaltningsledare"))
        namnd = self.objekt.assignments.get(role="namnd").namnd_id
        for kind in ("avtal", *KINDS):
            with self.subTest(kind):
                assert len(first_column(client, kind)) == 4
                assert len(first_column(client, kind, f"?objekt={self.objekt.pk}")) == 3
                assert len(first_column(client, kind, "?q=elevhalsa")) == 3
                assert first_column(client, kind, "?q=elevhalsa+bygglov") == []
                assert len(first_column(leader, kind, "?mine=1")) == 3
                query = f"?namnd={namnd}&sort=objekt"
                assert first_column(client, kind, query) == on_page(client, kind, query)
                assert len(on_page(client, kind, query)) == 3

    def test_an_objects_own_list_exports_that_objects_rows(self) -> None:
        client, pk = browser(self.reader), self.objekt.pk
        for part, kind in (("avtal_list", "avtal"), ("kostnad_list", "kostnad")):
            page = client.get(reverse(f"governance:{part}", args=[pk]) + "?q=2")
            assert page.context["total"] == 1
            link = f"{reverse('exchange:export', args=[kind, 'csv'])}?q=2&amp;objekt={pk}"
            assert f'href="{link}"' in page.content.decode()
            assert len(first_column(client, kind, f"?q=2&objekt={pk}")) == 1
            assert [chip.value for chip in page.context["form"].chips()] == ["2"]

    def test_an_amount_is_a_number_a_day_a_day_and_a_formula_text(self) -> None:
        cost(self.objekt, "=1+1")
        client = browser(self.reader)
        headings, first, *_ = table(client, "kostnad")
        shown = dict(zip(headings, first, strict=True))
        told = (shown["Vad"], shown["Belopp"], shown["Bokförd"])
        assert told == ("'=1+1", "1234,50", today().isoformat())
        content = client.get(reverse("exchange:export", args=["kostnad", "xlsx"])).getvalue()
        sheet = openpyxl.load_workbook(io.BytesIO(content))["Kostnader"]
        cells = dict(zip(headings, sheet[2], strict=True))
        assert (cells["Vad"].value, cells["Vad"].data_type) == ("=1+1", "s")
        assert (cells["Belopp"].value, cells["Belopp"].data_type) == (1234.5, "n")
        assert str(cells["Bokförd"].value) == f"{today()} 00:00:00"

    def test_an_export_and_its_page_take_as_many_queries_for_many_rows_as_for_few(self) -> None:
        client = browser(self.reader)

        def queries(kind: str) -> tuple[int, int]:
            with CaptureQueriesContext(connection) as exported:
                table(client, kind)
            with CaptureQueriesContext(connection) as shown:
                client.get(reverse(LISTS[kind]))
            return len(exported), len(shown)

        for kind in LISTS:
            queries(kind)
        few = {kind: queries(kind) for kind in LISTS}
        for number in range(5, 11):
            make_leverantor(f"Leverantör {number}")
            other = make.make_active(f"Objekt {number}")
            make.make_system(other)
            one_of_each(other, number)
        for kind in LISTS:
            queries(kind)  # what is counted anew after a change
        assert {kind: queries(kind) for kind in LISTS} == few

    def test_a_role_on_a_hidden_system_is_not_told_in_the_list_of_people(self) -> None:
        hidden = make.make_system(self.objekt, "Hemliga larmet", skyddsvard=True)
        keeper = make.make_user("hedda.hemlig")
        make.appoint(self.objekt, "systemforvaltare", keeper, systems=[hidden])

        def roles_of(reader: User) -> str:
            headings, *rows = table(browser(reader), "personer", "?q=hedda")
            return rows[0][headings.index("Roller i dag")]

        assert roles_of(self.reader) == ""
        assert roles_of(make.make_revisor()).startswith("Systemförvaltare")


class TestEmpty(TestCase):
    """Nothing is registered."""

    def test_a_page_without_rows_says_so_and_has_nothing_to_export(self) -> None:
        client = browser(make.make_user())
        for name in KINDS:
            page = client.get(reverse(LISTS[name])).content.decode()
            assert "Här finns inget än" in page
            assert "Exportera urvalet" not in page
            page = client.get(reverse(LISTS[name]) + "?q=finns+inte").content.decode()
            assert "Inget stämmer med urvalet" in page
