"""Whatever a page can do, a program can do: every action is reached, or it is said here why not."""

import ast
import inspect
import pkgutil
from importlib import import_module
from pathlib import Path
from types import ModuleType

import exchange.api
import governance.actions
from roles import activation, assignments, people, transfer

NOT_REACHED = {
    "roles.people.set_password": "a program that holds a key must not be able to make a login",
    "roles.people.set_groups": "who administers and who audits is decided by a person at a screen",
    "roles.activation.change_statuses": "many at once, for the import; one is changed at a time",
    "governance.actions.system.move": "a part of roles.activation.move_system, which is reached",
}
OPENS = {"gesture", "write_new"}
"""What a function that changes the register calls, itself or through another of its module."""


def modules() -> list[ModuleType]:
    """Return where the actions are."""
    found = pkgutil.iter_modules(governance.actions.__path__)
    names = [one.name for one in found if one.name not in ("_simple", "base")]
    actions = [import_module(f"governance.actions.{name}") for name in names]
    return [*actions, activation, assignments, people, transfer]


def calls(function: ast.FunctionDef) -> set[str]:
    """Return the names that a function calls; those of _simple are written with their module."""
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            found.add(node.func.id)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).startswith("_simple."):
            found.add("gesture")
    return found


def mutations(module: ModuleType) -> set[str]:
    """Return the names of the functions that somebody does something with."""
    body = ast.parse(inspect.getsource(module)).body
    functions = {f.name: f for f in body if isinstance(f, ast.FunctionDef)}
    opening, before = set(OPENS), 0
    while len(opening) != before:
        before = len(opening)
        opening |= {name for name, f in functions.items() if calls(f) & opening}
    return {
        f"{module.__name__}.{name}"
        for name, f in functions.items()
        if name in opening and f.args.args and f.args.args[0].arg == "actor" and name[0] != "_"
    }


def named() -> set[str]:
    """Return every function of an action's module that the API names."""
    found = set()
    for path in Path(exchange.api.__path__[0]).glob("*.py"):
        tree = ast.parse(path.read_text())
        modules = {
            alias.asname or alias.name: f"{node.module}.{alias.name}"
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                found.add(f"{modules.get(node.value.id)}.{node.attr}")
    return found


def test_every_action_is_reached_or_said_not_to_be() -> None:
    every = {name for module in modules() for name in mutations(module)}
    assert {"roles.assignments.cancel", "governance.actions.delgivning.mark_read"} <= every
    assert len(every) > 80
    assert every - named() == set(NOT_REACHED)
