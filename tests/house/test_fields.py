"""Who sees which fields: every page for every role, with a word planted in each field, against a table written by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.house import marked
from tests.house.test_permissions import TABLE as PAGES
from tests.house.test_permissions import client_of, lines

pytestmark = pytest.mark.slow
TABLE = Path(__file__).with_name("fields.txt")
WHO = (
    "salvatore", "lucia", "silvia", "ornella", "link", "davide", "federica", "roberto", "nadia", "marta", "bruno", "paola",
    "delegate", "ortensia", "zenobia", "luca",
)  # fmt: skip


def expected(text: str) -> dict[str, set[str]]:
    """Read the table: of each role, the fields it is shown."""
    found: dict[str, set[str]] = {who: set() for who in WHO}
    for raw in text.splitlines():
        if raw and not raw.startswith("#"):
            field, *cells = raw.split()
            for who, cell in zip(WHO, cells, strict=True):
                found[who] |= {field} if cell == "o" else set()
    return found


def looked(client: Client, where: list[str]) -> dict[str, set[str]]:
    """Return, of each field somebody is shown, the addresses that show it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for address in where:
        for field in marked.shown(client.get(address)) - marked.asked(address):  # type: ignore[arg-type]  # the client's own answer
            found[field].add(address)
    return found


def differences(table: dict[str, set[str]], world: dict[str, object]) -> Iterator[str]:
    """Look everywhere as everybody, and name what the table does not say."""
    where = marked.addresses(lines(PAGES.read_text()), world)
    for who, fields in table.items():
        found = looked(client_of(who, world), where)
        yield from (f"{who} is shown {field} at {sorted(found[field])[:3]}" for field in sorted(set(found) - fields))
        yield from (f"{who} is nowhere shown {field}" for field in sorted(fields - set(found)))


def test_everybody_is_shown_the_fields_of_the_table_and_no_other() -> None:
    found = list(differences(expected(TABLE.read_text()), marked.plant()))
    assert found == [], "\n".join(found)


def test_a_field_too_many_and_one_too_few_are_noticed() -> None:
    table = {"salvatore": expected(TABLE.read_text())["salvatore"] - {"phone"} | {"rent"}}
    found = list(differences(table, marked.plant()))
    assert found == ["salvatore is shown phone at ['/scrivania/visite/']", "salvatore is nowhere shown rent"]


@pytest.mark.pure
@pytest.mark.parametrize(
    ("content", "fields"),
    [
        (b"<p>Oleandro</p>", {"delicate_title"}),
        (b'<input value="333 4477&nbsp;889">', {"phone"}),
        (b"anno;nome\n1931;Zenobia", {"birth", "name"}),
        (b'{"rent": 777700}', {"rent"}),
        (b"<option value=ti>tigrino</option><option selected>Lavanda</option>", {"question"}),
        (b'<input name="csrfmiddlewaretoken" value="a1931b9876c"><b>Zenobia</b>', {"name"}),
    ],
)
def test_a_word_leaked_on_purpose_is_found(content: bytes, fields: set[str]) -> None:
    assert marked.shown(HttpResponse(content)) == fields
    assert marked.shown(HttpResponse(content, status=404)) == set()


@pytest.mark.pure
def test_the_table_names_every_planted_field() -> None:
    named = [line.split()[0] for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]
    assert named == list(marked.MARKS)
