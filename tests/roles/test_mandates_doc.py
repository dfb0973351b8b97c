"""docs/mandates.md says of every clause what carries it, and what it says is there."""

import csv
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from inspect import unwrap
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from governance.rules import all_rules
from roles.carriers import CARRIERS
from roles.catalogue import ROLES, Mandate, clauses
from roles.mandates_doc import LATER, PATH, document

SOURCE = Path(__file__).parents[3] / "shared" / "mandates.csv"
BUILT = {m.clause: m for m in clauses() if m.stage in ("A", "B")}
NAMED = sorted({carrier for carriers in CARRIERS.values() for carrier in carriers})
OURS = ("governance.", "roles.")


def test_the_page_is_current() -> None:
    assert PATH.read_text(encoding="utf-8") == document(), "run: manage.py mandates_doc"


def test_the_catalogue_knows_each_clause_once() -> None:
    known = [m.clause for m in clauses()]
    assert (len(known), len(set(known))) == (121, 121)


@pytest.mark.skipif(not SOURCE.exists(), reason="the list of clauses is not beside this checkout")
def test_the_catalogue_knows_the_clauses_of_the_document() -> None:
    with SOURCE.open(encoding="utf-8") as file:
        listed = {(r["clause"], r["permission"], r["stage"]) for r in csv.DictReader(file)}
    assert {(m.clause, m.permission, m.stage) for m in clauses()} == listed


def test_every_built_clause_names_what_carries_it_and_no_other_does() -> None:
    assert set(CARRIERS) == set(BUILT)
    assert all(CARRIERS.values())


def test_a_clause_that_is_not_built_says_so() -> None:
    lines = document().splitlines()
    for mandate in clauses():
        line = next(x for x in lines if x.startswith(f"| {mandate.clause} |"))
        assert (LATER in line) == (mandate.stage == "C"), line


@pytest.mark.parametrize("carrier", NAMED)
def test_the_carrier_is_there(carrier: str) -> None:
    kind, name = carrier.split()
    found = {
        "page": lambda: name in pages(),
        "action": lambda: isinstance(imported(name), FunctionType),
        "function": lambda: callable(imported(name)),
        "rule": lambda: name in {rule.code for rule in all_rules()},
        "model": lambda: name in {m.__name__ for m in apps.get_models()},
        "constraint": lambda: name in constraints(),
    }
    assert found[kind](), carrier


@pytest.mark.parametrize(
    "mandate", [m for m in BUILT.values() if m.permission], ids=lambda m: m.clause
)
def test_the_mandate_of_a_clause_is_asked_for_by_an_action_that_carries_it(
    mandate: Mandate,
) -> None:
    actions = [c.split()[1] for c in CARRIERS[mandate.clause] if c.startswith("action ")]
    assert any(mandate.permission in asked_for(imported(name)) for name in actions), mandate


@cache
def pages() -> set[str]:
    """Return the names of all addresses."""

    def within(resolver: URLResolver, namespace: str) -> Iterator[str]:
        for entry in resolver.url_patterns:
            if isinstance(entry, URLPattern):
                yield f"{namespace}{entry.name}"
            else:
                inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
                yield from within(entry, inner)

    return set(within(get_resolver(), ""))


def imported(name: str) -> Any:
    """Return what a dotted name names."""
    module, attribute = name.rsplit(".", 1)
    return unwrap(getattr(import_module(module), attribute))


def constraints() -> set[str]:
    """Return the names of all constraints."""
    return {c.name for model in apps.get_models() for c in model._meta.constraints}


def asked_for(function: FunctionType, depth: int = 3) -> set[str]:
    """Return the texts that an action and what it calls use, as they stand or by a name."""
    found: set[str] = set()
    for value in used(function):
        if isinstance(value, str):
            found.add(value)
        elif isinstance(value, tuple | frozenset | list):
            found |= {v for v in value if isinstance(v, str)}
        elif isinstance(value, dict):
            found |= {v for v in value.values() if isinstance(v, str)}
        elif isinstance(value, FunctionType) and depth and value.__module__.startswith(OURS):
            found |= asked_for(unwrap(value), depth - 1)
    return found


def used(function: FunctionType) -> Iterator[Any]:
    """Return the constants of a function and what its names stand for; who appoints asks for all."""
    for code in codes(function.__code__):
        yield from code.co_consts
        if "appointed_with" in code.co_names:
            yield [role.appointed_with for role in ROLES]
        known = [function.__globals__.get(name) for name in code.co_names]
        yield from known
        for module in known:
            if isinstance(module, ModuleType) and module.__name__.startswith(OURS):
                yield from (getattr(module, name, None) for name in code.co_names)


def codes(code: CodeType) -> Iterator[CodeType]:
    """Return a function's code and that of the functions within it."""
    yield code
    for const in code.co_consts:
        if isinstance(const, CodeType):
            yield from codes(const)
