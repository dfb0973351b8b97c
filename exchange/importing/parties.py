"""Nämnder and leverantörer that a file names: found in the register, or made."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from exchange.cleaning import fold, nearest
from exchange.importing.draft import Draft, Spot, field_errors
from exchange.importing.plan import Consequence
from governance.actions import leverantor as leverantor_actions
from governance.actions import namnd as namnd_actions
from governance.models import Leverantor, Namnd

NAMND_LIKE = re.compile(r"nämnd|styrelse|fullmäktige|revision", re.IGNORECASE)


def find_namnd(draft: Draft, name: str, spot: Spot) -> Namnd | None:
    """Return the nämnd of that name; a new one where the name is a nämnd's or a styrelse's.

    A municipal company (clause 2.2), a near miss and anything else is an error at the spot.
    """
    found: Namnd | None = draft.namnder.one(name)
    if found:
        return found
    try:
        namnd_actions.refuse_company(name)
    except ValidationError as error:
        draft.notes.error(*spot, error.messages[0])
        return None
    like = nearest(name, draft.namnder.names(), cutoff=0.8)
    if like or not NAMND_LIKE.search(name):
        sentence = _("Det finns ingen nämnd som heter ”%s”.") % name[:100]
        hint = (
            _("Menade du ”%s”?") % like if like else _("Registrera den först, eller rätta namnet.")
        )
        draft.notes.error(*spot, f"{sentence} {hint}")
        return None
    return _made_namnd(draft, name, spot)


def _made_namnd(draft: Draft, name: str, spot: Spot) -> Namnd | None:
    kind = Namnd.Kind.STYRELSE if "styrelse" in name.lower() else Namnd.Kind.NAMND
    namnd = Namnd(name=name, kind=kind)
    for messages in field_errors(namnd).values():
        draft.notes.error(*spot, messages[0])
        return None
    draft.work.add(namnd)
    draft.namnder.put(namnd)
    draft.consequences.append(Consequence("namnd", name, str(namnd.get_kind_display())))
    return namnd


def squeeze(name: str) -> str:
    """Fold a supplier's name as the register's name_key does: no spaces at all."""
    return re.sub(r"\s+", "", fold(name))


class Suppliers:
    """The leverantörer by number and by name."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        known = draft.register.leverantorer.values()
        self.by_name = {squeeze(leverantor.name): leverantor for leverantor in known}
        self.by_number = {v.organisationsnummer: v for v in known if v.organisationsnummer}

    def find(self, name: str, number: str, spot: Spot, number_spot: Spot) -> Leverantor | None:
        """Return the supplier, made if need be; None with neither name nor a known number."""
        fields = leverantor_actions.tidy({"name": name, "organisationsnummer": number})
        name, number = fields["name"], fields["organisationsnummer"]
        if not name and not number:
            return None
        found = self.by_number.get(number) or self.by_name.get(squeeze(name))
        if found:
            return self._with_number(found, number, number_spot)
        if not name:
            self.draft.notes.error(*number_spot, _("Leverantörens namn saknas. Fyll i det."))
            return None
        return self._made(Leverantor(name=name, organisationsnummer=number), spot, number_spot)

    def _with_number(self, found: Leverantor, number: str, spot: Spot) -> Leverantor:
        if number and not found.organisationsnummer:
            self.draft.work.assign(found, "organisationsnummer", number)
            for messages in field_errors(found).values():
                self.draft.notes.error(*spot, messages[0])
            self.by_number[number] = found
            if found.pk:
                self.draft.consequences.append(Consequence("leverantor_andras", found.name, number))
        elif number and number != found.organisationsnummer:
            words = {"name": found.name, "number": found.organisationsnummer}
            self.draft.notes.warn(
                *spot,
                _("%(name)s har nummer %(number)s i registret. Det ändras inte.") % words,
            )
        return found

    def _made(self, leverantor: Leverantor, spot: Spot, number_spot: Spot) -> Leverantor | None:
        errors = field_errors(leverantor)
        for name, messages in errors.items():
            where = number_spot if name == "organisationsnummer" else spot
            self.draft.notes.error(*where, messages[0])
        if errors:
            return None
        self.draft.work.add(leverantor)
        self.by_name[squeeze(leverantor.name)] = leverantor
        if leverantor.organisationsnummer:
            self.by_number[leverantor.organisationsnummer] = leverantor
        number = leverantor.organisationsnummer
        self.draft.consequences.append(Consequence("leverantor", leverantor.name, number))
        return leverantor
