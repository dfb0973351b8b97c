"""Where a command writes its file: whole or not at all, and refused in a sentence."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

BAD_INPUT = 2


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """Open a file that takes its place when the block ends well; what stood there stays till then.

    Raises CommandError with status 2 where nothing can be written.
    """
    try:
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as file:
            aside = Path(file.name)
            try:
                yield cast(BinaryIO, file)
                file.flush()
                aside.chmod(0o666 & ~_umask())
                aside.replace(path)
            finally:
                aside.unlink(missing_ok=True)
    except OSError as error:
        message = _("Det går inte att skriva till %(path)s: %(why)s.")
        values = {"path": path, "why": error.strerror or error}
        raise CommandError(message % values, returncode=BAD_INPUT) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def ending(path: Path, known: tuple[str, ...]) -> str:
    """Return the ending of the file's name. Raises CommandError with status 2 for another one."""
    found = path.suffix.lower()
    if found not in known:
        *others, last = known
        named = _("%(others)s eller %(last)s") % {"others": ", ".join(others), "last": last}
        message = _("%(name)s slutar inte på %(known)s. Ge filen ett sådant namn.")
        values = {"name": path.name, "known": named if others else last}
        raise CommandError(message % values, returncode=BAD_INPUT)
    return found
