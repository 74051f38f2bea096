"""The search tokens of many persons: some twenty short rows each, gathered and then written in the key's order."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from functools import lru_cache

from cortile.kit import bulk
from cortile.people import rules
from cortile.people.models import ContactPoint, Person, SearchToken

TABLE = "people_searchtoken"


@lru_cache(maxsize=1 << 16)
def _of_name(name: str) -> frozenset[str]:
    return frozenset(rules.name_tokens(name))


class Index:
    """Gathers who is found by each token. Eight bytes a row: three million rows fit in the import's memory."""

    def __init__(self, agency_id: int) -> None:
        self.agency_id = agency_id
        self.found: dict[str, array[int]] = {}

    def add(self, person_id: int, names: Iterable[str], numbers: Iterable[str]) -> None:
        """Add a person by names, card and phones."""
        for token in frozenset().union(*map(_of_name, names)) | rules.number_tokens(numbers):
            if token in self.found:
                self.found[token].append(person_id)
            else:
                self.found[token] = array("q", (person_id,))

    def write(self) -> None:
        """Copy the rows in, sorted: a key that only grows at its end costs a third."""
        if self.found:
            bulk.copy_text(TABLE, ["agency_id", "token", "person_id"], self._lines())
        self.found = {}

    def _lines(self) -> Iterator[str]:
        for token in sorted(self.found):
            start = f"{self.agency_id}\t{token}\t"
            yield "".join(f"{start}{person}\n" for person in self.found[token])


def rewrite(agency_id: int, persons: Iterable[int]) -> None:
    """Write the tokens of some persons again."""
    index = Index(agency_id)
    for batch in bulk.batches(sorted(persons)):
        SearchToken.objects.filter(person__in=batch).delete()
        numbers: dict[int, list[str]] = {}
        for person, value in ContactPoint.objects.filter(person__in=batch).values_list("person_id", "value"):
            numbers.setdefault(person, []).append(value)
        rows = Person.objects.filter(pk__in=batch).order_by()
        for key, given, family, card in rows.values_list("pk", "given_name", "family_name", "card_number"):
            index.add(key, (given, family), (card, *numbers.get(key, ())))
    index.write()
