"""The pages that are measured, who looks, and for some the rows by one query written by hand."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from bench.generate import ADMINISTRATOR, HUNDRED, MANY, ONE, OUTSIDER, RARE, REVISOR

LIST, PAGE = 10, 15
"""Most queries of a list, and of another page."""
TODAY = "(now() AT TIME ZONE 'Europe/Stockholm')::date"
VISIBLE = f"""NOT s.skyddsvard OR EXISTS (SELECT 1 FROM roles_objektgrant g
  WHERE g.user_id = {OUTSIDER} AND g.content_object_id = s.objekt_id)"""
HOLDERS = f"""
SELECT o.*, n.name AS namnd, u.first_name, u.last_name,
  (SELECT count(*) FROM governance_informationssystem s WHERE s.objekt_id = o.id AND ({VISIBLE}))
FROM ({{rows}}) o
LEFT JOIN roles_roleassignment an ON an.objekt_id = o.id AND an.role = 'namnd'
  AND an.valid_from <= {TODAY} AND (an.valid_to IS NULL OR an.valid_to >= {TODAY})
LEFT JOIN governance_namnd n ON n.id = an.namnd_id
LEFT JOIN roles_roleassignment af ON af.objekt_id = o.id AND af.role = 'forvaltningsledare'
  AND af.valid_from <= {TODAY} AND (af.valid_to IS NULL OR af.valid_to >= {TODAY})
LEFT JOIN roles_user u ON u.id = af.person_id ORDER BY o.sort_key, o.id
"""
OBJECTS = (
    "SELECT * FROM governance_forvaltningsobjekt {where} ORDER BY sort_key{way}, id{way} LIMIT 50"
)
SYSTEMS = f"""
SELECT s.*, o.name, l.name FROM governance_informationssystem s
JOIN governance_forvaltningsobjekt o ON o.id = s.objekt_id
LEFT JOIN governance_leverantor l ON l.id = s.leverantor_id
WHERE ({VISIBLE}) {{where}} ORDER BY s.sort_key{{way}}, s.id{{way}} LIMIT 50
"""
ROLES = """
SELECT a.*, u.*, s.name FROM roles_roleassignment a LEFT JOIN roles_user u ON u.id = a.person_id
LEFT JOIN governance_informationssystem s ON s.id = a.system_id WHERE a.{column} = {pk}
"""
GESTURES_OF_OBJECT = """
SELECT g.*, u.first_name, u.last_name FROM governance_gesture g
LEFT JOIN roles_user u ON u.id = g.actor_id
WHERE g.id IN (SELECT gesture_id FROM governance_historicalforvaltningsobjekt WHERE id = {pk}
  UNION SELECT gesture_id FROM governance_historicalinformationssystem WHERE objekt_id = {pk}
  UNION SELECT gesture_id FROM roles_historicalroleassignment WHERE objekt_id = {pk})
