"""manage.py findings: what it prints, for which nämnd, and its exit status."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.actions import objekt as objekt_actions
from governance.rules import all_rules
from tests import factories
from tests.factories.steering import make_plan_today

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> tuple[str, int]:
    out = StringIO()
    try:
        call_command("findings", *arguments, stdout=out)
    except SystemExit as stop:
        return out.getvalue(), int(stop.code or 0)
    return out.getvalue(), 0


def sound(name: str, **holders: Any) -> None:
    """Make an object that breaks nothing but the reminder that it has no systems."""
    namnd = holders.get("namnd")
    objekt = factories.make_active(name, **({"namnd": namnd} if namnd else {}))
    objekt_actions.verify(None, objekt)
    make_plan_today(objekt)


def test_reminders_alone_are_status_0_and_a_brist_is_status_1() -> None:
    sound("Bygglov")
    text, status = run()
    assert status == 0
    assert "Bygglov har inga system" in text
    factories.make_objekt("Elevhälsa")
    text, status = run()
    assert status == 1
    assert "Elevhälsa har ingen objektägare." in text
    assert text.index("Brist") < text.index("Påminnelse")


def test_an_empty_register_has_nothing_to_mend() -> None:
    assert run() == ("Inget att åtgärda.\n", 0)


def test_only_the_objects_and_systems_of_the_namnd() -> None:
    skola = factories.make_namnd("Skolnämnden")
    sound("Elevhälsa", namnd=skola)
    other = factories.make_active("Bygglov")
    factories.make_system(other, "Kartan")
    text, status = run("--namnd", "skolnämnden")
    assert status == 0
    assert "Elevhälsa" in text
    assert "Bygglov" not in text
    assert "Kartan" not in text


def test_an_unknown_namnd_is_bad_input_with_a_suggestion() -> None:
    factories.make_namnd("Kulturnämnden")
    with pytest.raises(CommandError, match=r"Menade du Kulturnämnden\?") as error:
        run("--namnd", "Kulturnamnden")
    assert error.value.returncode == 2


def test_json_carries_rule_clause_and_thing() -> None:
    objekt = factories.make_objekt("Elevhälsa")
    text, _status = run("--format", "json")
    found = {row["rule"]: row for row in json.loads(text)}
    assert found["no_objektagare"] == {
        "rule": "no_objektagare",
        "clause": "6.2.d",
        "severity": "brist",
        "kind": "forvaltningsobjekt",
        "id": objekt.pk,
        "name": "Elevhälsa",
        "sentence": "Elevhälsa har ingen objektägare.",
    }


def test_one_query_a_rule() -> None:
    for _ in range(3):
        factories.make_system(factories.make_objekt())
    with CaptureQueriesContext(connection) as queries:
        run()
    assert len(queries) == len(all_rules())
