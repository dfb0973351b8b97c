"""Reminders: to those who can act and nobody else, once for each time a finding comes about."""

import threading
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from exchange.models import Forekomst, Paminnelseval, Utskick
from exchange.reminders.digest import send_reminders
from governance.actions import objekt as objekt_actions
from governance.models import Forvaltningsobjekt
from roles import assignments, people
from roles.models import User
from tests import factories as make
from tests.factories import today
from tests.factories.steering import make_plan_today

pytestmark = pytest.mark.django_db
OWN = "har ingen fastställd förvaltningsplan"


class Down(BaseEmailBackend):
    """A mail server that is down."""

    def send_messages(self, _messages: object) -> int:
        raise ConnectionRefusedError("nobody answers")


def letters() -> dict[str, str]:
    """Send, and return what each address was told by this run."""
    mail.outbox.clear()
    send_reminders()
    assert len({letter.to[0] for letter in mail.outbox}) == len(mail.outbox)
    return {letter.to[0]: str(letter.body) for letter in mail.outbox}


def later(days: int = 7) -> None:
    """Let the last letters be as old as that."""
    for choice in Paminnelseval.objects.exclude(last_on=None):
        Paminnelseval.objects.filter(pk=choice.pk).update(
            last_on=choice.last_on and choice.last_on - timedelta(days=days)
        )


@pytest.fixture
def cast() -> dict[str, User]:
    roles = ("objektagare", "objektagare_it", "forvaltningsledare", "forvaltningsledare_it")
    return {role: make.make_user(f"{role}.person") for role in roles}


@pytest.fixture
def objekt(cast: dict[str, User]) -> Forvaltningsobjekt:
    return make.make_active("Elevhälsa", **cast)


def test_a_finding_is_told_to_those_who_hold_its_verb_and_to_nobody_else(
    cast: dict[str, User], objekt: Forvaltningsobjekt
) -> None:
    make.make_admin()
    make.make_revisor()
    make.make_user("ute.staende")
    make_plan_today(objekt, "framlagd")
    told = letters()
    leaders = {cast["forvaltningsledare"].email, cast["forvaltningsledare_it"].email}
    assert {to for to, text in told.items() if OWN in text} == leaders
    waiting = "väntar på underskrift för IT"
    assert {to for to, text in told.items() if waiting in text} == {cast["objektagare_it"].email}
    assert all("http://" in text for text in told.values())
    for outsider in ("adam.admin", "rut.revisor", "ute.staende"):
        assert OWN not in told.get(f"{outsider}@example.se", "")


def test_it_is_told_once_however_often_the_command_runs(objekt: Forvaltningsobjekt) -> None:
    assert letters()
    assert letters() == {}
    later()
    assert letters() == {}


def test_what_is_mended_and_breaks_again_is_told_again(
    cast: dict[str, User], objekt: Forvaltningsobjekt
) -> None:
    leader = cast["forvaltningsledare"].email
    assert OWN in letters()[leader]
    plan = make_plan_today(objekt)
    later()
    assert OWN not in letters().get(leader, "")
    make.put(plan, status="ersatt")
    later()
    assert OWN in letters()[leader]
    assert Forekomst.objects.filter(rule="no_plan", thing=objekt.pk).count() == 2


@pytest.mark.parametrize(("often", "days"), [("dagligen", 1), ("veckovis", 7), ("manadsvis", 30)])
def test_a_letter_comes_as_often_as_its_reader_has_chosen(
    cast: dict[str, User], objekt: Forvaltningsobjekt, often: str, days: int
) -> None:
    leader = cast["forvaltningsledare"]
    Paminnelseval.objects.create(person=leader, hur_ofta=often)
    assert leader.email in letters()
    make.make_active("Bygglov", **cast)
    later(days - 1)
    assert leader.email not in letters()
    later(1)
    assert "Bygglov" in letters()[leader.email]


def test_who_wants_none_gets_none_until_choosing_otherwise(
    cast: dict[str, User], objekt: Forvaltningsobjekt
) -> None:
    leader = cast["forvaltningsledare"]
    Paminnelseval.objects.create(person=leader, hur_ofta="aldrig")
    assert leader.email not in letters()
    client = Client()
    client.force_login(leader)
    url = reverse("exchange:reminders")
    assert client.get(url).status_code == 200
    assert client.post(url, {"hur_ofta": "ibland", "version": 0}).status_code == 422
    assert client.post(url, {"hur_ofta": "dagligen", "version": 0}).status_code == 302
    assert OWN in letters()[leader.email]
    menu = 1  # it stands in everybody's own menu, and once more on one's own page
    own = client.get(leader.get_absolute_url()).content.decode()
    assert own.count(f'href="{url}"') == menu + 1
    other = cast["objektagare"].get_absolute_url()
    assert client.get(other).content.decode().count(f'href="{url}"') == menu


