"""What waits of money waits for exactly those whose mandate it is, and the history tells of it."""

from governance import todo
from governance.actions import avrop as avrop_actions
from governance.actions import kostnad as costs
from roles.models import User
from tests.factories import make_admin, make_system, today
from tests.factories.steering import put_avtal
from tests.governance.ekonomi.staffed import SEK, Staffed


def told(person: User) -> list[str]:
    """Return what waits for the person of money."""
    links = ("/kostnader/", "/leveranser/")
    return [t.sentence for t in todo.tasks(person) if t.url.startswith(links)]


class TestWaiting(Staffed):
    def test_what_was_sent_back_waits_for_who_registered_it(self) -> None:
        cost = self.cost(title="Licenser")
        costs.judge(self.oa, cost, attest=False, note="Fel konto")
        assert told(self.fl) == ["Kostnaden Licenser skickades tillbaka: Fel konto"]
        assert told(self.oa) == told(make_admin()) == []

    def test_a_delivery_waits_for_the_leader(self) -> None:
        hidden = make_system(self.objekt, "Hemligt", skyddsvard=True)
        avtal = put_avtal(self.objekt, hidden)
        called = avrop_actions.call_off(self.flit, avtal, title="Timmar", belopp=SEK(1), on=today())
        avrop_actions.register_leverans(self.flit, called, title="Etapp 1", on=today())
        assert told(self.fl) == ["Leveransen Etapp 1 väntar på godkännande."]
        assert told(self.flit) == []

    def test_the_history_of_the_object_tells_of_money_in_sentences(self) -> None:
        cost = self.cost(title="Licenser")
        costs.judge(self.oa, cost, attest=True)
        self.client.force_login(self.oait)
        page = self.client.get(f"/objekt/{self.objekt.pk}/historik/").content.decode()
        assert "Kostnaden Licenser, 100\u00a0kr attesterades." in page
