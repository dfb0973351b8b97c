"""Downloads: the rows of the list and no others, for whoever may see the list."""

import csv
import io
import json
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from governance.models import Informationssystem
from roles.models import User
from tests.exchange.conftest import Login
from tests.exchange.register import SECRET, varied_register
from tests.factories import make_admin, make_objekt, make_revisor, make_system, make_user, today

pytestmark = pytest.mark.django_db

FORMATS = pytest.mark.parametrize("fmt", ["xlsx", "csv", "json"])


def address(kind: str, fmt: str, query: str = "") -> str:
    return reverse("exchange:export", args=[kind, fmt]) + query


def downloaded(client: Client, kind: str, fmt: str, query: str = "") -> dict[str, list[str]]:
    """Return the first column of each sheet."""
    response = client.get(address(kind, fmt, query))
    assert response.status_code == 200
    content = response.getvalue()
    if fmt == "csv":
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
        return {"": [row[0] for row in rows[1:]]}
    if fmt == "json":
        sheets = json.loads(content)["sheets"]
        return {name: [next(iter(r.values())) for r in records] for name, records in sheets.items()}
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {s.title: [str(c.value) for c in s["A"][1:]] for s in book.worksheets}


def first_sheet(client: Client, kind: str, fmt: str, query: str = "") -> list[str]:
    return next(iter(downloaded(client, kind, fmt, query).values()))


def listed(client: Client, kind: str, query: str) -> list[str]:
    page = client.get(reverse(f"governance:{kind}_list") + query).context["page"]
    return [row.name for row in page.object_list]


ADDRESSES = {
    "system": [
        "", "?q=skol", "?livscykel=under_avveckling", "?sort=-name", "?q=journal&sort=objekt",
        "?q=lund", "?mine=1", "?q=finns+inte", "?livscykel=finns_inte&page=7",
    ],
    "objekt": ["", "?status=utkast", "?finding=no_namnd", "?q=elevjournal", "?sort=-systems"],
}  # fmt: skip


@FORMATS
@pytest.mark.parametrize("kind", ["objekt", "system"])
def test_the_export_has_the_rows_of_the_list_in_its_order(
    login: Login, kind: str, fmt: str
) -> None:
    client = login(varied_register().eva)
    found = {query: first_sheet(client, kind, fmt, query) for query in ADDRESSES[kind]}
    assert found == {query: listed(client, kind, query) for query in ADDRESSES[kind]}
    assert len({tuple(names) for names in found.values()}) > len(found) // 2


@FORMATS
def test_a_list_longer_than_a_page_is_exported_whole(login: Login, fmt: str) -> None:
    objekt = make_objekt()
    for number in range(60):
        make_system(objekt, f"System {number:03}")
    names = first_sheet(login(make_user()), "system", fmt)
    assert names == [f"System {number:03}" for number in range(60)]


@FORMATS
@pytest.mark.parametrize("make", [make_user, make_admin, make_revisor])
def test_a_skyddsvart_system_is_exported_only_to_whoever_may_know_of_it(
    login: Login, make: Any, fmt: str
) -> None:
    varied_register()
    user = make()
    names = ["Elevjournal", "Skolskjuts", "Skolskjuts", "Tom"]
    expected = sorted([*names, SECRET]) if user.groups.exists() else names
    assert first_sheet(login(user), "system", fmt) == expected
    for query in (f"?q={SECRET}", "?skyddsvard=1", "?q=larmkoder"):
        shown = first_sheet(login(user), "system", fmt, query)
        assert (SECRET in shown) == (user.groups.exists() and query != "?q=larmkoder")


@pytest.mark.parametrize("fmt", ["xlsx", "json"])
def test_the_other_sheets_are_about_the_rows_alone(login: Login, fmt: str) -> None:
    varied_register()
    client = login(make_user())
    found = downloaded(client, "system", fmt, "?q=tom")
    assert {name: rows for name, rows in found.items() if rows} == {"System": ["Tom"]}
    found = downloaded(client, "system", fmt)
    assert found["Samband"] == ["Elevjournal", "Elevjournal"]
    assert found["Informationsmängder"] == ["Elevjournal"]
    found = downloaded(client, "objekt", fmt, "?status=utkast")
    assert found == {"Objekt": ["Larm & skydd"], "Roller": ["Larm & skydd"]}


@FORMATS
def test_the_file_is_named_for_what_it_is_and_kept_by_nobody(login: Login, fmt: str) -> None:
    response = login(make_user()).get(address("system", fmt))
    assert response.streaming
    assert response.getvalue()
    assert f'filename="system-{today():%Y-%m-%d}.{fmt}"' in response["Content-Disposition"]
    assert response["Content-Disposition"].startswith("attachment")
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert response["X-Content-Type-Options"] == "nosniff"


@FORMATS
@pytest.mark.parametrize("kind", ["objekt", "system"])
def test_an_export_takes_as_many_queries_for_2_rows_as_for_50(
    login: Login, kind: str, fmt: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = login(make_user())
    counts = []
    for rows in (2, 48):
        for _ in range(rows):
            make_system(make_objekt(), ovriga_uppgifter=[["A", "1"]])
        with django_assert_max_num_queries(15) as queries:
            downloaded(client, kind, fmt)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_text_longer_than_a_cell_is_told_of_and_json_takes_it(login: Login) -> None:
    make_system(make_objekt(), "Lång", purpose="å" * 40_000)
    client = login(make_user())
    response = client.get(address("system", "xlsx"), follow=True)
    assert response.redirect_chain[0][0] == reverse("governance:system_list")
    assert "Exportera som JSON" in response.content.decode()
    assert first_sheet(client, "system", "json") == ["Lång"]


@pytest.mark.parametrize(("kind", "fmt"), [("person", "csv"), ("system", "pdf"), ("objekt", "xls")])
def test_other_kinds_and_formats_are_not_found(login: Login, kind: str, fmt: str) -> None:
    assert login(make_admin()).get(address(kind, fmt)).status_code == 404


@pytest.mark.parametrize("url", [address("system", "csv"), reverse("exchange:import_template")])
def test_nobody_downloads_without_a_login(client: Client, url: str) -> None:
    response = client.get(url)
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("login"))


def test_the_template_is_for_whoever_may_import(login: Login) -> None:
    varied_register()
    url = reverse("exchange:import_template")
    response = login(make_admin()).get(url)
    assert response.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(response.getvalue()))
    assert "System" in book.sheetnames
    lists = [str(cell.value) for column in book["Listor"].columns for cell in column]
    assert "För- och grundskolenämnden" in lists
    others: list[User] = [make_user(), make_revisor()]
    assert [login(user).get(url).status_code for user in others] == [403, 403]


def test_formulas_in_the_register_are_text_in_the_file(login: Login) -> None:
    make_system(make_objekt(), '=HYPERLINK("x")', purpose="+1", product="@a")
    assert Informationssystem.objects.get().name == '=HYPERLINK("x")'
    client = login(make_user())
    assert first_sheet(client, "system", "csv") == ['\'=HYPERLINK("x")']
    response = client.get(address("system", "xlsx"))
    cell = openpyxl.load_workbook(io.BytesIO(response.getvalue()))["System"]["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ('=HYPERLINK("x")', "s", True)
