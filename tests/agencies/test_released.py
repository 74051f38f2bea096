"""Counts an association of its own hands over: believed with its key alone, five or more, and never changed."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from cortile.agencies import actions, reads, released
from cortile.agencies.models import Agency, CountsKey, ReleasedCounts
from cortile.kit import scopes, signed_counts, wall
from cortile.kit.actor import Actor
from cortile.kit.refusals import Refused
from cortile.kit.signed_counts import Cell, Quarter
from tests import cast, traces
from tests.agencies.handed import AUTUMN, KEY, NAME, OTHER, file, pem

CELLS: dict[str, Cell] = {**dict.fromkeys(released.LINES, 0), "people": 41, "first_talks": 14, "job": None, "support": "hidden"}


def handed(quarter: Quarter = AUTUMN, key: Ed25519PrivateKey = KEY, **cells: Cell) -> bytes:
    """Return a file as an association hands it over."""
    return file(quarter, key, **{**CELLS, **cells})


def load(
    raw: bytes, *, by: Actor = cast.SYSTEM, key: bytes = b"", received_by: str = "", of: str = "aler-milano"
) -> ReleasedCounts:
    return actions.load_released(cast.agency(of), raw, by=by, key=key, received_by=received_by)


def first(**cells: Cell) -> ReleasedCounts:
    return load(handed(**cells), key=pem(), received_by="Nadia Colombo")


# --- the door ---


def test_the_first_file_brings_its_key_and_who_received_it() -> None:
    row = first()
    assert (row.quarter, row.counts, row.key.association, row.key.received_by) == ("2025-Q4", CELLS, NAME, "Nadia Colombo")
    assert traces.event("counts.loaded").agency_id == row.agency_id


def test_the_next_one_needs_the_file_alone() -> None:
    first()
    assert load(handed(Quarter(2025, 3))).quarter == "2025-Q3"
    assert CountsKey.objects.count() == 1


def test_who_prepares_the_body_may_load_it_too() -> None:
    assert load(handed(), by=cast.at_desk("nadia"), key=pem(), received_by="Nadia").counts["people"] == 41


@pytest.mark.parametrize("who", ["marta", "paola", "roberto", "salvatore", "luca"])
def test_nobody_else_loads_counts(who: str) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.load_released(cast.agency(), handed(), by=cast.at_desk(who), key=pem(), received_by="Nadia")


# --- what is not believed ---


def test_without_a_key_nothing_is_believed() -> None:
    with pytest.raises(Refused, match="key-missing"):
        load(handed())


def test_a_key_has_the_name_of_who_received_it() -> None:
    with pytest.raises(Refused, match="key-nameless"):
        load(handed(), key=pem(), received_by="  ")


def test_a_file_of_another_key_is_refused_the_first_time() -> None:
    with pytest.raises(Refused, match="key-other"):
        load(handed(key=OTHER), key=pem(), received_by="Nadia")


@pytest.mark.parametrize("key", [b"", pem(OTHER)])
def test_a_key_once_received_is_never_replaced_by_a_file(key: bytes) -> None:
    first()
    with pytest.raises(Refused, match="key-other"):
        load(handed(Quarter(2025, 3), key=OTHER), key=key, received_by="Nadia")


def _elliptic() -> bytes:
    key = generate_private_key(SECP256R1()).public_key()
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


@pytest.mark.parametrize("key", [b"chiave", pem()[:-40], _elliptic()])
def test_what_is_no_key_of_ours_is_refused(key: bytes) -> None:
    with pytest.raises(Refused, match="key-unreadable"):
        load(handed(), key=key, received_by="Nadia")


def changed(**places: Any) -> bytes:  # noqa: ANN401 -- whatever JSON holds
    """Return the file with something changed by hand, its signature left as it was."""
    return json.dumps({**json.loads(handed()), **places}).encode()


def signed(**cells: Any) -> bytes:  # noqa: ANN401 -- what no cell may be, signed all the same
    return signed_counts.write(NAME, AUTUMN, {**CELLS, **cells}, KEY)


BAD = {
    "nothing": (b"", "file-unreadable"),
    "no JSON": (b"numeri: 41", "file-unreadable"),
    "a list": (b"[]", "file-form"),
    "too long": (b" " * 20_000 + handed(), "file-unreadable"),
    "deep": (b"[" * 15_000, "file-unreadable"),
    "not UTF-8": (b"\xff\xfe{}", "file-unreadable"),
    "a part missing": (json.dumps({"version": 1}).encode(), "file-form"),
    "a part too many": (changed(note="per Anna"), "file-form"),
    "a part twice": (handed().replace(b'"quarter"', b'"version": 1, "quarter"'), "file-form"),
    "another version": (changed(version=2), "file-form"),
    "a version that is true": (changed(version=True), "file-form"),
    "no name": (changed(association=" "), "file-form"),
    "a name of two lines": (changed(association="Spazio\nAperto"), "file-form"),
    "a line missing": (signed_counts.write(NAME, AUTUMN, {"people": 41}, KEY), "file-form"),
    "a line too many": (signed(secrets=7), "file-form"),
    "one": (signed(people=1), "count-small"),
    "four": (signed(people=4), "count-small"),
    "less than nobody": (signed(people=-5), "count-small"),
    "a half": (signed(people=7.5), "count-small"),
    "true": (signed(people=True), "count-small"),
    "words": (signed(people="quarantuno"), "count-small"),
    "no quarter": (changed(quarter="2025-Q5"), "quarter-unknown"),
    "a number for a quarter": (changed(quarter=2025), "quarter-unknown"),
    "the running quarter": (handed(Quarter(2026, 1)), "quarter-open"),
    "a quarter to come": (handed(Quarter(2027, 2)), "quarter-open"),
    "a number changed": (changed(counts={**CELLS, "people": 42}), "signature-wrong"),
    "a name changed": (changed(association="La Porta Accanto"), "signature-wrong"),
    "a quarter changed": (changed(quarter="2025-Q3"), "signature-wrong"),
    "another's signature": (changed(signature=json.loads(handed(key=OTHER))["signature"]), "signature-wrong"),
    "a key changed": (changed(public_key=json.loads(handed(key=OTHER))["public_key"]), "signature-wrong"),
    "a signature cut short": (changed(signature="00"), "file-form"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_twin_is_refused_in_one_sentence(name: str) -> None:
    raw, code = BAD[name]
    with pytest.raises(Refused) as refused:
        load(raw, key=pem(), received_by="Nadia")
    assert (refused.value.code, refused.value.sentence.count(".")) == (code, 1)
    assert not CountsKey.objects.exists()


def test_spaces_and_order_change_nothing() -> None:
    tidy = json.dumps(dict(sorted(json.loads(handed()).items())), indent=8).encode()
    assert load(tidy, key=pem(), received_by="Nadia").counts == CELLS


# --- never changed ---


def test_the_same_file_twice_is_nothing() -> None:
    first()
    with pytest.raises(Refused, match="counts-known"):
        load(handed())
    assert ReleasedCounts.objects.count() == 1


def test_other_counts_for_the_same_months_are_refused() -> None:
    first()
    with pytest.raises(Refused, match="counts-changed"):
        load(handed(people=42))


@pytest.mark.parametrize("sql", ["UPDATE agencies_releasedcounts SET counts = '{}'", "DELETE FROM agencies_releasedcounts"])
def test_not_even_sql_changes_them(sql: str) -> None:
    first()
    with pytest.raises(DatabaseError), transaction.atomic(), scopes.opened(scopes.EVERYTHING), connection.cursor() as cursor:
        cursor.execute(sql)


# --- read again ---


def test_the_last_quarter_of_each_association_is_read_up_to_one(milano: Agency) -> None:
    first()
    load(handed(Quarter(2025, 3)))
    with wall.within(wall.EVERY_BODY):
        told = {
            str(q): [row.quarter for row in reads.released_counts(milano.pk, q)]
            for q in (AUTUMN, Quarter(2025, 3), Quarter(2025, 2))
        }
    assert told == {"2025-Q4": ["2025-Q4"], "2025-Q3": ["2025-Q3"], "2025-Q2": []}


def test_another_body_holds_none_of_it(milano: Agency) -> None:
    first()
    with wall.within(cast.agency("aler-lodi").pk):
        assert reads.released_counts(milano.pk, AUTUMN) == []


# --- the command ---


def told(*words: str) -> str:
    out = io.StringIO()
    call_command("load-released", *words, stdout=out)
    return out.getvalue()


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "numeri.json").write_bytes(handed())
    (tmp_path / "chiave.pem").write_bytes(pem())
    return str(tmp_path / "numeri.json"), str(tmp_path / "chiave.pem")


def test_the_command_loads_and_says_which_key_it_believed(files: tuple[str, str]) -> None:
    said = told(files[0], "--agency", "aler-milano", "--key", files[1], "--received-by", "Nadia Colombo")
    assert f"Caricati i numeri di {NAME}, 2025-Q4." in said
    assert signed_counts.fingerprint(KEY.public_key().public_bytes_raw()) in said


def test_the_command_says_that_it_has_the_file(files: tuple[str, str]) -> None:
    first()
    assert told(files[0]) == "Questo file lo abbiamo già: non cambia niente.\n"


def test_the_command_says_what_is_missing(files: tuple[str, str]) -> None:
    with pytest.raises(CommandError, match=r"Non abbiamo ancora la chiave di questa associazione\. Fattela dare di persona\."):
        told(files[0])


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Non riesco ad aprire"):
        told(str(tmp_path / "niente.json"))
