"""The second wall: PostgreSQL itself shows a transaction one body's rows, and of those the lanes it holds (architecture §5).

The wall is coarse on purpose: body and lane. *Who* within a body stays in the policy table, the first wall. A transaction
says whom it works for with a context this process signs; the database checks the signature and signs it again for that
very transaction, so that no SQL, injected or stored away, can say another body's name.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import re
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from cortile.kit import actor as actors
from cortile.kit.actor import Actor, Kind

LANES = ("building", "social", "economic", "health")
EVERY_BODY = 0
# Tables of one lane; those without are every member's of the body: their own drafts, their reads, their files.
WALLED: dict[str, str] = {
    "people_person": "social", "people_household": "social", "people_membership": "social", "people_tenancy": "social",
    "people_contactpoint": "social", "people_delegation": "social", "people_representative": "social",
    "people_signincode": "social", "people_searchtoken": "social", "people_notthesame": "social", "people_recordopening": "social",
    "people_sharedcopy": "social", "people_canary": "", "people_alarm": "", "people_guess": "social",
    "people_identification": "social",
    "accounts_account": "economic", "accounts_protection": "economic", "accounts_registryimport": "",
    "accounts_rentband": "economic", "accounts_charge": "economic", "accounts_iseestatement": "economic",
    "messages_message": "social", "messages_delivery": "", "messages_incomingsms": "social",
    "listening_contact": "social", "listening_contactperson": "social", "listening_thread": "social",
    "listening_entry": "social", "listening_promise": "social", "listening_handover": "social",
    "listening_handoverlink": "social", "listening_pastrequest": "social",
    "agenda_appointment": "social", "agenda_callback": "social",
    "benefits_applicationdraft": "", "benefits_application": "economic", "benefits_datum": "economic",
    "benefits_document": "", "benefits_step": "economic", "benefits_decision": "economic", "benefits_envelope": "",
    "benefits_invitation": "social", "benefits_donotinvite": "social",
    "benefits_balance": "", "benefits_entry": "", "benefits_posting": "",
    "benefits_drawnlist": "", "benefits_drawnplace": "",
    "benefits_siusssettings": "", "benefits_siussflow": "economic", "benefits_siussoutcome": "economic",
    "benefits_signatureband": "", "benefits_bankaccount": "", "benefits_batch": "economic", "benefits_batchline": "economic",
    "benefits_signature": "economic", "benefits_outcomefile": "economic", "benefits_outcomerow": "economic",
    "directory_agreement": "", "agencies_countskey": "", "agencies_releasedcounts": "",
    "referrals_consent": "social", "referrals_referral": "social", "referrals_step": "social",
    "referrals_partnerlink": "social", "referrals_servicefigures": "",
    "network_network": "", "network_area": "", "network_member": "", "network_lending": "", "network_meeting": "",
    "network_presence": "", "network_agendaitem": "", "network_networkdecision": "",
    "kit_storedfile": "", "kit_draft": "", "kit_auditevent": "", "kit_auditsubject": "",
}  # fmt: skip
_NAMED = re.compile("|".join(sorted(WALLED, key=len, reverse=True)))
# Whatever a session put in the way of our tables is searched last, in this transaction and in none after it.
_ENTER = """
    SELECT public.kit_enter(%s::bigint, %s::text, %s::bigint, %s::text), set_config('search_path', 'public, pg_temp', true)
