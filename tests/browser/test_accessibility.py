"""Every page: axe finds nothing, in light and dark, and nothing sticks out on a phone."""

from collections import defaultdict
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from roles.models import User
from tests import world as worlds
from tests.test_authorisation import COLUMNS, ROWS, address

pytestmark = pytest.mark.django_db(transaction=True)

# Fragments that htmx puts into a page, files, and answers to machines.
NO_PAGES = (
    "_search(",
    "system_similar(",
    "export",
    "template(",
    "healthz(",
    "readyz(",
    "avtalsfil(",
    "mote_ics(",
    "plan_pdf(",
)
OPENERS = [column for column in reversed(COLUMNS) if column not in ("anon", "else")]
LOOKS = [("light", 1440), ("dark", 390)]


def visits(world: worlds.World) -> dict[str, list[str]]:
    """Return the address of every page in the authorisation table under who opens it.

    That is the Administratör; what only a mandate opens is opened by the last who holds it.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for method, url, cells in ROWS:
        gets = dict(zip(COLUMNS, cells, strict=True))
        who = next((column for column in OPENERS if gets[column] == "ok"), "")
        if method == "GET" and who and not any(name in url for name in NO_PAGES):
            found[who].add(address(world, url))
    return {who: sorted(paths) for who, paths in found.items()}


@pytest.mark.parametrize(("scheme", "width"), LOOKS, ids=["light-1440", "dark-390"])
def test_axe_finds_nothing_on_any_page(
    new_context: Callable[..., BrowserContext],
    login: Callable[[Page, User], None],
    axe: Callable[[Page], None],
    scheme: str,
    width: int,
) -> None:
    world = worlds.build()
    context = new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()
    found, pages = [], visits(world)
    assert {"adm", "fl", "oa"} <= pages.keys()
    for who, paths in pages.items():
        person = world.people[who]
        assert isinstance(person, User)
        login(page, person)
        for path in paths:
            response = page.goto(path)
            assert response is not None
            assert response.status == 200, path
            try:
                axe(page)
            except AssertionError as error:
                found.append(str(error))
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                found.append(f"{path}: wider than the screen")
    assert not found, "\n".join(found)
