"""The people of the demo municipality, and the accounts to log in with."""

import unicodedata
from dataclasses import dataclass, field
from random import Random

from django.db.models import QuerySet

from exchange.demo.names import FIRST_NAMES, LAST_NAMES, TITLES
from governance.access import ADMINISTRATORER, REVISORER
from governance.models import Namnd
from governance.models.base import fold
from roles import people
from roles.models import User

PASSWORD = "demo-i-umedalen"  # noqa: S105 - printed for whoever tries the demo
DOMAIN = "@demo.example"  # which no municipality has
COUNT = 150

# username → name, title: those with an account that the command prints.
CAST = {
    "adam.admin": ("Adam", "Lidman", "Registeransvarig"),
    "rut.revisor": ("Rut", "Wikner", "Revisor"),
    "eva.lund": ("Eva", "Lund", "Skoldirektör"),
    "per.sandstrom": ("Per", "Sandström", "Avdelningschef"),
    "lars.nystrom": ("Lars", "Nyström", "Verksamhetsutvecklare"),
    "malin.holm": ("Malin", "Holm", "IT-samordnare"),
    "karin.oberg": ("Karin", "Öberg", "Systemförvaltare"),
    "asa.ek": ("Åsa", "Ek", "IT-specialist"),
    "hakan.astrom": ("Håkan", "Åström", "Driftsansvarig"),
    "ingrid.angquist": ("Ingrid", "Ängquist", "Nämndsekreterare"),
    "nils.nyfiken": ("Nils", "Burman", "Handläggare"),
}


@dataclass
class Staff:
    """Everybody, by what they usually do."""

    cast: dict[str, User] = field(default_factory=dict)
    others: list[User] = field(default_factory=list)

    @property
    def admin(self) -> User:
        """Return the Administratör."""
        return self.cast["adam.admin"]


def cast() -> QuerySet[User]:
    """Return the accounts of the cast, and no account of somebody real who is called the same."""
    found: QuerySet[User] = User.objects.filter(username__in=CAST, email__endswith=DOMAIN)
    return found


def username(first: str, last: str, taken: set[str]) -> str:
    """Return first.last in plain letters, with a number when it is taken."""
    plain = fold(unicodedata.normalize("NFC", f"{first}.{last}"))
    name, number = plain, 2
    while name in taken:
        name, number = f"{plain}{number}", number + 1
    taken.add(name)
    return name


def employ(random: Random, units: list[str]) -> Staff:
    """Register the cast, who can log in, and the others, who cannot yet; two are Anna Andersson."""
    staff = Staff()
    taken = {*CAST, *User.objects.values_list("username", flat=True)}
    for name, (first, last, title) in CAST.items():
        staff.cast[name] = people.create(
            None,
            password=PASSWORD,
            username=name,
            first_name=first,
            last_name=last,
            title=title,
            unit="Skola och kultur",
            email=f"{name}{DOMAIN}",
            phone="090-000 00 00",
        )
    people.set_groups(None, staff.cast["adam.admin"], [ADMINISTRATORER])
    people.set_groups(None, staff.cast["rut.revisor"], [REVISORER])
    pairs = [(first, last) for first in FIRST_NAMES for last in LAST_NAMES]
    chosen = [("Anna", "Andersson")] * 2 + random.sample(pairs, COUNT - len(CAST) - 2)
    for first, last in chosen:
        name = username(first, last, taken)
        staff.others.append(
            people.create(
                None,
                username=name,
                first_name=first,
                last_name=last,
                title=random.choice(TITLES),
                unit=random.choice(units),
                email=f"{name}{DOMAIN}",
            )
        )
    return staff


def represent(staff: Staff, namnder: list[Namnd]) -> None:
    """Give each nämnd a representative."""
    for number, namnd in enumerate(namnder):
        known = namnd.name == "För- och grundskolenämnden"
        person = staff.cast["ingrid.angquist"] if known else staff.others[number]
        people.add_representant(staff.admin, namnd, person, reason="Utsedd av nämnden")
