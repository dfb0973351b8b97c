"""Actions on costs: register, change, attest, refuse (6.2.B5, 6.4.B3, 6.3.U11, 6.5.U7)."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from governance import access
from governance.access import Forbidden, Person
from governance.actions.base import assign, check_not_future, lock, write
from governance.gestures import gesture
from governance.history import rows_of
from governance.models import Avtal, Forvaltningsobjekt, Kostnad, Sida
from governance.steering.plans import EVER_ADOPTED

FOLLOW_UP, FOLLOW_UP_IT = "follow_up_costs", "follow_up_it_costs"
CERTIFY, CERTIFY_IT = "certify_cost", "certify_it_cost"


def registered_with(sida: str | None) -> frozenset[str]:
    """Return what lets a person register costs of a side: all (6.3.U11), or those of IT (6.5.U7)."""
    return frozenset({FOLLOW_UP} if sida == Sida.VERKSAMHET else {FOLLOW_UP, FOLLOW_UP_IT})


def attested_with(sida: str) -> frozenset[str]:
    """Return what lets a person attest a side's costs: any (6.2.B5), or those of IT (6.4.B3)."""
    return frozenset({CERTIFY, CERTIFY_IT} if sida == Sida.IT else {CERTIFY})


def registers(actor: Person, thing: Any, sida: str | None) -> bool:
    """Whether the person registers costs of that side here."""
    return any(access.may(actor, verb, thing) for verb in sorted(registered_with(sida)))


def attests(actor: Person, kostnad: Kostnad) -> bool:
    """Whether the person attests this cost, as long as somebody else registered it."""
    return any(access.may(actor, verb, kostnad) for verb in sorted(attested_with(kostnad.sida)))


def register(
    actor: Person, objekt: Forvaltningsobjekt, *, reason: str = "", **fields: Any
) -> Kostnad:
    """Register a cost of the object; it waits for the attest of somebody else."""
    if not registers(actor, objekt, fields.get("sida")):
        raise Forbidden(FOLLOW_UP, objekt)
    kostnad = Kostnad(objekt=objekt, registered_by=actor)
    with gesture(actor, "create", reason):
        assign(kostnad, fields)
        refuse_misplaced(kostnad)
        return write(kostnad)


def change(
    actor: Person, kostnad: Kostnad, *, version: int | None = None, reason: str = "", **fields: Any
) -> Kostnad:
    """Change a cost that waits for attest, or one that was sent back: it then waits again."""
    with transaction.atomic():
        fresh = lock(kostnad, version, fields)
        for sida in {fresh.sida, fields.get("sida", fresh.sida)}:
            if not registers(actor, fresh, sida):
                raise Forbidden(FOLLOW_UP, fresh)
        refuse_attested(fresh)
        if assign(fresh, fields) or fresh.status == Kostnad.Status.AVVISAD:
            refuse_misplaced(fresh)
            fresh.status, fresh.registered_by = Kostnad.Status.REGISTRERAD, actor
            fresh.judged_by, fresh.judged_on, fresh.note = None, None, ""
            with gesture(actor, "change", reason):
                write(fresh)
        return fresh


def judge(
    actor: Person,
    kostnad: Kostnad,
    *,
    attest: bool,
    note: str = "",
    version: int | None = None,
    reason: str = "",
) -> Kostnad:
    """Attest a cost or send it back with a note. Never by who registered it, or changed it."""
    with transaction.atomic():
        fresh = lock(kostnad, version, {})
        if not attests(actor, fresh):
            raise Forbidden(CERTIFY_IT if fresh.sida == Sida.IT else CERTIFY, fresh)
        if not attest and not note.strip():
            raise ValidationError({"note": _("Skriv varför kostnaden inte attesteras.")})
        refuse_judgement(actor, fresh, version)
        fresh.status = Kostnad.Status.ATTESTERAD if attest else Kostnad.Status.AVVISAD
        fresh.note, fresh.judged_by, fresh.judged_on = note, actor, timezone.localdate()
        with gesture(actor, "attest" if attest else "reject", reason):
            return write(fresh)


def refuse_judgement(actor: Person, kostnad: Kostnad, version: int | None) -> None:
    """Raise ValidationError when the cost is not this person's to attest, or not as it was read."""
    if kostnad.status != Kostnad.Status.REGISTRERAD:
        raise ValidationError(
            _("Kostnaden är redan %(status)s.") % {"status": kostnad.get_status_display().lower()}
        )
    if version is not None and version != kostnad.version:
        raise ValidationError(
            _("Kostnaden ändrades medan du läste den. Läs den igen innan du attesterar.")
        )
    if actor is not None and own(actor, [kostnad.pk]):
        raise ValidationError(
            _("Du har själv registrerat eller ändrat kostnaden. Den attesteras av någon annan.")
        )


def own(person: Person, pks: Iterable[int]) -> set[int]:
    """Return those of the costs that the person registered, or changed since: one query.

    Whoever changed a cost last stands as having registered it; who did so before is in the history.
    """
    pks = list(pks)
    return set(ever_own(person).filter(id__in=pks).values_list("id", flat=True)) if pks else set()


def ever_own(person: Person) -> QuerySet[Any]:
    """Return the rows in history by which the person registered a cost, or changed one."""
    return rows_of(Kostnad).filter(registered_by=person.pk)


def refuse_attested(kostnad: Kostnad) -> None:
    """Raise ValidationError when the cost is attested: it no longer changes."""
    if kostnad.status == Kostnad.Status.ATTESTERAD:
        raise ValidationError(
            _("Kostnaden är attesterad och kan inte ändras. Registrera en rättelse i stället.")
        )


def refuse_misplaced(kostnad: Kostnad) -> None:
    """Raise ValidationError when what the cost points at is not there for it to point at."""
    check_not_future(kostnad.on, "on")
    wrong = {
        "budgetpost": _wrong_post(kostnad),
        "avtal": _wrong_avtal(kostnad),
        "avrop": _wrong_avrop(kostnad),
        "system": "",
    }
    if kostnad.system and kostnad.system.objekt_id != kostnad.objekt_id:
        wrong["system"] = _("Systemet hör till ett annat objekt.")
    found = {name: sentence for name, sentence in wrong.items() if sentence}
    if found:
        raise ValidationError(found)


def _wrong_post(kostnad: Kostnad) -> str:
    post = kostnad.budgetpost
    if post is None:
        return ""
    if post.plan.objekt_id != kostnad.objekt_id:
        return _("Budgetposten hör till ett annat objekt.")
    if post.plan.status not in EVER_ADOPTED:
        return _("Planen är inte fastställd. Välj en post ur en fastställd plan.")
    if post.sida != kostnad.sida:
        return _("Budgetposten hör till den andra sidan. Välj en annan post.")
    return ""


def _wrong_avtal(kostnad: Kostnad) -> str:
    avtal = kostnad.avtal
    if avtal is None:
        return ""
    if avtal.objekt_id != kostnad.objekt_id:
        return _("Avtalet hör till ett annat objekt.")
    if avtal.status == Avtal.Status.REGISTRERAT:
        return _("Avtalet är inte tecknat. Välj ett tecknat avtal.")
    return ""


def _wrong_avrop(kostnad: Kostnad) -> str:
    """Say what is wrong with the call-off, and hold it: it is not taken back meanwhile."""
    if kostnad.avrop is None:
        return ""
    avrop = lock(kostnad.avrop, None, {})
    if avrop.objekt_id != kostnad.objekt_id:
        return _("Avropet hör till ett annat objekt.")
    return _("Avropet är återtaget. Välj ett annat.") if avrop.withdrawn_on else ""
