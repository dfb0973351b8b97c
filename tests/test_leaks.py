"""A skyddsvärt system is known to its object's role holders, Revisorer and Administratörer only.

Each way that something reaches a person is tried as somebody who may know of the hidden system and
as somebody who may not; both the visible and the hidden one are named, by name and by address.
"""

import io
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any, ClassVar

import openpyxl
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone

from exchange.webhooks.outbox import NOUNS
from governance.actions import (
    arende,
    avvikelse,
    informationsmangd,
    kostnad,
    leverantor,
    mote,
    samband,
)
from governance.models import Informationssystem, Uppdrag
from roles.models import User
from tests.exchange.api.caller import Caller
from tests.factories import (
    appoint,
    make_active,
    make_admin,
    make_namnd,
    make_revisor,
    make_system,
    make_user,
    put,
    today,
)
from tests.steering_avtal import make_avtal

OPEN, HIDDEN = "Öppna registret", "Hemliga registret"
LISTED = ("avtal", "kostnad", "uppdrag", "arende", "avvikelse")


@dataclass
class Cast:
    """Who looks, and at what."""

    pks: dict[str, int]
    open: Informationssystem
    hidden: Informationssystem
    knows: list[User]
    outside: list[User]


def build() -> Cast:
    leader, namnd = make_user("lars.ledare"), make_namnd("Skolnämnden")
    supplier = leverantor.create(None, name="Leverans AB")
    objekt = make_active("Elevadministration", forvaltningsledare=leader, namnd=namnd)
    neighbour = make_active("Grannobjektet", forvaltningsledare=make_user("gun.granne"))
    given: dict[str, Any] = {"leverantor": supplier, "informationen_ags_av": namnd}
    visible = make_system(objekt, OPEN, **given)
    hidden = make_system(objekt, HIDDEN, konfidentialitet=4, **given)
    beside = make_system(neighbour, "Grannsystemet")
    owner = make_user("ines.informationsagare")
    for system in (visible, hidden):
        informationsmangd.create(
            None, system, content=f"Om {system}", verksamhet="Skolan", informationsagare=owner
        )
        samband.create(None, beside, target=system, information=f"Till {system}")
    for system in (visible, hidden):
        make_avtal(objekt, system, title=f"Drift av {system}")
        cost: dict[str, Any] = {"sida": "it", "belopp": Decimal(100), "on": today()}
        kostnad.register(None, objekt, system=system, title=f"Licens för {system}", **cost)
        arende.refer(None, objekt, system=system, title=f"Byt {system}", description="Gammalt")
        avvikelse.report(
            None,
            objekt,
            system=system,
            sida="it",
            title=f"Fel i {system}",
            description="Fel",
            paverkar="kvalitet",
            on=today(),
        )
    for matter in objekt.arende.all():
        put(Uppdrag(objekt=objekt, arende=matter, title=f"Uppdrag: {matter}"))
    keeper = appoint(objekt, "systemforvaltare", make_user("olle.oppen"), systems=[visible]).person
    known = appoint(objekt, "systemforvaltare", make_user("hedda.hemlig"), systems=[hidden]).person
    assert keeper
    assert known
    start = timezone.now() + timedelta(days=7)
    meeting = mote.plan(
        None,
        objekt,
        slag="styrgrupp",
        starts_at=start,
        ends_at=start + timedelta(hours=1),
        arenden=objekt.arende.all(),
        avvikelser=objekt.avvikelse.all(),
        people=[leader],
    )
    return Cast(
        pks={
            "mote": meeting.pk, "objekt": objekt.pk, "neighbour": neighbour.pk, "beside": beside.pk, "namnd": namnd.pk,
            "leverantor": supplier.pk, "owner": owner.pk, "known": known.pk, "open": visible.pk,
        },
        open=visible,
        hidden=hidden,
        knows=[leader, known, make_revisor(), make_admin()],
        outside=[make_user("ute.utanfor"), keeper, User.objects.get(username="gun.granne"), owner],
    )  # fmt: skip


def pages() -> list[tuple[str, str, dict[str, str], str]]:
    """Return the ways out: url name, thing, query, and the visible system's trace, if any."""
    return [
        ("governance:system_list", "", {}, OPEN),
        ("governance:system_list", "", {"q": "registret"}, OPEN),
        ("governance:system_list", "", {"q": "hemliga registret"}, ""),
        ("governance:system_list", "", {"leverantor": "leverantor"}, OPEN),
        *((f"governance:{kind}_all", "", {}, OPEN) for kind in LISTED),
        *(
            (f"governance:{kind}_all", "", {"objekt": "objekt", "q": "regi"}, OPEN)
            for kind in LISTED
        ),
        ("governance:avtal_list", "objekt", {}, OPEN),
        ("governance:kostnad_list", "objekt", {}, OPEN),
        ("governance:objekt_detail", "objekt", {}, OPEN),
        ("governance:objekt_detail", "neighbour", {}, OPEN),  # the picture and table of samband
        ("governance:system_detail", "beside", {}, OPEN),
        ("governance:uppdrag_list", "objekt", {}, OPEN),
        ("governance:rapport_list", "objekt", {}, OPEN),
        ("governance:mote_detail", "mote", {}, OPEN),
        ("governance:mote_history", "mote", {}, OPEN),
        ("governance:objekt_history", "objekt", {}, OPEN),
        ("governance:objekt_history", "neighbour", {}, OPEN),
        ("governance:system_history", "beside", {}, OPEN),
        ("governance:objekt_as_of", "objekt", {}, OPEN),
        ("governance:system_as_of", "beside", {}, OPEN),
        ("governance:system_search", "", {"q": "registret"}, OPEN),
        ("governance:system_search", "", {"q": "hemlig"}, ""),
        ("governance:leverantor_detail", "leverantor", {}, OPEN),
        ("roles:namnd_detail", "namnd", {}, OPEN),
        ("roles:person_detail", "owner", {}, OPEN),
        ("roles:person_detail", "known", {}, ""),
    ]


