"""Rules about what the register says of objects and systems: registered at start-up."""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q
from django.utils.translation import gettext_noop as _

from governance.models import Forvaltningsobjekt, Informationsmangd, Informationssystem
from governance.models.informationssystem import IN_USE, LACKING
from governance.rules import BRIST, PAMINNELSE, Rule, active, register

VERIFIED_FOR = timedelta(days=365)


def _missing(model: type[Model], column: str, **those: Any) -> Q:
    return ~Q(Exists(model._default_manager.filter(**{column: OuterRef("pk")}, **those)))


register(
    Rule(
        code="not_verified",
        clause="6.3.B3",
        severity=PAMINNELSE,
        name=_("Uppgifterna är inte bekräftade på ett år"),
        sentence=_("Uppgifterna om %(thing)s är inte bekräftade det senaste året."),
        model=Forvaltningsobjekt,
        broken=lambda day: (
            active() & (Q(verified_on__isnull=True) | Q(verified_on__lte=day - VERIFIED_FOR))
        ),
        mends="change_forvaltningsobjekt",
        action=_("Gå igenom och bekräfta"),
        url_name="governance:objekt_detail",
        order=10,
    ),
    Rule(
        code="no_process",
        clause="1.b",
        severity=PAMINNELSE,
        name=_("Ingen verksamhetsprocess"),
        sentence=_("%(thing)s saknar uppgift om vilken verksamhetsprocess det stödjer."),
        model=Forvaltningsobjekt,
        broken=lambda _day: Q(verksamhetsprocess="") & ~Q(status="avvecklat"),
        mends="change_forvaltningsobjekt",
        action=_("Ange verksamhetsprocess"),
        url_name="governance:objekt_change",
        order=20,
    ),
    Rule(
        code="no_systems",
        clause="1.b",
        severity=PAMINNELSE,
        # The same for every reader: were hidden systems counted, an object that shows none and is
        # not told of here would be known to have one.
        name=_("Inga system, skyddsvärda oräknade"),
        sentence=_("%(thing)s har inga system, skyddsvärda oräknade."),
        model=Forvaltningsobjekt,
        broken=lambda _day: active() & _missing(Informationssystem, "objekt_id", skyddsvard=False),
        mends="change_forvaltningsobjekt",
        action=_("Lägg till system"),
        url_name="governance:system_create",
        order=30,
    ),
    Rule(
        code="no_information_owner",
        clause="6.3.d",
        severity=BRIST,
        name=_("Ingen nämnd äger informationen"),
        sentence=_("Det framgår inte vilken nämnd som äger informationen i %(thing)s."),
        model=Informationssystem,
        broken=lambda _day: LACKING["no_information_owner"],
        mends="change_forvaltningsobjekt",
        action=_("Ange nämnd"),
        url_name="governance:system_change",
        order=40,
    ),
    Rule(
        code="not_classified",
        clause="6.2.B8",
        severity=PAMINNELSE,
        name=_("Ingen klassning"),
        sentence=_("%(thing)s är inte klassat."),
        model=Informationssystem,
        broken=lambda _day: LACKING["not_classified"],
        mends="change_forvaltningsobjekt",
        action=_("Klassa systemet"),
        url_name="governance:system_change",
        order=50,
    ),
    Rule(
        code="no_informationsagare",
        clause="5.a",
        severity=PAMINNELSE,
        name=_("Ingen informationsägare"),
        sentence=_("%(thing)s har ingen informationsmängd med informationsägare."),
        model=Informationssystem,
        broken=lambda _day: (
            IN_USE
            & ~Q(
                Exists(
                    Informationsmangd.objects.filter(
                        system_id=OuterRef("pk"), informationsagare__isnull=False
                    )
                )
            )
        ),
        mends="change_forvaltningsobjekt",
        action=_("Registrera informationsmängd"),
        url_name="governance:informationsmangd_create",
        order=60,
    ),
    Rule(
        code="personal_data_unknown",
        clause="6.2.B2",
        severity=PAMINNELSE,
        name=_("Oklart om personuppgifter"),
        sentence=_("Det framgår inte om %(thing)s innehåller personuppgifter."),
        model=Informationssystem,
        broken=lambda _day: LACKING["personal_data_unknown"],
        mends="change_forvaltningsobjekt",
        action=_("Ange om personuppgifter finns"),
        url_name="governance:system_change",
        order=70,
    ),
    Rule(
        code="no_operator",
        clause="4.d",
        severity=PAMINNELSE,
        name=_("Oklart vem som sköter drift eller support"),
        sentence=_("Det framgår inte vem som sköter drift och support av %(thing)s."),
        model=Informationssystem,
        broken=lambda _day: LACKING["no_operator"],
        mends="change_forvaltningsobjekt",
        action=_("Ange drift och support"),
        url_name="governance:system_change",
        order=80,
    ),
    Rule(
        code="past_end",
        clause="6.2.B7",
        severity=PAMINNELSE,
        name=_("Skulle ha avvecklats"),
        sentence=_("%(thing)s skulle ha avvecklats men är fortfarande i bruk."),
        model=Informationssystem,
        broken=lambda day: IN_USE & Q(avvecklas_on__lt=day),
        mends="decide_livscykel",
        action=_("Ändra livscykel"),
        url_name="governance:system_livscykel",
        order=90,
    ),
)
