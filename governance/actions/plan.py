"""Actions on a förvaltningsplan: draft, put forward, take back, sign and adopt, begin a new version."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from governance import access
from governance.access import Person
from governance.actions import _simple
from governance.actions.base import assign, lock, write
from governance.actions.steering import refuse_avvecklat
from governance.gestures import gesture
from governance.models import Forvaltningsobjekt, Forvaltningsplan, Mal, Sida, Underskrift
from governance.steering import plan_letters, plan_signing, plans, sides
from governance.steering.plan_letters import DRAFT
from governance.steering.sides import OWNS

Status = Forvaltningsplan.Status
TAKES_BACK = (DRAFT, *OWNS.values())
"""Any of which lets a person make a plan that was put forward a draft again."""


def create(
    actor: Person, objekt: Forvaltningsobjekt, *, reason: str = "", **fields: Any
) -> Forvaltningsplan:
    """Begin a plan of the object as a draft (6.3.U2, 6.5.U2)."""
    access.require(actor, DRAFT, objekt)
    with gesture(actor, "create", reason):
        plan = _numbered(objekt)
        assign(plan, fields)
        return write(plan)


def _numbered(objekt: Forvaltningsobjekt) -> Forvaltningsplan:
    """Return a new draft with the object's next number; the object is locked."""
    objekt = lock(objekt, None, {})
    refuse_avvecklat(objekt)
    last = Forvaltningsplan.objects.filter(objekt=objekt).aggregate(last=Max("number"))["last"]
    return Forvaltningsplan(objekt=objekt, number=(last or 0) + 1)


def change(
    actor: Person,
    plan: Forvaltningsplan,
    *,
    version: int | None = None,
    reason: str = "",
    **fields: Any,
) -> Forvaltningsplan:
    """Change a draft. Raises Conflict when somebody saved in between."""
    access.require(actor, DRAFT, plan)
    with transaction.atomic():
        fresh = lock(plan, version, fields)
        refuse_frozen(fresh)
        if assign(fresh, fields):
            with gesture(actor, "change", reason):
                write(fresh)
        return fresh


def refuse_frozen(plan: Forvaltningsplan) -> None:
    """Raise ValidationError unless the plan is a draft."""
    if plan.status == Status.FRAMLAGD:
        raise ValidationError(
            _(
                "Planen är framlagd och ändras inte. Ta tillbaka den för att ändra; underskrifter faller då."
            )
        )
    if plan.status != Status.UTKAST:
        raise ValidationError(
            _("Planen är %(status)s och ändras inte. Börja en ny version i stället.")
            % {"status": plan.get_status_display().lower()}
        )


def put_forward(
    actor: Person, plan: Forvaltningsplan, *, version: int | None = None, reason: str = ""
) -> Forvaltningsplan:
    """Freeze a draft and lay it before objektägare and objektägare IT (6.3.U2, 6.5.U2)."""
    access.require(actor, DRAFT, plan)
    with transaction.atomic():
        fresh = lock(plan, version, {})
        refuse_frozen(fresh)
        if not any(plans.rows_of(fresh).values()):
            raise ValidationError(
                _("Planen är tom. Lägg till mål, aktiviteter eller budget först.")
            )
        _refuse_gap(fresh)
        fresh.status, fresh.put_forward_on = Status.FRAMLAGD, timezone.localdate()
        fresh.content_hash = plans.content_hash(fresh)
        with gesture(actor, "put_forward", reason):
            write(fresh)
        plan_letters.put_forward(fresh)
        return fresh


def take_back(
    actor: Person, plan: Forvaltningsplan, *, version: int | None = None, reason: str = ""
) -> Forvaltningsplan:
    """Make a plan that was put forward a draft again; signatures already given fall.

    Those who draft it take it back, and whoever is to sign it sends it back (6.2.U1, 6.4.U1). The
    reason is required where somebody else has to act on it: see `asks_why`.
    """
    refuse_taking_back(actor, plan)
    with transaction.atomic():
        fresh = lock(plan, version, {})
        if fresh.status != Status.FRAMLAGD:
            raise ValidationError(_("Bara en framlagd plan kan tas tillbaka."))
        if not reason.strip() and asks_why(actor, fresh):
            raise ValidationError({"reason": _("Skriv varför planen behöver göras om.")})
        with gesture(actor, "take_back", reason):
            for signature in Underskrift.objects.filter(plan=fresh):
                signature.delete()
            fresh.status, fresh.content_hash, fresh.put_forward_on = Status.UTKAST, "", None
            write(fresh)
        plan_letters.taken_back(fresh, actor)
        return fresh


def refuse_taking_back(actor: Person, plan: Forvaltningsplan) -> None:
    """Raise Forbidden for who neither drafts the plan nor signs it for a side."""
    name = _("Ta tillbaka en framlagd förvaltningsplan")
    sides.require_any(actor, TAKES_BACK, plan, name)


def asks_why(actor: Person, plan: Forvaltningsplan) -> bool:
    """Tell whether taking the plan back needs a reason: somebody has signed, or an owner sends it back."""
    signed = Underskrift.objects.filter(plan=plan).exists()
    return signed or not access.may(actor, DRAFT, plan)


