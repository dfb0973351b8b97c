"""Leverantör: who delivers a system or its operation."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.expressions import Expression
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.models.base import Tracked, folded, search_columns
from governance.models.gesture import tracked


def squeezed(text: Any) -> Expression:
    """The text folded for case and spacing: two names that differ in no more are one supplier."""
    pattern, nothing = models.Value(r"\s+"), models.Value("")
    return models.Func(
        folded(text),
        pattern,
        nothing,
        models.Value("g"),
        function="regexp_replace",
        output_field=models.TextField(),
    )


def check_organisationsnummer(value: str) -> None:
    """Raise ValidationError unless the ten digits carry a right check digit (Luhn)."""
    digits = [int(c) for c in value if c.isascii() and c.isdigit()]
    doubled = [d * 2 - 9 if d > 4 else d * 2 for d in digits[::2]]
    if len(digits) != 10 or (sum(doubled) + sum(digits[1::2])) % 10:
        raise ValidationError(
            _(
                "Organisationsnumret stämmer inte. Skriv tio siffror som 556677-8899; den sista är en kontrollsiffra."
            )
        )


class Leverantor(Tracked):
    """A supplier, once: unique by organisationsnummer and by name folded for case and spacing."""

    name = models.CharField(_("namn"), max_length=200)
    organisationsnummer = models.CharField(
        _("organisationsnummer"),
        max_length=11,
        blank=True,
        validators=[check_organisationsnummer],
        help_text=_("Tio siffror, till exempel 556677-8899."),
    )
    contacts = models.TextField(_("kontakter"), blank=True, help_text=_("En kontakt per rad."))
    search_text, search_fold, sort_key = search_columns("name", "organisationsnummer").values()
    name_key = models.GeneratedField(
        expression=squeezed("name"), output_field=models.TextField(), db_persist=True
    )
    history = tracked(excluded_fields=["name_key"])

    class Meta:
        verbose_name = _("leverantör")
        verbose_name_plural = _("leverantörer")
        ordering: ClassVar = ["sort_key", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["name_key"],
                name="leverantor_once_by_name",
                violation_error_message=_("Det finns redan en leverantör med det namnet."),
            ),
            models.UniqueConstraint(
                fields=["organisationsnummer"],
                condition=~Q(organisationsnummer=""),
                name="leverantor_once_by_number",
                violation_error_message=_(
                    "Det finns redan en leverantör med det organisationsnumret."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the supplier's page."""
        return reverse("governance:leverantor_detail", args=[self.pk])
