"""Known weaknesses, and not being able to ask, are different answers."""

import json
import runpy
from pathlib import Path
from typing import Any

import pytest

AUDIT = runpy.run_path(str(Path(__file__).resolve().parents[2] / "deploy" / "audit.py"))
FINE = {"name": "django", "version": "5.2.19", "vulns": []}
WEAK = {**FINE, "vulns": [{"id": "PYSEC-1", "fix_versions": ["5.2.20"], "aliases": []}]}
SKIPPED = {"name": "segno", "skip_reason": "Dependency not found on PyPI"}


def audit(folder: Path, libraries: list[dict[str, Any]] | None, status: int) -> int:
    """Run the script with a pip-audit that answers so; no libraries: it cannot ask."""
    program = folder / "pip-audit"
    report = json.dumps({"dependencies": libraries, "fixes": []})
    written = f"cat > \"$8\" <<'END'\n{report}\nEND\n" if libraries is not None else ""
    program.write_text(
        '#!/bin/sh\ntest "$7" = --output || exit 9\n'
        f"{written}echo 'ERROR: could not connect' >&2\nexit {status}\n"
    )
    program.chmod(0o700)
    return int(AUDIT["main"]([], program))


@pytest.mark.parametrize(
    ("libraries", "status", "ends", "says"),
    [
        ([FINE], 0, 0, "No weakness is known in 1 libraries."),
        ([FINE, WEAK], 1, 1, "django 5.2.19: PYSEC-1, mended in 5.2.20"),
        ([WEAK, SKIPPED], 1, 1, "segno: Dependency not found"),
        ([FINE, SKIPPED], 0, 2, "Could not ask whether weaknesses are known"),
        (None, 1, 2, "ERROR: could not connect"),
    ],
)
def test_the_exit_status_tells_what_was_found_from_what_could_not_be_asked(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    libraries: list[dict[str, Any]] | None,
    status: int,
    ends: int,
    says: str,
) -> None:
    assert audit(tmp_path, libraries, status) == ends
    said = capsys.readouterr()
    assert says in said.out + said.err
