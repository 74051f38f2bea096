"""The protected lane from where the house stands: no way in, and nothing to learn but that it exists.

Everything here is tried as the house's own roles and process would. Each wall is shown with what it would look like open.
"""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings

from tests import database
from tests.house.source import SOURCE, python_files
from tests.wall import raw
from tools import cluster, house, lane
from tools.paths import AS_ROOT, LANE_DATABASE_HOME, LANE_STATE, python

# Every database of the lane's is named so, and its templates of tests after the house's own.
FOLDER, NAME = LANE_DATABASE_HOME.name, lane.DATABASE
# What a role would ask to learn of another server: its files, its activity, its databases, its settings, its sockets.
QUESTIONS = (
    "SELECT datname FROM pg_database", "SELECT datname, usename, application_name, query FROM pg_stat_activity",
    "SELECT datname FROM pg_stat_database", "SELECT rolname FROM pg_roles", "SELECT name, setting, sourcefile FROM pg_settings",
    "SELECT spcname, pg_tablespace_location(oid) FROM pg_tablespace", "SELECT subname FROM pg_stat_subscription",
    "SELECT * FROM pg_stat_replication", "SELECT slot_name FROM pg_replication_slots", "SELECT * FROM pg_foreign_server",
    "SELECT nspname FROM pg_namespace", "SELECT relname FROM pg_class",
    "SELECT * FROM pg_locks", "SELECT name FROM pg_prepared_statements",
)  # fmt: skip
# What a role would do to get in.
ATTEMPTS = (
    f"SELECT pg_ls_dir('{LANE_DATABASE_HOME}')", f"SELECT pg_read_file('{LANE_DATABASE_HOME}/data/PG_VERSION')",
    f"SELECT pg_stat_file('{LANE_DATABASE_HOME}')", f"SELECT pg_read_binary_file('{LANE_STATE}/postgres.json')",
    f"COPY (SELECT 1) TO PROGRAM 'ls {LANE_DATABASE_HOME}'", f"COPY kit_draft FROM '{LANE_STATE}/postgres.json'",
    f"SELECT lo_import('{LANE_STATE}/postgres.json')", "SELECT pg_ls_logdir()", "SELECT pg_ls_tmpdir()",
    "CREATE EXTENSION dblink", "CREATE EXTENSION postgres_fdw", "CREATE EXTENSION file_fdw", "CREATE EXTENSION adminpack",
    f"CREATE SUBSCRIPTION s CONNECTION 'host={LANE_DATABASE_HOME}/socket dbname={NAME}' PUBLICATION p",
    f"CREATE TABLESPACE t LOCATION '{LANE_DATABASE_HOME}'", "LOAD 'dblink'", "CREATE FUNCTION f() RETURNS int LANGUAGE c AS 'x'",
    f"ALTER SYSTEM SET unix_socket_directories = '{LANE_DATABASE_HOME}'",
)  # fmt: skip
REFUSED = (
    "permission denied",
    "must be superuser",
    "only roles with",
    "could not",
    "does not exist",
    "is not available",
    "is not allowed",
)


@pytest.fixture(scope="module", autouse=True)
def _running() -> None:
    """Have the lane's own PostgreSQL running beside the house's."""
    lane.stand()


def as_role(role: str) -> psycopg.Connection[Any]:
    """Open a connection to the house's database as one of its roles; what some statements ask for is no transaction."""
    keys = json.loads(cluster.HOUSE.note.read_text())["passwords"]
    where = f"{cluster.HOUSE.home}/socket"
    return psycopg.connect(host=where, user=role, password=keys[role], dbname=database.mine(), autocommit=True)


def tried(role: str, statement: str) -> str:
    """Run one statement as a role and return how it is refused, or nothing."""
    with as_role(role) as connection:
        try:
            connection.execute(statement.encode())
        except psycopg.Error as refused:
            return str(refused)
    return ""


ROLES = pytest.mark.parametrize("role", ["cortile_app", "cortile_owner", "cortile_audit"])


@ROLES
def test_no_view_of_the_server_knows_the_lane(role: str) -> None:
    with as_role(role) as connection:
        told = "\n".join(raw.answers(connection, question) for question in QUESTIONS)
    assert "postgres" in told
    assert [word for word in (FOLDER, NAME, "haven_", "spazio") if word in told] == []


@ROLES
@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_no_statement_leads_there(role: str, attempt: str) -> None:
    said = tried(role, attempt)
    assert any(reason in said for reason in REFUSED), said


def test_a_statement_that_is_allowed_is_noticed() -> None:
    assert tried("cortile_owner", "SELECT 1") == ""


def test_what_is_there_would_be_seen() -> None:
    with as_role("cortile_app") as connection:
        assert database.mine() in raw.answers(connection, "SELECT datname FROM pg_database")


@ROLES
def test_no_key_of_the_house_opens_the_lanes_server(role: str) -> None:
    keys = json.loads(cluster.HOUSE.note.read_text())["passwords"]
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(host=f"{LANE_DATABASE_HOME}/socket", user=role, password=keys[role], dbname=NAME)


def test_the_lanes_own_key_opens_it() -> None:
    keys = json.loads(cluster.LANE.note.read_text())["passwords"]
    with psycopg.connect(
        host=f"{LANE_DATABASE_HOME}/socket", user="cortile_app", password=keys["cortile_app"], dbname=NAME
    ) as there:
        assert there.execute("SELECT 1").fetchone() == (1,)


