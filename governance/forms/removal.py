"""The form that asks before something is removed."""

from governance.forms.base import RegisterForm


class RemovalForm(RegisterForm):
    """Nothing but the reason."""
