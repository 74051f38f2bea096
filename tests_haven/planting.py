"""Write words through the lane's own acts and pages, in a process of its own: ``python -m tests_haven.planting``.

The words come by standard input, so that no list of processes shows them. It says how many can be read again with the key.
"""

from __future__ import annotations

import sys

import django

KINDS = ("note", "step", "appointment", "paper")


def main() -> None:
    """Plant every word, and read all of them again."""
    django.setup()
    words = sys.stdin.read().split()
    found = by_hand(words[: len(words) // 2]) | by_pages(words[len(words) // 2 :])
    sys.stdout.write(f"{len(found)}\n")


def by_hand(words: list[str]) -> set[str]:
    """Write words as codes, contacts, notes, steps and papers, and return those that are read again."""
    from django.db import transaction  # noqa: PLC0415 -- once Django is up

    from cortile.haven import world  # noqa: PLC0415 -- once Django is up
    from cortile.haven.actions import records  # noqa: PLC0415 -- once Django is up
    from cortile.haven.reads import records as reads  # noqa: PLC0415 -- once Django is up

    shift, chiara = world.at_the_desk("chiara")
    for first in range(0, len(words), 6):
        code, how, *rest = words[first : first + 6] + [""] * max(0, first + 2 - len(words))
        record = records.open_record(shift, code, by=chiara, contact={"how": how, "value": how})
        for kind, word in zip(KINDS, rest, strict=False):
            records.write(shift, record, {"kind": kind, "text": word, "title": word, "data": word.encode().hex()}, by=chiara)
    # A page's reads and the events they leave are one transaction.
    with transaction.atomic():
        opened = reads.every(shift, by=chiara)
    said = str([entry.content for one in opened for entry in one.entries])
    return {word for word in words if word in said}


def by_pages(words: list[str]) -> set[str]:
    """Say words where anybody may: as a login, in an address, in a search, in a cookie, in a header."""
    from django.test import Client  # noqa: PLC0415 -- once Django is up

    client = Client(headers={"host": "riservato.localhost"}, raise_request_exception=False)
    for word in words:
        client.cookies["word"] = word
        client.post("/lavoro/entra/", {"login": word, "phrase": word, "frase": word})
        client.post("/orari/disdici/", {"first": word, "second": word, "words": word})
        client.get(f"/?q={word}", headers={"user-agent": word, "referer": f"http://riservato.localhost/{word}/"})
        client.get(f"/{word}/")
    return set(words)


if __name__ == "__main__":
    main()
