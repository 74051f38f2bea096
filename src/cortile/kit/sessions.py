"""Sessions that tell nothing to whoever reads their table: the key as a hash, the content sealed with the house's secret."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.sessions.backends import db

from cortile.kit import clock


@cache
def _box(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hmac.new(secret.encode(), b"cortile.session", hashlib.sha256).digest()))


def hashed(key: str | None) -> str:
    """Return what the table holds of a session's key, which only its browser has."""
    return hashlib.sha256((key or "").encode()).hexdigest()[:40]


class SessionStore(db.SessionStore):
    """The library's own, on rows that open no session to whoever steals them."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Seal what a session holds."""
        return _box(settings.SECRET_KEY).encrypt(json.dumps(session_dict).encode()).decode()

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        """Open it again; what was sealed with another secret is an empty session."""
        data = session_data.encode() if isinstance(session_data, str) else session_data
        try:
            return dict(json.loads(_box(settings.SECRET_KEY).decrypt(data)))
        except InvalidToken:
            return {}

    def exists(self, session_key: str) -> bool:
        """Tell whether a key is taken."""
        return bool(super().exists(hashed(session_key)))

    def delete(self, session_key: str | None = None) -> None:
        """End a session: this one, unless another is named."""
        key = session_key or self.session_key
        if key is not None:
            super().delete(hashed(key))

    def create_model_instance(self, data: dict[str, Any]) -> Any:  # noqa: ANN401 -- the library's model
        """Return the row, under the hash of its key."""
        row = super().create_model_instance(data)
        row.session_key = hashed(row.session_key)
        return row

    def _get_session_from_db(self) -> Any:  # noqa: ANN401 -- the library's model
        rows = self.model.objects.filter(session_key=hashed(self.session_key), expire_date__gt=clock.now())
        found = rows.first()
        if found is None:
            self._session_key = None
        return found
