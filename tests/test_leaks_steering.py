"""What is decided about a skyddsvärt system is hidden with it: plans, agreements, money, meetings.

Of each kind there is one thing about the open system and one about the hidden one, alike but for a
word in their title. Every way out is tried as those who may know and as those who may not.
"""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any, ClassVar
from urllib.parse import quote_plus

from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from exchange.webhooks.outbox import NOUNS, things_of
from governance.actions import (
    arende,
    avrop,
    avtal_signing,
    avtalsfiler,
    avvikelse,
    bedomning,
    kostnad,
    kostnadsrapport,
    mote,
    planrader,
    protokoll,
    uppdrag,
)
from governance.actions import avtal as avtal_actions
from governance.actions import plan as plan_actions
from governance.models import Aktivitet, Gesture, Informationssystem
from roles.models import User
from tests.exchange.api.caller import Caller
from tests.factories import today
from tests.factories.avtal import holder, make_avtal
from tests.factories.steering import cover, make_plan, set_status
from tests.hiding import Cast, build

SHOWN, SECRET = "Blåklocka", "Vitsippa"
Things = dict[str, Any]


def agreed(cast: Cast, system: Informationssystem, word: str, owner: User) -> Things:
    """Sign an agreement within a plan, extend it, keep a file and follow it up."""
    made = make_avtal(
        cast.objekt, system, slag="drift", title=f"{word} avtal", varde=Decimal(1000),
        extension_months=12, diarienummer=f"{word} dnr", ends_on=today() + timedelta(days=80),
    )  # fmt: skip
    avtal_actions.approve(owner, made)
    day = today()
    made = avtal_signing.sign(owner, made, signed_on=day, decision=f"{word} beslut")
    later = today() + timedelta(days=100)
    avtal_signing.extend(owner, made, until=later, decision=f"{word} förlängning")
    avtal_signing.follow_up(owner, made, on=day, note=f"{word} uppföljning")
    fil = avtalsfiler.add(None, made, file=SimpleUploadedFile(f"{word}.txt", word.encode()))
    return {"avtal": made, "avtalsfil": fil}


def paid(cast: Cast, system: Informationssystem, word: str, avtal: Any) -> Things:
    """Call off, deliver, and book costs of the system, of its agreement and of its call-off."""
    money: dict[str, Any] = {"belopp": Decimal(10), "on": today()}
    called = avrop.call_off(None, avtal, title=f"{word} avrop", **money)
    leverans = avrop.register_leverans(None, called, title=f"{word} leverans", on=today())
    costs = {
        name: kostnad.register(
            None, cast.objekt, sida="it", title=f"{word} kostnad {name}", **money, **about
        )
        for name, about in {
            "system": {"system": system}, "avtal": {"avtal": avtal}, "avrop": {"avrop": called},
        }.items()
    }  # fmt: skip
    return {"avrop": called, "leverans": leverans, **{f"kostnad_{n}": c for n, c in costs.items()}}


def steer(cast: Cast, system: Informationssystem, word: str, plan: Any, owner: User) -> Things:
    """Let everything be decided about a system that can be; the plan is a draft."""
    things = agreed(cast, system, word, owner)
    cover(plan, things["avtal"])
    row: dict[str, Any] = {"sida": "it", "title": f"{word} aktivitet", "ram": Decimal(100)}
    things["aktivitet"] = planrader.add(None, plan, Aktivitet, system=system, **row)
    things |= paid(cast, system, word, things["avtal"])
    about: dict[str, Any] = {"system": system, "description": f"{word} text"}
    things["arende"] = arende.refer(None, cast.objekt, title=f"{word} ärende", **about)
    things["avvikelse"] = avvikelse.report(
        None, cast.objekt, sida="it", title=f"{word} avvikelse", paverkar="tid", on=today(), **about
    )
    bedomning.judge(owner, system, "verksamhet", omdome="utveckla", motivering=f"{word} omdöme")
    return things


def held(cast: Cast, people: list[User], shown: Things, secret: Things) -> Any:
    """Hold a meeting about both and put its minutes forward."""
    start = timezone.now() - timedelta(hours=2)
    made = mote.plan(
        None, cast.objekt, slag="styrgrupp", starts_at=start, ends_at=start + timedelta(hours=1),
        arenden=[shown["arende"], secret["arende"]], people=people,
        avvikelser=[shown["avvikelse"], secret["avvikelse"]],
    )  # fmt: skip
    protokoll.hold(None, made, attended=made.motesdeltagare.all(), minutes="Vi gick igenom läget.")
    for item in made.dagordningspunkt.all():
        word = SECRET if SECRET in item.title else SHOWN
        protokoll.note(None, item, notes=f"{word} anteckning")
    return protokoll.put_forward(None, made)


