"""Who is to sign a plan now (6.2.U1, 6.4.U1): asked by the action, by the plan's page and by Att göra."""

from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from governance.access import Person, mandated
from governance.models import Forvaltningsplan, Sida, Underskrift
from governance.steering.sides import OWNS

TO_SIGN = Forvaltningsplan.Status.FRAMLAGD


def signed_already(person: Person, sida: str, signatures: Iterable[Underskrift]) -> str:
    """Return why the person cannot sign for the side beside these signatures; nothing when it can be."""
    signatures = list(signatures)
    if any(signature.sida == sida for signature in signatures):
        return _("Planen är redan undertecknad för den sidan.")
    if any(signature.person_id == person.pk for signature in signatures):
        return _(
            "Du har redan undertecknat för den andra sidan. Planen fastställs av två olika personer."
        )
    return ""


def sides_to_sign(
    person: Person,
    plan: Forvaltningsplan,
    signatures: Collection[Underskrift],
    rights: Collection[str],
) -> list[Sida]:
    """Return the sides for which a person with these rights is to sign the plan now."""
    if plan.status != TO_SIGN:
        return []
    mine = [sida for sida, verb in OWNS.items() if verb in rights]
    return [sida for sida in mine if not signed_already(person, sida, signatures)]


def waiting_for(person: Person) -> QuerySet[Forvaltningsplan]:
    """Return the plans that the person is to sign now: those of which `sides_to_sign` names a side."""
    own = Underskrift.objects.filter(plan=OuterRef("pk"), person=person)
    mine = Q(pk__in=[])
    for sida, verb in OWNS.items():
        signed = Underskrift.objects.filter(plan=OuterRef("pk"), sida=sida)
        mine |= Q(objekt__in=mandated(person, verb)) & ~Q(Exists(signed))
    return Forvaltningsplan.objects.filter(mine, ~Exists(own), status=TO_SIGN)
