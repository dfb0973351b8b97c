"""The statements that make a register: the n:th object's rows follow from n alone."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import Model

from governance.models import (
    Forvaltningsobjekt,
    Gesture,
    Informationsmangd,
    Informationssystem,
    Leverantor,
    Namnd,
    Samband,
)
from roles.models import Representant, RoleAssignment, User

WORDS = (
    "Skolskjuts Bygglov Ekonomi Biblioteksservice Hemtjänst Avfall Vatten Äldreomsorg Förskola "
    "Parkering Kulturskola Näringsliv Räddningstjänst Lön Diarium Kartor Öppna data Upphandling "
    "Föreningsbidrag Idrott Miljötillsyn"
).split()
PLACES = "Ersboda Teg Holmsund Sävar Ålidhem Haga Öbacka Röbäck Tomtebo Obbola Täfteå".split()
FIRST = "Anna Lars Eva Karin Johan Åsa Örjan Malin Per Ulla Göran Sara Nils Märta Olof".split()
LAST = "Andersson Öberg Lund Nyström Holm Åström Berg Sandberg Ek Ågren Lindh Norberg Sjö".split()

# Days since an object's first gesture, and the time of its k:th.
AGE = "(400 + (i * 37) %% 1400)"
AT = f"now() - interval '1 day' * ({AGE} * (1 - k / 9.5)) + interval '1 millisecond' * (i %% 86400000)"
GESTURE = "md5('gesture ' || {objekt} || ' ' || {k})::uuid"
BASE = "md5('gesture of the beginning')::uuid"
CLOSED = "i %% 20 = 1 AND i > 200"
PERSON = "(%(special)s + 1 + {n} %% (%(people)s - %(special)s))"

TEXT_OF_SYSTEM = (
    "other_names collects stores processes distributes livscykel_decision product hosting contacts "
    "user_groups konfidentialitet_motivation riktighet_motivation tillganglighet_motivation "
    "sparbarhet_motivation personal_data_kinds"
).split()

PEOPLE = """
INSERT INTO roles_user (id, password, is_superuser, username, first_name, last_name, email, is_staff,
  is_active, date_joined, version, updated_at, unit, title, phone)
SELECT n, '!', false, 'person' || n, (%(first)s::text[])[1 + n %% cardinality(%(first)s::text[])],
  (%(last)s::text[])[1 + (n / 3) %% cardinality(%(last)s::text[])], 'person' || n || '@example.se', false,
  n <= %(special)s OR n %% 100 <> 0, now(), 1, now(),
  (%(words)s::text[])[1 + n %% cardinality(%(words)s::text[])], 'Handläggare', '090-16 00 00'
FROM generate_series(1, %(people)s) n
"""
NAMNDER = """
INSERT INTO governance_namnd (id, version, updated_at, name, kind, reglemente, email)
SELECT n, 1, now(), (%(words)s::text[])[n] || 'nämnden', 'namnd', '', 'namnd' || n || '@example.se'
FROM generate_series(1, %(namnder)s) n
"""
REPRESENTANTER = """
INSERT INTO roles_representant (id, version, updated_at, namnd_id, person_id)
SELECT (n - 1) * 2 + r, 1, now(), n, %(special)s + n * 2 + r
FROM generate_series(1, %(namnder)s) n, generate_series(1, 2) r
"""
LEVERANTORER = """
INSERT INTO governance_leverantor (id, version, updated_at, name, organisationsnummer, contacts)
SELECT n, 1, now(), (%(last)s::text[])[1 + n %% cardinality(%(last)s::text[])] || ' System ' || n || ' AB', '', ''
FROM generate_series(1, %(suppliers)s) n
"""
OBJECTS = f"""
INSERT INTO governance_forvaltningsobjekt (id, version, updated_at, name, verksamhetsprocess,
  description, status, status_since, verified_on)
SELECT i, 3, now() - interval '1 hour' * ((i * 31) %% 9000),
  (%(words)s::text[])[1 + i %% cardinality(%(words)s::text[])] || ' '
    || CASE WHEN i = %(rare_at)s THEN %(rare)s || ' '
            ELSE (%(places)s::text[])[1 + (i / 7) %% cardinality(%(places)s::text[])] || ' ' END || i,
  CASE WHEN i %% 50 = 0 AND i %% 20 = 0 THEN ''
       ELSE 'Process ' || (%(words)s::text[])[1 + i %% cardinality(%(words)s::text[])] || ' ' || i %% 97 END,
  'Stöd för arbetet från ansökan till beslut och uppföljning.',
  CASE WHEN i %% 20 = 0 THEN 'utkast' WHEN {CLOSED} THEN 'avvecklat'
       ELSE 'i_forvaltning' END,
  %(today)s::date - 300, %(today)s::date - ((i * 13) %% 450)::int