def sign(
    actor: Person,
    plan: Forvaltningsplan,
    *,
    sida: str,
    content_hash: str,
    reason: str = "",
) -> Forvaltningsplan:
    """Sign for one side over the content that was read (6.2.U1, 6.4.U1).

    The second signature, by another person, adopts the plan; what it replaces is superseded in the
    same gesture. Raises ValidationError when the content is another than the one that was read.
    """
    access.require(actor, OWNS[Sida(sida)], plan)
    with transaction.atomic():
        objekt = lock(plan.objekt, None, {})
        fresh = lock(plan, None, {})
        signatures = list(Underskrift.objects.filter(plan=fresh))
        refuse_signature(actor, fresh, sida, content_hash, signatures)
        with gesture(actor, "sign", reason):
            _simple.create(
                actor,
                Underskrift(
                    plan=fresh,
                    sida=sida,
                    person=actor,
                    content_hash=content_hash,
                    signed_at=timezone.now(),
                ),
                {},
                reason,
            )
            return _adopt(objekt, fresh) if signatures else fresh


def refuse_signature(
    actor: Person,
    plan: Forvaltningsplan,
    sida: str,
    content_hash: str,
    signatures: list[Underskrift],
) -> None:
    """Raise ValidationError when the plan cannot be signed by this person for this side now."""
    if plan.status != plan_signing.TO_SIGN:
        raise ValidationError(
            _("Planen är %(status)s. Bara en framlagd plan undertecknas.")
            % {"status": plan.get_status_display().lower()}
        )
    if content_hash != plan.content_hash or plans.content_hash(plan) != plan.content_hash:
        raise ValidationError(_("Planen har ändrats sedan du läste den. Läs den igen."))
    if why := plan_signing.signed_already(actor, sida, signatures):
        raise ValidationError(why)


def _adopt(objekt: Forvaltningsobjekt, plan: Forvaltningsplan) -> Forvaltningsplan:
    if objekt.status != Forvaltningsobjekt.Status.I_FORVALTNING:
        raise ValidationError(
            _("%(objekt)s är inte i förvaltning. Planen fastställs när objektet är det.")
            % {"objekt": objekt}
        )
    _refuse_gap(plan)
    today = timezone.localdate()
    for older in _replaced_by(plan):
        older.status, older.superseded_on = Status.ERSATT, today
        write(older)
    plan.status, plan.adopted_on = Status.FASTSTALLD, today
    write(plan)
    plan_letters.adopted(plan)
    return plan


def _refuse_gap(plan: Forvaltningsplan) -> None:
    """Raise ValidationError where days would have no plan: what a plan replaces ends at once (6.2.B3)."""
    today = timezone.localdate()
    for older in _replaced_by(plan):
        if older.period_to > plan.period_to:
            words = {"older": older, "last": older.period_to.isoformat()}
            raise ValidationError(
                _(
                    "%(older)s ersätts när den här fastställs, och gäller till och med %(last)s. Låt den här gälla minst lika länge."
                )
                % words
            )
        first = max(older.period_from, today)
        if plan.period_from > first:
            words = {"older": older, "day": first.isoformat(), "last": older.period_to.isoformat()}
            raise ValidationError(
                _(
                    "%(older)s ersätts när den här fastställs. Låt den här gälla senast från och med %(day)s, eller börja efter %(last)s."
                )
                % words
            )


def _replaced_by(plan: Forvaltningsplan) -> list[Forvaltningsplan]:
    overlapping = Forvaltningsplan.objects.select_for_update(no_key=True).filter(
        objekt=plan.objekt_id,
        status=Status.FASTSTALLD,
        period_from__lte=plan.period_to,
        period_to__gte=plan.period_from,
    )
    return list(overlapping.order_by("pk"))


def begin_version(
    actor: Person,
    plan: Forvaltningsplan,
    *,
    period_from: date,
    period_to: date,
    reason: str = "",
) -> Forvaltningsplan:
    """Begin a draft as a copy of a plan, with all its rows.

    Days of activities move as far as the period does, so that last year's plan starts the next.
    """
    access.require(actor, DRAFT, plan)
    with gesture(actor, "create", reason):
        copy = _numbered(plan.objekt)
        copy.based_on, copy.summary = plan, plan.summary
        copy.period_from, copy.period_to = period_from, period_to
        write(copy)
        _copy_rows(plan, copy)
        return copy


def _copy_rows(plan: Forvaltningsplan, copy: Forvaltningsplan) -> None:
    goals: dict[Any, Any] = {}
    for rows in plans.rows_of(plan).values():
        for row in rows:
            values = {f.attname: getattr(row, f.attname) for f in plans.said_by(row)}
            for name in ("starts_on", "ends_on"):
                if values.get(name):
                    values[name] = moved(values[name], plan.period_from, copy.period_from)
            if values.get("mal_id"):
                values["mal_id"] = goals[values["mal_id"]]
            made = write(type(row)(plan=copy, **values))
            if isinstance(row, Mal):
                goals[row.pk] = made.pk


def moved(day: date, old_start: date, new_start: date) -> date:
    """Move a day by the whole years between two starts, else by their days."""
    years = new_start.year - old_start.year
    if (old_start.month, old_start.day) != (new_start.month, new_start.day):
        return day + (new_start - old_start)
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year + years, day=last)


def discard(actor: Person, plan: Forvaltningsplan, *, reason: str = "") -> None:
    """Remove a draft with its rows; its history stays."""
    access.require(actor, DRAFT, plan)
    with gesture(actor, "remove", reason):
        fresh = lock(plan, None, {})
        refuse_frozen(fresh)
        for rows in reversed(plans.rows_of(fresh).values()):
            for row in rows:
                row.delete()
        fresh.delete()
