"""No day before 1900 or after 2999 is kept: refused at its field, and by the database at last."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from governance.actions import system as systems
from governance.days import DayField
from governance.history.timeline import tracked_models
from tests import factories as make

NEVER = (date(1899, 12, 31), date(3000, 1, 1), date(9999, 12, 31))


def test_every_day_of_the_register_is_such_a_day() -> None:
    for model in tracked_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
                assert isinstance(field, DayField), field


@pytest.mark.django_db
class TestRefusal:
    @pytest.mark.parametrize("day", NEVER)
    def test_is_said_once_at_the_field(self, day: date) -> None:
        system = make.make_system(make.make_objekt())
        with pytest.raises(ValidationError) as refused:
            systems.change(None, system, driftsatt_on=day)
        ((field, said),) = refused.value.message_dict.items()
        assert field == "driftsatt_on"
        assert len(said) == 1
        assert said[0].startswith("Datumet ligger")

    @pytest.mark.parametrize("day", NEVER)
    @pytest.mark.parametrize(
        ("table", "column"),
        [
            ("governance_informationssystem", "driftsatt_on"),
            ("roles_roleassignment", "valid_from"),
            ("roles_roleassignment", "valid_to"),
        ],
    )
    def test_is_the_databases_own_too(self, table: str, column: str, day: date) -> None:
        make.make_system(make.make_active())
        with connection.cursor() as cursor, transaction.atomic():
            with pytest.raises(IntegrityError, match=f"{column}_check|ends_after_start"):
                cursor.execute(f"UPDATE {table} SET {column} = %s", [day])
            transaction.set_rollback(True)

    def test_keeps_the_first_and_the_last_day_there_is(self) -> None:
        system = make.make_system(make.make_objekt())
        systems.change(None, system, driftsatt_on=date(1900, 1, 1), avvecklas_on=date(2999, 12, 31))
