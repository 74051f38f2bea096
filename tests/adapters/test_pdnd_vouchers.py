"""A voucher of PDND is believed when all of it holds, and then only."""

from __future__ import annotations

import base64
import hmac
import json
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import RSAKey

from adapters.pdnd.vouchers import Vouchers
from cortile.kit import clock
from cortile.kit.vouchers import Voucher
from tests import cast
from tests.benefits import inps

pytestmark = pytest.mark.pure
ANOTHER = RSAKey.generate_key(2048, {"kid": "pdnd-1"})
NOW = int(cast.NOW.timestamp())


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vouchers:
    """Return who reads vouchers, with PDND's keys."""
    (tmp_path / "keys.json").write_text(inps.keys())
    monkeypatch.setenv("CORTILE_PDND_KEYS", str(tmp_path / "keys.json"))
    return Vouchers()


def test_one_that_holds_says_the_service_and_who_calls(reader: Vouchers) -> None:
    assert reader.read(inps.voucher()) == Voucher("servizio-aler-milano", inps.CLIENT)


WRONG: list[dict[str, Any]] = [
    {"iss": "interop.example"}, {"iss": None}, {"exp": NOW - 61}, {"exp": None}, {"exp": True}, {"exp": str(NOW + 600)},
    {"nbf": NOW + 300}, {"iat": NOW + 300}, {"iat": None}, {"aud": ["servizio-aler-milano"]}, {"aud": ""}, {"aud": None},
    {"client_id": None}, {"client_id": 7}, {"header": {"typ": "JWT"}}, {"header": {"kid": "pdnd-2"}},
    {"header": {"alg": "PS256"}}, {"signed_by": ANOTHER},
]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG, ids="-".join)
def test_one_that_does_not_hold_says_nothing(wrong: dict[str, Any], reader: Vouchers) -> None:
    assert reader.read(inps.voucher(**wrong)) is None


def test_our_own_public_key_signs_nothing(reader: Vouchers) -> None:
    head = _part({"alg": "HS256", "typ": "at+jwt", "kid": "pdnd-1"})
    said = _part({"iss": "interop.pagopa.it", "aud": "servizio-aler-milano", "client_id": inps.CLIENT, "iat": NOW, "exp": NOW + 60})
    signed = hmac.digest(inps.KEY.as_pem(private=False), f"{head}.{said}".encode(), "sha256")
    assert reader.read(f"{head}.{said}.{base64.urlsafe_b64encode(signed).rstrip(b'=').decode()}") is None


def _part(said: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(said).encode()).rstrip(b"=").decode()


@pytest.mark.parametrize("token", ["", ".", "a.b.c", "è", "x" * 9000, "eyJhbGciOiJub25lIn0.e30."])
def test_what_is_no_voucher_says_nothing(token: str, reader: Vouchers) -> None:
    assert reader.read(token) is None


def test_a_changed_word_is_noticed(reader: Vouchers) -> None:
    head, _said, signed = inps.voucher().split(".")
    other = inps.voucher(aud="servizio-aler-lodi").split(".")[1]
    assert reader.read(f"{head}.{other}.{signed}") is None


def test_an_old_one_says_nothing_later(reader: Vouchers) -> None:
    token = inps.voucher()
    with clock.frozen(clock.at(inps.PAID_ON, clock.local(cast.NOW).time().replace(hour=12))):
        assert reader.read(token) is None


def test_without_keys_nobody_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CORTILE_PDND_KEYS", raising=False)
    assert Vouchers().read(inps.voucher()) is None
