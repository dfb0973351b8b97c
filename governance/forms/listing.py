"""The form above a list: search, filters and order, all of them in the address."""

from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from governance.forms.picker import PickerWidget
from governance.text import nfc, readable


class Chip(NamedTuple):
    """One active filter: what it says, and the rest of the address once it is taken away."""

    label: str
    value: str
    query: str


class ListForm(forms.Form):
    """Base of a list's form; a list adds its own select fields and its choices of order.

    ``ListForm(request)``, or the part of an address after its ?, is bound at once. A value that no
    choice knows is left out instead of failing: an old link still shows a list. ``chosen`` holds
    what applies, ``ignored`` says what does not.
    """

    q = forms.CharField(label=_("Sök"), required=False, max_length=200)
    sort = forms.ChoiceField(label=_("Sortera efter"), required=False)

    sorts: tuple[tuple[str, Any], ...] = ()

    def __init__(self, request: HttpRequest | QueryDict, **kwargs: Any) -> None:
        self.address = request.GET if isinstance(request, HttpRequest) else request
        super().__init__(nfc(self.address), use_required_attribute=False, **kwargs)
        self.add_fields()
        sort = self.fields["sort"]
        if self.sorts and isinstance(sort, forms.ChoiceField):
            sort.choices = [*self.sorts, *self._descending()]
        else:
            del self.fields["sort"]
        self.order_fields(["q", *(n for n in self.fields if n not in ("q", "sort")), "sort"])
        for field in self.fields.values():
            self._dress(field)
        self.is_valid()

    def add_fields(self) -> None:
        """Add what can be chosen only from what the database holds; a list may override it."""

    def _descending(self) -> list[tuple[str, Any]]:
        """Accept the reverse of every order, for the column headings; named only while chosen."""
        now = self.address.get("sort", "")
        known = dict(self.sorts)
        bare = now.removeprefix("-")
        if now in known or bare not in known:
            return []
        return [(now, _("%(label)s, omvänd ordning") % {"label": known[bare]})]

    @staticmethod
    def _dress(field: forms.Field) -> None:
        widget = field.widget
        if isinstance(widget, forms.CheckboxInput):
            widget.attrs["class"] = "form-check-input"
        elif isinstance(widget, forms.Select):
            widget.attrs["class"] = "form-select form-select-sm"
        else:
            widget.attrs["class"] = "form-control form-control-sm"
            widget.attrs["type"] = "search"
        if isinstance(widget, PickerWidget):
            widget.attrs["placeholder"] = _("Alla")

    @property
    def chosen(self) -> dict[str, Any]:
        """What applies: the valid, non-empty values by name."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if value not in (None, "", [], False)
        }

    @property
    def ignored(self) -> list[str]:
        """Say what the address asks for that no choice knows, or that cannot be searched for."""
        return [self._ignored(name) for name in self.errors]

    def _ignored(self, name: str) -> str:
        field = self.fields[name]
        said = {"label": field.label or name, "value": readable(self.address.get(name, ""))}
        if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
            sentence = _("%(label)s: ”%(value)s” finns inte att välja. Listan visas utan det.")
        else:
            sentence = _("%(label)s: ”%(value)s” går inte att söka på. Listan visas utan det.")
        return str(sentence) % said

    @property
    def order(self) -> str:
        """The order that applies: the one of the address, or the first."""
        return str(self.cleaned_data.get("sort") or (self.sorts[0][0] if self.sorts else ""))

    def controls(self) -> list[BoundField]:
        """Return the visible fields as they stand: search, choices, boxes, order."""

        def place(field: BoundField) -> int:
            if field.name in ("q", "sort"):
                return 0 if field.name == "q" else 3
            return 2 if field.widget_type == "checkbox" else 1

        return sorted(self.visible_fields(), key=place)

    def chips(self) -> list[Chip]:
        """Return the active filters as removable marks; order is no filter."""
        return [
            Chip(str(self.fields[name].label or name), self._said(name, value), self._without(name))
            for name, value in self.chosen.items()
            if name != "sort"
        ]

    def _said(self, name: str, value: Any) -> str:
        if value is True:
            return ""
        field = self.fields[name]
        if isinstance(field, forms.UUIDField):
            return str(_("vald i en länk"))
        if isinstance(field, forms.ModelChoiceField):
            return field.label_from_instance(value)
        if isinstance(field, forms.ChoiceField):
            values = value if isinstance(value, list) else [value]
            return ", ".join(str(label) for key, label in flat(field.choices) if str(key) in values)
        return str(value)

    def _without(self, name: str) -> str:
        rest = self.address.copy()
        for gone in (name, "page"):
            rest.pop(gone, None)
        return rest.urlencode()


def flat(choices: Any) -> list[tuple[Any, Any]]:
    """Return choices without their groups."""
    pairs: list[tuple[Any, Any]] = []
    for key, label in choices:
        pairs.extend(label if isinstance(label, (list, tuple)) else [(key, label)])
    return pairs
