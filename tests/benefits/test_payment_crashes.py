"""Workers and their database die under payments: nothing acknowledged is lost, nothing is paid twice."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# A dozen in the suite; ``cortile bench payments`` asks for more.
KILLS = int(os.environ.get("CORTILE_KILLS", "8"))
FAMILIES = 9 if KILLS < 30 else 36
MIGRATED = "payments_migrated"
pytestmark = [pytest.mark.slow, pytest.mark.pure]
BEGIN = "from tools import cluster; cluster.up(); import json; print(json.dumps(cluster.urls('payments_migrated')))"
ADDRESSES = ("DATABASE_URL", "CORTILE_OWNER_DATABASE_URL", "CORTILE_AUDIT_DATABASE_URL")
END = (
    "from tools import cluster; cluster.down(); from tools.paths import DATABASE_HOME; import shutil;"
    " shutil.rmtree(DATABASE_HOME, ignore_errors=True)"
)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Start a cluster of our own with a migrated database to copy, and take it away afterwards."""
    state = tmp_path_factory.mktemp("state")
    env = os.environ | {"CORTILE_STATE": str(state), "CORTILE_CLUSTER": str(state / "postgres.json"), "CORTILE_DEMO": "1"}
    env["PYTHONPATH"] = f"{ROOT / 'src'}:{ROOT}"
    (state / "static").mkdir()
    try:
        env |= json.loads(run(env, "-c", BEGIN))
        run(env, str(ROOT / "tools" / "databases.py"), "ensure", MIGRATED)
        run(env | {"CORTILE_ROLE": "owner"}, "-m", "django", "migrate", "--noinput", "--skip-checks", "-v", "0")
        yield env
    finally:
        run(env, "-c", END)
        shutil.rmtree(state, ignore_errors=True)


def run(env: dict[str, str], *words: str) -> str:
    """Run Python beside our cluster and return what it printed."""
    done = subprocess.run([sys.executable, *words], env=env, cwd=ROOT, capture_output=True, text=True, check=False, timeout=900)  # noqa: S603 -- our own command
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def killing(env: dict[str, str], way: str = "house", kills: int = KILLS, families: int = FAMILIES) -> dict[str, int]:
    """Pay under kills, in a copy of the database, and return what was counted."""
    run(env, str(ROOT / "tools" / "databases.py"), "copy", MIGRATED, way)
    env = env | {name: env[name].replace(f"/{MIGRATED}?", f"/{way}?") for name in ADDRESSES}
    found: dict[str, int] = json.loads(run(env, "-m", "tests.benefits.killing", str(kills), str(families), way).splitlines()[-1])
    return found


def test_whatever_is_killed_each_payment_is_there_once(cluster: dict[str, str]) -> None:
    found = killing(cluster)
    if told := os.environ.get("CORTILE_FIGURES"):
        Path(told).write_text(json.dumps(found), encoding="utf-8")
    assert (found["lost"], found["doubled"]) == (0, 0)
    assert len({found[sums] for sums in ("paid", "granted", "lines", "received", "postings")}) == 1
    assert min(found["worker kills"], found["database kills"], found["acknowledged"]) > 0


def test_without_a_key_a_payment_is_seen_to_double(cluster: dict[str, str]) -> None:
    found = killing(cluster, "naive")
    assert found["doubled"] > 0
