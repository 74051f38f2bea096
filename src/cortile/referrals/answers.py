"""What an answer to a service may hold: it leaves the house, and nobody ticked its words (I3).

Where «altre parole» was ticked they were agreed. Else an answer tells of her nothing but what was ticked, and of others nothing:
what the house knows of her and of who lives with her is looked for as it is, the rest by how it is written (``kit.anonymous``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from cortile.kit import anonymous
from cortile.people.models import Person
from cortile.referrals import fields
from cortile.referrals.models import Referral

# Figures by which a telephone is the same with and without its prefix; shorter words of a name are of the language.
SAME_NUMBER, SHORTEST = 9, 3


def not_ticked(row: Referral, text: str) -> str:
    """Return the first thing in an answer that was not ticked, or nothing. Source: GDPR art. 5.1.c, data minimisation."""
    if "notes" in row.fields:
        return ""
    given = {key: str(value) for key, value in row.shared.items()}
    phone = given.pop("phone", "")
    left = _without_number(text, "" if _only_in_person(row) else phone)
    left = anonymous.covered(left, [*given.values(), *given.get("name", "").split()])
    hidden = [word for one in fields.members(row.person) or [row.person] for word in one.full_name.split()]
    apart = {"capital", "street"} if "address" in given else {"capital"}
    known = [row.service.name, row.service.organization.name]
    return _said(left, [*hidden, *_year(row.person)]) or anonymous.personal(left, known, apart=apart)


def _only_in_person(row: Referral) -> bool:
    """Tell whether her number is not given any more: the mark may have come after the sending."""
    return row.thread.only_in_person or row.person.only_in_person


def _without_number(text: str, phone: str) -> str:
    """Cover the telephone that was ticked, however it is grouped; any other is somebody else's."""
    figures = _figures(phone)
    return anonymous.LONG_NUMBER.sub(lambda m: "x" if figures and _figures(m.group()) == figures else m.group(), text)


def _figures(number: str) -> str:
    return re.sub(r"\D", "", number)[-SAME_NUMBER:]


def _year(person: Person) -> list[str]:
    return [str(person.birth_date.year)] if person.birth_date else []


def _said(text: str, hidden: Iterable[str]) -> str:
    """Return the first of some words that stands in a text. In small letters «sala» is a room, not the Salas."""
    for word in hidden:
        found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) if len(word) >= SHORTEST else None
        if found and not found.group().islower():
            return found.group()
    return ""
