"""./run test: real PostgreSQL, a real browser where there is one."""

from __future__ import annotations

from tools import browser, house, identity
from tools.paths import ROOT, python
from tools.problem import Problem

# A file stays with one worker, in the order of the folders: some build a world of their own for all of its tests.
WORKERS = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
TEMPLATE = "cortile_template_"


def run(arguments: list[str]) -> int:
    """Run pytest on two workers; what stands after ``--`` goes to pytest as it is."""
    fast = "--fast" in arguments
    extra = [a for a in arguments if a not in {"--", "--fast"}]
    env = template(house.stand()) | {"CORTILE_DEMO": "1"}
    if not fast and (found := browser.find()):
        env["CORTILE_CHROMIUM"] = str(found)
    env |= _identity_provider()
    command = [python(), "-m", "pytest", *([] if _few(extra) else WORKERS), *(["-m", "not browser"] if fast else [])]
    return house.show([*command, *extra], env)


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