class TestSteering(TestCase):
    """Every way out of what is steered."""

    cast: ClassVar[Cast]
    shown: ClassVar[Things]
    secret: ClassVar[Things]
    pks: ClassVar[dict[str, Any]]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.cast = cast = build()
        owner, it = (holder(cast.objekt, role) for role in ("objektagare", "objektagare_it"))
        days = {
            "period_from": today() - timedelta(days=50),
            "period_to": today() + timedelta(days=50),
        }
        plan = make_plan(cast.objekt, status="utkast", budget={"it": "25"}, **days)
        cls.shown = steer(cast, cast.open, SHOWN, plan, owner)
        cls.secret = steer(cast, cast.hidden, SECRET, plan, owner)
        set_status(plan, "faststalld")
        for things, word in ((cls.shown, SHOWN), (cls.secret, SECRET)):
            things["uppdrag"] = uppdrag.initiate(
                None, cast.objekt, aktivitet=things["aktivitet"], title=f"{word} uppdrag"
            )
        meeting = held(cast, [owner, it], cls.shown, cls.secret)
        draft = plan_actions.begin_version(None, plan, period_from=today(), period_to=today())
        for row in draft.aktivitet.all():
            planrader.change(None, row, description="Ändrad")
        rapport = kostnadsrapport.report(None, cast.objekt, sida="it", until=today(), comment="-")
        cls.pks = {
            **cast.pks, "plan": plan.pk, "draft": draft.pk, "held": meeting.pk,
            "rapport": rapport.pk, "owner": owner.pk,
        }  # fmt: skip

    def everybody(self) -> Iterable[tuple[Client, User, bool]]:
        """Log in a leader and who has a role on the hidden system; a stranger and who has one beside it."""
        for people, knows in ((self.cast.knows, True), (self.cast.outside, False)):
            for person in people[:2]:
                client = Client()
                client.force_login(person)
                yield client, person, knows

    def check(
        self, address: str, query: dict[str, str] | None = None, *, shown: bool = True
    ) -> None:
        """Fetch a page as everybody: all read of the one thing, the insiders of the other too."""
        for client, person, knows in self.everybody():
            response = client.get(address, query or {})
            assert response.status_code == 200, (address, person)
            said = b"".join(response).decode(errors="replace")  # streamed or not
            for typed in (query or {}).values():
                for written in (typed, quote_plus(typed)):
                    said = said.replace(
                        written, ""
                    )  # What a person typed is shown to that person again
            assert (SHOWN in said) is shown, (address, person)
            assert (SECRET in said) is knows, (address, person)

    def test_no_page_of_the_object_tells_of_what_is_hidden(self) -> None:
        for name in ("uppdrag_list", "rapport_list", "avtal_list", "ekonomi", "kostnad_list"):
            self.check(reverse(f"governance:{name}", args=[self.cast.objekt.pk]))
        self.check(reverse("governance:objekt_history", args=[self.cast.objekt.pk]))

    def test_no_page_of_a_plan_tells_of_it(self) -> None:
        plan, draft = self.pks["plan"], self.pks["draft"]
        for name, args in {
            "plan_detail": [plan], "plan_history": [plan], "plan_compare": [plan, draft],
        }.items():  # fmt: skip
            self.check(reverse(f"governance:{name}", args=args))
        self.check(reverse("governance:plan_detail", args=[draft]))

    def test_neither_agenda_minutes_nor_their_history_tell_of_it(self) -> None:
        for name in ("mote_detail", "mote_history"):
            self.check(reverse(f"governance:{name}", args=[self.pks["held"]]))

    def test_no_list_search_or_filter_of_agreements_tells_of_it(self) -> None:
        everything = reverse("governance:avtal_all")
        self.check(everything)
        self.check(everything, {"q": "avtal"})
        self.check(everything, {"q": f"{SECRET} dnr"}, shown=False)
        self.check(
            reverse("governance:leverantor_detail", args=[self.shown["avtal"].leverantor_id])
        )

    def test_the_numbers_of_a_list_count_what_its_reader_sees(self) -> None:
        for client, person, knows in self.everybody():
            page = client.get(reverse("governance:avtal_all"), {"status": "tecknat"})
            assert f'data-live="{2 if knows else 1} träffar"' in page.content.decode(), person

    def test_what_is_hidden_has_no_address_and_what_is_open_has(self) -> None:
        for name in self.secret:
            for suffix in ("_detail", "_history", ""):
                try:
                    addresses = [
                        reverse(f"governance:{name}{suffix}", args=[things[name].pk])
                        for things in (self.shown, self.secret)
                    ]
                except NoReverseMatch:
                    continue
                for client, person, knows in self.everybody():
                    answers = [client.get(address).status_code for address in addresses]
                    assert answers == [200, 200 if knows else 404], (addresses, person)

    def test_a_cost_report_with_hidden_costs_in_it_is_hidden(self) -> None:
        address = reverse("governance:kostnadsrapport_detail", args=[self.pks["rapport"]])
        for client, person, knows in self.everybody():
            assert client.get(address).status_code == (200 if knows else 404), person

    def test_no_judgement_of_a_hidden_system_is_counted_in_the_picture(self) -> None:
        for client, person, knows in self.everybody():
            matrix = client.get(reverse("governance:bedomning")).context["matrix"]
            judged = [
                c.number for row in matrix.rows for c in row.cells if c.verksamhet == "utveckla"
            ]
            assert sum(judged) == (2 if knows else 1), person

    def test_the_api_tells_of_it_in_no_list_and_at_no_address(self) -> None:
        for person in (self.cast.outside[0], self.cast.knows[0]):
            knows, caller = person in self.cast.knows, Caller(person, may_write=False)
            for noun in NOUNS:
                told = str(caller.get(f"/{noun.path}", limit=200).json())
                assert knows or SECRET not in told, noun.path
                for name, thing in self.secret.items():
                    if type(thing) is noun.model:
                        assert (SECRET in told) is knows, noun.path
                        assert SHOWN in told, noun.path
                        codes = [
                            caller.get(f"/{noun.path}/{things[name].pk}").status_code
                            for things in (self.shown, self.secret)
                        ]
                        assert codes == [200, 200 if knows else 404], noun.path

    def test_no_other_program_is_told_of_it(self) -> None:
        told = things_of(list(Gesture.objects.values_list("pk", flat=True)))
        addresses = {address for group in told.values() for address in group}
        for noun in NOUNS:
            for name, thing in self.secret.items():
                if type(thing) is noun.model:
                    assert f"/api/v1/{noun.path}/{self.shown[name].pk}" in addresses
                    assert f"/api/v1/{noun.path}/{thing.pk}" not in addresses

    def test_no_letter_tells_of_it_whoever_receives_it(self) -> None:
        start = timezone.now() + timedelta(days=2)
        with self.captureOnCommitCallbacks(execute=True):
            for system, word in ((self.cast.open, SHOWN), (self.cast.hidden, SECRET)):
                self.tell_of(system, word)
            made = mote.plan(
                None, self.cast.objekt, slag="styrgrupp", starts_at=start,
                ends_at=start + timedelta(hours=1), people=self.cast.knows,
                arenden=[self.shown["arende"], self.secret["arende"]],
            )  # fmt: skip
            mote.call(None, made)
        letters = [
            str(letter.message()) + letter.body + str(letter.attachments) for letter in mail.outbox
        ]
        assert len([said for said in letters if SHOWN in said]) >= 3
        assert not any(SECRET in said for said in letters)
        assert not any(str(self.cast.hidden) in said for said in letters)

    def tell_of(self, system: Informationssystem, word: str) -> None:
        """Write to the styrgrupp and to the owner about a system."""
        objekt, text = self.cast.objekt, f"{word} text"
        arende.refer(None, objekt, system=system, title=f"{word} sak", description=text)
        avvikelse.report(
            None, objekt, system=system, sida="it", title=f"{word} fel", description=text,
            paverkar="tid", on=today(),
        )  # fmt: skip

    def test_costs_that_are_hidden_make_no_finding_that_others_see(self) -> None:
        owner = holder(self.cast.objekt, "objektagare")
        address = reverse("governance:objekt_list")
        query = {"finding": "above_it_budget"}
        costs = [c for name, c in self.secret.items() if name.startswith("kostnad")]
        for cost in costs:
            kostnad.judge(owner, cost, attest=True)
        hidden_too = "Budgeten är överskriden när kostnaderna för"
        for client, person, knows in self.everybody():
            assert str(self.cast.objekt) not in client.get(address, query).content.decode(), person
            page = client.get(self.cast.objekt.get_absolute_url()).content.decode()
            assert (hidden_too in page) is knows, person
        for name in ("system", "avtal", "avrop"):
            kostnad.judge(owner, self.shown[f"kostnad_{name}"], attest=True)
        for client, person, _knows in self.everybody():
            assert str(self.cast.objekt) in client.get(address, query).content.decode(), person