def test_a_vacancy_falls_back_to_whoever_appoints_and_at_last_to_administratorer() -> None:
    eva, admin = make.make_user("eva.lund"), make.make_admin()
    draft = make.make_objekt("Utkastet", verksamhetsprocess="")
    make.appoint(draft, "objektagare", eva)
    make.make_objekt("Ensamt", verksamhetsprocess="")
    told = letters()
    missing = "saknar uppgift om vilken verksamhetsprocess"
    assert f"Utkastet {missing}" in told[eva.email]
    assert f"Utkastet {missing}" not in told[admin.email]
    assert f"Ensamt {missing}" in told[admin.email]
    assert f"Ensamt {missing}" not in told[eva.email]


def test_who_has_left_gets_nothing_and_whoever_appoints_gets_it_instead(
    cast: dict[str, User], objekt: Forvaltningsobjekt
) -> None:
    for role in ("forvaltningsledare", "forvaltningsledare_it"):
        people.set_active(None, cast[role], False, reason="Slutade")
    told = letters()
    assert cast["forvaltningsledare"].email not in told
    assert OWN in told[cast["objektagare"].email]
    assert OWN in told[cast["objektagare_it"].email]


def test_who_handed_over_yesterday_gets_nothing_though_the_night_was_missed(
    cast: dict[str, User], objekt: Forvaltningsobjekt
) -> None:
    karin = make.make_user("karin.oberg")
    held = objekt.assignments.get(role="forvaltningsledare")
    assignments.hand_over(None, held, karin, on=today(), reason="Byte")
    told = letters()
    assert OWN in told[karin.email]
    assert cast["forvaltningsledare"].email not in told


def test_a_hidden_system_is_named_in_no_letter_and_told_of_to_who_may_know_of_it(
    cast: dict[str, User], objekt: Forvaltningsobjekt
) -> None:
    outsider = make.make_user("ute.staende")
    make.make_active("Grannen", forvaltningsledare=outsider)
    hidden = make.make_system(objekt, "Hemliga larmet", skyddsvard=True)
    make.make_system(objekt, "Öppna kartan")
    told = letters()
    leader = told[cast["forvaltningsledare"].email]
    assert "Ett skyddsvärt system i Elevhälsa är inte klassat." in leader
    assert hidden.get_absolute_url() in leader
    assert "Öppna kartan är inte klassat." in leader
    assert hidden.get_absolute_url() not in told[outsider.email]
    assert "skyddsvärt system i" not in told[outsider.email]


def test_no_letter_names_a_hidden_system_on_its_way_through_the_world(
    cast: dict[str, User], objekt: Forvaltningsobjekt
) -> None:
    make.make_system(objekt, "Hemliga larmet", skyddsvard=True)
    letters()
    assert mail.outbox
    assert not any("Hemliga" in f"{each.subject}{each.body}" for each in mail.outbox)


def test_a_mail_server_that_is_down_leaves_it_untold_for_the_next_run(
    settings: Any, objekt: Forvaltningsobjekt
) -> None:
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.Down"
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit):
        call_command("send_reminders", stdout=out, stderr=err)
    assert "gick inte att skicka" in err.getvalue()
    assert not Utskick.objects.exists()
    settings.EMAIL_BACKEND = working
    call_command("send_reminders", stdout=out)
    assert mail.outbox


def test_without_a_mail_server_nobody_is_taken_to_have_been_told(
    settings: Any, objekt: Forvaltningsobjekt
) -> None:
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    out = StringIO()
    call_command("send_reminders", stdout=out)
    assert out.getvalue() == "Ingen e-postserver är angiven (EMAIL_HOST): inget skickas.\n"
    assert not Utskick.objects.exists()
    settings.EMAIL_BACKEND = working
    call_command("send_reminders", stdout=out)
    assert mail.outbox


def test_the_database_holds_one_letter_a_person_and_one_open_occurrence(
    objekt: Forvaltningsobjekt,
) -> None:
    send_reminders()
    sent, found = Utskick.objects.all()[0], Forekomst.objects.all()[0]
    with pytest.raises(IntegrityError, match="utskick_once"), transaction.atomic():
        Utskick.objects.create(person=sent.person, forekomst=sent.forekomst)
    with pytest.raises(IntegrityError, match="forekomst_open_once"), transaction.atomic():
        Forekomst.objects.create(rule=found.rule, kind=found.kind, thing=found.thing)


