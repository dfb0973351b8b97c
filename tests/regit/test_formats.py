"""How dates and numbers are written."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template

DAY = date(2026, 5, 12)
MOMENT = datetime(2026, 5, 11, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("expression", "value", "text"),
    [
        ("value|intcomma", 1234567, "1\u202f234\u202f567"),
        ("value|intcomma", 1234.5, "1\u202f234,5"),
        ("value", 12345, "12345"),
        ("value", DAY, "12 maj 2026"),
        ("value|date:'SHORT_DATE_FORMAT'", DAY, "2026-05-12"),
        ("value|date:'SHORT_DATETIME_FORMAT'", MOMENT, "2026-05-12 00:30"),
    ],
)
def test_dates_and_numbers_are_written_as_swedes_write_them(
    expression: str, value: object, text: str
) -> None:
    template = Template("{% load humanize %}{{ " + expression + " }}")

    assert template.render(Context({"value": value})) == text
