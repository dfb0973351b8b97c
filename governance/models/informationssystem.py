"""Informationssystem: IT support that collects, stores, processes and distributes information (1.a)."""

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.days import DayField
from governance.models.base import Tracked, search_columns
from governance.models.forvaltningsobjekt import Forvaltningsobjekt
from governance.models.gesture import tracked
from governance.models.leverantor import Leverantor
from governance.models.namnd import Namnd
from governance.verbs import SYSTEM_VERBS, USER_VERBS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ASPECTS = ("konfidentialitet", "riktighet", "tillganglighet", "sparbarhet")
HIGHEST = 4


class Livscykel(models.TextChoices):
    """Where a system is in its life."""

    PLANERAT = "planerat", _("Planerat")
    INFORANDE = "inforande", _("Under införande")
    I_DRIFT = "i_drift", _("I drift")
    UNDER_AVVECKLING = "under_avveckling", _("Under avveckling")
    AVVECKLAT = "avvecklat", _("Avvecklat")


IN_USE = Q(livscykel__in=["inforande", "i_drift", "under_avveckling"])
"""Selects systems that are neither planned nor gone."""
LACKING = {
    "no_information_owner": IN_USE & Q(informationen_ags_av__isnull=True),
    "not_classified": IN_USE & Q(*((f"{a}__isnull", True) for a in ASPECTS), _connector=Q.OR),
    "personal_data_unknown": IN_USE & Q(personal_data__isnull=True),
    "no_operator": IN_USE & (Q(operator="") | Q(support="")),
}
"""Selects systems in use that lack something of their own, by the code of the rule that says so."""


class Nis2(models.TextChoices):
    """The NIS2 class of what the system supports."""

    OMFATTAS_INTE = "omfattas_inte", _("Omfattas inte")
    VIKTIG = "viktig", _("Viktig")
    VASENTLIG = "vasentlig", _("Väsentlig")


def level(label: "StrOrPromise") -> models.PositiveSmallIntegerField:
    """A level of klassning, 0–4, or unknown."""
    return models.PositiveSmallIntegerField(
        label, null=True, blank=True, validators=[MaxValueValidator(HIGHEST)]
    )


def motivation(label: "StrOrPromise") -> models.TextField:
    """Why a level was chosen."""
    return models.TextField(label, blank=True)


