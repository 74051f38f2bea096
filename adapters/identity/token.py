"""An identity token, looked at: who signed it, for whom, when, and in answer to what."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jws, jwt
from joserfc.errors import ExpiredTokenError, InvalidClaimError, JoseError, MissingClaimError

from adapters.identity.metadata import Metadata
from cortile.kit import clock
from cortile.kit.identity import Unproven

ALGORITHMS = ("RS256", "ES256")
# Clocks differ by this much; a token older than this was not made for who is here now.
LEEWAY, OLDEST = 60, 600
_WHY = {
    "iss": "issuer", "aud": "audience", "azp": "audience", "nonce": "nonce", "exp": "expired", "iat": "time", "nbf": "time",
    "at_hash": "hash",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a token must answer to."""

    client: str
    nonce: str
    access_token: str


def claims(token: str, known: Metadata, wanted: Wanted) -> dict[str, Any]:
    """Return what a token says once all of it holds. Raise ``Unproven`` with what does not."""
    header, said = _signed(token, known)
    options = {"iss": {"essential": True, "value": known.issuer}, "aud": {"essential": True, "value": wanted.client}}
    params = {"nonce": wanted.nonce, "client_id": wanted.client, "access_token": wanted.access_token}
    now = int(clock.now().timestamp())
    try:
        CodeIDToken(said, header, options, params).validate(now=now, leeway=LEEWAY)
    except ExpiredTokenError as failure:
        raise Unproven("expired") from failure
    except (InvalidClaimError, MissingClaimError) as failure:
        raise Unproven(_WHY.get(str(failure.claim), "claim")) from failure
    except (JoseError, TypeError, ValueError) as failure:
        raise Unproven("time") from failure
    if said["iat"] < now - OLDEST - LEEWAY:
        raise Unproven("expired")
    if not (isinstance(said["sub"], str) and said["sub"]):
        raise Unproven("subject")
    return said


def digest(token: str) -> str:
    """Return the hash of what a token says, whoever signs it again."""
    return hashlib.sha256(token.rpartition(".")[0].encode()).hexdigest()


def _signed(token: str, known: Metadata) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return header and claims of a token one of the issuer's keys has signed: with which algorithm is ours to say."""
    try:
        header = jws.extract_compact(token.encode()).headers()
    except (JoseError, ValueError) as failure:
        raise Unproven("token") from failure
    algorithm = header.get("alg")
    if algorithm not in ALGORITHMS:
        raise Unproven("algorithm")
    key = known.key(header.get("kid"), algorithm)
    if key is None:
        raise Unproven("key")
    try:
        said = jwt.decode(token, key, algorithms=[algorithm])
    except (JoseError, ValueError) as failure:
        raise Unproven("signature") from failure
    return dict(header), said.claims
