"""Which cards of a file are the same, among themselves or with what is there. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from cortile.directory.importing.reading import Ready
from cortile.directory.importing.report import DUPLICATE, Reason, Row
from cortile.directory.rules.same import address_key, name_key, phone_key, tax_key

Key = tuple[str, ...]


@dataclass(slots=True)
class Seen:
    """What was met so far: by what makes two cards one, where the first of them is."""

    cards: dict[Key, str] = field(default_factory=dict)
    phones: dict[str, str] = field(default_factory=dict)

    def add(self, keys: Iterable[Key], phones: Iterable[str], where: str) -> None:
        """Remember a card."""
        for key in keys:
            self.cards.setdefault(key, where)
        for phone in phones:
            self.phones.setdefault(phone_key(phone), where)

    def first(self, keys: Iterable[Key]) -> str:
        """Return where a card with one of these keys was met first, or nothing."""
        return next((self.cards[key] for key in keys if key in self.cards), "")


def keys_of(name: str, address: str, tax_id: str, organization: str, phones: Iterable[str]) -> list[Key]:
    """Return what makes two cards one: the same name at one address, of one body, or on one telephone.

    A telephone or a tax number alone is no duplicate: an association answers for ten services at one switchboard.
    """
    said = name_key(name)
    keys: list[Key] = [("body", said, name_key(organization))] if not address else []
    if address:
        keys.append(("address", said, address_key(address)))
    if tax_id:
        keys.append(("tax", said, tax_key(tax_id)))
    return [*keys, *(("phone", said, phone_key(p)) for p in phones if p)]


def ready_keys(ready: Ready) -> list[Key]:
    """Return the keys of a card about to be stored."""
    return keys_of(
        ready.service["name"],
        ready.address,
        ready.organization["tax_id"],
        ready.organization["name"],
        [p["number"] for p in ready.phones],
    )


def judge(row: Row, ready: Ready, seen: Seen) -> bool:
    """Tell whether a card is new; refuse it as a duplicate, or note that its telephone was met before."""
    keys, numbers = ready_keys(ready), [p["number"] for p in ready.phones]
    if where := seen.first(keys):
        row.refuse(DUPLICATE, Reason("", f"È già {where}.", "Se sono due servizi diversi, cambia il nome di uno."))
        return False
    also = next((seen.phones[phone_key(n)] for n in numbers if phone_key(n) in seen.phones), "")
    if also:
        row.notes.append(Reason("telefono", f"È lo stesso telefono: {also}.", "Guarda se è lo stesso servizio."))
    seen.add(keys, numbers, f"alla riga {row.number}")
    return True
