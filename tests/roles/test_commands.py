"""sync_grants and report_vacancies: what they print and how they end."""

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from roles import activation, assignments, grants, people
from roles.models import GrantDay, ObjektGrant
from tests import factories as make

pytestmark = pytest.mark.django_db


def run(name: str, *args: str) -> tuple[int, str]:
    """Return a command's exit status and what it printed."""
    out = StringIO()
    try:
        call_command(name, *args, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    except CommandError as error:
        return error.returncode, str(error)
    return 0, out.getvalue()


def test_check_says_that_all_is_well() -> None:
    make.make_active()
    assert run("sync_grants", "--check") == (
        0,
        "Behörigheterna stämmer med katalogen och bemanningen.\n",
    )


def test_check_counts_what_differs_and_changes_nothing() -> None:
    objekt = make.make_active()
    gone = ObjektGrant.objects.filter(content_object=objekt)[:2]
    ObjektGrant.objects.filter(pk__in=[g.pk for g in gone]).delete()
    grant = ObjektGrant.objects.filter(content_object=objekt).first()
    assert grant is not None
    ObjektGrant.objects.create(
        content_object=objekt, user=make.make_user(), permission=grant.permission
    )
    for _time in range(2):
        status, said = run("sync_grants", "--check")
        assert (status, said.splitlines()[0]) == (
            1,
            "2 behörigheter saknas och 1 är för många.",
        )
    assert run("sync_grants") == (0, "Lade till 2 behörigheter och tog bort 1.\n")
    assert run("sync_grants", "--check")[0] == 0


def test_the_nightly_sync_spares_the_first_request_the_work() -> None:
    GrantDay.objects.all().delete()
    run("sync_grants")
    assert grants.bring_up_to_date() is None


def test_no_vacancy_ends_well() -> None:
    make.make_active()
    assert run("report_vacancies") == (0, "Alla obligatoriska roller har en innehavare.\n")


def test_vacancies_are_listed_with_since_when_and_who_may_fill_them() -> None:
    eva = make.make_user("eva.lund")
    objekt = make.make_active("Elevadministration", objektagare=eva)
    lars = objekt.assignments.get(role="forvaltningsledare").person
    assert lars is not None
    people.set_active(None, lars, False, reason="Slutat")
    draft = make.make_objekt("Bygglov")
    for role in ("namnd", "objektagare_it", "forvaltningsledare_it"):
        make.appoint(draft, role, make.make_namnd() if role == "namnd" else make.make_user())
    make.appoint(draft, "objektagare", eva)
    past = make.appoint(draft, "forvaltningsledare", lars_again(), valid_from=date(2020, 1, 1))
    assignments.end(None, past, on=date(2026, 10, 31), reason="Slutat")
    status, said = run("report_vacancies")
    lines = [line.split("  ") for line in said.splitlines()]
    cells = [[cell.strip() for cell in line if cell.strip()] for line in lines]
    assert status == 1
    assert cells[0] == ["Objekt", "Roll", "Brist", "Sedan", "Utses av"]
    assert cells[2:] == [
        ["Bygglov", "Förvaltningsledare", "Ingen utsedd", "2026-11-01", "objektägaren, Eva Lund"],
        [
            "Elevadministration",
            "Förvaltningsledare",
            f"{lars} har slutat",
            make.today().isoformat(),
            "objektägaren, Eva Lund",
        ],
    ]


def lars_again() -> Any:
    return make.make_user("lars.igen")


def test_what_is_wound_up_is_not_vacant() -> None:
    objekt = make.make_objekt()
    activation.change_status(None, objekt, "avvecklat", reason="Nedlagt")
    assert run("report_vacancies")[0] == 0


def test_only_the_objects_of_one_namnd() -> None:
    namnd = make.make_namnd("Kulturnämnden")
    make.make_objekt("Utan nämnd")
    make.appoint(make.make_objekt("Bibliotek"), "namnd", namnd)
    status, said = run("report_vacancies", "--namnd", "kulturnämnden")
    assert status == 1
    assert "Bibliotek" in said
    assert "Utan nämnd" not in said


def test_an_unknown_namnd_is_bad_input() -> None:
    make.make_namnd("Kulturnämnden")
    status, said = run("report_vacancies", "--namnd", "Kulturen")
    assert status == 2
    assert said == "Ingen nämnd heter Kulturen. Menade du Kulturnämnden?"


@pytest.mark.parametrize("name", ["sync_grants", "report_vacancies"])
def test_help_is_there(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        call_command(name, "--help")
    assert end.value.code == 0
    assert "status 1" in " ".join(capsys.readouterr().out.split())
