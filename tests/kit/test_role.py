"""The application refuses to work as a role the wall would not hold: tried with the cluster's real roles."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper

from cortile.kit import role
from tests import database


def _password(user: str) -> str:
    return str(json.loads((Path(os.environ["CORTILE_STATE"]) / "postgres.json").read_text())["passwords"][user])


def _as(user: str, password: str) -> str:
    """Return the address of this test's database for another role."""
    url = urlsplit(os.environ["CORTILE_OWNER_DATABASE_URL"])
    place = url.netloc.rpartition("@")[2]
    return urlunsplit(url._replace(netloc=f"{user}:{quote(password)}@{place}", path=f"/{database.mine()}"))


def _run(*words: str, url: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "CORTILE_DEMO": "0", "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "cortile.config.settings"}
    return subprocess.run([sys.executable, *words], env=env, capture_output=True, text=True, check=False)  # noqa: S603 -- our own words


def _start(url: str) -> subprocess.CompletedProcess[str]:
    return _run("-c", "import cortile.config.wsgi; print('started')", url=url)


def test_the_applications_own_role_is_good() -> None:
    connection.ensure_connection()
    assert role.refusal(connection.connection) == ""
    said = connection.settings_dict
    assert "started" in _start(_as(str(said["USER"]), str(said["PASSWORD"]))).stdout


def test_the_owner_of_the_tables_is_refused() -> None:
    done = _start(_as("cortile_owner", _password("cortile_owner")))
    assert (done.stdout, "owns tables" in done.stderr.splitlines()[-1]) == ("", True)


def test_so_is_a_role_above_the_wall() -> None:
    done = _start(_as("cortile_admin", _password("cortile_admin")))
    assert (done.stdout, "stands above the wall" in done.stderr.splitlines()[-1]) == ("", True)


@contextlib.contextmanager
def _made(*words: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """Work as a role made for the occasion, in a transaction that is taken back."""
    with psycopg.connect(_as("cortile_admin", _password("cortile_admin"))) as raw:
        raw.execute("CREATE ROLE cortile_passing NOLOGIN")
        for said in (*words, "SET LOCAL ROLE cortile_passing"):
            raw.execute(said.encode())
        yield raw
        raw.rollback()


def test_a_plain_role_is_good() -> None:
    with _made() as raw:
        assert role.refusal(raw) == ""


@pytest.mark.parametrize(
    "beside",
    ["cortile_gate", "cortile_audit", "pg_read_all_data", "pg_write_all_data", "pg_read_server_files", "pg_execute_server_program"],
)
def test_one_that_may_become_another_which_sees_more_is_refused(beside: str) -> None:
    with _made(f"GRANT {beside} TO cortile_passing") as raw:
        assert f"may become {beside}" in role.refusal(raw)


def test_so_is_one_that_may_become_a_superuser() -> None:
    with _made("CREATE ROLE cortile_passing_above SUPERUSER", "GRANT cortile_passing_above TO cortile_passing") as raw:
        assert "above the wall" in role.refusal(raw)


def test_and_one_that_may_put_things_in_the_way_of_our_tables() -> None:
    with _made("GRANT CREATE ON SCHEMA public TO cortile_passing") as raw:
        assert "may create" in role.refusal(raw)


def test_a_connection_opened_later_is_refused_too() -> None:
    owner = {"USER": "cortile_owner", "PASSWORD": _password("cortile_owner")}
    later = DatabaseWrapper({**connection.settings_dict, **owner}, "default")
    with pytest.raises(ImproperlyConfigured, match="owns tables"):
        later.ensure_connection()


def test_the_doctor_says_it_too() -> None:
    done = _run("-m", "django", "doctor", url=_as("cortile_owner", _password("cortile_owner")))
    assert (done.returncode, "troppo potente" in done.stdout) == (1, True)
