"""The matrix "Vem får vad" equals the grants, and shows the reader's own part."""

from collections import defaultdict
from datetime import timedelta

import pytest

from governance.models import Forvaltningsobjekt
from roles import assignments, matrix, panel, people
from roles.models import ObjektGrant, SystemGrant, User
from tests import factories as make
from tests.rendering import rendered, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def objekt() -> Forvaltningsobjekt:
    """An object with everything: representatives, substitutes, people who left, named systems."""
    namnd = make.make_namnd()
    people.add_representant(None, namnd, make.make_user("nora.namnd"))
    eva = make.make_user("eva.lund")
    objekt = make.make_active("Elevadministration", namnd=namnd, objektagare=eva)
    leader = objekt.assignments.get(role="forvaltningsledare")
    today = make.today()
    assignments.substitute(
        None, leader, make.make_user("malin.holm"), valid_from=today, valid_to=today
    )
    assignments.substitute(
        None,
        leader,
        make.make_user("senare.ersattare"),
        valid_from=today + timedelta(days=2),
        valid_to=today + timedelta(days=9),
    )
    systems = [make.make_system(objekt, name) for name in ("Alva", "Procap")]
    sara = make.make_user("sara.system")
    make.appoint(objekt, "systemforvaltare", sara, systems=systems)
    make.appoint(objekt, "it_specialist", sara)
    make.appoint(objekt, "systemdriftansvarig", eva)
    make.appoint(
        objekt, "it_specialist", make.make_user("ny.snart"), valid_from=today + timedelta(days=3)
    )
    it = objekt.assignments.get(role="objektagare_it").person
    assert it is not None
    people.set_active(None, it, False, reason="Slutat")
    return objekt


def shown(objekt: Forvaltningsobjekt) -> matrix.Matrix:
    return matrix.matrix(panel.load(None, [objekt])[objekt.pk])


def test_the_matrix_equals_the_grants(objekt: Forvaltningsobjekt) -> None:
    on_objekt: dict[int, set[str]] = defaultdict(set)
    on_system: dict[tuple[int, int], set[str]] = defaultdict(set)
    for group in shown(objekt).groups:
        for line in group.lines:
            for cell in line.cells:
                if cell.may and not cell.systems:
                    on_objekt[cell.column.person.pk].add(line.mandate.permission)
                for system in cell.systems:
                    on_system[cell.column.person.pk, system.pk].add(line.mandate.permission)
    granted: dict[int, set[str]] = defaultdict(set)
    for user, codename in ObjektGrant.objects.filter(content_object=objekt).values_list(
        "user_id", "permission__codename"
    ):
        granted[user].add(codename)
    granted_on: dict[tuple[int, int], set[str]] = defaultdict(set)
    for user, system_pk, codename in SystemGrant.objects.values_list(
        "user_id", "content_object_id", "permission__codename"
    ):
        granted_on[user, system_pk].add(codename)
    assert on_objekt == granted
    assert on_system == granted_on
    assert len(on_system) == 2


def test_each_person_has_one_column_with_all_roles(objekt: Forvaltningsobjekt) -> None:
    titles = {str(c.person): c.titles for c in shown(objekt).columns}
    assert titles["Nora Namnd"] == ["Företräder nämnden"]
    assert titles["Eva Lund"] == ["Objektägare", "Systemdriftansvarig"]
    assert titles["Malin Holm"] == ["Ersättare, förvaltningsledare"]
    assert titles["Sara System"] == ["Systemförvaltare", "IT-specialist"]
    assert not {"Senare Ersattare", "Ny Snart"} & set(titles)


def test_only_mine_keeps_what_the_reader_may_do(objekt: Forvaltningsobjekt) -> None:
    eva = User.objects.get(username="eva.lund")
    everything = text(rendered("{% mandate_matrix o %}", eva, o=objekt))
    mine = text(rendered("{% mandate_matrix o %}", eva, query="mina=1", o=objekt))
    assert "Utser förvaltningsledare 6.2 U2" in everything
    assert "Utser förvaltningsledare 6.2 U2" in mine
    assert "Ansvarar för tekniska samband" in everything
    assert "Ansvarar för tekniska samband" not in mine
    assert "Visa alla mandat" in mine


def test_a_reader_without_mandates_is_offered_no_filter(objekt: Forvaltningsobjekt) -> None:
    outsider = make.make_user()
    assert "Bara det jag får göra" not in rendered("{% mandate_matrix o %}", outsider, o=objekt)
    asked = rendered("{% mandate_matrix o %}", outsider, query="mina=1", o=objekt)
    assert "Du har inga mandat i objektet." in asked


def test_an_object_without_people_says_so() -> None:
    said = rendered("{% mandate_matrix o %}", make.make_user(), o=make.make_objekt())
    assert "Ingen har en roll i objektet än." in said
