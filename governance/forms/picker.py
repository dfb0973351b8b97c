"""Choosing one among many by typing: people, systems, suppliers.

The field is a text field that the server resolves, so it works without script. With script it is
a combobox: htmx asks ``url`` for options, static/regit/picker.js moves among them, and a chosen
option only fills in the text that resolves for certain, "Anna Andersson (anna.andersson)".
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.lists.search import search
from governance.text import readable

SHOWN = 10
CANDIDATES = 5
LONGEST = 200
_IN_PARENTHESES = re.compile(r"\(([^()]+)\)\s*$")


class Option(NamedTuple):
    """One suggestion: the text that is filled in, and a line that tells namesakes apart."""

    value: str
    detail: str = ""


class PickerWidget(forms.TextInput):
    """A text field with suggestions from an address."""

    template_name = "forms/picker.html"

    def __init__(self, url: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false", **(attrs or {})})
        self.url = url

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add what makes the input a combobox: its list and where htmx fetches options."""
        context = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', name)}_options"
        context["widget"]["list_id"] = list_id
        context["widget"]["attrs"] |= {
            "role": "combobox",
            "aria-autocomplete": "list",
            "aria-expanded": "false",
            "aria-controls": list_id,
            "hx-get": reverse(self.url),
            "hx-trigger": "input changed delay:200ms",
            "hx-target": f"#{list_id}",
            "hx-sync": "this:replace",
            "hx-params": "none",
            # Inside the form above a list htmx would inherit how that one swaps its page.
            "hx-select": "unset",
            "hx-swap": "innerHTML",
            "hx-push-url": "false",
        }
        return context


class PickerField(forms.CharField):
    """A field whose text names one row of a queryset; its cleaned value is that row.

    queryset    whom it may be; set ``form.fields[…].queryset`` to what the user may see
    url         name of the view that suggests: ``?q=`` → ``options_response``
    key         lookup of the word in parentheses, unique: "username", "pk"; "" where there is none
    text        how a row is written, ending in that word in parentheses
    exact       further lookups tried on the whole text, in order: "email__iexact"
    named       rows with exactly this name; more than one is refused with the candidates listed
    """

    default_error_messages: ClassVar[dict[str, Any]] = {
        "unknown": _("”%(typed)s” hittades inte. Skriv några bokstäver och välj i listan."),
        "near": _(
            "”%(typed)s” hittades inte. Liknande: %(names)s. Skriv hela raden för den du menar."
        ),
        "ambiguous": _("Flera heter ”%(typed)s”: %(names)s. Skriv hela raden för den du menar."),
    }

    def __init__(
        self,
        *,
        queryset: QuerySet[Any],
        url: str,
        key: str = "",
        text: Callable[[Any], str],
        exact: Sequence[str] = (),
        named: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("widget", PickerWidget(url))
        super().__init__(**kwargs)
        self._queryset = queryset
        self.key, self.text, self.exact, self.named = key, text, exact, named
        self._asked: str | None = None
        """The primary key that was said, which is shown as the text of its row."""
        self._answer: Any = None

    @property
    def queryset(self) -> QuerySet[Any]:
        """The rows that may be chosen, never from an earlier request's cache."""
        return self._queryset.all()

    @queryset.setter
    def queryset(self, queryset: QuerySet[Any]) -> None:
        self._queryset = queryset

    def prepare_value(self, value: Any) -> Any:
        """Write a row, or the primary key of one, as its text."""
        if value == self._asked:
            value = self._answer
        elif isinstance(value, int):
            value = self.queryset.filter(pk=value).first()
        return self.text(value) if isinstance(value, Model) else value

    def clean(self, value: Any) -> Any:
        """Return the row that the text names; raises ValidationError with a way out otherwise."""
        row = self._numbered(value)
        if row is not None:
            self._asked, self._answer = value, row
            return row
        typed = super().clean(self.prepare_value(value))
        return self.resolve(typed) if typed else None

    def _numbered(self, value: Any) -> Any:
        """Return the row whose primary key alone is said, as addresses do."""
        said = isinstance(value, str) and value.isdigit() and "pk" in self.exact
        return self._one("pk", value) if said else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare as texts."""
        return bool(super().has_changed(self.prepare_value(initial), data))

    def resolve(self, typed: str) -> Model:
        """Find the one row: by key in parentheses, by exact lookups, then by name."""
        match = _IN_PARENTHESES.search(typed)
        for lookup, word in self._attempts(typed, match.group(1).strip() if match else ""):
            found: Model | None = self._one(lookup, word)
            if found is not None:
                return found
        return self._by_name(typed)

    def _attempts(self, typed: str, inside: str) -> Iterable[tuple[str, str]]:
        if inside and self.key:
            yield self.key, inside
        if self.key not in ("", "pk"):
            yield self.key, typed
        for lookup in self.exact:
            yield lookup, typed

    def _one(self, lookup: str, word: str) -> Any:
        try:
            rows = list(self.queryset.filter(**{lookup: word})[:2])
        except ValueError:  # a word where the key is a number
            return None
        return rows[0] if len(rows) == 1 else None

    def _by_name(self, typed: str) -> Model:
        rows = list(self.named(self.queryset, typed)[: CANDIDATES + 1]) if self.named else []
        if len(rows) == 1:
            row: Model = rows[0]
            return row
        if rows:
            raise self._refusal("ambiguous", typed, rows[:CANDIDATES])
        near = list(search(self.queryset, typed)[:CANDIDATES])
        raise self._refusal("near" if near else "unknown", typed, near)

    def _refusal(self, code: str, typed: str, rows: Iterable[Model]) -> ValidationError:
        """Say what is wrong with what was typed, and which rows it may have meant."""
        names = ", ".join(map(self.text, rows))
        said = {"typed": readable(typed), "names": names}
        return ValidationError(self.error_messages[code], code=code, params=said)


def typed_text(request: HttpRequest) -> str:
    """Return what has been typed so far in a picker."""
    return request.GET.get("q", "").strip()[:LONGEST]


def options_response(request: HttpRequest, options: Iterable[Option]) -> HttpResponse:
    """Answer a picker with at most ten suggestions, and say when there are more or none."""
    found = list(options)
    context = {
        "options": found[:SHOWN],
        "more": len(found) > SHOWN,
        "typed": typed_text(request),
        "list_id": request.headers.get("HX-Target", "options"),
    }
    return render(request, "forms/_options.html", context)
