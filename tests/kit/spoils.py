"""What somebody with every right could do to a sealed audit: each returns what is found of it, and where."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cortile.kit.sealing import record, sealer
from cortile.kit.sealing.record import Seal
from tests.kit import audits
from tests.kit.audits import Connection

WORDS = ("what", "agent_name", "agent_role", "purpose", "source", "thing", "reason")
Spoil = Callable[[Connection, random.Random], tuple[str, int]]


def pick(conn: Connection, luck: random.Random, table: str = "kit_auditevent", key: str = "id") -> int:
    """Return one row's key."""
    rows = conn.execute(f"SELECT {key} FROM {table} ORDER BY 1").fetchall()  # noqa: S608 -- our own words
    return int(luck.choice(rows)[0])


def text_of(conn: Connection, event: int) -> str:
    """Return an event's canonical text as it is now."""
    words = f"SELECT {record.CANONICAL} FROM kit_auditevent e WHERE id = %s"  # noqa: S608 -- our own columns
    return str(audits.one(conn, words, [event]))


def leaves(conn: Connection, seal: int) -> list[bytes]:
    """Return the leaves of a seal in their order."""
    rows = conn.execute("SELECT leaf FROM kit_sealedevent WHERE seal_id = %s ORDER BY event_id", [seal])
    return [leaf for (leaf,) in rows]


def change(conn: Connection, event: int, what: str, table: str = "kit_auditevent", key: str = "id") -> None:
    """Change one row."""
    conn.execute(f"UPDATE {table} SET {what} WHERE {key} = %s", [event])  # noqa: S608 -- our own words


def two(conn: Connection, luck: random.Random) -> list[int]:
    """Return two events."""
    return luck.sample([n for (n,) in conn.execute("SELECT id FROM kit_auditevent ORDER BY id").fetchall()], 2)


def seal_of(conn: Connection, event: int) -> int:
    row = conn.execute("SELECT seal_id FROM kit_sealedevent WHERE event_id = %s", [event]).fetchone()
    return int(row[0]) if row else 0


def edited(conn: Connection, luck: random.Random) -> tuple[str, int]:
    event, column = pick(conn, luck), luck.choice(WORDS)
    change(conn, event, f"{column} = {column} || 'x'")
    return "edited", event


def told_of_another_time(conn: Connection, luck: random.Random) -> tuple[str, int]:
    event, column = pick(conn, luck), luck.choice(["recorded", "written_at"])
    change(conn, event, f"{column} = {column} - interval '1 microsecond'")
    return "edited", event


def told_of_before_christ(conn: Connection, luck: random.Random) -> tuple[str, int]:
    event = pick(conn, luck)
    change(conn, event, "recorded = (recorded::text || ' BC')::timestamptz")
    return "edited", event


def given_to_nobody(conn: Connection, luck: random.Random) -> tuple[str, int]:
    event = pick(conn, luck)
    change(conn, event, "agency_id = NULL")
    return "edited", event


def deleted(conn: Connection, luck: random.Random) -> tuple[str, int]:
    event = pick(conn, luck)
    conn.execute("DELETE FROM kit_auditevent WHERE id = %s", [event])
    return "deleted", event


def deleted_and_hidden(conn: Connection, luck: random.Random) -> tuple[str, int]:
    event = pick(conn, luck)
    seal = seal_of(conn, event)
    conn.execute("DELETE FROM kit_auditevent WHERE id = %s", [event])
    conn.execute("DELETE FROM kit_sealedevent WHERE event_id = %s", [event])
    return "hidden", seal


def hidden_and_counted_again(conn: Connection, luck: random.Random) -> tuple[str, int]:
    _, seal = deleted_and_hidden(conn, luck)
    left = leaves(conn, seal)
    conn.execute("UPDATE kit_seal SET count = %s, batch = %s WHERE number = %s", [len(left), record.batch(left), seal])
    return "seal", seal


def edited_with_its_leaf(conn: Connection, luck: random.Random) -> tuple[str, int]:
    _, event = edited(conn, luck)
    conn.execute("UPDATE kit_sealedevent SET leaf = %s WHERE event_id = %s", [record.leaf(text_of(conn, event)), event])
    return "leaves", seal_of(conn, event)


def swapped(conn: Connection, luck: random.Random) -> tuple[str, int]:
    one, other = two(conn, luck)
    for before, after in ((one, -1), (other, one), (-1, other)):
        conn.execute("UPDATE kit_auditevent SET id = %s WHERE id = %s", [after, before])
        conn.execute("UPDATE kit_auditsubject SET event_id = %s WHERE event_id = %s", [after, before])
    return "swapped", one


def payload_swapped(conn: Connection, luck: random.Random) -> tuple[str, int]:
    one, other = two(conn, luck)
    words = "UPDATE kit_auditevent e SET what = o.what || '', thing_id = o.thing_id, tx = o.tx FROM kit_auditevent o"
    conn.execute(f"{words} WHERE e.id = %s AND o.id = %s", [one, other])
    return "edited", one


def subject_changed(conn: Connection, luck: random.Random) -> tuple[str, int]:
    event = pick(conn, luck, "kit_auditsubject", "event_id")
    what = luck.choice(["person_id = person_id + 100000", "agency_id = 99", "recorded = now()"])
    change(conn, event, what, "kit_auditsubject", "event_id")
    return "edited", event


