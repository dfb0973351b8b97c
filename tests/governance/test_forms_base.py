"""What a form of the register accepts, refuses and says (governance/forms/base.py, text.py)."""

import unicodedata

import pytest
from django import forms
from django.http import QueryDict
from django_bootstrap5.forms import render_field

from governance.forms.base import DateInput, RegisterForm
from roles.models import User
from tests.factories import make_user

pytestmark = pytest.mark.django_db


class Form(RegisterForm):
    reason_required = True
    groups = (("Drift", ("since", "kind")),)

    kind = forms.ChoiceField(label="Slag", choices=[("a", "A")], widget=forms.RadioSelect)
    name = forms.CharField(label="Namn", max_length=50, help_text="Hjälp")
    text = forms.CharField(label="Text", widget=forms.Textarea, required=False)
    since = forms.DateField(label="Gäller från", widget=DateInput())


@pytest.fixture
def anna() -> User:
    return make_user("anna.andersson")


def posted(user: User, **values: str) -> Form:
    """Return the form as it is after a post; values on top of a good one."""
    good = {
        "kind": "a",
        "name": "Alva",
        "since": "2026-05-12",
        "reason": "Rättelse",
        "version": "3",
    }
    data = QueryDict(mutable=True)
    data.update({**good, **values})
    return Form(data, user=user, version=3)


def test_arguments_are_the_fields_the_reason_and_the_version(anna: User) -> None:
    form = posted(anna, text="En rad\r\noch en till")
    assert form.is_valid(), form.errors
    assert set(form.arguments()) == {"kind", "name", "text", "since", "reason", "version"}
    assert form.arguments()["version"] == 3


@pytest.mark.parametrize(
    ("typed", "named"), [("Al\x00va", "U+0000"), ("Al\u202eva", "U+202E"), ("Al\x1bva", "U+001B")]
)
def test_a_character_that_cannot_be_seen_is_refused_by_name_and_place(
    anna: User, typed: str, named: str
) -> None:
    form = posted(anna, name=typed)
    sentence = f"Texten har ett osynligt tecken ({named}) på plats 3. Ta bort det."
    assert form.errors["name"] == [sentence]
    assert form["name"].value() == typed


def test_a_line_break_belongs_in_a_long_text_only(anna: User) -> None:
    assert posted(anna, name="Al\nva").errors["name"] == ["Skriv texten på en rad."]
    assert "text" not in posted(anna, text="Al\nva\tx").errors


def test_a_soft_hyphen_from_a_word_processor_passes(anna: User) -> None:
    assert posted(anna, name="Elev\u00adregister").is_valid()


def test_decomposed_letters_are_composed(anna: User) -> None:
    form = posted(anna, name=unicodedata.normalize("NFD", "Överförmyndare"))
    assert form.is_valid()
    assert form.cleaned_data["name"] == "Överförmyndare"


def test_a_text_that_is_too_long_stays_and_the_limit_is_named(anna: User) -> None:
    form = posted(anna, name="x" * 10_000)
    assert form.errors["name"] == ["Högst 50 tecken får plats. Texten har 10000."]
    assert form["name"].value() == "x" * 10_000
    assert "maxlength" not in str(form["name"])


def test_what_is_missing_is_asked_for_by_label(anna: User) -> None:
    form = posted(anna, name="", kind="", reason="", since="igår")
    assert form.errors == {
        "name": ["Fyll i fältet ”Namn”."],
        "kind": ["Välj ett alternativ för ”Slag”."],
        "reason": ["Fyll i fältet ”Anledning”."],
        "since": ["Skriv datumet som åååå-mm-dd, till exempel 2026-05-12."],
    }


def test_problems_point_at_the_fields_in_the_order_they_stand(anna: User) -> None:
    form = posted(anna, name="", kind="", reason="")
    assert [target for target, _ in form.problems()] == ["id_name", "id_kind_0", "id_reason"]


def test_sections_put_the_rest_first_and_the_reason_last(anna: User) -> None:
    sections = [(s.legend, [f.name for f in s.fields]) for s in posted(anna).sections()]
    assert sections == [("", ["name", "text"]), ("Drift", ["since", "kind"]), ("", ["reason"])]


def test_a_form_opened_by_somebody_else_is_not_saved_unread(anna: User) -> None:
    theirs = str(Form(user=make_user(), version=3)["owner"].value())
    assert "owner" in posted(anna, owner=theirs).errors
    assert posted(anna, owner=str(Form(user=anna)["owner"].value())).is_valid()


def test_a_creating_form_has_a_token_of_its_own_and_no_version(anna: User) -> None:
    one, other = Form(user=anna), Form(user=anna)
    assert "version" not in one.fields
    assert one["token"].value() != other["token"].value()


def test_only_what_is_wrong_is_marked(anna: User) -> None:
    form = posted(anna, name="")
    wrong, right = render_field(form["name"]), render_field(form["text"])
    assert "is-invalid" in wrong
    assert 'aria-describedby="id_name_helptext id_name_error"' in wrong
    assert "is-valid" not in right
    assert "placeholder" not in wrong + right


def test_required_is_said_in_words(anna: User) -> None:
    assert "(obligatorisk)" in render_field(posted(anna)["name"])
    assert "(obligatorisk)" not in render_field(posted(anna)["text"])


def test_help_and_error_stand_between_label_and_field(anna: User) -> None:
    html = render_field(posted(anna, name="")["name"])
    order = [html.index(part) for part in ("<label", "Hjälp", "Fyll i", "<input")]
    assert order == sorted(order)


def test_a_group_of_radios_has_a_legend_and_its_error(anna: User) -> None:
    html = render_field(posted(anna, kind="x")["kind"])
    assert '<fieldset aria-describedby="id_kind_error"><legend>Slag' in html
    assert html.count("<label") == 1
