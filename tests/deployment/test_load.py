"""What the load run takes for a lost change."""

import pytest
from django.db import connection

from governance.actions import objekt as actions
from governance.models import Forvaltningsobjekt
from load.run import lost
from tests.factories import make_objekt

pytestmark = pytest.mark.django_db


def test_a_change_written_over_one_that_was_not_seen_is_lost() -> None:
    objekt = make_objekt("Skolan")
    for text in ("ett", "två\r\nrader", "tre"):
        actions.change(None, Forvaltningsobjekt.objects.get(), description=text)
    pk = objekt.pk
    assert lost([(pk, "ett", ""), (pk, None, "ett"), (pk, "tre", "två\nrader")]) == 0
    assert lost([(pk, "ett", ""), (pk, "tre", "ett")]) == 1, "over another's"
    assert lost([(pk, "aldrig", "tre")]) == 1, "answered as saved, and is not there"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE governance_forvaltningsobjekt SET description = 'två rader'")
    assert lost([(pk, "ett", "")]) == 1, "not what the history says last"
