"""What somebody outside can learn from one request: the answer itself, and everything it did on the way."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import mail
from django.db import connection, transaction
from django.test import Client

from cortile.kit import wall
from tests.two_worlds.product import Request

# Drawn anew for each page, and telling nothing: everything else is compared byte for byte.
DRAWN = re.compile(rb'name="(?:csrfmiddlewaretoken|once)" value="[^"]*"|nonce-[\w+/=-]+')
# A savepoint is numbered by thread and turn, a cookie's end by the clock on the wall.
NUMBERED, ENDS = re.compile(r'"s\d+_x\d+"'), re.compile(r"expires=[^;]*")
OK = 200
SECRET_COOKIES = {settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME}
UNCOMPARED = {"Date"}
# A code to sign in with, on paper: drawn anew each time it is asked for.
SECRET_PAPER = re.compile(r"/scrivania/persone/\d+/codice\.pdf$")
# What leaves by itself, and the records of who did what: looked at as a write leaves them.
OUTBOX = (
    "SELECT md5(string_agg(concat_ws('|', channel, state, \"to\", subject, text), '/' ORDER BY id)) FROM messages_delivery",
    "SELECT md5(string_agg(concat_ws('|', what, verb, agent_id, thing, thing_id, fields), '/' ORDER BY id)) FROM kit_auditevent",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything one request could tell."""

    status: int
    headers: tuple[tuple[str, str], ...]
    cookies: tuple[str, ...]
    body: str
    queries: int
    statements: str
    log: tuple[str, ...]
    mails: tuple[str, ...]
    outbox: tuple[str, ...]
    files: tuple[str, ...]

    def unlike(self, other: Answer) -> list[str]:
        """Name the channels by which two answers can be told apart."""
        theirs = asdict(other)
        return [name for name, mine in asdict(self).items() if mine != theirs[name]]


class Log(logging.Handler):
    """Keeps what is said."""

    def __init__(self) -> None:
        super().__init__(level=0)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line."""
        self.lines.append(f"{record.name} {record.levelname} {record.getMessage()}")


class Counter:
    """Counts the statements a block sends, and remembers them without their values."""

    def __init__(self) -> None:
        self.number, self.digest = 0, hashlib.sha256()

    def __call__(self, execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:  # noqa: ANN401 -- Django's own signature
        """Let one statement pass."""
        self.number += 1
        self.digest.update(NUMBERED.sub("s", str(sql)).encode())
        return execute(sql, params, many, context)


class Asker(Client):
    """Asks as the test client does, and keeps nothing between one request and the next: no cookie, no template's values."""

    def request(self, **environ: Any) -> Any:  # noqa: ANN401 -- Django's own signature
        """Send one request; a fault of the house is a page that says so and a line in the log."""
        return self.handler(self._base_environ(**environ))  # type: ignore[attr-defined]  # of the client, and not in its types


def ask(client: Client, request: Request) -> Answer:
    """Send a request and undo what it wrote; return all that could be learned."""
    log, counter = Log(), Counter()
    mail.outbox, files = [], _files()
    with transaction.atomic(), _heard(log), connection.execute_wrapper(counter):
        status, headers, given, body = _answered(client, request)
        outbox = _outbox() if request.writes else ()
        transaction.set_rollback(True)
    letters = tuple(f"{m.to} {m.subject} {m.body}" for m in mail.outbox)
    new = tuple(sorted(_files() - files))
    return Answer(status, headers, given, body, counter.number, counter.digest.hexdigest(), tuple(log.lines), letters, outbox, new)


def _answered(client: Client, request: Request) -> tuple[int, tuple[tuple[str, str], ...], tuple[str, ...], str]:
    """Return status, headers, cookies and the digest of the body before compression."""
    found = client.generic(request.method, request.address, request.body, content_type=request.kind, headers=dict(request.headers))
    raw = b"".join(found.streaming_content) if found.streaming else found.content  # type: ignore[attr-defined]  # one of the two kinds
    if SECRET_PAPER.search(request.address) and request.writes and found.status_code == OK:
        return OK, (), (), "a code on paper"
    headers = tuple(sorted((k, DRAWN.sub(b"", v.encode()).decode()) for k, v in found.headers.items() if k not in UNCOMPARED))
    cookies = tuple(sorted(_told(name, morsel.OutputString()) for name, morsel in found.cookies.items()))
    return found.status_code, headers, cookies, hashlib.sha256(DRAWN.sub(b"", raw)).hexdigest()


def _told(name: str, said: str) -> str:
    kept = ENDS.sub("", said)
    return re.sub(r"^[^;]*", name, kept) if name in SECRET_COOKIES else kept


@contextlib.contextmanager
def _heard(log: Log) -> Iterator[None]:
    """Hear every logger there is, the quiet ones too."""
    root = logging.getLogger()  # noqa: TID251 -- it listens, and says nothing
    before = root.level
    root.addHandler(log)
    root.setLevel(logging.INFO)
    try:
        yield
    finally:
        root.removeHandler(log)
        root.setLevel(before)


def _outbox() -> tuple[str, ...]:
    with wall.within(wall.EVERY_BODY), connection.cursor() as cursor:
        found = []
        for sql in OUTBOX:
            cursor.execute(sql)
            found.append(str(cursor.fetchone()[0]))
    return tuple(found)


def _files() -> set[str]:
    return {str(path.relative_to(settings.STATE)) for path in Path(settings.OUTBOX_DIR).rglob("*")}