"""
_BACK = "ROLLBACK TO SAVEPOINT"


@dataclass(frozen=True, slots=True)
class Held:
    """What a transaction may be shown: one body (0 is every body, for the house's own jobs) and some lanes of it."""

    agency_id: int
    lanes: tuple[str, ...]


NOTHING = Held(-1, ())
EVERYTHING = Held(EVERY_BODY, LANES)

Lanes = Callable[[Actor], frozenset[str]]
_lanes_of: list[Lanes] = []
_within: ContextVar[Held | None] = ContextVar("cortile_wall", default=None)
actors.on_acting(_within)


def lanes_by(rule: Lanes) -> Lanes:
    """Register who holds which lanes. The policy table does, once: the wall never knows a role."""
    _lanes_of[:] = [rule]
    return rule


def of(actor: Actor | None) -> Held:
    """Return what an actor's transactions may be shown. A job of the whole house is shown every body."""
    if actor is None or actor.kind == Kind.PUBLIC:
        return NOTHING
    if actor.kind == Kind.SYSTEM:
        return Held(actor.agency_id or EVERY_BODY, LANES)
    if actor.agency_id is None:
        return NOTHING
    lanes = _lanes_of[0](actor)
    return Held(actor.agency_id, tuple(lane for lane in LANES if lane in lanes))


def held() -> Held:
    """Return what stands now: what ``within`` opened, else what who is acting holds; nobody holds nothing."""
    return _within.get() or of(actors.whoever())


@contextlib.contextmanager
def within(agency_id: int | None, lanes: tuple[str, ...] = LANES) -> Iterator[None]:
    """Work for one body for the length of a block, whoever is acting.

    Only where somebody is being recognised, or counts are made that name nobody: a test holds the closed list.
    """
    token = _within.set(NOTHING if agency_id is None else Held(agency_id, lanes))
    try:
        yield
    finally:
        _within.reset(token)


def key() -> bytes:
    """Return the key this process signs with: drawn from the installation's secret, told to the database by its owner."""
    return hmac.new(settings.SECRET_KEY.encode(), b"cortile.wall", hashlib.sha256).digest()


def signature(what: Held, pid: int, at: int) -> str:
    """Sign a context for one connection and one moment (seconds), as ``kit_enter`` checks it."""
    text = f"{what.agency_id}|{','.join(what.lanes)}|{pid}|{at}"
    return hmac.new(key(), text.encode(), hashlib.sha256).hexdigest()


def enter(raw: Any, what: Held) -> None:  # noqa: ANN401 -- a psycopg connection of either class
    """Say what the running transaction of a connection works for."""
    at = int(time.time())
    lanes = ",".join(what.lanes)
    raw.cursor().execute(_ENTER, [what.agency_id, lanes, at, signature(what, raw.info.backend_pid, at)])


def _ready(conn: Any) -> None:  # noqa: ANN401 -- a connection of Django's, with what the transaction holds remembered on it
    """Enter the open transaction of a connection, unless it stands where it should."""
    what = held()
    if conn.cortile_held != what:
        enter(conn.connection, what)
        conn.cortile_held = what


def _forget_when_over(conn: Any, text: str) -> None:  # noqa: ANN401 -- as above
    """A context ends with its transaction, and a savepoint taken back may take it back too."""
    if conn.connection is None or conn.connection.pgconn.transaction_status == _IDLE or text.startswith(_BACK):
        conn.cortile_held = None


_IDLE = 0  # libpq's PQTRANS_IDLE


@lru_cache(maxsize=4096)
def _names_walled(text: str) -> bool:
    """Tell whether a statement names a walled table. Pages repeat their statements: each is looked through once."""
    return _NAMED.search(text) is not None


def _wrapper(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: ANN401, FBT001 -- the signature of a Django execute wrapper
    """Enter before the first statement of a transaction that names a walled table."""
    text = sql if isinstance(sql, str) else sql.as_string(context["cursor"].cursor)
    conn = context["connection"]
    _forget_when_over(conn, text)
    if not _names_walled(text):
        return execute(sql, params, many, context)
    if conn.in_atomic_block:
        _ready(conn)
        return execute(sql, params, many, context)
    # Outside a transaction the context would be gone before the statement: one is opened around it.
    with transaction.atomic(using=conn.alias):
        _ready(conn)
        return execute(sql, params, many, context)


def install(connection: BaseDatabaseWrapper, **_: object) -> None:
    """Put the wall's door on a new connection, once."""
    connection.cortile_held = None  # type: ignore[attr-defined]  # see _ready
    if _wrapper not in connection.execute_wrappers:
        connection.execute_wrappers.append(_wrapper)


def asked(gate: str, known: str) -> int | None:
    """Ask one of the database's gates which body a card or a link belongs to."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT public.{gate}(%s::text)", [known])
        found = cursor.fetchone()
    return int(found[0]) if found[0] is not None else None


def tell_the_key(**_: object) -> None:
    """Write the key where only the wall's own functions read it. The owner does so after every migration."""
    padded = key().ljust(64, b"\0")
    outer, inner = bytes(b ^ 0x5C for b in padded), bytes(b ^ 0x36 for b in padded)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kit_wallkey (outer_pad, inner_pad) VALUES (%s, %s) "
            "ON CONFLICT (one) DO UPDATE SET outer_pad = EXCLUDED.outer_pad, inner_pad = EXCLUDED.inner_pad",
            [outer, inner],
        )