def get(person: User, cast: Cast, name: str, thing: str, query: dict[str, str]) -> str:
    client = Client()
    client.force_login(person)
    kwargs: dict[str, Any] = {"pk": cast.pks[thing]} if thing else {}
    if name.endswith("_as_of"):
        kwargs["day"] = today().isoformat()
    values = {key: str(cast.pks.get(value, value)) for key, value in query.items()}
    response = client.get(reverse(name, kwargs=kwargs), values)
    assert response.status_code == 200, (name, response.status_code)
    body = b"".join(response)  # streamed or not
    return body.decode()


def text_of(workbook: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(workbook), read_only=True)
    cells = (c for sheet in book for row in sheet.iter_rows(values_only=True) for c in row)
    return "\n".join(str(cell) for cell in cells if cell is not None)


class TestLeaks(TestCase):
    """Every way out, for who may know and who may not."""

    cast: ClassVar[Cast]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.cast = build()

    def test_no_page_tells_of_a_hidden_system(self) -> None:
        for name, thing, query, trace in pages():
            with self.subTest(name, thing=thing, query=query):
                self.look(name, thing, query, trace)

    def look(self, name: str, thing: str, query: dict[str, str], trace: str) -> None:
        """Fetch one page as everybody."""
        address = f"/system/{self.cast.hidden.pk}/"
        for person in self.cast.outside:
            said = get(person, self.cast, name, thing, query)
            # What a person typed is shown to that person again.
            said = said.replace(query.get("q", "§"), "") if HIDDEN.lower() in str(query) else said
            assert trace in said, person
            assert address not in said, person
            assert HIDDEN not in said, person
        for person in self.cast.knows:
            said = get(person, self.cast, name, thing, query)
            assert trace in said, person
            assert HIDDEN in said, person

    def test_the_hidden_systems_own_addresses_do_not_exist_for_others(self) -> None:
        for name in ("system_detail", "system_history", "system_change"):
            for person in self.cast.outside:
                client = Client()
                client.force_login(person)
                answer = client.get(reverse(f"governance:{name}", args=[self.cast.hidden.pk]))
                assert answer.status_code == 404, person

    def test_the_api_tells_of_it_in_no_list(self) -> None:
        address = f"/system/{self.cast.hidden.pk}"
        for people, knows in ((self.cast.outside, False), (self.cast.knows, True)):
            for person in people:
                caller = Caller(person, may_write=False)
                lists = [caller.get(f"/{noun.path}", limit=200) for noun in NOUNS]
                told = str([answer.json() for answer in lists])
                assert (HIDDEN in told) is knows, person
                assert caller.get(address).status_code == (200 if knows else 404)

    def test_numbers_do_not_tell_either(self) -> None:
        outsider, insider = self.cast.outside[0], self.cast.knows[0]
        numbers = {"livscykel": "i_drift"}
        seen = get(outsider, self.cast, "governance:system_list", "", numbers)
        known = get(insider, self.cast, "governance:system_list", "", numbers)
        assert "I drift (2)" in seen
        assert "I drift (3)" in known
        by_system = {"q": HIDDEN.lower()}
        found = get(outsider, self.cast, "governance:objekt_list", "", by_system)
        assert "Elevadministration" not in found
        assert "Elevadministration" in get(
            insider, self.cast, "governance:objekt_list", "", by_system
        )

    def test_registering_a_namesake_reveals_nothing(self) -> None:
        name = {"name": HIDDEN.lower()}
        said = get(self.cast.outside[2], self.cast, "governance:system_similar", "", name)
        assert HIDDEN not in said
        assert f"/system/{self.cast.hidden.pk}/" not in said
        assert HIDDEN in get(self.cast.knows[0], self.cast, "governance:system_similar", "", name)

    def test_an_export_holds_what_the_list_shows(self) -> None:
        everybody = [(p, False) for p in self.cast.outside] + [(p, True) for p in self.cast.knows]
        ways = [("system", fmt) for fmt in ("xlsx", "csv", "json")]
        for kind, fmt in (*ways, *((kind, "xlsx") for kind in LISTED)):
            for person, knows in everybody:
                client = Client()
                client.force_login(person)
                response = client.get(reverse("exchange:export", args=[kind, fmt]))
                body = b"".join(response)
                said = text_of(body) if fmt == "xlsx" else body.decode("utf-8-sig")
                assert OPEN in said, person
                assert (HIDDEN in said) is knows, person
