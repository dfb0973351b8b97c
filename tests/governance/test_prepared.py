"""What is built once a process answers as the querysets it was built from, for every kind of reader."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from governance import access, rules
from governance.lists import prepared
from governance.lists.filters import objekt_filter, system_filter
from governance.lists.listing import Listing
from governance.models import Forvaltningsobjekt, Informationssystem, Samband
from governance.views.lists import findings_below
from tests.factories import (
    appoint,
    make_active,
    make_admin,
    make_namnd,
    make_objekt,
    make_revisor,
    make_system,
    make_user,
    today,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    prepared.forget()
    yield
    prepared.forget()


@pytest.fixture
def readers() -> list[Any]:
    """Whoever looks: RegIT, an outsider, role holders, one who has left, and the two groups."""
    vera, dan = make_user("vera.vatten"), make_user("dan.drift")
    gone = make_user("gunnar.gick", is_active=False)
    water = make_active("Vatten", forvaltningsledare=vera, namnd=make_namnd("Vattennämnden"))
    make_system(water, "Abonnenter", livscykel="planerat")
    neptun = make_system(water, "Neptun", skyddsvard=True, avvecklas_on=today() - timedelta(days=9))
    make_system(make_objekt("Utkast"), "Triton", skyddsvard=True)
    appoint(water, "systemdriftansvarig", dan, systems=[neptun])
    return [None, make_user("otto.ovan"), vera, dan, gone, make_revisor(), make_admin()]


def plain(reader: Any, listing: type[Listing]) -> dict[str, list[str]]:
    rows = access.visible(reader, listing.model._default_manager.all())
    flagged = rules.flagged(rows.annotate(**listing.columns(reader)))
    return {str(row): said(row, listing.model) for row in flagged}


def said(row: Any, model: Any) -> list[str]:
    found = [rule.code for rule in rules.all_rules(model) if getattr(row, f"breaks_{rule.code}")]
    return [*found, str(getattr(row, "system_count", ""))]


@pytest.mark.parametrize("make", [objekt_filter, system_filter])
def test_a_list_shows_every_reader_what_the_rules_and_the_rights_say(
    readers: list[Any], make: Any
) -> None:
    seen = set()
    for _again in range(2):  # built for the first of each kind, kept for the others
        for reader in readers:
            listing = make(reader, QueryDict(""))
            listing.count()
            rows = {str(row): said(row, listing.model) for row in listing.page(0, 50)}
            assert rows == plain(reader, type(listing))
            seen.add(str(rows))
    assert len(seen) > 2


@pytest.mark.parametrize(
    ("make", "address"),
    [
        (objekt_filter, ""),
        (objekt_filter, "sort=-changed"),
        (objekt_filter, "status=utkast"),
        (objekt_filter, "mine=on"),
        (system_filter, ""),
        (system_filter, "livscykel=planerat"),
        (system_filter, "finding=no_information_owner&sort=objekt"),
    ],
)
def test_a_long_list_counts_and_shows_every_reader_their_own(
    readers: list[Any], make: Any, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("governance.lists.listing.NUMBERED", 0)
    seen = set()
    for _again in range(2):  # built for the first of each kind, kept for the others
        for reader in readers:
            listing = make(reader, QueryDict(address))
            listing.count()
            rows = list(listing.queryset.values_list("pk", flat=True))
            assert [row.pk for row in listing.page(0, 50)] == rows
            assert [row.pk for row in listing.page_from_end(0, 50)] == rows
            assert listing.total == len(rows)
            mine = make(reader, QueryDict("mine=on")).queryset.exists()
            offered = "mine" in address or (mine and listing.total > 0)
            assert ("mine" in listing.fields) == offered
            seen.add((len(rows), mine))
    assert len(seen) > 1


def test_a_kept_search_finds_each_word_and_not_the_one_it_was_built_for(readers: list[Any]) -> None:
    for name in ("100% vatten", "100 vatten", "A_B", "AxB", "Väg C\\D", "Väg CD"):
        make_objekt(name)
    found = {
        "100%": {"100% vatten"},
        "a_b": {"A_B"},
        "c\\d": {"Väg C\\D"},
        "100": {"100% vatten", "100 vatten"},
        "vag CD": {"Väg CD"},
        "väg d": {"Väg C\\D", "Väg CD"},
        "nirgends": set(),
    }
    for reader in readers:
        for text, names in found.items():
            address = QueryDict(mutable=True)
            address["q"] = text
            listing = objekt_filter(reader, address)
            listing.count()
            assert {row.name for row in listing.page(0, 50)} == names
            assert listing.total == len(names)


def test_a_kept_search_looks_among_what_the_reader_may_know_of(readers: list[Any]) -> None:
    for text, known in (("neptun", {"Vatten"}), ("triton", {"Utkast"}), ("dan", {"Vatten"})):
        for reader in readers:
            listing = objekt_filter(reader, QueryDict(f"q={text}"))
            listing.count()
            rows = {row.name for row in listing.page(0, 50)}
            assert rows in (known, set())
            anew = objekt_filter(reader, QueryDict(f"q={text}")).queryset
            assert rows == set(anew.values_list("name", flat=True))


def test_findings_below_are_those_of_the_systems_that_the_reader_may_know_of(
    readers: list[Any],
) -> None:
    objects = list(Forvaltningsobjekt.objects.values_list("pk", flat=True))
    numbers = set()
    for reader in readers:
        systems = access.visible(reader, Informationssystem.objects.all())
        below = findings_below(reader, objects)
        assert below.total() == len(rules.findings_of(systems))
        numbers.add(below.total())
    assert len(numbers) > 2


def test_numbers_beside_the_choices_are_what_each_choice_leaves(readers: list[Any]) -> None:
    for query in ("", "livscykel=i_drift", "skyddsvard=1&finding=not_classified", "mine=1"):
        for reader in readers:
            listing = system_filter(reader, QueryDict(query))
            listing.count()
            assert listing.total == system_filter(reader, QueryDict(query)).queryset.count()
            for name in ("livscykel", "finding", "namnd"):
                for key, label in listing.fields[name].widget.choices:
                    other = QueryDict(query, mutable=True)
                    other[name] = key
                    if key:
                        number = system_filter(reader, other).queryset.count()
                        assert str(label).endswith(f"({number})"), (query, reader, label)


def test_a_rule_registered_later_is_found_without_anything_said_about_it(
    readers: list[Any], monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    client.force_login(readers[-1])
    before = client.get("/objekt/").context["page"].object_list
    monkeypatch.setattr(rules, "_rules", dict(rules._rules))
    rules.register(
        rules.Rule(
            code="no_samband",
            clause="1.b",
            severity=rules.PAMINNELSE,
            name="Inga samband",
            sentence="%(thing)s har inga samband.",
            model=Informationssystem,
            broken=lambda day: (
                Q(updated_at__date__lte=day)
                & ~Q(Exists(Samband.objects.filter(source=OuterRef("pk"))))
            ),
            mends="change_forvaltningsobjekt",
        )
    )
    after = client.get("/objekt/").context["page"].object_list
    for old, new in zip(before, after, strict=True):
        assert new.finding_count == old.finding_count + new.system_count


def _named(reader: Any, word: str) -> QuerySet[Any]:
    return access.visible(reader, Informationssystem.objects.filter(prepared.among_ids())).filter(
        name__contains=word
    )


def test_a_query_is_built_once_and_run_each_time(
    readers: list[Any],
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    built = []
    original = prepared._build

    def noted(queryset: QuerySet[Any]) -> Any:
        built.append(queryset)
        return original(queryset)

    monkeypatch.setattr(prepared, "_build", noted)
    ids = list(Informationssystem.objects.values_list("pk", flat=True))
    _nobody, otto, vera, dan, *_rest = readers
    with django_assert_num_queries(4):  # one more each time: which groups one is in
        assert [s.name for s in prepared.fetch(_named, "Nep", reader=otto, ids=ids)] == []
        assert [s.name for s in prepared.fetch(_named, "Nep", reader=vera, ids=ids)] == ["Neptun"]
    assert [s.name for s in prepared.fetch(_named, "Nep", reader=dan, ids=ids)] == ["Neptun"]
    assert prepared.fetch(_named, "Nep", reader=dan, ids=ids[:1]) == []
    assert len(built) == 1
    with django_assert_num_queries(0):
        assert prepared.fetch(_named, "Nep", reader=dan, ids=[]) == []


def test_what_was_built_yesterday_is_built_anew(
    readers: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def numbers(day: Any) -> int:
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *_a: day)
        return findings_below(
            readers[-1], list(Forvaltningsobjekt.objects.values_list("pk", flat=True))
        ).total()

    # Neptun is past its end today; it was not ten days ago.
    assert numbers(today()) == numbers(today() - timedelta(days=20)) + 1
