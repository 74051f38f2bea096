"""The application refuses to work as a role the wall would not hold: tried with the cluster's real roles."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

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


def test_a_connection_opened_later_is_refused_too() -> None:
    owner = {"USER": "cortile_owner", "PASSWORD": _password("cortile_owner")}
    later = DatabaseWrapper({**connection.settings_dict, **owner}, "default")
    with pytest.raises(ImproperlyConfigured, match="owns tables"):
        later.ensure_connection()


def test_the_doctor_says_it_too() -> None:
    done = _run("-m", "django", "doctor", url=_as("cortile_owner", _password("cortile_owner")))
    assert (done.returncode, "troppo potente" in done.stdout) == (1, True)
