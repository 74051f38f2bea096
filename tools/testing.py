"""./run test: real PostgreSQL, a real browser where there is one."""

from __future__ import annotations

from tools import house
from tools.paths import ROOT, python

WORKERS = "2"


def run(arguments: list[str]) -> int:
    """Run pytest on two workers; what stands after ``--`` goes to pytest as it is."""
    own, extra = _split(arguments)
    env = house.stand(database="cortile_test")
    command = [python(), "-m", "pytest"]
    if not any(a.startswith("-n") for a in extra):
        command += ["-n", WORKERS] if not _few(extra) else []
    if "--fast" in own:
        command += ["-m", "not browser"]
    return house.show([*command, *extra], env | {"CORTILE_DEMO": "1"})


def _split(arguments: list[str]) -> tuple[list[str], list[str]]:
    if "--" not in arguments:
        return [a for a in arguments if a == "--fast"], [a for a in arguments if a != "--fast"]
    at = arguments.index("--")
    return arguments[:at], arguments[at + 1 :]


def _few(extra: list[str]) -> bool:
    """One named file is not worth two workers."""
    return any((ROOT / a.split("::")[0]).is_file() for a in extra)
