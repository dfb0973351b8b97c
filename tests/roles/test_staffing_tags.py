"""The tags that pages use to say who answers for what."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.models import Forvaltningsobjekt
from roles import activation, assignments, people
from roles.models import User
from tests import factories as make
from tests.rendering import rendered, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def eva() -> User:
    return make.make_user("eva.lund", title="Skoldirektör", unit="Skola och kultur")


@pytest.fixture
def objekt(eva: User) -> Forvaltningsobjekt:
    namnd = make.make_namnd("Utbildningsnämnden", reglemente="Reglemente § 3")
    people.add_representant(None, namnd, make.make_user("nora.namnd"))
    return make.make_active(
        "Elevadministration",
        namnd=namnd,
        objektagare=eva,
        objektagare_it=make.make_user("per.sandstrom"),
        forvaltningsledare=make.make_user("lars.nystrom"),
        forvaltningsledare_it=make.make_user("mona.it"),
    )


def holder(objekt: Forvaltningsobjekt, role: str) -> Any:
    return objekt.assignments.get(role=role, valid_to=None)


def panel(objekt: Forvaltningsobjekt, user: Any) -> str:
    return rendered("{% staffing_panel objekt %}", user, objekt=objekt)


def test_five_cards_stand_in_the_order_of_the_delegation(objekt: Forvaltningsobjekt) -> None:
    html = panel(objekt, make.make_user())
    names = ["Utbildningsnämnden", "Eva Lund", "Lars Nystrom", "Per Sandstrom", "Mona It"]
    assert sorted(html.index(name) for name in names) == [html.index(name) for name in names]
    assert html.count("<li") == 5
    assert "Företräds av Nora Namnd" in text(html)
    assert "Skoldirektör, Skola och kultur" in html


def test_who_may_not_appoint_sees_no_links_to_do_so(objekt: Forvaltningsobjekt, eva: User) -> None:
    lars = holder(objekt, "forvaltningsledare")
    assert "Lämna över" not in panel(objekt, make.make_user())
    assert panel(objekt, eva).count("Lämna över") == 1
    assert f"/uppdrag/{lars.pk}/lamna-over/" in panel(objekt, eva)


def test_a_vacancy_says_what_is_missing_since_when_and_who_may_fill_it(eva: User) -> None:
    objekt = make.make_objekt("Utkastet")
    make.appoint(objekt, "objektagare", eva)
    gone = make.appoint(objekt, "forvaltningsledare", make.make_user(), valid_from=date(2020, 1, 1))
    assignments.end(None, gone, on=date(2026, 10, 31), reason="Slutat")
    html = panel(objekt, eva)
    assert "Saknas sedan 1 november 2026. Utses av objektägaren, Eva Lund." in text(html)
    assert f"/objekt/{objekt.pk}/roller/forvaltningsledare/utse/" in html
    assert html.count("btn-primary") == 1
    stranger = panel(objekt, make.make_user())
    assert "Utse förvaltningsledare" not in stranger
    assert "Utses av nämnden (ingen utsedd)" in text(panel(make.make_objekt(), make.make_user()))


def test_an_object_that_is_wound_up_cries_about_nothing() -> None:
    objekt = make.make_objekt("Gammalt")
    activation.change_status(None, objekt, "avvecklat", reason="Nedlagt")
    objekt.refresh_from_db()
    html = panel(objekt, make.make_admin())
    assert "vacant" not in html
    assert "Utse" not in html


def test_a_holder_who_has_left_is_shown_loudly(objekt: Forvaltningsobjekt, eva: User) -> None:
    people.set_active(None, holder(objekt, "forvaltningsledare").person, False, reason="Slutat")
    html = panel(objekt, eva)
    assert "har slutat" in html
    assert "Efterträdare utses av objektägaren, Eva Lund." in text(html)
    assert "Utse efterträdare" in html


def test_a_planned_handover_shows_both_people_and_the_date(
    objekt: Forvaltningsobjekt, eva: User
) -> None:
    first = make.today() + timedelta(days=400)
    karin = make.make_user("karin.oberg")
    assignments.hand_over(
        None, holder(objekt, "forvaltningsledare"), karin, on=first, reason="Pension"
    )
    html = panel(objekt, eva)
    assert "Lars Nystrom" in html
    assert f"Från {first.day} " in text(html)
    assert "Karin Oberg" in html
    assert "Ta tillbaka" in html


def test_a_substitute_is_shown_with_the_last_day(objekt: Forvaltningsobjekt) -> None:
    malin = make.make_user("malin.holm")
    assignments.substitute(
        None,
        holder(objekt, "objektagare_it"),
        malin,
        valid_from=make.today(),
        valid_to=date(2099, 12, 19),
    )
    assert "Ersättare till 19 december 2099: Malin Holm" in text(panel(objekt, make.make_user()))
    said = rendered("{% who_may 'appoint_forvaltningsledare_it' o %}", make.make_user(), o=objekt)
    assert text(said) == "objektägare IT, Per Sandstrom (ersättare Malin Holm)"


def test_the_ground_of_an_appointment_is_said(eva: User) -> None:
    objekt = make.make_objekt()
    assignments.appoint(
        make.make_admin(),
        objekt,
        "objektagare",
        eva,
        valid_from=make.today(),
        basis=assignments.Basis("UN 2023/118", "kommundirektören"),
    )
    assert "Utsedd av Adam Admin, på uppdrag av kommundirektören, beslut UN 2023/118" in text(
        panel(objekt, eva)
    )


def test_operative_roles_on_a_hidden_system_stay_hidden(objekt: Forvaltningsobjekt) -> None:
    secret = make.make_system(objekt, "Larmsystemet", skyddsvard=True)
    plain = make.make_system(objekt, "Schemat")
    sven, sara = make.make_user("sven.hemlig"), make.make_user("sara.schema")
    make.appoint(objekt, "systemforvaltare", sven, systems=[secret])
    make.appoint(objekt, "systemforvaltare", sara, systems=[plain])
    source = "{% operative_roles o %}{% mandate_matrix o %}"
    outsider = rendered(source, make.make_user(), o=objekt)
    assert "Sara Schema" in outsider
    assert "Schemat" in outsider
    assert "Larmsystemet" not in outsider
    assert "Sven Hemlig" not in outsider
    revisor = rendered(source, make.make_revisor(), o=objekt)
    assert "Larmsystemet" in revisor
    assert "Sven Hemlig" in revisor


def test_the_system_page_says_who_reaches_it(objekt: Forvaltningsobjekt) -> None:
    one, other = make.make_system(objekt, "Ett"), make.make_system(objekt, "Två")
    make.appoint(objekt, "systemforvaltare", make.make_user("sara.ett"), systems=[one])
    make.appoint(objekt, "systemforvaltare", make.make_user("sven.tva"), systems=[other])
    make.appoint(objekt, "it_specialist", make.make_user("isa.alla"))
    said = text(rendered("{% system_roles s %}", make.make_user(), s=one))
    assert "Eva Lund" in said
    assert "Sara Ett" in said
    assert "Isa Alla" in said
    assert "Sven Tva" not in said


@pytest.mark.parametrize(
    ("permission", "expected"),
    [
        ("change_forvaltningsobjekt", "förvaltningsledaren, Lars Nystrom"),
        ("appoint_objektagare", "nämnden, Utbildningsnämnden"),
        (
            "appoint_operativa_roller",
            "förvaltningsledaren, Lars Nystrom eller förvaltningsledare IT, Mona It",
        ),
        ("appoint_namnd", "Administratörerna"),
        ("add_forvaltningsobjekt", "Administratörerna"),
    ],
)
def test_who_may_names_role_and_person(
    objekt: Forvaltningsobjekt, permission: str, expected: str
) -> None:
    said = rendered("{% who_may p o %}", make.make_user(), p=permission, o=objekt)
    assert text(said) == expected
    assert text(rendered("{% who_may p o %}", AnonymousUser(), p=permission, o=objekt)) == expected


def test_who_may_on_a_system_leaves_out_those_of_other_systems(objekt: Forvaltningsobjekt) -> None:
    one, other = make.make_system(objekt), make.make_system(objekt)
    make.appoint(objekt, "systemforvaltare", make.make_user("sara.ett"), systems=[one])
    make.appoint(objekt, "systemforvaltare", make.make_user("sven.tva"), systems=[other])
    said = text(rendered("{% who_may 'record_gallring' s %}", make.make_user(), s=one))
    assert said == "systemförvaltaren, Sara Ett"


def test_who_may_without_a_thing_is_the_administrators() -> None:
    assert text(rendered("{% who_may 'add_leverantor' %}", make.make_user())) == "Administratörerna"


def test_holders_pairs_a_page_of_things_with_their_roles_in_one_query(
    objekt: Forvaltningsobjekt, django_assert_num_queries: Any
) -> None:
    things = [objekt, make.make_objekt("Tomt")]
    source = (
        "{% holders things as rows %}{% for o, held in rows %}{{ o }}: {{ held.namnd.namnd }},"
        " {{ held.forvaltningsledare.person }}; {% endfor %}"
    )
    reader = make.make_user()
    with django_assert_num_queries(1):
        said = rendered(source, reader, things=things)
    assert text(said).startswith("Elevadministration: Utbildningsnämnden, Lars Nystrom; Tomt: ,")


def test_a_name_is_never_markup(objekt: Forvaltningsobjekt) -> None:
    people.change(None, holder(objekt, "objektagare").person, last_name="<b>Lund</b>")
    everything = "{% staffing_panel o %}{% mandate_matrix o %}{% who_may 'decide_livscykel' o %}"
    assert "<b>Lund" not in rendered(everything, make.make_admin(), o=objekt)


def test_a_page_takes_as_many_queries_with_forty_assignments_as_with_five(
    objekt: Forvaltningsobjekt,
) -> None:
    source = (
        "{% staffing_panel o %}{% operative_roles o %}{% mandate_matrix o %}"
        "{% who_may 'decide_livscykel' o %}"
    )

    def count() -> int:
        user = User.objects.get(pk=reader.pk)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            rendered(source, user, o=objekt)
        return len(queries)

    reader = make.make_admin()
    make.appoint(objekt, "it_specialist", make.make_user())
    assignments.substitute(
        None,
        holder(objekt, "objektagare"),
        make.make_user(),
        valid_from=make.today(),
        valid_to=make.today(),
    )
    before = count()
    system = make.make_system(objekt)
    for number in range(15):
        make.appoint(objekt, "it_specialist", make.make_user())
        sara = make.appoint(objekt, "systemforvaltare", make.make_user(), systems=[system])
        if number < 5:
            assignments.substitute(
                None, sara, make.make_user(), valid_from=make.today(), valid_to=make.today()
            )
    assert count() == before <= 6


@pytest.mark.parametrize(
    ("clause", "words"),
    [("6.2.U2", "Avsnitt 6.2 U2"), ("6.2.d", "Avsnitt 6.2 d"), ("1.b", "Avsnitt 1 b"),
     ("6.0", "Avsnitt 6.0"), ("2.2", "Avsnitt 2.2"), ("6.3.U10", "Avsnitt 6.3 U10")],
)  # fmt: skip
def test_a_clause_is_written_as_in_the_document(clause: str, words: str) -> None:
    assert text(rendered("{% clause c %}", make.make_user(), c=clause)) == words
