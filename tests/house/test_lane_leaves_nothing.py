"""Five hundred words written through the lane: none is found in the house, nor in the lane outside what is closed.

All carry one mark, drawn for this run, so that whatever form a word takes is looked for in everything, byte by byte.
"""

from __future__ import annotations

import base64
import json
import mmap
import os
import secrets
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from tests import cast, database
from tools import cluster, house, lane
from tools.cluster import Cluster
from tools.paths import LANE_STATE, ROOT, STATE, python

pytestmark = pytest.mark.slow
WORDS = 500
# Packages others wrote, and the lane's own folder, which is looked through by itself.
LEFT_OUT = ("venv", "uv", "oidc", "library", "npm", "haven", "mypy", "imports", "openfisca")


def forms(mark: str) -> list[bytes]:
    """Return a mark as it is, in base 64 (wherever in it the mark begins), in hexadecimal and in UTF-16."""
    plain = mark.encode()
    inside = [base64.b64encode(b"\0" * n + plain)[4 if n else 0 : -4].strip(b"=") for n in range(3)]
    return [plain, *inside, plain.hex().encode(), plain.hex().upper().encode(), mark.encode("utf-16-le"), mark.encode("utf-16-be")]


def hits(content: bytes | mmap.mmap, mark: str) -> list[str]:
    """Name the forms in which a mark stands in some bytes."""
    return [form.decode("latin-1") for form in forms(mark) if content.find(form) >= 0]


def in_files(places: list[Path], mark: str) -> list[str]:
    """Name the files that hold a mark."""
    return [f"{path}: {found}" for place in places for path in _files(place) if (found := _in_file(path, mark))]


def _files(place: Path) -> Iterator[Path]:
    for folder, names, files in os.walk(place):
        names[:] = [n for n in names if Path(folder) != STATE or not n.startswith(LEFT_OUT)]
        yield from (path for name in files if (path := Path(folder, name)).is_file() and not path.is_symlink())


def _in_file(path: Path, mark: str) -> list[str]:
    """Look through a file. A server writes meanwhile: what is gone or empty by now holds nothing."""
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return hits(content, mark)
    except (FileNotFoundError, ValueError):
        return []


def dumped(raw: psycopg.Connection[Any]) -> bytes:
    """Return every row of every table this role may read, as a dump writes it: for the administrator, all of them."""
    tables = raw.execute(
        "SELECT oid::regclass::text FROM pg_class WHERE relkind IN ('r', 'm') AND relnamespace = 'public'::regnamespace"
        " AND has_table_privilege(oid, 'SELECT')"
    )
    parts: list[bytes] = []
    for (table,) in tables.fetchall():
        with raw.cursor() as cursor, cursor.copy(sql.SQL("COPY (SELECT * FROM {}) TO STDOUT").format(sql.SQL(table))) as copy:
            parts += [bytes(part) for part in copy]
    return b"".join(parts)


def as_administrator(where: Cluster, name: str) -> psycopg.Connection[Any]:
    """Open a database as its server's own administrator, who is shown every row; what waits in memory is on the disk first."""
    key = json.loads(where.note.read_text())["passwords"][cluster.ADMIN]
    opened = psycopg.connect(host=f"{where.home}/socket", user=cluster.ADMIN, password=key, dbname=name, autocommit=True)
    opened.execute("CHECKPOINT")
    return opened


@dataclass(frozen=True, slots=True)
class Planted:
    """What was planted: the mark of every word, the lane's database, and what the planting process said."""

    mark: str
    database: str
    read_again: int
    said: str


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planted]:
    """Write five hundred words in a lane of this file's own."""
    mark, name = f"q{secrets.token_hex(7)}", f"{database.mine()}_words"
    env = lane.stand(name=name)
    assert lane.command(["seed", "--protected-cases", "2"], env) == 0
    words = " ".join(f"{mark}{number:03d}" for number in range(WORDS))
    command = [python(), "-m", "tests_haven.planting"]
    run = subprocess.run(command, env=env, cwd=ROOT, input=words, capture_output=True, text=True, check=True)  # noqa: S603 -- our own command
    yield Planted(mark, name, int(run.stdout.split()[-1]), run.stdout + run.stderr)
    house.databases("drop", name, where=cluster.LANE)
    house.forget(name, cluster.LANE)


def test_the_words_are_there_for_who_holds_the_key(planted: Planted) -> None:
    assert planted.read_again == WORDS


def test_the_whole_dump_of_the_house_holds_none(planted: Planted) -> None:
    with as_administrator(cluster.HOUSE, database.mine()) as raw:
        assert hits(dumped(raw), planted.mark) == []


def test_no_file_of_the_house_holds_one(planted: Planted) -> None:
    assert in_files([cluster.HOUSE.home, STATE], planted.mark) == []


def test_the_lanes_own_dump_holds_none(planted: Planted) -> None:
    with as_administrator(cluster.LANE, planted.database) as raw:
        dump = dumped(raw)
    assert b"Spazio Aperto" in dump
    assert hits(dump, planted.mark) == []


def test_nor_do_its_disk_its_logs_and_its_folder(planted: Planted) -> None:
    assert in_files([cluster.LANE.home, LANE_STATE], planted.mark) == []
    assert hits(planted.said.encode(), planted.mark) == []


# --- the search itself ---


def test_a_word_in_the_house_is_found_in_its_dump() -> None:
    mark = f"q{secrets.token_hex(7)}"
    cast.open_request("adele", title=f"Una cosa: {mark}")
    connection.ensure_connection()
    assert hits(dumped(connection.connection), mark) == [mark]


@pytest.mark.pure
@pytest.mark.parametrize("way", ["plain", "base64", "hex", "UTF-16"])
@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
def test_a_word_on_the_disk_is_found_in_every_form(tmp_path: Path, way: str, before: str) -> None:
    mark = f"q{secrets.token_hex(7)}"
    said = f"{before}{mark}007 dopo".encode("utf-16" if way == "UTF-16" else "utf-8")
    written = {"base64": base64.b64encode(said), "hex": said.hex().encode()}.get(way, said)
    (tmp_path / "foglio").write_bytes(b"prima " + written)
    assert len(in_files([tmp_path], mark)) == 1
    assert in_files([tmp_path], f"q{secrets.token_hex(7)}") == []
