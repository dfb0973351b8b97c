"""Forms that lose nothing: text survives an error, a conflict, a double click and a logout.

Every form of the register inherits RegisterForm (or RegisterModelForm) and is run by
governance/views/editing.py. Nothing here decides a rule of the register; the actions do.
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import Any, NamedTuple

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.boundfield import BoundField
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from governance.access import Person
from governance.models import Gesture
from governance.stash import owner_token
from governance.text import nfc, reject_line_breaks, reject_unseen

PLUMBING = ("version", "owner", "token")
REASON_LENGTH = 200
DASHES = BLANK_CHOICE_DASH[0][1]


class Section(NamedTuple):
    """Fields under one heading."""

    legend: str
    fields: list[BoundField]


class RegisterFormMixin(forms.BaseForm):
    """What makes a form safe to fill in.

    - ``version``: the version of the record the person started from; the action compares it.
      Without one the form creates something and carries a ``token`` instead, so that a second
      post of the same form leads to what the first one made.
    - ``owner``: signed; what an expired session interrupted is shown again to this person only.
    - ``reason``: one short field, required where ``reason_required`` is set (what moves
      responsibility), left out where ``reason_asked`` is False. The person's own last reasons are
      suggested, unless ``reasons`` are given.
    - Text is composed (NFC); characters that cannot be seen are refused. The browser never cuts
      a text short: the length is checked here and everything stays in the field.

    ``groups`` puts fields under headings: ``((_("Drift"), ("operator", "location")), …)``;
    fields it does not name come first.
    """

    reason_required = False
    reason_asked = True
    groups: Sequence[tuple[Any, Sequence[str]]] = ()

    def __init__(
        self,
        data: Any = None,
        *args: Any,
        user: Person,
        version: Any = None,
        reasons: Iterable[str] | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("use_required_attribute", False)
        super().__init__(nfc(data), *args, **kwargs)
        self.user = user
        self._reasons = reasons
        self._add_plumbing(version)
        if self.reason_asked:
            self.fields["reason"] = self._reason_field()
        for field in self.fields.values():
            prepare(field)

    def _add_plumbing(self, version: Any) -> None:
        hidden = forms.HiddenInput
        if version is None:
            self.fields["token"] = forms.UUIDField(
                widget=hidden, required=False, initial=uuid.uuid4
            )
        else:
            self.fields["version"] = forms.IntegerField(widget=hidden, initial=version)
        self.fields["owner"] = forms.CharField(
            widget=hidden, required=False, initial=owner_token(self.user)
        )

    def _reason_field(self) -> forms.CharField:
        widget = forms.TextInput(attrs={"list": self.reason_list_id, "autocomplete": "off"})
        return forms.CharField(
            label=_("Anledning"),
            help_text=_("Står i historiken."),
            max_length=REASON_LENGTH,
            required=self.reason_required,
            widget=widget,
        )

    @cached_property
    def reasons(self) -> list[str]:
        """The reasons that the field suggests."""
        if not self.reason_asked:
            return []
        return recent_reasons(self.user) if self._reasons is None else list(self._reasons)

    @property
    def reason_list_id(self) -> str:
        """The id of the list of suggested reasons."""
        return f"{self.prefix}-reasons" if self.prefix else "reasons"

    def sections(self) -> Iterator[Section]:
        """Return the visible fields under their headings, the reason last and by itself."""
        named = {name for _legend, names in self.groups for name in names}
        rest = [f for f in self.visible_fields() if f.name not in named | {"reason"}]
        if rest:
            yield Section("", rest)
        for legend, names in self.groups:
            yield Section(str(legend), [self[name] for name in names if name in self.fields])
        if self.reason_asked:
            yield Section("", [self["reason"]])

    def clean_owner(self) -> str:
        """Refuse a form that somebody else opened in this browser before logging out."""
        owner = str(self.cleaned_data.get("owner") or "")
        if owner and owner != owner_token(self.user):
            raise forms.ValidationError(
                _("Formuläret öppnades av en annan person. Läs igenom det och spara igen."),
                code="owner",
            )
        return owner

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes: the fields, the reason and, on an edit, the version."""
        return {k: v for k, v in self.cleaned_data.items() if k not in ("owner", "token")}

    def problems(self) -> list[tuple[str, str]]:
        """Return every error as (id of the input or nothing, sentence), in the order of the page."""
        found = [("", error) for error in self.non_field_errors()]
        found += [("", error) for field in self.hidden_fields() for error in field.errors]
        for section in self.sections():
            for field in section.fields:
                several = field.field.widget.use_fieldset
                target = f"{field.auto_id}_0" if several else field.id_for_label
                found += [(target, plain(error)) for error in field.errors]
        return [(target, str(error)) for target, error in found]


def plain(sentence: Any) -> str:
    """Return a sentence without its links: in the summary it is itself a link to the field."""
    return unescape(strip_tags(sentence)) if hasattr(sentence, "__html__") else str(sentence)


class RegisterForm(RegisterFormMixin, forms.Form):
    """A form of the register with its own fields."""


class RegisterModelForm(RegisterFormMixin, forms.ModelForm):
    """A form of the register whose fields come from a model. It validates; an action saves."""


def recent_reasons(user: Person, count: int = 8) -> list[str]:
    """Return the reasons that a person gave last, each once, newest first."""
    given = Gesture.objects.filter(actor=user).exclude(reason="").order_by("-at", "-id")
    latest = given.values_list("reason", flat=True)[:100]
    return [reason for reason in dict.fromkeys(latest) if len(reason) <= REASON_LENGTH][:count]


def prepare(field: forms.Field) -> None:
    """Give a field our sentences and checks, unless it brought its own."""
    _word_errors(field)
    _word_empty(field)
    if not isinstance(field, forms.CharField):
        return
    field.widget.attrs.pop("maxlength", None)
    field.validators = [
        v for v in field.validators if not isinstance(v, ProhibitNullCharactersValidator)
    ]
    field.validators.append(reject_unseen)
    if not isinstance(field.widget, forms.Textarea):
        field.validators.append(reject_line_breaks)


def _word_empty(field: forms.Field) -> None:
    """Say in words what Django writes as a row of dashes: that nothing is chosen."""
    empty = _("Välj") if field.required else _("Inget valt")
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == DASHES:
            field.empty_label = empty
    elif isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        field.choices = [(v, empty if name == DASHES else name) for v, name in choices]


def _word_errors(field: forms.Field) -> None:
    """Say what to do, naming the field; Django's own sentences speak of values."""
    choosing = isinstance(field, (forms.ChoiceField, forms.ModelChoiceField))
    required = _("Välj ett alternativ för ”%s”.") if choosing else _("Fyll i fältet ”%s”.")
    ours = {
        "required": required % field.label if field.label else _("Fyll i fältet."),
        "max_length": _("Högst %(limit_value)d tecken får plats. Texten har %(show_value)d."),
        "invalid_choice": _("Välj ett av alternativen."),
    }
    if isinstance(field, forms.DateField):
        ours["invalid"] = _("Skriv datumet som åååå-mm-dd, till exempel 2026-05-12.")
    defaults: dict[str, Any] = {}
    for cls in reversed(type(field).__mro__):
        defaults.update(getattr(cls, "default_error_messages", {}))
    for code, sentence in ours.items():
        if field.error_messages.get(code) in (None, defaults.get(code)):
            field.error_messages[code] = sentence


class DateInput(forms.DateInput):
    """A day, by the browser's own calendar; written 2026-05-12."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")