FROM generate_series(1, %(objects)s) i
"""
SYSTEMS = f"""
INSERT INTO governance_informationssystem (id, version, updated_at, objekt_id, name, purpose,
  lagrar_elektroniskt, livscykel, operator, support, konfidentialitet, riktighet, tillganglighet,
  sparbarhet, personal_data, nis2, skyddsvard, ovriga_uppgifter, leverantor_id,
  informationen_ags_av_id, avvecklas_on, {", ".join(TEXT_OF_SYSTEM)})
SELECT s, 2, now() - interval '1 minute' * ((s * 17) %% 500000), i,
  (%(words)s::text[])[1 + (s * 5) %% cardinality(%(words)s::text[])] || 'stöd '
    || CASE WHEN i = %(rare_at)s AND j = 1 THEN %(rare)s || ' ' ELSE '' END || s,
  'Handlägger ärenden och skickar beslut.', true,
  CASE WHEN {CLOSED} THEN 'avvecklat' ELSE
    (ARRAY['i_drift', 'i_drift', 'i_drift', 'i_drift', 'i_drift', 'i_drift', 'inforande', 'planerat',
           'under_avveckling', 'avvecklat'])[1 + (s * 3) %% 10] END,
  CASE WHEN s %% 13 = 0 THEN '' ELSE 'Driftavdelningen' END, 'Servicedesk',
  CASE WHEN s %% 11 = 0 THEN NULL ELSE s %% 4 END, s %% 3, s %% 4, s %% 2,
  CASE WHEN s %% 17 = 0 THEN NULL ELSE s %% 2 = 0 END, '', s %% 50 = 7, '[]',
  CASE WHEN s %% 9 = 0 THEN NULL ELSE 1 + s %% %(suppliers)s END,
  CASE WHEN s %% 23 = 0 THEN NULL ELSE 1 + s %% %(namnder)s END,
  CASE WHEN s %% 90 = 0 THEN %(today)s::date - 30 END, {", ".join("''" for _ in TEXT_OF_SYSTEM)}
FROM generate_series(1, %(objects)s) i, generate_series(1, 5) j, LATERAL (SELECT (i - 1) * 5 + j AS s) x
"""
MANGDER = f"""
INSERT INTO governance_informationsmangd (id, version, updated_at, content, verksamhet, system_id,
  informationsagare_id)
SELECT s, 1, now(), 'Ärenden och beslut ' || s, 'Verksamhet ' || s %% 40, s, {PERSON.format(n="s")}
FROM generate_series(1, %(objects)s * 5) s WHERE s %% 5 <> 0
"""
SAMBAND = """
INSERT INTO governance_samband (id, version, updated_at, direction, outside_party, kind, information,
  frequency, criticality, source_id, target_id)
SELECT i, 1, now(), 'ut', '', 'api', 'Personuppgifter', '', '', (i - 1) * 5 + 1,
  (i %% %(objects)s) * 5 + 2
FROM generate_series(1, %(objects)s) i
"""
ASSIGNMENTS = f"""
INSERT INTO roles_roleassignment (id, version, updated_at, valid_from, role, decision_reference,
  on_behalf_of, consulted_resursagare, objekt_id, namnd_id, person_id, system_id)
SELECT (i - 1) * 8 + r, 1, now(), %(today)s::date - {AGE}::int,
  (ARRAY['namnd', 'objektagare', 'objektagare_it', 'forvaltningsledare', 'forvaltningsledare_it',
         'systemforvaltare', 'it_specialist', 'systemdriftansvarig'])[r],
  'UN 2026/' || i, '', '', i, CASE WHEN r = 1 THEN 1 + i %% %(namnder)s END,
  CASE WHEN r = 1 THEN NULL
       WHEN r = 4 AND i = 2 THEN %(one)s
       WHEN r = 4 AND i BETWEEN 3 AND 102 THEN %(hundred)s
       WHEN r = 4 AND i %% 10 = 3 THEN %(many)s
       ELSE {PERSON.format(n="(i * 7 + r * 211)")} END,
  CASE WHEN r = 8 THEN (i - 1) * 5 + 1 END
