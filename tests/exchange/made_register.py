"""A register as a municipality has it before RegIT: 533 systems, 53 columns, sparsely filled.

Everything is invented; only the shape is real: how far each column is filled, choices of the same
kind, names that repeat, organisation paths, rows of municipal companies, several values in a cell
and stray spaces. The same seed gives the same register.
"""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from exchange.reading.book import Value
from exchange.writing import Table

ROWS, REPEATED, SEED = 533, 14, 2026
FIRST = ["Anna", "Bo", "Cecilia", "David", "Eva", "Fredrik", "Gunilla", "Hans", "Ida", "Johan", "Karin", "Lars", "Malin", "Nils", "Olga", "Per", "Rut", "Sven", "Tora", "Ulf", "Åsa", "Örjan"]  # fmt: skip
LAST = ["Berg", "Dahlin", "Ek", "Forslund", "Grahn", "Hedlund", "Isaksson", "Jonsson", "Kvist", "Lindmark", "Moberg", "Norén", "Olofsson", "Palm", "Risberg", "Sandberg", "Tegnér", "Wallin", "Åström", "Öberg"]  # fmt: skip
BEGINNINGS = ["Alm", "Björk", "Dal", "Ek", "Fjäll", "Gran", "Hav", "Is", "Kust", "Ljung", "Mark", "Norr", "Strand", "Sund", "Tall", "Vind", "Ås", "Älv", "Ö"]  # fmt: skip
ENDINGS = [
    "arkiv",
    "bokning",
    "data",
    "flöde",
    "journal",
    "karta",
    "lön",
    "plan",
    "portal",
    "schema",
    "skola",
    "tid",
    "vård",
]
AREAS = ("Barn och utbildning", "Vård och omsorg", "Teknik", "Stadsbyggnad", "Kultur och fritid",
         "Ekonomi", "Personal", "Miljö och hälsa", "IT")  # fmt: skip
COMPANIES = ("Ådala Energi AB", "Ådala Bostäder AB", "Ådala Hamn AB")
WORDS = ["ärenden", "underlag", "mätvärden", "bokningar", "scheman", "journaler", "fakturor", "kartor", "ritningar", "beslut", "avtal", "rapporter", "anmälningar"]  # fmt: skip

Make = Callable[[random.Random], Value]


def one_of(*values: str) -> Make:
    """Return a maker of one of the values."""
    return lambda r: r.choice(values)


def some_of(*values: str, separator: str = ", ") -> Make:
    """Return a maker of one value, now and then two in the same cell."""
    return lambda r: separator.join(r.sample(values, 2 if r.random() < 0.15 else 1))


def sentence(words: int) -> Make:
    """Return a maker of a text, with a line break and a no-break space here and there."""

    def make(r: random.Random) -> str:
        text = " ".join(r.choice(WORDS) for _ in range(words))
        return (
            f"Hanterar {text}."
            if r.random() < 0.7
            else f"Stöd för\u00a0{text}.\nSe rutin {r.randint(1, 99)}. "
        )

    return make


def number(low: int, high: int) -> Make:
    """Return a maker of a number as text."""
    return lambda r: str(r.randint(low, high))


def person(r: random.Random) -> str:
    """Return a name in one of the ways that people write it, or two."""
    given, family = r.choice(FIRST), r.choice(LAST)
    other = f"{r.choice(FIRST)} {r.choice(LAST)}"
    shapes = (
        f"{given} {family}", f"{given} {family}", f"{family}, {given}", f"{given}  {family} ",
        f"{given} {family} ({r.choice(AREAS)})", f"{given} {family}, {other}",
        f"{family}, {given}; {other}", f"{given} {family}\n{other}",
    )  # fmt: skip
    return r.choice(shapes)


def organisation(r: random.Random) -> str:
    """Return the path of a unit; one in twenty is a company's."""
    if r.random() < 0.05:
        return f"Koncernen / {r.choice(COMPANIES)}"
    area = r.choice(AREAS)
    path = [
        "Koncernen",
        "Ådala kommun",
        f"{area}sförvaltningen",
        f"{area}, enhet {r.randint(1, 4)}",
    ]
    return " / ".join(path[: r.choice((3, 4, 4))])


def day(r: random.Random) -> Value:
    """Return the day a contract ends: mostly a date, sometimes words."""
    return (
        date(2024, 1, 1) + timedelta(r.randint(0, 2000))
        if r.random() < 0.9
        else "löper tills vidare"
    )


