"""What an issuer says of itself: its addresses and its keys, read once and kept for an hour by each process."""

from __future__ import annotations

import time
from dataclasses import dataclass
from threading import Lock

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, RSAKey

from adapters.identity import web
from cortile.kit.identity import Silent

# Who did not answer is not asked again for a while: waiting for them would hold everybody up.
HOUR, PAUSE, REST = 3600.0, 60.0, 10.0
OK = 200
_KIND = {"RS256": RSAKey, "ES256": ECKey}
_known: dict[str, Metadata]
_silent: dict[str, float] = {}
_lock = Lock()


@dataclass
class Metadata:
    """The addresses and keys of an issuer. ``names_itself``: its answers must carry its name (RFC 9207)."""

    issuer: str
    authorization: str
    token: str
    userinfo: str
    names_itself: bool
    jwks: str
    keys: KeySet
    read_at: float

    def key(self, kid: str | None, algorithm: str) -> RSAKey | ECKey | None:
        """Return the key a token names, if it is one of this algorithm. An unknown name makes the keys be read again."""
        found = self._key(kid, algorithm)
        if found is None and time.monotonic() - self.read_at > PAUSE:
            self.keys, self.read_at = _keys(self.jwks), time.monotonic()
            found = self._key(kid, algorithm)
        return found

    def _key(self, kid: str | None, algorithm: str) -> RSAKey | ECKey | None:
        signing = [k for k in self.keys.keys if k.get("use", "sig") == "sig" and isinstance(k, _KIND[algorithm])]
        named = [k for k in signing if k.kid == kid] if kid else signing
        one = named[0] if len(named) == 1 else None
        return one if isinstance(one, (RSAKey, ECKey)) else None


_known = {}


def of(issuer: str) -> Metadata:
    """Return what is known of an issuer. Raise ``Silent`` when it does not say, or says another's name."""
    with _lock:
        found = _known.get(issuer)
        if found is None or time.monotonic() - found.read_at > HOUR:
            found = _known[issuer] = _asked(issuer)
    return found


def _asked(issuer: str) -> Metadata:
    if time.monotonic() - _silent.get(issuer, -REST) < REST:
        raise Silent
    try:
        return _read(issuer)
    except Silent:
        _silent[issuer] = time.monotonic()
        raise


def forget() -> None:
    """Ask every issuer again."""
    _known.clear()
    _silent.clear()


def _read(issuer: str) -> Metadata:
    status, said, _date = web.ask(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    wanted = [str(said.get(name, "")) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    if status != OK or said.get("issuer") != issuer or not all(map(web.is_safe, wanted)):
        raise Silent
    return Metadata(
        issuer, wanted[0], wanted[1], str(said.get("userinfo_endpoint", "")),
        said.get("authorization_response_iss_parameter_supported") is True, wanted[2], _keys(wanted[2]), time.monotonic(),
    )  # fmt: skip


def _keys(address: str) -> KeySet:
    status, said, _date = web.ask(address)
    # Keys of a kind we do not use would stop all the others from being read.
    ours = [key for key in said.get("keys", []) if isinstance(key, dict) and key.get("kty") in {"RSA", "EC"}]
    try:
        keys = KeySet.import_key_set({"keys": ours})
    except (JoseError, ValueError, KeyError) as failure:
        raise Silent from failure
    if status != OK or not keys.keys:
        raise Silent
    return keys
