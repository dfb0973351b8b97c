"""Which person a cell means: an account that is there, or one to make; never two for one person."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from exchange.cleaning import fold, nearest
from exchange.importing.draft import Draft, Spot, field_errors
from exchange.importing.plan import Consequence
from exchange.people import PARTICLES, Person, guess_username, name_key
from roles.models import User
from roles.people import refuse_nameless

NEAR = 0.9


class Directory:
    """Everybody in the register and everybody that the file names, found by what people write.

    Matched by e-mail, then user name, which may be an address too, then a full name that only one
    has (with that unit, if given).
    """

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.by_email: dict[str, User] = {}
        self.by_username: dict[str, User] = {}
        self.by_name: dict[str, list[User]] = {}
        self.stated: list[User] = []  # made of a name and a user name: nobody else is meant
        self.settled: dict[tuple[str, str, str, str], User | None] = {}
        for user in draft.register.people.values():
            self._remember(user)
        self.known = [str(user) for user in draft.register.people.values() if user.is_active]

    def _remember(self, user: User) -> None:
        self.by_username.setdefault(user.username.lower(), user)
        self.by_username[user.username] = user  # of two that differ in case, exactly this one
        if user.email:
            self.by_email.setdefault(user.email.lower(), user)
        self.by_name.setdefault(name_key(user.get_full_name()), []).append(user)

    def find(self, person: Person, spot: Spot, *, strict: bool) -> User | None:
        """Return the account that is meant, made if need be; None where that cannot be known.

        Why not is noted at the spot: an error where the row stands or falls with the person
        (`strict`), a warning where it is a proposal. A user name that nobody has is an error always.
        """
        asked = (person.email, person.username, name_key(person.name), fold(person.unit))
        if asked not in self.settled or self.settled[asked] is None:
            self.settled[asked] = self._find(person, spot, strict=strict)
        return self.settled[asked]

    def _find(self, person: Person, spot: Spot, *, strict: bool) -> User | None:
        if found := self.by_email.get(person.email) or self.by_username.get(person.email):
            return found
        if person.username:
            return self._by_username(person, spot)
        candidates = self._of_that_name(person)
        if len(candidates) == 1:
            return self._with_email(candidates[0], person)
        say = self.draft.notes.error if strict else self.draft.notes.warn
        if candidates:
            say(*spot, _several(person.name, candidates))
            return None
        return self._made(person, spot, strict=strict)

    def _by_username(self, person: Person, spot: Spot) -> User | None:
        named = self.by_username
        found = named.get(person.username) or named.get(person.username.lower())
        if found:
            return self._with_email(found, person)
        namesakes = self.by_name.get(name_key(person.name), [])
        if person.name and not [user for user in namesakes if user not in self.stated]:
            made = self._made(person, spot, strict=True)
            self.stated += [made] if made else []
            return made
        sentence = _("Ingen person heter %s.") % person.username
        like = nearest(person.username, self.by_username)
        hint = _("Menade du %s?") % like if like else _("Skriv personens e-post eller hela namn.")
        self.draft.notes.error(*spot, f"{sentence} {hint}")
        return None

    def _of_that_name(self, person: Person) -> list[User]:
        """Return who may be meant by the name: those who work here, those of the unit, if any."""
        found = self.by_name.get(name_key(person.name), [])
        if person.email:
            found = [user for user in found if not user.email]
        found = [user for user in found if user.is_active] or found
        of_unit = [u for u in found if person.unit and fold(person.unit) == fold(u.unit)]
        return of_unit or found

    def _with_email(self, user: User, person: Person) -> User:
        if person.email and not user.email and person.email not in self.by_email:
            self.draft.work.assign(user, "email", person.email)
            self.by_email[person.email] = user
            if user.pk:
                self._note("person_andras", user)
        return user

    def _made(self, person: Person, spot: Spot, *, strict: bool) -> User | None:
        first, last = split_name(person.name)
        user = User(
            username=self._free_username(person),
            first_name=first,
            last_name=last,
            email=person.email,
            unit=person.unit[:200],
        )
        user.set_unusable_password()
        try:
            refuse_nameless(user)
        except ValidationError:
            say = self.draft.notes.error if strict else self.draft.notes.warn
            say(*spot, self._not_a_person(person.name, strict=strict))
            return None
        errors = [text for messages in field_errors(user).values() for text in messages]
        if errors:
            self.draft.notes.error(*spot, f"{person.name[:60]}: {errors[0]}")
            return None
        like = nearest(person.name, self.known, cutoff=NEAR)
        if like:
            words = {"name": person.name, "like": like}
            self.draft.notes.warn(
                *spot,
                _("%(name)s blir en ny person. Om du menade %(like)s, rätta namnet i filen.")
                % words,
            )
        self.draft.work.add(user)
        self._remember(user)
        self._note("person", user)
        return user

    def _free_username(self, person: Person) -> str:
        wanted = person.username or guess_username(person.name)[:140] or "person"
        return next(name for name in _numbered(wanted) if name.lower() not in self.by_username)

    def _note(self, kind: str, user: User) -> None:
        note = ", ".join(part for part in (user.username, user.email, user.unit) if part)
        self.draft.consequences.append(Consequence(kind, str(user), note))

    def _not_a_person(self, name: str, *, strict: bool) -> str:
        sentence = _("”%s” är inget helt namn.") % name[:60]
        like = nearest(name, [*self.by_username, *self.known], cutoff=0.8)
        if like:
            return sentence + " " + _("Menade du %s?") % like
        hint = _("Skriv personens e-post, användarnamn eller hela namn.")
        return f"{sentence} {hint}" if strict else f"{sentence} {_('Ingen person skapas av det.')}"


def split_name(name: str) -> tuple[str, str]:
    """Return given name and surname; von Essen is a surname."""
    words = name.split()
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in PARTICLES:
        at -= 1
    return (" ".join(words[:at]), " ".join(words[at:])) if at > 0 else ("", name)


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name}{number}"
        number += 1


def _several(name: str, candidates: list[User]) -> str:
    said = [f"{user.username} ({user.unit})" if user.unit else user.username for user in candidates]
    words = {"count": len(said), "name": name, "who": ", ".join(said[:5])}
    return _("%(count)s personer heter %(name)s. Skriv e-post eller användarnamn: %(who)s.") % words
