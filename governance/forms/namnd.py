"""The form of a nämnd."""

from governance.forms.base import RegisterModelForm
from governance.models import Namnd


class NamndForm(RegisterModelForm):
    """What a nämnd is called, and how to reach it."""

    class Meta:
        model = Namnd
        fields = ("name", "kind", "reglemente", "email")

    def validate_constraints(self) -> None:
        """Leave companies to the action, whose refusal names the company and clause 2.2."""
