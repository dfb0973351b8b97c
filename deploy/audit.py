"""Ask whether a weakness is known in any library of requirements.txt. `make audit` runs it.

pip-audit ends with 1 both when it finds something and when it cannot ask, and passes over a library
that the service does not know. Here the exit status tells: 0, every library was asked about and
nothing is known; 1, weaknesses are known, and listed; 2, it was not possible to ask about all.
What is written after the script's name goes to pip-audit, such as `--vulnerability-service osv`.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

REQUIREMENTS = Path(__file__).resolve().parents[1] / "requirements.txt"
PROGRAM = Path(sys.executable).with_name("pip-audit")
NOT_ASKED = (
    "Could not ask whether weaknesses are known: nothing is known either way.\n"
    "Try again from a machine that reaches pypi.org (HTTPS_PROXY names a proxy), or ask another\n"
    "service: make audit AUDIT='--vulnerability-service osv'. pip-audit said:\n"
)


def ask(program: Path, arguments: list[str]) -> tuple[dict[str, Any] | None, str]:
    """Run pip-audit; return its report, or None when it made none, and what it said."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command: list[str | Path] = [
            program,
            "--disable-pip",
            "--require-hashes",
            "--progress-spinner",
            "off",
        ]
        command += ["--format", "json", "--output", report, "-r", REQUIREMENTS, *arguments]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        found = json.loads(report.read_text()) if report.exists() else None
    return found, (ran.stderr.strip().splitlines() or ["nothing"])[-1]


def judge(report: dict[str, Any] | None, said: str) -> tuple[int, str]:
    """Return the exit status and what there is to say."""
    if report is None:
        return 2, NOT_ASKED + "  " + said
    libraries = report["dependencies"]
    weak = [
        f"  {one['name']} {one['version']}: {weakness['id']}, mended in "
        + (", ".join(weakness["fix_versions"]) or "no version yet")
        for one in libraries
        for weakness in one.get("vulns", [])
    ]
    unknown = [
        f"  {one['name']}: {one['skip_reason']}" for one in libraries if "skip_reason" in one
    ]
    lines = [f"Weaknesses are known ({len(weak)}):", *weak] if weak else []
    lines += [NOT_ASKED + unknown[0], f"  ({len(unknown)} in all)"] if unknown else []
    status = 1 if weak else 2 if unknown else 0
    return status, "\n".join(lines) or f"No weakness is known in {len(libraries)} libraries."


def main(arguments: list[str], program: Path = PROGRAM) -> int:
    """Ask, say what was found, and return the exit status."""
    status, text = judge(*ask(program, arguments))
    print(text, file=sys.stderr if status else sys.stdout)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
