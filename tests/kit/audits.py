"""An audit of its own to seal, to spoil and to verify: a clone of the template, and the roles that work in it."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from cortile.kit.sealing import sealer
from cortile.kit.sealing.anchor import Anchor
from cortile.kit.sealing.findings import Finding
from cortile.kit.sealing.keys import Span
from cortile.kit.sealing.verifier import Verification

Connection = psycopg.Connection[Any]
ADDRESSES = {"app": "DATABASE_URL", "owner": "CORTILE_OWNER_DATABASE_URL", "audit": "CORTILE_AUDIT_DATABASE_URL"}
# Whatever JSON could say in two ways.
ODD = ("", "È «così»", 'a"b\\c/d', "a\tb\nc\x01\x1f\x7f", "\u2028\U0001f511", "</script>")
EVENT = """INSERT INTO kit_auditevent (recorded, what, verb, agent_kind, agent_id, agent_name, agent_role, agency_id, purpose,
           source, thing, thing_id, fields, reason) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""
SUBJECT = """INSERT INTO kit_auditsubject (event_id, person_id, recorded, agency_id)
             VALUES (currval('kit_auditevent_id_seq'), %s, '2026-03-11T09:00:00.000001Z', %s)"""
KEY = Ed25519PrivateKey.generate()
PUBLIC = {KEY.public_key().public_bytes_raw(): Span()}


def address(role: str, name: str) -> str:
    """Return where a role finds a database."""
    return urlsplit(os.environ[ADDRESSES[role]])._replace(path=f"/{name}").geturl()


def connect(role: str, name: str) -> Connection:
    """Connect as a role; ``admin`` is the cluster's superuser, whom nothing stops."""
    if role == "admin":
        known = json.loads((Path(settings.STATE) / "postgres.json").read_text())
        place = {"host": f"{known['home']}/socket", "password": known["passwords"]["cortile_admin"]}
        found = psycopg.connect(user="cortile_admin", dbname=name, autocommit=True, **place)
    else:
        found = psycopg.connect(address(role, name), autocommit=True)
    found.execute("SET TimeZone = 'UTC'")
    return found


def one(conn: Connection, words: str, values: Sequence[object] = ()) -> Any:  # noqa: ANN401 -- whatever stands there
    """Return the first value of the first row."""
    return conn.execute(words, values).fetchall()[0][0]


def write(app: Connection, many: int = 1) -> None:
    """Leave some events as the application does, each with up to three subjects."""
    for n in range(many):
        odd = random.choice(ODD)  # noqa: S311 -- any will do
        values = ["2026-03-11T10:00:00+01:00", f"prova.{n}", "R", "staff", n or None, "Marta F." + odd, odd, 1, "service", "staff"]
        with app.transaction():
            app.execute(EVENT, [*values, "prova.thing", n, [odd, "phone"][: n % 3], odd])
            for person in range(n % 4):
                app.execute(SUBJECT, [n * 10 + person, person or None])


def found(conn: Connection, anchors: Sequence[Anchor] = (), *, demo: bool = True) -> list[Finding]:
    """Verify in a connection's own transaction; what the cast did is told of another day than it was written."""
    with conn.transaction():
        return list(Verification(conn, known=PUBLIC, anchors=anchors, demo=demo).walk())


def seal(conn: Connection, *, whole: bool = False, heartbeat: timedelta = sealer.HEARTBEAT) -> int:
    """Seal with the tests' key."""
    return sealer.seal(conn, KEY, whole=whole, heartbeat=heartbeat)
