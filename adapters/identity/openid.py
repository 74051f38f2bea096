"""An OpenID Connect provider: authorization code with PKCE, state and nonce; who comes back is asked for once."""

from __future__ import annotations

import base64
import hmac
import json
import os
import secrets
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7523 import private_key_jwt_sign
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from django.core.exceptions import ImproperlyConfigured
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

from adapters.identity import metadata, token, web
from cortile.kit import clock
from cortile.kit.identity import Asserted, Errand, Silent, Unproven

OK, BROKEN = 200, 500
BY_KEY = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
KINDS: dict[str, type[RSAKey | ECKey]] = {"RS256": RSAKey, "ES256": ECKey}
NAMES = {"spid": "SPID", "cie": "CIE"}


class OpenId:
    """SPID or CIE behind an OpenID Connect issuer. Its settings begin with CORTILE_SPID_ or CORTILE_CIE_: see README.md."""

    def __init__(self, way: str) -> None:
        self.way, self._prefix = way, f"CORTILE_{way.upper()}_"
        self.issuer, self.client = self._said("ISSUER"), self._said("CLIENT")
        self.scope, self.claim = self._said("SCOPE", "openid profile"), self._said("CLAIM", "fiscal_number")
        self.level = self._said("LEVEL")
        self.secret, self.key = self._file("SECRET_FILE"), self._file("KEY_FILE")
        self.algorithm = self._said("KEY_ALGORITHM", "RS256")
        if not (self.client and web.is_safe(self.issuer) and bool(self.secret) != bool(self.key)):
            message = f"{self._prefix}ISSUER, _CLIENT and one of _SECRET_FILE and _KEY_FILE: an https issuer, a name, one file"
            raise ImproperlyConfigured(message)

    def send(self, back: str) -> Errand:
        """Return where a browser goes to be recognised. Raise ``Silent``."""
        known = metadata.of(self.issuer)
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        more = {"acr_values": self.level} if self.level else {}
        address = prepare_grant_uri(
            known.authorization, self.client, "code", back, self.scope, state, nonce=nonce,
            code_challenge=create_s256_code_challenge(verifier), code_challenge_method="S256", **more,
        )  # fmt: skip
        return Errand(str(address), state, nonce, verifier)

    def answered(self, code: str, kept: Errand, back: str, issuer: str) -> Asserted:
        """Return who came back with a code. Raise ``Unproven`` with what does not hold, or ``Silent``."""
        known = metadata.of(self.issuer)
        if (issuer or known.names_itself) and not hmac.compare_digest(issuer.encode(), known.issuer.encode()):
            raise Unproven("issuer")
        given = self._exchanged(known, code, kept, back)
        identity, access = str(given.get("id_token", "")), str(given.get("access_token", ""))
        said = token.claims(identity, known, token.Wanted(self.client, kept.nonce, access))
        if self.level and said.get("acr") not in self.level.split():
            raise Unproven("level")
        fiscal_code = said.get(self.claim) or self._more(known, said["sub"], access).get(self.claim)
        if not (isinstance(fiscal_code, str) and fiscal_code):
            raise Unproven("fiscal-code")
        return Asserted(self.way, known.issuer, said["sub"], fiscal_code, token.digest(identity))

    def lacks(self) -> str:
        """Return in one sentence why nobody could come in this way now, or nothing."""
        name = NAMES.get(self.way, self.way)
        metadata.forget()
        try:
            metadata.of(self.issuer)
            _status, _said, date = web.ask(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        except Silent:
            return f"{name}: chi riconosce le persone non risponde, o le sue chiavi non si leggono. Controlla {self._prefix}ISSUER."
        if date and abs((parsedate_to_datetime(date) - clock.now()).total_seconds()) > token.LEEWAY:
            return f"{name}: il suo orologio e il nostro non vanno d'accordo. Regola l'ora di questa macchina."
        return ""

    def _exchanged(self, known: metadata.Metadata, code: str, kept: Errand, back: str) -> dict[str, Any]:
        """Give the code back for tokens: it is worth something to us alone, and once."""
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": kept.verifier}
        headers = {}
        if self.key:
            signed = private_key_jwt_sign(self._signing_key(), self.client, known.token, alg=self.algorithm)
            form |= {"client_id": self.client, "client_assertion_type": BY_KEY, "client_assertion": signed}
        else:
            pair = f"{quote(self.client, safe='')}:{quote(self.secret, safe='')}"
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        status, said, _date = web.ask(known.token, form, headers)
        if status >= BROKEN:
            raise Silent
        if status != OK:
            raise Unproven("code")
        return said

    def _signing_key(self) -> RSAKey | ECKey:
        """Return our own key, out of a PEM or JWK file. Raise ``ImproperlyConfigured``."""
        kind = KINDS.get(self.algorithm)
        try:
            if kind is not None:
                return kind.import_key(json.loads(self.key) if self.key.startswith("{") else self.key)
        except (JoseError, ValueError, TypeError):
            pass
        message = f"{self._prefix}KEY_FILE: a private key of its own, PEM or JWK, for {self._prefix}KEY_ALGORITHM={self.algorithm}"
        raise ImproperlyConfigured(message)

    def _more(self, known: metadata.Metadata, subject: str, access: str) -> dict[str, Any]:
        """Ask for what the token does not say; of the same person, or it is nobody's."""
        if not (known.userinfo and access):
            return {}
        status, said, _date = web.ask(known.userinfo, headers={"Authorization": f"Bearer {access}"})
        if status >= BROKEN:
            raise Silent
        if status != OK or said.get("sub") != subject:
            raise Unproven("subject")
        return said

    def _said(self, name: str, default: str = "") -> str:
        return os.environ.get(self._prefix + name, default).strip()

    def _file(self, name: str) -> str:
        path = self._said(name)
        return Path(path).read_text().strip() if path else ""