FROM generate_series(1, %(objects)s) i, generate_series(1, 8) r
"""
FIRST_GESTURE = f"""
INSERT INTO governance_gesture (id, at, kind, reason)
VALUES ({BASE}, now() - interval '2000 days', 'install', 'Registret läggs upp')
"""
GESTURES = f"""
INSERT INTO governance_gesture (id, at, actor_id, kind, reason)
SELECT {GESTURE.format(objekt="i", k="k")}, {AT}, {PERSON.format(n="(i + k)")},
  (ARRAY['create', 'create', 'appoint', 'change', 'change', 'change', 'verify', 'change', 'change'])[k + 1],
  CASE WHEN k = 2 THEN 'Nämndens beslut ' || i ELSE 'Genomgång ' || k END
FROM generate_series(1, %(objects)s) i, generate_series(0, 8) k
"""
SEQUENCE = (
    "SELECT setval(pg_get_serial_sequence('{table}', '{key}'),"
    " (SELECT coalesce(max({key}), 1) FROM {table}))"
)


class Table(NamedTuple):
    """A table and its key, whose sequence goes on after what was made."""

    table: str
    key: str


class Wrote(NamedTuple):
    """Which rows of a model a gesture wrote, and how the row then differed from today's."""

    model: type[Model]
    kind: str
    gesture: str
    where: str = "true"
    change: dict[str, str] = {}


def _k(objekt: str, k: int) -> str:
    return GESTURE.format(objekt=objekt, k=k)


OF_SYSTEM = "((m.system_id - 1) / 5 + 1)"
HISTORY = (
    Wrote(User, "+", BASE),
    Wrote(Namnd, "+", BASE),
    Wrote(Leverantor, "+", BASE),
    Wrote(Representant, "+", BASE),
    Wrote(Forvaltningsobjekt, "+", _k("m.id", 0), change={"description": "''"}),
    Wrote(Informationssystem, "+", _k("m.objekt_id", 1), change={"purpose": "''"}),
    Wrote(Informationsmangd, "+", _k(OF_SYSTEM, 1)),
    Wrote(Samband, "+", _k("m.id", 1)),
    Wrote(RoleAssignment, "+", _k("m.objekt_id", 2)),
    Wrote(Forvaltningsobjekt, "~", _k("m.id", 3), change={"verified_on": "NULL"}),
    *(
        Wrote(
            Informationssystem,
            "~",
            _k("m.objekt_id", k),
            f"m.id %% 5 = {k % 5}",
            {"purpose": f"'Syftet i lydelse {k}.'"} if k < 8 else {},
        )
        for k in (4, 5, 7, 8)
    ),
    Wrote(Forvaltningsobjekt, "~", _k("m.id", 6)),
)


def everything() -> Iterator[tuple[str, str]]:
    """Yield the statements in order, each with what it makes."""
    yield "people", PEOPLE
    yield "namnder", NAMNDER
    yield "representanter", REPRESENTANTER
    yield "leverantorer", LEVERANTORER
    yield "objects", OBJECTS
    yield "systems", SYSTEMS
    yield "informationsmangder", MANGDER
    yield "samband", SAMBAND
    yield "assignments", ASSIGNMENTS
    yield "first gesture", FIRST_GESTURE
    yield "gestures", GESTURES
    for wrote in HISTORY:
        yield f"history of {wrote.model._meta.model_name}", history(wrote)


def history(wrote: Wrote) -> str:
    """Return the statement that writes the history rows."""
    record: Any = wrote.model.history.model  # type: ignore[attr-defined]
    columns = [field.column for field in record.tracked_fields]
    values = [wrote.change.get(column, f"m.{column}") for column in columns]
    return (
        f"INSERT INTO {record._meta.db_table} ({', '.join(columns)}, history_type, history_date,"
        " gesture_id, history_user_id, history_change_reason)"
        f" SELECT {', '.join(values)}, '{wrote.kind}', g.at, g.id, g.actor_id, g.reason"
        f" FROM {wrote.model._meta.db_table} m JOIN governance_gesture g ON g.id = {wrote.gesture}"
        f" WHERE {wrote.where} ORDER BY m.id"
    )


def tables() -> Iterator[Table]:
    """Yield the tables that were filled with ids of our own."""
    filled = {wrote.model for wrote in HISTORY} - {Gesture}
    for model in filled:
        yield Table(model._meta.db_table, "id")
