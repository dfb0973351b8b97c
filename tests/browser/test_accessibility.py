"""Every page: axe finds nothing, in light and dark, and nothing sticks out on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from roles.models import User
from tests import world as worlds
from tests.authorisation_table import TABLE
from tests.test_authorisation import address, parse

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
LOOKS = [("light", 1440), ("dark", 390)]


def addresses(world: worlds.World) -> list[str]:
    """Return the address of every page in the authorisation table that an Administratör opens."""
    rows = [
        parse(line) for line in TABLE.strip().splitlines()[1:] if line.strip() and "#" not in line
    ]
    urls = {url for method, url, cells in rows if method == "GET" and cells[-1] == "ok"}
    return sorted({address(world, url) for url in urls if not any(n in url for n in NO_PAGES)})


@pytest.mark.parametrize(("scheme", "width"), LOOKS, ids=["light-1440", "dark-390"])
def test_axe_finds_nothing_on_any_page(
    new_context: Callable[..., BrowserContext],
    login: Callable[[Page, User], None],
    axe: Callable[[Page], None],
    scheme: str,
    width: int,
) -> None:
    world = worlds.build()
    admin = world.people["adm"]
    assert isinstance(admin, User)
    context = new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()
    login(page, admin)
    found, paths = [], addresses(world)
    assert len(paths) > 30
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
