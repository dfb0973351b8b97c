"""The form of a förvaltningsobjekt."""

from django import forms

from governance.forms.base import RegisterModelForm
from governance.models import Forvaltningsobjekt


class ObjektForm(RegisterModelForm):
    """What an object is called, the one process it supports (clause 1.b), and a description."""

    description = forms.CharField(
        label=Forvaltningsobjekt._meta.get_field("description").verbose_name.capitalize(),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    class Meta:
        model = Forvaltningsobjekt
        fields = ("name", "verksamhetsprocess", "description")
