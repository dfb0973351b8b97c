"""People: who they are and what they answer for; and who may act for a nämnd."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import Field

from exchange.api.bodies import REASON_REQUIRED
from exchange.api.nouns import Act, Noun, Part
from exchange.api.schemas import LONGEST_LIST, Id, fields_of, things
from exchange.api.staffing import basis_of
from roles import people, transfer
from roles.listings import PersonListing
from roles.models import Representant, RoleAssignment, User

WRITTEN = ("username", "first_name", "last_name", "email", "phone", "unit", "title")


class Item(Schema):
    """Something that a person answers for, and that can be handed over."""

    key: str = Field(..., description="Nyckeln i successors när det lämnas över.")
    kind: Literal[tuple(transfer.PREFIX.values())]  # type: ignore[valid-type]
    id: int
    objekt: int
    what: str
    permitted: bool = Field(..., description="Om nyckelns ägare får lämna över det.")


class Items(Schema):
    """What a person answers for, from today on."""

    items: list[Item]


def answers_for(reader: User, person: User) -> dict[str, Any]:
    """Return what the person answers for today or later, as the reader may know of it."""
    items = transfer.items_of(person, timezone.localdate(), seen_by=reader)
    may = transfer.permitted(reader, items)
    return {
        "items": [
            {
                "key": item.key,
                "kind": transfer.PREFIX[type(item.thing)],
                "id": item.thing.pk,
                "objekt": item.objekt.pk,
                "what": str(item),
                "permitted": may[item.key],
            }
            for item in items
        ]
    }


def transfer_all(
    actor: User, person: User, *, successors: Mapping[str, int], on: date, reason: str, **basis: Any
) -> None:
    """Hand over the items that are named, each to whom it says."""
    try:
        heirs = things(actor, User, list(successors.values()))
    except ValidationError as error:
        raise ValidationError({"successors": error.messages}) from error
    by_id = {heir.pk: heir for heir in heirs}
    given = {key: by_id[pk] for key, pk in successors.items()}
    transfer.transfer_all(actor, person, given, on=on, reason=reason, basis=basis_of(basis))


NOUNS = (
    Noun(
        "personer",
        User,
        fields=(*WRITTEN, "is_active"),
        also={"groups": (list[str], lambda person: sorted(people.groups_of(person)))},
        prefetched=("groups",),
        listing=PersonListing,
        writable=WRITTEN,
        create=people.create,
        change=people.change,
        acts=(
            Act(
                "active",
                _("Stäng kontot för den som har slutat, eller öppna det igen"),
                people.set_active,
                {"active": (bool, ...), **REASON_REQUIRED},
            ),
            Act(
                "transfer_all",
                _("Lämna över det som personen svarar för"),
                transfer_all,
                {
                    "successors": (
                        Annotated[dict[str, Id], Field(max_length=LONGEST_LIST)],
                        Field(..., description=str(_("Nyckel ur ansvar → personens nummer."))),
                    ),
                    "on": (date, ...),
                    **fields_of(RoleAssignment, ("decision_reference",)),
                    **REASON_REQUIRED,
                },
            ),
        ),
        parts=(Part("ansvar", _("Läs vad personen svarar för"), Items, answers_for),),
    ),
    Noun(
        "foretradare",
        Representant,
        parent="namnd",
        within=("namnd", "person"),
        create=lambda actor, namnd, *, person, **given: people.add_representant(
            actor, namnd, person, **given
        ),
        remove=people.remove_representant,
    ),
)
