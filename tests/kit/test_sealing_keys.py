"""The sealer's key: who may read it, which seals each one may sign, and what is said of a seal signed out of turn."""

from __future__ import annotations

from pathlib import Path

import pytest

from cortile.kit.sealing import keys, sealer
from cortile.kit.sealing.anchor import Anchor
from cortile.kit.sealing.keys import SealingError, Span
from cortile.kit.sealing.verifier import vouched
from tests.kit import audits
from tests.kit.audits import Connection

HEX = "ab" * 32


def test_the_key_is_made_once_and_read_by_its_owner_only(key_file: Path) -> None:
    made = keys.private_key(may_make=True)
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert keys.raw(keys.private_key(may_make=False, last=9)) == keys.raw(made)
    assert keys.known() == {keys.raw(made): Span(1)}


def test_a_key_that_others_read_is_refused(key_file: Path) -> None:
    keys.private_key(may_make=True)
    key_file.chmod(0o640)
    with pytest.raises(SealingError, match="chmod 600"):
        keys.private_key(may_make=True)


@pytest.mark.usefixtures("key_file")
def test_a_lost_key_is_not_replaced_in_silence() -> None:
    with pytest.raises(SealingError, match="--new-key"):
        keys.private_key(may_make=False)


@pytest.mark.usefixtures("key_file")
def test_each_key_has_its_own_seals_and_the_file_says_them() -> None:
    first = keys.private_key(may_make=True)
    keys.retire()
    second = keys.private_key(may_make=True, last=7)
    assert keys.public_file().read_text() == f"{keys.raw(first).hex()} 1 7\n{keys.raw(second).hex()} 8\n"
    assert keys.known() == {keys.raw(first): Span(1, 7), keys.raw(second): Span(8)}


def test_a_key_that_was_put_aside_signs_no_more(key_file: Path) -> None:
    keys.private_key(may_make=True)
    old = key_file.read_bytes()
    keys.retire()
    keys.private_key(may_make=True, last=7)
    key_file.write_bytes(old)
    with pytest.raises(SealingError, match="messa da parte"):
        keys.private_key(may_make=False, last=8)


def test_a_key_without_its_list_signed_from_the_beginning(key_file: Path) -> None:
    made = keys.private_key(may_make=True)
    keys.public_file(key_file).unlink()
    keys.private_key(may_make=False, last=7)
    assert keys.known() == {keys.raw(made): Span(1)}


@pytest.mark.parametrize("line", ["no", f"{HEX} x", f"{HEX} 1 2 3"])
def test_a_list_that_cannot_be_read_is_refused(key_file: Path, line: str) -> None:
    keys.public_file(key_file).write_text(f"{line}\n")
    with pytest.raises(SealingError, match="scritto male"):
        keys.known()


def test_a_list_from_before_there_were_spans_is_read(key_file: Path) -> None:
    keys.public_file(key_file).write_text(f"{HEX}\n")
    assert keys.known() == {bytes.fromhex(HEX): Span(1)}


def test_a_new_key_goes_on_with_the_chain(
    key_file: Path, app: Connection, auditor: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        audits.write(app)
        sealer.run(once=True, new_key=True)
    assert (len(keys.known()), len(list(key_file.parent.glob("seal.key.1*")))) == (2, 1)
    assert {finding.kind for finding in audits.found(auditor)} == {"key"}
    monkeypatch.setattr(audits, "PUBLIC", {**audits.PUBLIC, **keys.known()})
    assert audits.found(auditor) == []


def test_a_seal_signed_with_a_key_put_aside_is_named(admin: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(2):
        audits.seal(admin, heartbeat=sealer.HEARTBEAT * 0)
    last = sealer.last_seal(admin).number
    for span, named in ((Span(1, last), []), (Span(1, last - 1), [last]), (Span(last), [last - 1])):
        monkeypatch.setattr(audits, "PUBLIC", dict.fromkeys(audits.PUBLIC, span))
        assert [f.seal for f in audits.found(admin) if f.kind == "retired"] == named


def test_an_anchor_vouches_for_its_key_up_to_the_next_one() -> None:
    kept = [Anchor(number, b"", key) for number, key in ((3, b"a"), (8, b"a"), (20, b"b"))]
    assert vouched(kept) == {b"a": Span(1, 19), b"b": Span(9, None)}
    assert vouched([]) == {}