def test_the_two_share_no_password() -> None:
    ours, theirs = (json.loads(c.note.read_text())["passwords"] for c in (cluster.HOUSE, cluster.LANE))
    assert set(ours.values()) & set(theirs.values()) == set()


def test_no_extension_of_the_house_reaches_another_server() -> None:
    with as_role("cortile_owner") as connection:
        installed = raw.answers(connection, "SELECT extname FROM pg_extension")
    assert "plpgsql" in installed
    assert not any(name in installed for name in ("dblink", "fdw", "adminpack"))


# --- files and sockets ---


@pytest.mark.pure
@pytest.mark.parametrize("folder", [LANE_DATABASE_HOME, LANE_DATABASE_HOME / "socket", LANE_DATABASE_HOME / "data", LANE_STATE])
def test_nobody_else_enters_the_lanes_folders(folder: Path) -> None:
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.pure
@pytest.mark.parametrize("file", ["postgres.json", "secret.key"])
def test_nobody_else_reads_its_keys(file: str) -> None:
    assert stat.S_IMODE((LANE_STATE / file).stat().st_mode) == 0o600


@pytest.mark.pure
def test_the_lanes_server_belongs_to_another_user() -> None:
    ours, theirs = (c.data.stat().st_uid for c in (cluster.HOUSE, cluster.LANE))
    # One person's machine has one user; there, the mode of the folder and the passwords are what is left.
    assert (ours != theirs) == AS_ROOT


def _listed_by_the_houses_server(folder: Path) -> int:
    """List a folder as whom the house's PostgreSQL runs as, and return the exit code."""
    who: dict[str, Any] = {"user": cluster.HOUSE.data.stat().st_uid, "group": cluster.HOUSE.data.stat().st_gid, "extra_groups": []}
    return subprocess.run(["/bin/ls", str(folder)], capture_output=True, check=False, **(who if AS_ROOT else {})).returncode  # noqa: S603 -- our own command


@pytest.mark.pure
@pytest.mark.skipif(not AS_ROOT, reason="one user owns both: the folder's mode is asserted above")
def test_the_houses_server_cannot_list_the_lanes_folder() -> None:
    assert _listed_by_the_houses_server(LANE_DATABASE_HOME) != 0
    assert _listed_by_the_houses_server(cluster.HOUSE.data) == 0


@pytest.mark.pure
def test_the_lanes_server_answers_on_no_network() -> None:
    lines = (LANE_DATABASE_HOME / "data" / "postgresql.conf").read_text().splitlines()
    assert "listen_addresses = ''" in lines


# --- settings and processes ---


def led_there(env: dict[str, str]) -> set[str]:
    """Name the variables that say where the lane is, or open it. The address of its door is anybody's."""
    keys = [*json.loads(cluster.LANE.note.read_text())["passwords"].values(), str(LANE_DATABASE_HOME), "HAVEN_"]
    return {name for name, value in env.items() if name != "CORTILE_LANE_ADDRESS" and any(key in f"{name}={value}" for key in keys)}


@pytest.mark.pure
def test_no_process_of_the_house_is_told_where_the_lane_is() -> None:
    assert led_there(house.child()) == set()
    assert led_there({**house.stand(), **dict(os.environ)}) == set()


@pytest.mark.pure
def test_not_even_where_the_shell_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAVEN_DATABASE_URL", "postgresql://x@/riservato")
    assert led_there(dict(os.environ)) == {"HAVEN_DATABASE_URL"}
    assert led_there(house.child()) == set()


@pytest.mark.pure
def test_no_setting_of_the_house_leads_there() -> None:
    said = {name: repr(getattr(settings, name)) for name in dir(settings) if name.isupper() and name != "LANE_ADDRESS"}
    assert led_there(said) == set()
    assert list(settings.DATABASES) == ["default"]


def of_the_house(env: dict[str, str]) -> set[str]:
    """Name the variables that say where the house's own database is, or open it."""
    keys = [*json.loads(cluster.HOUSE.note.read_text())["passwords"].values(), str(cluster.HOUSE.home)]
    return {name for name, value in env.items() if any(key in value for key in keys)}


@pytest.mark.pure
def test_no_process_of_the_lane_is_told_where_the_house_is() -> None:
    assert of_the_house(lane.stand()) == set()
    assert of_the_house(house.stand()) != set()


@pytest.mark.pure
def test_the_house_never_learns_how_many_cases_were_asked_for() -> None:
    heard = {tuple(lane.split(["--seed", "7", *asked])[0]) for asked in ([], ["--protected-cases", "0"], ["--protected-cases=5"])}
    assert heard == {("--seed", "7")}


@pytest.mark.pure
def test_but_the_lane_does() -> None:
    assert lane.split(["--seed", "7", "--protected-cases", "5"])[1] == ["--protected-cases", "5", "--seed", "7"]


# --- code ---


@pytest.mark.pure
def test_no_file_of_the_house_names_the_lanes_code_or_its_variables() -> None:
    named = re.compile(r"(?:import|from)\s+cortile\.haven|[\"']cortile\.haven|HAVEN_")
    found = {path.relative_to(SOURCE).parts[0] for path, text in python_files() if named.search(text)}
    assert found == {"haven"}


@pytest.mark.pure
def test_the_houses_process_has_none_of_it_in_memory() -> None:
    script = "import django, sys; django.setup(); import cortile.config.wsgi; print(sorted(m for m in sys.modules if 'haven' in m))"
    run = subprocess.run([python(), "-c", script], env=house.child(), capture_output=True, text=True, check=True)  # noqa: S603 -- our own command
    assert run.stdout.strip() == "[]"
