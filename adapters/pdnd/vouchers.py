"""A voucher of PDND, looked at: who signed it, for which service, for whom, and when (RFC 9068; MODI, AUTH_REST_01)."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, RSAKey

from cortile.kit import clock
from cortile.kit.vouchers import Voucher

# With which algorithm, and as what, is ours to say: a token that names another is no voucher.
ALGORITHM = "RS256"
KINDS = ("at+jwt", "application/at+jwt")
ISSUER = "interop.pagopa.it"
LEEWAY = 60
LONGEST = 8192


class Vouchers:
    """Reads vouchers against the keys in ``CORTILE_PDND_KEYS``, a JWKS file kept current; ``CORTILE_PDND_ISSUER`` signs them."""

    def __init__(self) -> None:
        keys = os.environ.get("CORTILE_PDND_KEYS", "")
        self.keys = KeySet.import_key_set(_read(keys)) if keys else KeySet([])
        self.issuer = os.environ.get("CORTILE_PDND_ISSUER", ISSUER)

    def read(self, token: str) -> Voucher | None:
        """Return what a voucher says, or nothing: whatever does not hold is answered alike."""
        try:
            return self._held(token) if len(token) <= LONGEST else None
        except (JoseError, ValueError, TypeError, KeyError):
            return None

    def _held(self, token: str) -> Voucher | None:
        header = jws.extract_compact(token.encode("ascii")).headers()
        key = next((k for k in self.keys.keys if isinstance(k, RSAKey) and k.kid and k.kid == header.get("kid")), None)
        if key is None or header.get("alg") != ALGORITHM or str(header.get("typ", "")).lower() not in KINDS:
            return None
        said = jwt.decode(token, key, algorithms=[ALGORITHM]).claims
        now = int(clock.now().timestamp())
        timely = (
            _whole(said["iat"]) <= now + LEEWAY
            and _whole(said.get("nbf", 0)) <= now + LEEWAY
            and now < _whole(said["exp"]) + LEEWAY
        )
        audience, client = said["aud"], said["client_id"]
        named = isinstance(audience, str) and audience and isinstance(client, str) and client
        return Voucher(audience, client) if timely and named and said["iss"] == self.issuer else None


def _whole(value: object) -> int:
    """Return a moment in seconds. Raise ``TypeError`` for what is none: true and false are numbers to Python."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value


def _read(path: str) -> Any:  # noqa: ANN401 -- JSON
    return json.loads(Path(path).read_text(encoding="utf-8"))
