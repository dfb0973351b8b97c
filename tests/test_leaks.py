"""A skyddsvärt system is known to its object's role holders, Revisorer and Administratörer only.

Each way that something reaches a person is tried as somebody who may know of the hidden system and
as somebody who may not; both the visible and the hidden one are named, by name and by address.
"""

from typing import ClassVar

from django.test import Client, TestCase
from django.urls import reverse

from exchange.api.everything import NOUNS
from tests.exchange.api.caller import Caller
from tests.hiding import HIDDEN, OPEN, Cast, build, get, text_of

LISTED = ("avtal", "kostnad", "uppdrag", "arende", "avvikelse")


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