ORDER BY g.at DESC LIMIT 50
"""


class Page(NamedTuple):
    """An address, who opens it, the most queries it may take, and its rows by hand."""

    name: str
    user: int
    path: str
    most: int
    sql: str = ""


def pages(objects: int) -> Iterator[Page]:
    """Yield the pages of a register of this size."""
    yield from _objects()
    yield from _systems()
    yield from _single(objects // 2)
    yield from _people()
    yield from _others()


def _objects() -> Iterator[Page]:
    def by_hand(where: str = "", way: str = "") -> str:
        return HOLDERS.format(rows=OBJECTS.format(where=where, way=way))

    word = "WHERE search_fold LIKE '%{}%'"
    yield Page("objects: first page", OUTSIDER, "/objekt/", LIST, by_hand())
    yield Page("objects: last page", OUTSIDER, "/objekt/?page=99999", LIST, by_hand(way=" DESC"))
    common, rare = by_hand(word.format("skolskjuts")), by_hand(word.format(RARE))
    yield Page("objects: common search", OUTSIDER, "/objekt/?q=skolskjuts", LIST, common)
    yield Page("objects: rare search", OUTSIDER, f"/objekt/?q={RARE}", LIST, rare)
    yield Page("objects: by a person", OUTSIDER, "/objekt/?q=person77", LIST)
    draft = by_hand("WHERE status = 'utkast'")
    yield Page("objects: status", OUTSIDER, "/objekt/?status=utkast", LIST, draft)
    yield Page("objects: nämnd", OUTSIDER, "/objekt/?namnd=3", LIST)
    yield Page("objects: a finding", OUTSIDER, "/objekt/?finding=not_verified", LIST)
    left = "/objekt/?finding=left_forvaltningsledare"
    yield Page("objects: a finding by role", OUTSIDER, left, LIST)
    yield Page("objects: latest change", OUTSIDER, "/objekt/?sort=-changed", LIST)
    yield Page("objects: mine, 100", HUNDRED, "/objekt/?mine=1", LIST)
    yield Page("objects: mine, many", MANY, "/objekt/?mine=1", LIST)


def _systems() -> Iterator[Page]:
    def by_hand(where: str = "", way: str = "") -> str:
        return SYSTEMS.format(where=where, way=way)

    word = "AND s.search_fold LIKE '%{}%'"
    yield Page("systems: first page", OUTSIDER, "/system/", LIST, by_hand())
    yield Page("systems: last page", OUTSIDER, "/system/?page=99999", LIST, by_hand(way=" DESC"))
    common, rare = by_hand(word.format("byggloV".lower())), by_hand(word.format(RARE))
    yield Page("systems: common search", OUTSIDER, "/system/?q=bygglov", LIST, common)
    yield Page("systems: rare search", OUTSIDER, f"/system/?q={RARE}", LIST, rare)
    yield Page("systems: livscykel", OUTSIDER, "/system/?livscykel=planerat", LIST)
    supplier = by_hand("AND s.leverantor_id = 5")
    yield Page("systems: leverantör", OUTSIDER, "/system/?leverantor=5", LIST, supplier)
    yield Page("systems: nämnd", OUTSIDER, "/system/?namnd=3", LIST)
    yield Page("systems: a finding", OUTSIDER, "/system/?finding=not_classified", LIST)
    yield Page("systems: mine, 100", HUNDRED, "/system/?mine=1", LIST)
    yield Page("systems: mine, many", MANY, "/system/?mine=1", LIST)


def _single(pk: int) -> Iterator[Page]:
    day = timezone.localdate().replace(day=1).isoformat()
    roles, gestures = ROLES.format(column="objekt_id", pk=pk), GESTURES_OF_OBJECT.format(pk=pk)
    yield Page("object, as a reader", OUTSIDER, f"/objekt/{pk}/", PAGE, roles)
    yield Page("object, as Administratör", ADMINISTRATOR, f"/objekt/{pk}/", PAGE, roles)
    yield Page("object, as its leader", HUNDRED, "/objekt/50/", PAGE, roles)
    yield Page("object: history", OUTSIDER, f"/objekt/{pk}/historik/", PAGE, gestures)
    yield Page("object: as of a day", OUTSIDER, f"/objekt/{pk}/den/{day}/", PAGE)
    yield Page("system", OUTSIDER, f"/system/{pk * 5}/", PAGE, roles)
    yield Page("object: form", HUNDRED, "/objekt/50/andra/", PAGE)


def _people() -> Iterator[Page]:
    for name, pk in (("1", ONE), ("100", HUNDRED), ("a tenth", MANY)):
        roles = ROLES.format(column="person_id", pk=pk)
        yield Page(f"person who leads {name}", OUTSIDER, f"/personer/{pk}/", PAGE, roles)
        yield Page(f"Översikt, leads {name}", pk, "/", PAGE)
    yield Page("person with usual load", OUTSIDER, "/personer/777/", PAGE)


def _others() -> Iterator[Page]:
    yield Page("Översikt, as a reader", OUTSIDER, "/", PAGE)
    yield Page("Översikt, Administratör", ADMINISTRATOR, "/", PAGE)
    yield Page("people", OUTSIDER, "/personer/", LIST)
    yield Page("nämnder", OUTSIDER, "/namnder/", LIST)
    yield Page("nämnd", OUTSIDER, "/namnder/3/", PAGE)
    yield Page("nämnd: history", OUTSIDER, "/namnder/3/historik/", PAGE)
    yield Page("leverantör", OUTSIDER, "/leverantorer/5/", PAGE)
    yield Page("Granskning", REVISOR, "/granskning/", PAGE)


def by_hand(sql: str) -> None:
    """Fetch a page's rows with the query written by hand."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        cursor.fetchall()
