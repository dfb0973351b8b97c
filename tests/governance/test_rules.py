"""Findings about what exists."""

import pytest
from django.test import Client

from governance import rules
from governance.models import Forvaltningsobjekt
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_no_systems_says_of_an_object_with_hidden_ones_what_it_says_of_an_empty_one() -> None:
    """Whoever may not know of a system can tell nothing from a finding that is missing."""
    empty, hiding, filled = (make.make_active(name) for name in ("Tomt", "Döljer", "Fyllt"))
    make.make_system(hiding, "Larmet", skyddsvard=True)
    make.make_system(filled, "Tidboken")
    rule = rules.get_rule("no_systems")
    assert rule
    broken = rules.breaking(Forvaltningsobjekt.objects.all(), rule)
    assert set(broken) == {empty, hiding}
    client = Client()
    client.force_login(make.make_user())
    listed = client.get("/objekt/", {"finding": "no_systems"}).text
    assert "Tomt" in listed
    assert "Döljer" in listed
    assert "Fyllt" not in listed
    for objekt in (empty, hiding):
        page = client.get(objekt.get_absolute_url()).text
        assert f"{objekt} har inga system, skyddsvärda oräknade." in page
        assert "Larmet" not in page