def test_many_of_a_kind_are_ten_and_a_number(cast: dict[str, User]) -> None:
    for number in range(13):
        objekt_actions.verify(None, make.make_active(f"Objekt {number}", **cast))
    text = letters()[cast["forvaltningsledare"].email]
    assert text.count(OWN) == 10
    assert "… och 3 till:" in text
    rest = "/objekt/?finding=no_plan&mine=1"
    assert rest in text
    client = Client()
    client.force_login(cast["forvaltningsledare"])
    assert client.get(rest).context["total"] == 13


def test_a_long_letter_names_forty_things_and_counts_the_rest_worst_first(
    cast: dict[str, User],
) -> None:
    for number in range(11):
        make.make_system(make.make_active(f"Objekt {number}", **cast), f"System {number}")
    text = letters()[cast["forvaltningsledare"].email]
    named, rest = text.split("Dessutom:")
    assert named.count("\n- ") == 40
    assert "Ingen klassning: 11" in rest
    assert "/system/?finding=not_classified&mine=1" in rest
    assert named.rindex("BRIST: ") < named.index("PÅMINNELSE: ")
    assert len(text.splitlines()) < 130


def subjects() -> dict[str, str]:
    return {each.to[0]: str(each.subject) for each in mail.outbox}


def test_the_subject_says_what_it_is_when_it_is_one_thing_and_else_how_much_and_where(
    cast: dict[str, User], objekt: Forvaltningsobjekt
) -> None:
    objekt_actions.verify(None, objekt)
    letters()
    leader = cast["forvaltningsledare_it"].email
    assert subjects()[leader] == (
        "RegIT: Elevhälsa har ingen fastställd förvaltningsplan som gäller i dag."
    )
    later()
    make.make_active("Bygglov", **cast)
    make.make_system(make.make_active("Arkiv", **cast))
    letters()
    said = subjects()[cast["forvaltningsledare"].email]
    assert said.startswith("RegIT: 4 brister och ")
    assert said.endswith(" i 2 förvaltningsobjekt")


def test_a_letter_says_since_when_it_is_news_and_why_it_comes_to_whoever_appoints(
    cast: dict[str, User], objekt: Forvaltningsobjekt
) -> None:
    people.set_active(None, cast["forvaltningsledare"], False, reason="Slutade")
    people.set_active(None, cast["forvaltningsledare_it"], False, reason="Slutade")
    first = letters()[cast["objektagare"].email]
    assert "Det här har du mandat att göra något åt:" in first
    assert "Ingen kan göra det i dag. Du kan utse någon." in first
    later()
    make.make_active("Bygglov", **cast)
    assert "Det här är nytt sedan brevet" in letters()[cast["objektagare"].email]


def test_who_can_act_and_has_no_address_is_counted_for_whoever_runs_it(
    cast: dict[str, User], objekt: Forvaltningsobjekt
) -> None:
    make.put(cast["forvaltningsledare"], email="")
    out = StringIO()
    call_command("send_reminders", stdout=out)
    assert "1 person som kan åtgärda något saknar e-postadress." in out.getvalue()


def test_the_page_of_the_choice_is_in_everybodys_own_menu() -> None:
    client = Client()
    client.force_login(make.make_user())
    assert f'href="{reverse("exchange:reminders")}"' in client.get("/").content.decode()


def test_more_findings_of_the_same_people_take_no_more_queries(cast: dict[str, User]) -> None:
    def queries() -> int:
        Utskick.objects.all().delete()
        Paminnelseval.objects.update(last_on=None)
        with CaptureQueriesContext(connection) as asked:
            send_reminders()
        return len(asked)

    make.make_active("", **cast, namnd=(namnd := make.make_namnd()))
    queries()
    few = queries()
    for _ in range(8):
        make.make_active("", **cast, namnd=namnd)
    queries()
    assert queries() == few


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_send_each_letter_once() -> None:
    objekt = make.make_active("Elevhälsa")
    failures: list[BaseException] = []

    def run() -> None:
        try:
            send_reminders()
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    mail.outbox.clear()
    runs = [threading.Thread(target=run) for _ in range(3)]
    for each in runs:
        each.start()
    for each in runs:
        each.join()
    assert failures == []
    addresses = [letter.to[0] for letter in mail.outbox]
    assert addresses
    assert len(addresses) == len(set(addresses))
    assert Forekomst.objects.filter(rule="no_plan", thing=objekt.pk).count() == 1
    assert timezone.localdate() == Paminnelseval.objects.exclude(last_on=None)[0].last_on
