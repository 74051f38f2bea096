"""./run test: real PostgreSQL, a real browser where there is one."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from tools import browser, cluster, house, identity, lane
from tools.paths import ROOT, python
from tools.problem import Problem

# A file stays with one worker, in the order of the folders: some build a world of their own for all of its tests.
WORKERS = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
TEMPLATE = "cortile_template_"
LANE_TESTS = "tests_haven"


def run(arguments: list[str]) -> int:
    """Run pytest on two workers, the lane's tests in a process of their own; what stands after ``--`` goes to pytest as it is."""
    fast = "--fast" in arguments
    extra = [a for a in arguments if a not in {"--", "--fast"}]
    here, there = _of_the_house(extra), _of_the_lane(extra)
    found = None if fast else browser.find()
    marks = ["-m", "not browser"] if fast else []
    # The lane's first: the last line is the whole house's.
    verdict = _lane([*marks, *there], found) if there is not None else 0
    if here is None:
        return verdict
    env = template(house.stand()) | {"CORTILE_DEMO": "1"} | _identity_provider()
    if found:
        env["CORTILE_CHROMIUM"] = str(found)
    command = [python(), "-m", "pytest", *([] if _few(here) else WORKERS), *marks]
    return house.show([*command, *here], env) or verdict


def _of_the_lane(extra: list[str]) -> list[str] | None:
    """Return what of the arguments is for the lane's tests, or None when other files are named."""
    named = [a for a in extra if _is_place(a)]
    mine = [a for a in extra if not a.startswith("--criteria") and not (_is_place(a) and not a.startswith(LANE_TESTS))]
    if not named:
        return [*mine, LANE_TESTS]
    return mine if any(a.startswith(LANE_TESTS) for a in named) else None


def _of_the_house(extra: list[str]) -> list[str] | None:
    """Return what of the arguments is for the house's tests, or None when only the lane's are named."""
    named = [a for a in extra if _is_place(a)]
    if named and all(a.startswith(LANE_TESTS) for a in named):
        return None
    return [a for a in extra if not (_is_place(a) and a.startswith(LANE_TESTS))]


def _is_place(argument: str) -> bool:
    return (ROOT / argument.partition("::")[0]).exists() and not argument.startswith("-")


def _lane(extra: list[str], found: Path | None) -> int:
    """Run the lane's tests with the lane's settings and the lane's cluster."""
    env = lane.stand(name=TEMPLATE + house.fingerprint(house.migrations(cluster.LANE)))
    env |= {"CORTILE_TEMPLATE": _name_of(env["HAVEN_DATABASE_URL"]), "CORTILE_OWNER_DATABASE_URL": env["HAVEN_OWNER_DATABASE_URL"]}
    if found:
        env["CORTILE_CHROMIUM"] = str(found)
    workers = [] if _few(extra) else WORKERS
    command = [python(), "-m", "pytest", "-c", str(ROOT / LANE_TESTS / "pytest.ini"), "--rootdir", str(ROOT)]
    return house.show([*command, *workers, *extra], env)


def _name_of(address: str) -> str:
    return urlsplit(address).path.lstrip("/")


def _identity_provider() -> dict[str, str]:
    """Return where the provider of SPID's and CIE's tests is; without it they are skipped, and why is said."""
    try:
        return identity.ready()
    except Problem as problem:
        print(problem, flush=True)
        return {}


def template(env: dict[str, str]) -> dict[str, str]:
    """Return the environment with a migrated database to clone: one for each state of the migrations."""
    if not house.own_server():
        return env
    name = TEMPLATE + house.fingerprint(house.migrations())
    with house.alone():
        house.database(name)
        house.migrate({**env, **house.addresses(name)}, name)
    return env | {"CORTILE_TEMPLATE": name}


def _few(extra: list[str]) -> bool:
    """Tell whether files are named: one is not worth two workers. Who chose the workers already is left alone."""
    return any(a.startswith("-n") for a in extra) or any((ROOT / a.split("::")[0]).is_file() for a in extra)
