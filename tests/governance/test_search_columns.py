"""The generated columns of search and order: the same in Python and on every server."""

import pytest

from governance.models import Forvaltningsobjekt
from governance.models.base import FOLD_FROM, fold
from tests.factories import make_objekt

pytestmark = pytest.mark.django_db


def test_python_folds_as_the_database_does() -> None:
    name = f"{FOLD_FROM} Blandat ABC 123 ß ÿ"
    objekt = make_objekt(name, verksamhetsprocess="")
    stored = Forvaltningsobjekt.objects.get(pk=objekt.pk).search_fold
    assert stored.splitlines()[0] == fold(name)


def test_names_sort_a_to_z_and_then_the_swedish_letters_whatever_the_case() -> None:
    names = ["apa", "Éden", "elva", "Zon", "ål", "Åsa", "Ängel", "Örn"]
    for name in reversed(names):
        make_objekt(name)
    found = list(Forvaltningsobjekt.objects.order_by("sort_key").values_list("name", flat=True))
    assert found == names
