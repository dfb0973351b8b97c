"""deploy/nightly.sh, with programs in place of manage.py and of the waiting."""

import os
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

SCRIPT = Path(settings.BASE_DIR) / "deploy" / "nightly.sh"
PYTHON = """#!/bin/sh
echo "$2" >> log
[ "$2" != send_reminders ] || [ "$(grep -c send_reminders log)" -gt {failures} ]
"""
# After three rounds the container is told to stop.
SLEEP = """#!/bin/sh
echo -- >> log
[ "$(grep -c -e -- log)" -lt 3 ] || kill -TERM $PPID
"""
NIGHT = ["sync_grants", "send_reminders", "seal_history", "clearsessions"]


def run(folder: Path, failures: int, *options: str, **environment: str) -> tuple[int, list[str]]:
    """Return the exit status and the commands that were run, with -- where it waited."""
    for name, program in {"python": PYTHON.format(failures=failures), "sleep": SLEEP}.items():
        (folder / name).write_text(program)
        (folder / name).chmod(0o755)
    path = f"{folder}:{os.environ['PATH']}"
    ended = subprocess.run(
        ["/bin/sh", SCRIPT, *options], cwd=folder, env={"PATH": path, **environment}, timeout=30
    )
    return ended.returncode, (folder / "log").read_text().split()


@pytest.mark.parametrize("failures", [0, 1])
def test_a_night_runs_every_command_though_one_failed_and_says_so(
    tmp_path: Path, failures: int
) -> None:
    assert run(tmp_path, failures) == (failures, [*NIGHT, "report_vacancies"])


def test_a_container_tries_again_only_what_failed_and_keeps_sealing(tmp_path: Path) -> None:
    status, commands = run(tmp_path, 2, "--for-ever", BACKUP_DIR="/backups")

    night = [*NIGHT, "backup_register", "report_vacancies"]
    often = ["seal_history", "deliver_webhooks"]
    again = ["send_reminders", *often]
    assert status == 0
    assert commands == [*night, "--", *again, "--", *again, "--"]
