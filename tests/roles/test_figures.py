"""Figures hold until something changes; what takes long to count is kept longer and says since when."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from governance.models import Forvaltningsobjekt
from roles import assignments, figures, namnder, oversikt
from roles.models import KeptFigures, RoleAssignment, User
from tests import factories as make

pytestmark = pytest.mark.django_db
NOTE = "Siffrorna räknades klockan"


@pytest.fixture
def readers() -> list[User]:
    """An outsider, somebody who knows of a skyddsvärt system, and a Revisor."""
    vera = make.make_user("vera.vatten")
    water = make.make_active(
        "Vatten", forvaltningsledare=vera, namnd=make.make_namnd("Vattennämnden")
    )
    make.make_system(water, "Abonnenter")
    make.make_system(water, "Neptun", skyddsvard=True, livscykel="planerat")
    return [make.make_user("otto.ovan"), vera, make.make_revisor()]


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "SLOW", 0)


def said(reader: User) -> Any:
    register = oversikt.register(reader)
    of_namnder, _at = namnder.figures(reader)
    return (
        [(c.label, c.number) for c in register.systems + register.objects + register.findings],
        {pk: (one.objects, dict(one.by_rule)) for pk, one in of_namnder.items()},
    )


def test_kept_figures_are_the_counted_ones_for_every_reader(readers: list[User]) -> None:
    counted = []
    for reader in readers:
        KeptFigures.objects.all().delete()
        counted.append(said(reader))
    assert counted[0] != counted[1] == counted[2]
    for _again in range(2):  # counted and kept, then read
        assert [said(reader) for reader in readers] == counted
    own = readers[1].pk
    assert {row.name for row in KeptFigures.objects.all()} == {
        "objekt",
        "system: öppet",
        "system: allt",
        f"system: {own}",
        "nämnder",
        "nämnder: öppet",
        "nämnder: allt",
        f"nämnder: {own}",
    }


def test_figures_hold_until_somebody_changes_something(client: Client, readers: list[User]) -> None:
    client.force_login(readers[0])
    assert "Avvecklat" not in client.get("/").content.decode()
    counted = KeptFigures.objects.get(name="system: öppet").counted_at
    client.get("/")
    assert KeptFigures.objects.get(name="system: öppet").counted_at == counted
    make.make_system(make.make_active("Mark"), "Kartan", livscykel="avvecklat")
    page = client.get("/").content.decode()
    assert "Avvecklat" in page
    assert NOTE not in page


def test_who_loses_the_right_to_know_is_not_told_by_kept_figures(
    readers: list[User], slow: None
) -> None:
    otto, vera, _revisor = readers
    knows = said(vera)
    objekt = Forvaltningsobjekt.objects.get(name="Vatten")
    held = RoleAssignment.objects.get(objekt=objekt, role="forvaltningsledare")
    assignments.hand_over(None, held, make.make_user("ny.ledare"), on=make.today(), reason="Byte")
    assert said(vera)[0] != knows[0]
    assert said(vera) == said(otto)


def test_what_was_kept_says_when_and_is_counted_anew_after_a_while(
    readers: list[User], slow: None, client: Client
) -> None:
    client.force_login(readers[0])
    addresses = ("/", "/namnder/")
    for address in addresses:
        for _again in range(2):
            assert NOTE not in client.get(address).content.decode()
    make.make_system(make.make_active("Mark"), "Kartan", livscykel="avvecklat")
    for address in addresses:
        assert NOTE in client.get(address).content.decode()
    assert "Avvecklat" not in client.get("/").content.decode()
    KeptFigures.objects.update(counted_at=timezone.now() - figures.FRESH)
    page = client.get("/").content.decode()
    assert "Avvecklat" in page
    assert NOTE not in page


def test_one_counts_while_the_others_show_what_was_kept(slow: None) -> None:
    figures.kept("prov", lambda: {"n": 1})
    old = timezone.now() - figures.FRESH
    KeptFigures.objects.update(counted_at=old, stamp="before something changed")

    def count() -> dict[str, int]:
        assert figures.kept("prov", lambda: {"n": 3}) == ({"n": 1}, old)
        return {"n": 2}

    assert figures.kept("prov", count) == ({"n": 2}, None)
    # Whoever began to count may be gone: another takes over.
    an_hour_ago = timezone.now() - timedelta(hours=1)
    KeptFigures.objects.update(counted_at=old, claimed_at=an_hour_ago, stamp="before")
    assert figures.kept("prov", lambda: {"n": 4}) == ({"n": 4}, None)


def test_a_new_day_is_counted_anew(slow: None) -> None:
    figures.kept("prov", lambda: {"n": 1})
    KeptFigures.objects.update(day=timezone.localdate() - timedelta(days=1))
    assert figures.kept("prov", lambda: {"n": 2}).numbers == {"n": 2}
    assert KeptFigures.objects.get().numbers == {"n": 2}


def test_a_namnd_with_too_much_to_list_gets_numbers_that_lead_to_the_lists(
    client: Client, monkeypatch: pytest.MonkeyPatch, readers: list[User]
) -> None:
    namnd = make.make_namnd("Skolnämnden")
    for number in range(2):
        objekt = make.make_active(f"Skola {number}", namnd=namnd)
        for name in "ab":
            make.make_system(objekt, f"{name}{number}", informationen_ags_av=namnd)
    client.force_login(readers[0])
    whole = client.get(namnd.get_absolute_url())
    monkeypatch.setattr(namnder, "FEW", 2)
    monkeypatch.setattr("roles.views.namnder.INFORMATION_SHOWN", 3)
    cut = client.get(namnd.get_absolute_url())
    numbers = [
        [(one.rule.code, one.number) for one in page.context["broken"]] for page in (whole, cut)
    ]
    assert numbers[0] == numbers[1]
    text = cut.content.decode()
    assert f"/system/?namnd={namnd.pk}&amp;finding=not_classified" in text
    link = f"/system/?information={namnd.pk}"
    assert f'"{link}">Visa alla 4 system' in text
    assert client.get(link).context["total"] == 4
    assert link not in whole.content.decode()
