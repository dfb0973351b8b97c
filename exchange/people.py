"""Persons as people write them: "Efternamn, Förnamn", two in a cell, with unit or e-mail."""

import re
from dataclasses import dataclass

from exchange.cleaning import fold, tidy

EMAIL = re.compile(r"[^\s<>(),;:\"]+@[^\s<>(),;:\"]+\.[^\s<>(),;:\".]+")
# What stands between two persons, outside parentheses: "Anna Berg (Vård och omsorg)" is one. A lone
# slash does not part them: "Anna Berg / IT" is one and her unit.
BETWEEN = re.compile(
    r"(?:\n|;|\s+(?:och|samt|resp\.?|respektive|&|\+)\s+|\s*/\s*(?=\S+\s+\S))(?![^()]*\))",
    re.IGNORECASE,
)
UNIT = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
# "Anna Berg <annab>": how the export writes what no other reading gives back.
STATED = re.compile(r"([^<>\n]*)<([\w.@+-]+)>")
USERNAME = re.compile(r"[a-z][a-z0-9]*(?:[._][a-z0-9]+)+|[a-z]{2,}\d+", re.IGNORECASE)
ACRONYM = re.compile(r"[A-ZÅÄÖ]{2,5}")
PARTICLES = frozenset(
    ("af", "av", "von", "van", "de", "der", "den", "del", "la", "da", "di", "el", "al", "ter")
)
NOBODY = frozenset(
    (
        "",
        "-",
        "–",
        "?",
        "ej",
        "ingen",
        "saknas",
        "vet ej",
        "okand",
        "n/a",
        "na",
        "x",
        "vakant",
        "tbd",
    )
)


@dataclass(frozen=True)
class Person:
    """What a cell says of one person: a name, an e-mail address or a user name, and the rest."""

    name: str = ""
    email: str = ""
    username: str = ""
    unit: str = ""

    @property
    def key(self) -> str:
        """Return what two mentions of one person have in common."""
        return self.email.lower() or self.username.lower() or name_key(self.name)


def name_key(name: str) -> str:
    """Fold a person's name: Anna-Karin Öberg and anna karin oberg are one."""
    return " ".join(fold(name).replace("-", " ").replace(".", " ").split())


def parse_people(text: str) -> tuple[Person, ...]:
    """Return the persons a cell names, in its order, each once; "saknas" is nobody."""
    stated = STATED.fullmatch(text.strip())
    if stated and not EMAIL.fullmatch(stated[2]):
        return (Person(tidy(stated[1]), username=stated[2]),)
    people: dict[str, Person] = {}
    for part in BETWEEN.split(text):
        for person in _people_by_commas(part):
            people.setdefault(person.key, person)
    return tuple(people.values())


def account_text(name: str, username: str) -> str:
    """Return how the export names a person: what parse_people reads as exactly this account."""
    name = tidy(name.replace("<", " ").replace(">", " "))
    usual, stated = f"{name} ({username})", f"{name} <{username}>".strip()
    account = Person(name, username=username)
    by_address = Person(name, email=username.lower())  # a user name may be an address
    for text in (usual, stated):
        if parse_people(text) in ((account,), (by_address,)):
            return text
    return f"<{username}>"


def _people_by_commas(part: str) -> list[Person]:
    """Return the persons in a part; a comma stands inside a name, between or before a unit."""
    units = [tidy(a or b) for a, b in UNIT.findall(part)]
    pieces = [tidy(piece) for piece in UNIT.sub(" ", part).split(",") if tidy(piece)]
    found: list[Person] = []
    for text in _join_names(pieces):
        name, _slash, unit = text.partition(" / ")
        person = _person(name)
        if found and ACRONYM.fullmatch(name):
            found[-1] = _with_unit(found[-1], name)
        elif person:
            found.append(_with_unit(person, unit) if unit else person)
    if len(found) == 1 and units:
        return [_with_unit(found[0], units[0])]
    if len(found) == len(units):
        return [_with_unit(person, unit) for person, unit in zip(found, units, strict=True)]
    return found


def _join_names(pieces: list[str]) -> list[str]:
    """Turn surname, given-name pairs into names in speaking order, and leave whole names alone."""
    names: list[str] = []
    index = 0
    while index < len(pieces):
        here, after = pieces[index], pieces[index + 1 : index + 2]
        if after and _is_surname_first(
            here, after[0], first=index == 0, last=index + 2 == len(pieces)
        ):
            names.append(f"{after[0]} {here}")
            index += 2
        else:
            names.append(here)
            index += 1
    return names


def _is_surname_first(here: str, after: str, *, first: bool, last: bool) -> bool:
    """Tell "Berg, Anna" and "von Essen, Carl" from "Anna Berg, Carl Ek" and "Anna Berg, IT"."""
    if "@" in here + after or after.isupper() or not after[:1].isalpha():
        return False
    words = here.split()
    surname_alone = len(words) == 1 or words[0].lower() in PARTICLES
    return (surname_alone and not USERNAME.fullmatch(here)) or (
        first and last and len(after.split()) == 1
    )


def _person(text: str) -> Person | None:
    """Return the person that one name, address or user name stands for."""
    found = EMAIL.search(text)
    email = found.group().lower() if found else ""
    rest = tidy(EMAIL.sub(" ", text).replace("<", " ").replace(">", " ")).strip(" ,;:-/")
    if fold(rest) in NOBODY and not email:
        return None
    if rest and " " not in rest and USERNAME.fullmatch(rest):
        return Person(email=email, username=rest.lower())
    return Person(name=rest or (guess_name(email)), email=email)


def _with_unit(person: Person, unit: str) -> Person:
    if EMAIL.fullmatch(unit):
        return Person(person.name, person.email or unit.lower(), person.username, person.unit)
    if USERNAME.fullmatch(unit) and not unit.isupper() and not person.username:
        return Person(person.name, person.email, unit.lower(), person.unit)
    return Person(person.name, person.email, person.username, unit)


def guess_name(email: str) -> str:
    """Return the name that anna.berg@… suggests, else the address's first part."""
    words = re.split(r"[._]+", email.partition("@")[0])
    return " ".join("-".join(p.capitalize() for p in word.split("-")) for word in words if word)


def guess_username(name: str) -> str:
    """Return first.last in plain letters: what most directories would call this person."""
    words = [re.sub(r"[^a-z0-9-]", "", word) for word in fold(name).split()]
    words = [word.strip("-") for word in words if word.strip("-")]
    return ".".join(words if len(words) < 2 else (words[0], words[-1]))