JUDGED = one_of("Vidmakthållande", "Utveckling", "Avveckling", "Vet ej", "Konsolidering")
YES_NO = one_of("Ja", "Nej")
COLUMNS: tuple[tuple[str, int, Make], ...] = (
    ("Organisation", 533, organisation),
    ("Systemansvariga IT", 454, person),
    ("Systemansvariga verksamhet", 456, person),
    ("Aktiva användare", 257, number(1, 4000)),
    ("Incidenter förra året", 231, number(0, 60)),
    ("Uppgraderingar", 225, number(0, 25)),
    ("IT Bedömning", 266, JUDGED),
    ("Drift internt eller externt", 261, one_of("Externt", "Internt")),
    ("Andel mycket nöjda användare", 248, one_of("0-20", "21-40", "41-60", "61-80", "81-100")),
    ("Har kontroll över data", 243, YES_NO),
    ("Har stöd för API i öppna utvecklingsmiljöer", 218, one_of("Ja", "Delvis")),
    ("Delar delas som öppna data", 227, YES_NO),
    ("IT Beskrivning", 254, sentence(22)),
    ("Anteckningar - IT", 148, sentence(16)),
    ("Var i systemets livscykel befinner sig systemet?", 239,
     one_of("Under förvaltning", "Under förvaltning", "Under aktiv vidareutveckling", "Under avveckling")),
    ("Avvecklat år", 0, number(2020, 2030)),
    ("AI risk", 200, one_of("Ej applicerbart", "Minimal risk", "Begränsad risk", "Hög risk")),
    ("Externa kopplingar", 141, sentence(3)),
    ("Verksamhet Bedömning", 262, JUDGED),
    ("Avtalstiden löper ut datum", 224, day),
    ("Påminnelse att avtalstid löper ut", 1, one_of("2026-10-01 08:00")),
    ("Driftbudget", 222, number(1000, 900_000)),
    ("Utvecklingsbudget", 157, number(0, 50)),
    ("Avvecklingsår", 147, number(2025, 2040)),
    ("Inlåsningseffekter", 199, some_of(
        "Nej, inga inlåsningseffekter föreligger", "Ja, verksamhetsmässiga", "Ja, teknikrelaterade")),
    ("Verksamhetskritiskt", 245, one_of("Ej verksamhetskritiskt", "Helt verksamhetskritiskt")),
    ("Överlappande funktionalitet", 234, one_of("Inget överlapp", "Litet överlapp", "Stort överlapp")),
    ("Verksamhetsområden", 239, some_of(*AREAS, separator="; ")),
    ("Drift år", 198, number(1995, 2026)),
    ("Verksamhet Beskrivning", 249, sentence(22)),
    ("Anteckningar - Verksamhet", 117, sentence(11)),
    ("Leverantörstjänster", 173, YES_NO),
    ("Leverantörstjänster, text", 70, sentence(6)),
    ("Åtkomstdokumentation", 164, YES_NO),
    ("Åtkomstdokumentation, text", 76, sentence(5)),
    ("Tjänstenivåer", 157, YES_NO),
    ("Tjänstenivåer, text", 63, sentence(3)),
    ("Leverantörsavbrott", 171, YES_NO),
    ("Leverantörsavbrott, text", 80, sentence(9)),
    ("Ansvar", 159, YES_NO),
    ("Ansvar, text", 65, sentence(4)),
    ("Taggar", 456, some_of("molntjänst", "e-tjänst", "mobil app", "register", separator=", ")),
    ("Beroende till", 58, sentence(14)),
    ("Beroende från", 72, sentence(11)),
    ("Länkar", 2, one_of("https://intranet.example/system")),
    ("Har informationssäkerhetsklassning genomförts under det senaste året?", 110, YES_NO),
    ("Har riskanalys genomförts under det senaste året?", 110, YES_NO),
    ("Är systemet anpassningsbart?", 180, some_of("Delivs", "Ja", "Nej", separator="; ")),
    ("Nyttjas systemet av specifika verksamheter eller gemensamt?", 187, some_of(
        "Systemet används av en verksamhet", "Systemet är koncerngemensamt", separator=" ; ")),
    ("Systemkategorier", 173, one_of("Kärnverksamhetssystem", "Kommunikation och samarbete")),
    ("Planerade utvecklingsaktiviteter", 99, sentence(8)),
    ("Förvaltningsaktiviteter", 88, sentence(4)),
)  # fmt: skip
HEADINGS = ("Namn", *(heading for heading, _filled, _make in COLUMNS))


def made_register(rows: int = ROWS) -> Table:
    """Return the register as a table to write, or to read through write_workbook."""
    r = random.Random(SEED)  # noqa: S311 - the same register every time
    columns = [_column(r, rows, filled, make) for _heading, filled, make in COLUMNS]
    return Table("Systemlista", HEADINGS, list(zip(_names(r, rows), *columns, strict=True)))


def _names(r: random.Random, rows: int) -> list[Value]:
    """Return the systems' names; some repeat, differing at most in case and spaces."""
    pool = [f"{a}{b}" for a in BEGINNINGS for b in ENDINGS]
    pool += [f"{name} {suffix}" for suffix in ("Webb", "Pro", "2") for name in pool]
    pool += [f"{name} {number}" for number in range(3, 3 + rows // len(pool)) for name in pool]
    repeated = min(REPEATED, rows // 10)
    names = r.sample(pool, rows - repeated)
    again = [r.choice((name, f"{name} ", name.upper())) for name in names[:repeated]]
    mixed = names + again
    r.shuffle(mixed)
    return list(mixed)


def _column(r: random.Random, rows: int, filled: int, make: Make) -> Iterator[Value]:
    places = set(r.sample(range(rows), round(filled * rows / ROWS)))
    return iter([make(r) if row in places else "" for row in range(rows)])
