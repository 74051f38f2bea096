"""Which cards some words mean: by the need they name, in any language, by the card's own name, and by what it says it does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from django.db.models import Q, QuerySet

from cortile.directory import vocabulary
from cortile.directory.models import Attribute, Service
from cortile.directory.rules import matching

Alike = dict[str, int]


@dataclass(frozen=True, slots=True, order=True)
class Fit:
    """How well a card answers some words: how many of them it does not, and whether we had to guess. Least is best."""

    missing: int
    guessed: bool


def meant(text: str) -> dict[str, Alike]:
    """Return the needs some words mean, by code, those said outright before those guessed. One query."""
    found = vocabulary.needs(matching.telling(text)) if text.strip() else {}
    return dict(sorted(found.items(), key=lambda need: -max(need[1].values())))


def fits(rows: QuerySet[Service], text: str, needs: Mapping[str, Alike]) -> dict[int, Fit]:
    """Return the cards that answer some words, and how well; ``needs`` are what they mean. Three queries, whatever the cards."""
    words = matching.telling(text)
    if not words:
        return {}
    found: defaultdict[int, Alike] = defaultdict(dict)
    _by_need(rows, needs, found)
    _by_name(rows, words, found)
    _by_description(rows, words, found)
    return {pk: Fit(len(words) - len(alike), min(alike.values()) <= matching.SLIP) for pk, alike in found.items()}


def closest(found: Mapping[int, Fit]) -> list[int]:
    """Return the cards that answer as many of the words as any card does."""
    least = min((fit.missing for fit in found.values()), default=0)
    return [pk for pk, fit in found.items() if fit.missing == least]


def _by_need(rows: QuerySet[Service], needs: Mapping[str, Alike], found: defaultdict[int, Alike]) -> None:
    under = Attribute.objects.filter(service__in=rows.values("pk"), term__taxonomy__key="needs", term__code__in=list(needs))
    for pk, code in under.values_list("service_id", "term__code"):
        _add(found, pk or 0, needs[code])


def _by_name(rows: QuerySet[Service], words: tuple[str, ...], found: defaultdict[int, Alike]) -> None:
    """Compare with each word that stands in some name once: five thousand cards are called by a few hundred words."""
    named: defaultdict[str, list[int]] = defaultdict(list)
    for pk, *names in rows.order_by().values_list("pk", "name", "alternate_name", "organization__name"):
        for word in {word for name in names for word in matching.telling(name)}:
            named[word].append(pk)
    for said, known in product(words, named):
        if how := matching.likeness(said, known):
            for pk in named[known]:
                _add(found, pk, {said: how})


def _by_description(rows: QuerySet[Service], words: tuple[str, ...], found: defaultdict[int, Alike]) -> None:
    said = Q()
    for word in words:
        said |= Q(description__icontains=word)
    for pk, description in rows.filter(said).order_by().values_list("pk", "description"):
        text = matching.plain(description)
        _add(found, pk, {word: matching.BEGINS for word in words if word in text})


def _add(found: defaultdict[int, Alike], pk: int, alike: Alike) -> None:
    for word, how in alike.items():
        found[pk][word] = max(how, found[pk].get(word, 0))
    if not found[pk]:
        del found[pk]
