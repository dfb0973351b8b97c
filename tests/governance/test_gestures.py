"""Nothing is written without a gesture, and nothing past the history."""

import pytest
from django.db import connection

from governance.bulk import create as bulk_create
from governance.gestures import NoGesture, gesture
from governance.models import Gesture, Namnd
from governance.models.querysets import Untracked
from roles.models import User
from tests.factories import make_namnd, make_user


@pytest.mark.django_db(transaction=True)
def test_a_write_without_a_gesture_leaves_nothing_behind_even_outside_a_transaction() -> None:
    with pytest.raises(NoGesture):
        Namnd.objects.create(name="Kvar")
    assert not connection.in_atomic_block
    assert not Namnd.objects.exists()

    namnd = make_namnd("Kulturnämnden")
    with pytest.raises(NoGesture):
        namnd.delete()
    assert Namnd.objects.exists()


@pytest.mark.django_db
def test_bulk_writes_past_the_history_are_refused() -> None:
    namnd = make_namnd()
    with gesture(None, "change"):
        for write in (
            lambda: Namnd.objects.update(email="a@b.se"),
            lambda: Namnd.objects.bulk_create([Namnd(name="X")]),
            lambda: Namnd.objects.bulk_update([namnd], ["email"]),
            lambda: Namnd.objects.all().delete(),
        ):
            with pytest.raises(Untracked):
                write()


@pytest.mark.django_db
def test_rows_made_in_bulk_carry_the_gesture_in_their_history() -> None:
    actor = make_user()
    with gesture(actor, "import", "Flytt från kalkylark") as opened:
        made = bulk_create(Namnd, [Namnd(name="Ett"), Namnd(name="Två")])
    assert [n.version for n in made] == [1, 1]
    rows = Namnd.history.filter(gesture=opened)
    assert {r.name for r in rows} == {"Ett", "Två"}
    assert {r.history_user for r in rows} == {actor}


@pytest.mark.django_db
def test_a_gesture_inside_another_is_the_same_gesture() -> None:
    with gesture(None, "import") as outer, gesture(make_user(), "change") as inner:
        assert inner == outer
    with pytest.raises(ValueError, match="unknown kind"), gesture(None, "hitte-på"):
        pass


@pytest.mark.django_db
def test_logging_in_and_changing_a_password_leaves_no_history() -> None:
    person = make_user("lars.nystrom")
    before = User.history.count(), Gesture.objects.count()
    person.set_password("något-helt-annat-lösenord")
    person.save(update_fields=["password"])
    assert (User.history.count(), Gesture.objects.count()) == before
    assert not any("password" in f.name for f in User.history.model._meta.get_fields())