class Informationssystem(Tracked):
    """A system of the register. Its owner is its object's owner, and is never stored (clause 4.c)."""

    objekt = models.ForeignKey(
        Forvaltningsobjekt,
        verbose_name=_("förvaltningsobjekt"),
        on_delete=models.PROTECT,
        related_name="systems",
        db_index=False,
    )
    name = models.CharField(_("namn"), max_length=200)
    other_names = models.TextField(
        _("andra namn"),
        blank=True,
        help_text=_("Ett namn per rad: förkortningar och tidigare namn."),
    )
    purpose = models.TextField(_("syfte"), blank=True)
    collects = models.TextField(_("samlar in"), blank=True)
    stores = models.TextField(_("lagrar"), blank=True)
    processes = models.TextField(_("bearbetar"), blank=True)
    distributes = models.TextField(_("distribuerar"), blank=True)
    lagrar_elektroniskt = models.BooleanField(_("lagrar information elektroniskt"), default=True)
    informationen_ags_av = models.ForeignKey(
        Namnd,
        verbose_name=_("informationen ägs av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="owns_information_in",
        db_index=False,
        help_text=_("Den nämnd vars verksamhet äger informationen i systemet (avsnitt 6.3)."),
    )
    livscykel = models.CharField(
        _("livscykel"), max_length=20, choices=Livscykel.choices, default=Livscykel.I_DRIFT
    )
    livscykel_since = DayField(_("livscykel sedan"), null=True, blank=True)
    livscykel_decision = models.CharField(_("beslut om livscykel"), max_length=200, blank=True)
    driftsatt_on = DayField(_("driftsatt"), null=True, blank=True)
    avvecklas_on = DayField(_("avvecklas"), null=True, blank=True)
    leverantor = models.ForeignKey(
        Leverantor,
        verbose_name=_("leverantör"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="systems",
    )
    product = models.CharField(_("produkt"), max_length=200, blank=True)
    hosting = models.CharField(
        _("var det körs"),
        max_length=200,
        blank=True,
        help_text=_("Till exempel ”kommunens datahall”."),
    )
    operator = models.CharField(_("vem som sköter driften"), max_length=200, blank=True)
    support = models.CharField(_("vem som ger support"), max_length=200, blank=True)
    contacts = models.TextField(_("kontakter"), blank=True, help_text=_("En kontakt per rad."))
    user_groups = models.TextField(_("användargrupper"), blank=True)
    konfidentialitet = level(_("konfidentialitet"))
    konfidentialitet_motivation = motivation(_("motivering av konfidentialitet"))
    riktighet = level(_("riktighet"))
    riktighet_motivation = motivation(_("motivering av riktighet"))
    tillganglighet = level(_("tillgänglighet"))
    tillganglighet_motivation = motivation(_("motivering av tillgänglighet"))
    sparbarhet = level(_("spårbarhet"))
    sparbarhet_motivation = motivation(_("motivering av spårbarhet"))
    personal_data = models.BooleanField(_("personuppgifter"), null=True, blank=True)
    personal_data_kinds = models.TextField(_("slag av personuppgifter"), blank=True)
    nis2 = models.CharField(_("NIS2-klass"), max_length=15, choices=Nis2.choices, blank=True)
    skyddsvard = models.BooleanField(
        _("skyddsvärt"),
        default=False,
        help_text=_("Visas bara för objektets rollinnehavare, Revisorer och Administratörer."),
    )
    ovriga_uppgifter = models.JSONField(
        _("övriga uppgifter"),
        default=list,
        blank=True,
        help_text=_(
            "Uppgifter ur ett importerat kalkylark som saknar eget fält: [[rubrik, värde], …]."
        ),
    )
    search_text, search_fold, sort_key = search_columns(
        "name", "other_names", "product", "purpose", "ovriga_uppgifter"
    ).values()
    history = tracked(moving=["objekt", "leverantor", "informationen_ags_av"])

    visible_through = ("",)

    class Meta:
        verbose_name = _("informationssystem")
        verbose_name_plural = _("informationssystem")
        ordering: ClassVar = ["sort_key", "id"]
        permissions = SYSTEM_VERBS + USER_VERBS + [("view_skyddsvard", _("Se skyddsvärda system"))]
        indexes: ClassVar = [
            models.Index(fields=["sort_key", "id"], name="system_sorted"),
            models.Index(fields=["-updated_at", "-id"], name="system_latest"),
            models.Index(fields=["livscykel"], name="system_livscykel"),
            models.Index(fields=["id"], condition=Q(skyddsvard=True), name="system_skyddsvard"),
            models.Index(
                fields=["objekt", "id"], condition=Q(skyddsvard=True), name="system_skyddsvard_of"
            ),
            GinIndex(OpClass(F("search_fold"), "gin_trgm_ops"), name="system_search_fold"),
            # The systems of objects, counted as far as a reader may know of them without their rows.
            models.Index(fields=["objekt", "id"], include=["skyddsvard"], name="system_of_objekt"),
            # The information of one nämnd, in the order of names.
            models.Index(
                fields=["informationen_ags_av", "sort_key", "id"], name="system_information_of"
            ),
            # What is missing is rare and lies anywhere in the order of names.
            *(
                models.Index(fields=["sort_key", "id"], condition=lacks, name=f"system_{name}")
                for name, lacks in LACKING.items()
            ),
            models.Index(fields=["avvecklas_on"], condition=IN_USE, name="system_past_end"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(livscykel__in=Livscykel.values), name="system_livscykel_known"
            ),
            models.CheckConstraint(
                condition=Q(lagrar_elektroniskt=True) | Q(informationen_ags_av__isnull=False),
                name="system_belongs_in_register",
                violation_error_message=_(
                    "Registret gäller system som lagrar information elektroniskt och där en nämnd äger "
                    "informationen (avsnitt 6.3). Ange minst ett av dem, annars hör systemet inte hemma här."
                ),
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{aspect}__isnull": True}) | Q(**{f"{aspect}__lte": HIGHEST}),
                    name=f"system_{aspect}_0_to_4",
                )
                for aspect in ASPECTS
            ),
            models.CheckConstraint(
                condition=Q(skyddsvard=True)
                | ~Q(konfidentialitet=HIGHEST, konfidentialitet__isnull=False)
                & ~Q(riktighet=HIGHEST, riktighet__isnull=False)
                & ~Q(tillganglighet=HIGHEST, tillganglighet__isnull=False)
                & ~Q(sparbarhet=HIGHEST, sparbarhet__isnull=False),
                name="system_level_4_is_skyddsvard",
                violation_error_message=_("Ett system med nivå 4 är skyddsvärt."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the system's page."""
        return reverse("governance:system_detail", args=[self.pk])

    def permission_anchors(self) -> list[models.Model]:
        """Return the system and the object it belongs to."""
        return [self, self.objekt]

    def other_name_list(self) -> list[str]:
        """Return the other names, one by one."""
        return [line.strip() for line in self.other_names.splitlines() if line.strip()]

    def levels(self) -> list[tuple[str, int | None]]:
        """Return the four levels of klassning with their names, in the order K-R-T-S."""
        label = self._meta.get_field
        return [
            (str(label(aspect).verbose_name), getattr(self, aspect))  # type: ignore[union-attr]
            for aspect in ASPECTS
        ]
