"""The timeline of one thing: who did what, when and why, old → new in words."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.actions import informationsmangd as mangder
from governance.actions import leverantor as leverantorer
from governance.actions import objekt as objekt_actions
from governance.actions import samband as samband_actions
from governance.actions import system as systems
from governance.forms.history import HistoryFilter
from governance.gestures import gesture
from governance.history.filters import Filters
from governance.history.timeline import Entry, Timeline
from governance.models import Forvaltningsobjekt, Gesture
from roles import assignments, people
from roles.models import RoleAssignment, User
from tests import factories as make

pytestmark = pytest.mark.django_db


def entries(thing: Any, reader: Any = None, **filters: Any) -> list[Entry]:
    timeline = Timeline(reader, thing, Filters(**filters))
    return timeline.entries(timeline.gestures().order_by("-at", "-id"))


def told(entry: Entry) -> list[str]:
    """Return an entry as plain lines."""
    lines = [entry.said]
    for item in entry.items:
        lines.append(item.said())
        lines += [f"{c.label}: {c.old or '–'} → {c.new or '–'}" for c in item.changes]
    return lines


@pytest.fixture
def karin() -> User:
    return make.make_user("karin.oberg", last_name="Öberg")


def test_a_change_is_told_field_by_field_in_words(karin: User) -> None:
    objekt = make.make_active("Elevadministration", forvaltningsledare=karin)
    tieto = leverantorer.create(None, name="Tieto")
    system = make.make_system(objekt, "Procapita", ovriga_uppgifter=[["Kod", "17"]])
    systems.change(
        karin,
        system,
        reason="Ny upphandling",
        nis2="viktig",
        personal_data=True,
        leverantor=tieto,
        konfidentialitet=2,
        driftsatt_on=date(2026, 5, 12),
        ovriga_uppgifter=[["Kod", "18"], ["Plan", "A"]],
    )
    entry = entries(objekt)[0]
    assert entry.reason == "Ny upphandling"
    assert told(entry) == [
        "Karin Öberg ändrade uppgifter",
        "Informationssystem Procapita ändrades",
        "Driftsatt: – → 2026-05-12",
        "Konfidentialitet: – → 2",
        "Personuppgifter: – → Ja",
        "NIS2-klass: – → Viktig",
        "Kod: 17 → 18",
        "Plan: – → A",
        "Leverantör: – → Tieto",
    ]


def test_a_handover_is_one_entry_with_both_sentences(karin: User) -> None:
    lars = make.make_user("lars.nystrom", last_name="Nyström")
    objekt = make.make_active("Elevadministration", forvaltningsledare=lars)
    held = RoleAssignment.objects.get(objekt=objekt, role="forvaltningsledare")
    assignments.hand_over(None, held, karin, on=date(2027, 1, 1), reason="Lars går i pension")
    entry = entries(objekt)[0]
    assert entry.reason == "Lars går i pension"
    assert told(entry) == [
        "RegIT lämnade över",
        "Lars Nyströms uppdrag som förvaltningsledare avslutas 31 december 2026.",
        "Karin Öberg är förvaltningsledare från och med 1 januari 2027.",
    ]
    assert len(entries(lars)) == 3  # registered, appointed, relieved
    assert told(entries(lars)[0])[1] == (
        "Lars Nyströms uppdrag som förvaltningsledare för Elevadministration avslutas 31 december 2026."
    )


def test_a_past_handover_says_that_the_time_ended(karin: User) -> None:
    objekt = make.make_active()
    held = RoleAssignment.objects.get(objekt=objekt, role="objektagare_it")
    day = make.today() - timedelta(days=3)
    assignments.hand_over(None, held, karin, on=day, reason="Registreras i efterhand")
    assert "uppdrag som objektägare IT avslutades" in told(entries(objekt)[0])[1]


def test_a_moved_system_is_told_on_both_objects_and_later_only_on_its_own() -> None:
    old, new = make.make_objekt("Gamla"), make.make_objekt("Nya")
    system = make.make_system(old, "Procapita")
    mangder.create(None, system, content="Betyg", verksamhet="Skola")
    system = systems.move(None, system, new, reason="Hör hemma där")
    systems.change(None, system, product="Edlevo")
    mangder.create(None, system, content="Frånvaro", verksamhet="Skola")
    moved = ["RegIT flyttade system", "Procapita flyttades från Gamla till Nya."]
    before, after = [[told(e) for e in entries(o)] for o in (old, new)]
    assert before[0] == moved
    assert any("Betyg i Procapita" in line for lines in before for line in lines)
    assert not any("Frånvaro" in line or "Edlevo" in line for lines in before for line in lines)
    assert moved in after
    assert not any("Betyg" in line for lines in after for line in lines)
    assert [e.gesture.kind for e in entries(system)][-1] == "create"


def test_what_came_and_left_a_supplier_is_in_its_history_and_nothing_else_of_the_system() -> None:
    first, second = [leverantorer.create(None, name=n) for n in ("Tieto", "CGI")]
    system = make.make_system(make.make_objekt(), "Procapita", leverantor=first)
    systems.change(None, system, purpose="Betyg")
    systems.change(None, system, leverantor=second)
    assert told(entries(first)[0])[1:] == [
        "Informationssystem Procapita ändrades",
        "Leverantör: Tieto → CGI",
    ]
    assert len(entries(first)) == 3
    assert len(entries(second)) == 2


def test_membership_of_groups_is_told_by_name(karin: User) -> None:
    people.set_groups(None, karin, ["Revisorer"], reason="Ny uppgift")
    people.set_groups(None, karin, ["Administratörer"])
    assert [told(e)[2:] for e in entries(karin)][:2] == [
        ["Grupper: Revisorer → Administratörer"],
        ["Grupper: – → Revisorer"],
    ]


def test_substitutes_representatives_and_departures_are_sentences(karin: User) -> None:
    lars = make.make_user("lars.nystrom", last_name="Nyström")
    namnd = make.make_namnd("Utbildningsnämnden")
    objekt = make.make_active("Elever", objektagare=lars, namnd=namnd)
    held = RoleAssignment.objects.get(objekt=objekt, role="objektagare")
    start = make.today()
    assignments.substitute(None, held, karin, valid_from=start, valid_to=start, reason="Semester")
    assert (
        "Karin Öberg är ersättare för Lars Nyström, objektägare, från"
        in told(entries(objekt)[0])[1]
    )
    stands_for = people.add_representant(None, namnd, karin)
    assert told(entries(namnd)[0])[1] == "Karin Öberg företräder Utbildningsnämnden."
    people.remove_representant(None, stands_for)
    assert told(entries(namnd)[0])[1] == "Karin Öberg företräder inte längre Utbildningsnämnden."
    people.set_active(None, karin, False, reason="Slutat")
    assert told(entries(karin)[0])[1:] == ["Karin Öberg har slutat: kontot är inaktiverat."]


def test_an_appointment_taken_back_leaves_its_story(karin: User) -> None:
    objekt = make.make_objekt("Elever")
    later = make.today() + timedelta(days=30)
    made = make.appoint(objekt, "it_specialist", karin, valid_from=later)
    assignments.cancel(None, made, reason="Ångrat")
    lines = [told(e)[1] for e in entries(objekt)][:2]
    assert lines[0].startswith("Karin Öberg blir inte IT-specialist från och med")
    assert lines[1].startswith("Karin Öberg är IT-specialist från och med")


def test_what_was_removed_shows_what_it_said() -> None:
    system = make.make_system(make.make_objekt(), "Procapita")
    flow = samband_actions.create(
        None, system, outside_party="Skatteverket", information="Folkbokföring"
    )
    samband_actions.remove(None, flow)
    item = entries(system)[0].items[0]
    assert item.said() == "Samband Procapita – Skatteverket togs bort"
    assert {c.only for c in item.changes} >= {"Skatteverket", "Folkbokföring", "API"}


def test_verified_is_a_sentence_and_no_table(karin: User) -> None:
    objekt = make.make_active("Elever", forvaltningsledare=karin)
    objekt_actions.verify(karin, objekt)
    assert told(entries(objekt)[0]) == [
        "Karin Öberg bekräftade uppgifterna",
        "Uppgifterna om Elever bekräftades.",
    ]


def test_a_gesture_that_changed_nothing_is_in_no_timeline() -> None:
    objekt = make.make_objekt()
    with gesture(None, "change"):
        pass
    assert [e.gesture.kind for e in entries(objekt)] == ["create"]


class TestPage:
    @pytest.fixture
    def objekt(self, karin: User) -> Forvaltningsobjekt:
        return make.make_active("Elevadministration", forvaltningsledare=karin)

    def test_every_reader_sees_it_but_nobody_without_login(
        self, client: Client, objekt: Forvaltningsobjekt
    ) -> None:
        url = reverse("governance:objekt_history", args=[objekt.pk])
        assert client.get(url).status_code == 302
        client.force_login(make.make_user())
        page = client.get(url)
        assert page.status_code == 200
        made = Gesture.objects.filter(kind="status").get()
        assert f'id="{made.pk}"' in page.text
        assert client.get(reverse("governance:objekt_history", args=[0])).status_code == 404

    def test_filters_narrow_and_an_empty_result_says_so(
        self, client: Client, objekt: Forvaltningsobjekt, karin: User
    ) -> None:
        objekt_actions.change(karin, objekt, description="Ny beskrivning")
        client.force_login(karin)
        url = reverse("governance:objekt_history", args=[objekt.pk])
        mine = client.get(url, {"vem": str(karin.pk), "slag": "change"})
        assert [e.gesture.actor for e in mine.context["entries"]] == [karin]
        past = client.get(url, {"until": "2001-01-01"})
        assert "Inget i historiken stämmer med filtren" in past.text
        assert client.get(url, {"vem": "x", "since": "igår", "fore": "nej"}).status_code == 200

    def test_older_and_newer_lead_through_all_of_it(
        self, client: Client, objekt: Forvaltningsobjekt, karin: User
    ) -> None:
        for number in range(60):
            objekt_actions.change(karin, objekt, description=f"Beskrivning {number}")
        client.force_login(karin)
        url = reverse("governance:objekt_history", args=[objekt.pk])
        first = client.get(url)
        second = client.get(f"{url}?{first.context['page'].older}")
        back = client.get(f"{url}?{second.context['page'].newer}")
        pages = [[e.gesture.pk for e in p.context["entries"]] for p in (first, second, back)]
        assert len(pages[0]) == 50
        assert not set(pages[0]) & set(pages[1])
        assert pages[2] == pages[0]
        assert not second.context["page"].older
        assert not back.context["page"].newer

    def test_takes_as_many_queries_for_two_gestures_as_for_fifty(
        self,
        client: Client,
        objekt: Forvaltningsobjekt,
        karin: User,
    ) -> None:
        client.force_login(karin)
        url = reverse("governance:objekt_history", args=[objekt.pk])
        for number in range(2):
            make.make_system(objekt, f"S{number}")
        with CaptureQueriesContext(connection) as few:
            client.get(url)
        for number in range(60):
            make.make_system(objekt, f"T{number}")
        with CaptureQueriesContext(connection) as many:
            client.get(url)
        assert len(many) <= len(few)


@pytest.mark.parametrize("name", ["system", "namnd", "leverantor"])
def test_every_thing_has_its_page_for_whoever_is_logged_in(client: Client, name: str) -> None:
    made = {
        "system": lambda: make.make_system(make.make_objekt(), "Procapita"),
        "namnd": lambda: make.make_namnd("Byggnadsnämnden"),
        "leverantor": lambda: leverantorer.create(None, name="Tieto", reason="Ny"),
    }
    url = reverse(f"governance:{name}_history", args=[made[name]().pk])
    assert client.get(url).status_code == 302
    client.force_login(make.make_user())
    page = client.get(url)
    assert page.status_code == 200
    assert "RegIT registrerade" in page.text
    assert client.get(reverse(f"governance:{name}_history", args=[0])).status_code == 404


def test_a_long_text_is_shortened_and_can_be_opened(client: Client, karin: User) -> None:
    objekt = make.make_active("Elever", forvaltningsledare=karin)
    long = "Beskrivning " * 60
    objekt_actions.change(karin, objekt, description=f"<script>{long}")
    client.force_login(karin)
    text = client.get(reverse("governance:objekt_history", args=[objekt.pk])).text
    assert '<details class="long">' in text
    assert "&lt;script&gt;Beskrivning" in text
    assert long.strip() in text


def test_what_was_made_and_removed_in_one_gesture_leaves_no_trace() -> None:
    system = make.make_system(make.make_objekt(), "Procapita")
    with gesture(None, "change"):
        flow = samband_actions.create(None, system, outside_party="Skatteverket")
        samband_actions.remove(None, flow)
    assert not entries(system)[0].items


def test_one_readers_page_leaves_no_names_for_another_page_of_the_same_process(
    client: Client, karin: User
) -> None:
    system = make.make_system(make.make_active(forvaltningsledare=karin), "Procapita")
    systems.change(karin, system, purpose="Elever")
    client.force_login(karin)
    page = client.get(reverse("governance:system_history", args=[system.pk]))
    offered = [label for _key, label in page.context["form"].fields["vem"].choices]
    assert offered == ["Alla", "RegIT", str(karin)]
    assert list(HistoryFilter.base_fields["vem"].choices) == []  # type: ignore[attr-defined]


def test_of_a_long_history_the_person_is_typed(
    client: Client, karin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("governance.history.reading.LISTED", 1)
    lars = make.make_admin("lars.nystrom")
    objekt = make.make_active("Elever", forvaltningsledare=karin)
    objekt_actions.change(karin, objekt, description="Av Karin")
    objekt_actions.change(lars, objekt, description="Av Lars")
    people.set_active(None, lars, False, reason="Slutade")
    client.force_login(karin)
    address = reverse("governance:objekt_history", args=[objekt.pk])

    def told(who: Any) -> list[Any]:
        page = client.get(address, {"vem": who})
        assert page.context["form"].ignored == []
        return [entry.gesture.actor for entry in page.context["entries"]]

    assert set(told("")) == {karin, lars, None}
    assert told("Lars Nystrom") == told(lars.pk) == told("lars.nystrom") == [lars]
    assert set(told("regit")) == {None}
    page = client.get(address, {"vem": "RegIT"})
    assert [chip.value for chip in page.context["form"].chips()] == ["RegIT"]
    missed = client.get(address, {"vem": "Ingen Alls"})
    assert "”Ingen Alls” går inte att söka på" in missed.text
    assert len(missed.context["entries"]) == len(told(""))
