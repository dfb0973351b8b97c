"""Text as people send it: one form of Unicode, and nothing in it that cannot be seen.

Invisible characters are refused with a sentence and not taken away: what was typed is what is
saved, and a name that reads as another (right-to-left marks) must not enter the register.
"""

import re
import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

LINE_BREAKS = "\n\r\t"
SHOWN = 40
"""Most characters of a text that an error repeats."""
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
# What word processors put inside words, and emoji are built of: no harm, and nobody sees it.
HARMLESS = "\u00ad\u200b\u200c\u200d\ufeff"


def nfc(data: Any) -> Any:
    """Return posted data with every value in Unicode's composed form: Ö is one character."""
    if not isinstance(data, QueryDict):
        return data
    tidy = QueryDict(mutable=True, encoding=data.encoding)
    for name, values in data.lists():
        tidy.setlist(name, [unicodedata.normalize("NFC", str(value)) for value in values])
    return tidy


def reject_unseen(value: Any) -> None:
    """Refuse control characters and marks that change the direction of text.

    Raises ValidationError that names the first one and where it stands.
    """
    for place, character in enumerate(str(value), start=1):
        if unicodedata.category(character) in UNSEEN and character not in LINE_BREAKS + HARMLESS:
            raise ValidationError(
                _("Texten har ett osynligt tecken (%(code)s) på plats %(place)d. Ta bort det."),
                code="unseen",
                params={"code": f"U+{ord(character):04X}", "place": place},
            )


def reject_line_breaks(value: Any) -> None:
    """Refuse line breaks where a field has one line."""
    if re.search(r"[\r\n]", str(value)):
        raise ValidationError(_("Skriv texten på en rad."), code="line_break")


def readable(value: str) -> str:
    """Shorten what somebody sent to what a sentence can hold."""
    seen = "".join(character for character in value if character.isprintable())
    return seen if len(seen) <= SHOWN else f"{seen[:SHOWN]}…"
