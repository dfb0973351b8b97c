"""The form of a nämnd."""

from typing import Any

from governance.actions.namnd import refuse_company
from governance.forms.base import RegisterModelForm
from governance.models import Namnd


class NamndForm(RegisterModelForm):
    """What a nämnd is called, and how to reach it."""

    class Meta:
        model = Namnd
        fields = ("name", "kind", "reglemente", "email")

    def clean(self) -> dict[str, Any]:
        """Refuse a company as the action does: by its name, with clause 2.2."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        refuse_company(cleaned.get("name", ""))
        return cleaned
