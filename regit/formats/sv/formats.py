"""Dates and numbers as the pages write them: 12 maj 2026, 2026-05-12, 1 234,5 with a thin space.

A number gets its thin space where a template asks for it with `intcomma`, so that ids and years
in addresses and attributes stay as they are.
"""

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "Y-m-d"
DATETIME_FORMAT = "j F Y H:i"
SHORT_DATETIME_FORMAT = "Y-m-d H:i"
TIME_FORMAT = "H:i"
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\u202f"
NUMBER_GROUPING = 3
