"""What is asked: every page of the permission table × everybody × the ways a page can be asked, drawn with a printed seed."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from tests.house import test_permissions as table

FORM = "application/x-www-form-urlencoded"
# Searches, filters, orders, pages, other languages, other months: every word the house reads in an address, and two it does not.
ASKED: tuple[dict[str, str], ...] = (
    {"q": "brambilla"}, {"q": "a"}, {"q": "girasole"}, {"pagina": "2"}, {"pagina": "99"}, {"stato": "chiuse"}, {"quali": "tutte"},
    {"mese": "2026-02"}, {"dal": "2026-01-01"}, {"nome": "adele"}, {"codice": "MI-001"}, {"ente": "aler-milano"},
    {"ordina": "nome"}, {"lingua": "ar"}, {"dopo": "1"}, {"formato": "csv"}, {"cosa": "porte", "da": "2026-01-01"}, {"fatto": "1"},
)  # fmt: skip
HEADS: tuple[dict[str, str], ...] = (
    {"accept-language": "ar"}, {"if-none-match": '"x"'}, {"if-modified-since": "Tue, 10 Mar 2026 09:00:00 GMT"},
    {"accept": "application/json"},
)  # fmt: skip
# Writes that look for what may be taken already: a code, an address, an hour, a name.
PROBES: tuple[dict[str, str], ...] = (
    {}, {"q": "girasole"}, {"code": "girasole", "title": "girasole", "name": "girasole"}, {"email": "chiara@example.invalid"},
    {"starts_at": "2026-03-12T10:00", "hour": "2026-03-12T10:00", "day": "2026-03-12"},
    {"text": "girasole", "note": "girasole", "question": "girasole?"},
    {"phone": "333 5551 000", "value": "333 5551 000"}, {"given_name": "Adele", "family_name": "Brambilla"},
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Request:
    """One thing somebody asks."""

    who: str
    method: str
    address: str
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def kind(self) -> str:
        """Return the type of the body."""
        return FORM

    @property
    def writes(self) -> bool:
        """Tell whether it may change something."""
        return self.method not in {"GET", "HEAD"}

    def __str__(self) -> str:
        return f"{self.who}: {self.method} {self.address} {self.body} {dict(self.headers) or ''}".rstrip()


def once(lines: list[table.Line], world: dict[str, object], everybody: list[str]) -> Iterator[Request]:
    """Ask every page of the table as everybody, plainly."""
    for line in lines:
        address = table.address(line, world)
        yield from (Request(who, line.method, address) for who in everybody)


def variants(lines: list[table.Line], world: dict[str, object], everybody: list[str]) -> Iterator[Request]:
    """Ask it in every other way."""
    for line in lines:
        address = table.address(line, world)
        for who in everybody:
            yield from (_reads if line.method == "GET" else _writes)(who, address)


def _reads(who: str, address: str) -> Iterator[Request]:
    yield Request(who, "HEAD", address)
    yield from (Request(who, "GET", f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}") for asked in ASKED)
    yield from (Request(who, "GET", address, headers=tuple(heads.items())) for heads in HEADS)
    yield from (Request(who, "GET", near) for near in _nearby(address))


def _writes(who: str, address: str) -> Iterator[Request]:
    yield Request(who, "GET", address)
    yield from (Request(who, "POST", address, urlencode(said)) for said in PROBES[1:])
    yield from (Request(who, "POST", near) for near in _nearby(address))
    yield from (Request(who, method, address) for method in ("PUT", "DELETE"))


def _nearby(address: str) -> Iterator[str]:
    """Yield the numbers beside the one in an address: gaps are found there."""
    found = re.search(r"/(\d+)/", address)
    if found:
        number = int(found[1])
        yield from (address.replace(found[0], f"/{near}/", 1) for near in (number - 1, number + 1, 999_999))


def drawn(world: dict[str, object], seed: int, most: int | None, everybody: list[str]) -> list[Request]:
    """Return every page × everybody once, and of the rest as many as there is room for (None is all of it)."""
    lines = table.lines(table.TABLE.read_text())
    first, rest = list(once(lines, world, everybody)), list(variants(lines, world, everybody))
    if most is not None:
        rest = random.Random(seed).sample(rest, max(0, min(len(rest), most - len(first))))  # noqa: S311 -- a sample with a printed seed
    return first + rest
