"""Where a command reads and writes its file: whole or not at all, and refused in a sentence."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from django.core.management.base import CommandError
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

BAD_INPUT = 2


REASONS = {
    errno.ENOENT: _("den finns inte"),
    errno.EACCES: _("du har inte rätt till den"),
    errno.EPERM: _("du har inte rätt till den"),
    errno.EISDIR: _("det är en mapp"),
    errno.ENOTDIR: _("sökvägen går genom något som inte är en mapp"),
    errno.ENOSPC: _("disken är full"),
    errno.EROFS: _("disken går bara att läsa"),
    errno.ENAMETOOLONG: _("namnet är för långt"),
}


def why(error: OSError) -> str:
    """Say in Swedish why a file could not be opened or written."""
    known = REASONS.get(error.errno or 0)
    return gettext(known) if known else str(error)


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
        message = gettext("Det går inte att skriva till %(path)s: %(why)s.")
        no_folder = gettext("mappen finns inte") if error.errno == errno.ENOENT else ""
        values = {"path": path, "why": no_folder or why(error)}
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
        named = gettext("%(others)s eller %(last)s") % {"others": ", ".join(others), "last": last}
        message = gettext("%(name)s slutar inte på %(known)s. Ge filen ett sådant namn.")
        values = {"name": path.name, "known": named if others else last}
        raise CommandError(message % values, returncode=BAD_INPUT)
    return found