def subject_added(conn: Connection, luck: random.Random) -> tuple[str, int]:
    event = pick(conn, luck)
    conn.execute("INSERT INTO kit_auditsubject (event_id, person_id, recorded) VALUES (%s, 777777, now())", [event])
    return "edited", event


def subject_removed(conn: Connection, luck: random.Random) -> tuple[str, int]:
    event = pick(conn, luck, "kit_auditsubject", "event_id")
    conn.execute("DELETE FROM kit_auditsubject WHERE event_id = %s", [event])
    return "edited", event


def put_in(conn: Connection, tx: str, written: str = "clock_timestamp()") -> int:
    """Insert an event as if it had been written then."""
    columns = "recorded, what, verb, agent_kind, agent_name, agent_role, purpose, thing, fields, reason, tx, written_at"
    values = f"now(), 'prova.forged', 'R', 'staff', 'Marta', '', '', '', '{{}}', '', {tx}, {written}"
    return int(audits.one(conn, f"INSERT INTO kit_auditevent ({columns}) VALUES ({values}) RETURNING id"))  # noqa: S608 -- our own words


def put_in_later(conn: Connection, luck: random.Random) -> tuple[str, int]:
    horizon = "(SELECT max(horizon) FROM kit_seal)"
    return "late", put_in(conn, f"{horizon} - {luck.randint(1, 500)}")


def put_in_ahead(conn: Connection, luck: random.Random) -> tuple[str, int]:
    return "future", put_in(conn, f"pg_snapshot_xmax(pg_current_snapshot())::text::bigint + {luck.randint(1, 500)}")


def put_in_and_sealed(conn: Connection, luck: random.Random) -> tuple[str, int]:
    _, event = put_in_later(conn, luck)
    audits.seal(conn, whole=True)
    return "backdated", event


def put_in_as_of_yesterday_and_sealed(conn: Connection, luck: random.Random) -> tuple[str, int]:
    event = put_in(conn, "(SELECT max(horizon) FROM kit_seal)", f"now() - interval '{luck.randint(2, 99)} hours'")
    audits.seal(conn, whole=True)
    return "backdated", event


def seal_altered(conn: Connection, luck: random.Random) -> tuple[str, int]:
    number = pick(conn, luck, "kit_seal", "number")
    what = luck.choice(["sealed_at = sealed_at - interval '1 day'", "count = count + 1", "horizon = horizon - 1", "cluster = 'x'"])
    change(conn, number, what, "kit_seal", "number")
    return "seal", number


def seal_removed(conn: Connection, luck: random.Random) -> tuple[str, int]:
    number = luck.randint(1, 5)
    conn.execute("DELETE FROM kit_seal WHERE number = %s", [number])
    return "gap", number


def signature_altered(conn: Connection, luck: random.Random) -> tuple[str, int]:
    number = pick(conn, luck, "kit_seal", "number")
    change(conn, number, "signature = set_byte(signature, 5, get_byte(signature, 5) # 1)", "kit_seal", "number")
    return "signature", number


def signed_again(conn: Connection, luck: random.Random) -> tuple[str, int]:
    """Rewrite the chain from one event on, and sign it with another key: everything agrees but the key."""
    _, event = edited(conn, luck)
    forge(conn, event)
    return "key", seal_of(conn, event)


def forge(conn: Connection, event: int) -> None:
    """Make leaf, batch and every digest from there on agree with an edited event."""
    conn.execute("UPDATE kit_sealedevent SET leaf = %s WHERE event_id = %s", [record.leaf(text_of(conn, event)), event])
    key, previous = Ed25519PrivateKey.generate(), b""
    words = f"SELECT {sealer.COLUMNS} FROM kit_seal WHERE number >= %s ORDER BY number"  # noqa: S608 -- our own columns
    for values in conn.execute(words, [seal_of(conn, event)]).fetchall():
        seal = Seal(*values)
        seal = replace(seal, batch=record.batch(leaves(conn, seal.number)), previous=previous or seal.previous)
        previous = seal.hashed()
        conn.execute(
            "UPDATE kit_seal SET batch = %s, previous = %s, digest = %s, signature = %s, public_key = %s WHERE number = %s",
            [seal.batch, seal.previous, previous, key.sign(previous), key.public_key().public_bytes_raw(), seal.number],
        )


SPOILS: list[Spoil] = [
    edited, told_of_another_time, told_of_before_christ, given_to_nobody, deleted, deleted_and_hidden, hidden_and_counted_again,
    edited_with_its_leaf, swapped, payload_swapped, subject_changed, subject_added, subject_removed, put_in_later, put_in_ahead,
    put_in_and_sealed, put_in_as_of_yesterday_and_sealed, seal_altered, seal_removed, signature_altered, signed_again,
]  # fmt: skip


def cut(conn: Connection, after: int) -> None:
    """Take the last seals away with everything under them."""
    conn.execute("DELETE FROM kit_auditevent WHERE id IN (SELECT event_id FROM kit_sealedevent WHERE seal_id > %s)", [after])
    conn.execute("DELETE FROM kit_sealedevent WHERE seal_id > %s", [after])
    conn.execute("DELETE FROM kit_seal WHERE number > %s", [after])
