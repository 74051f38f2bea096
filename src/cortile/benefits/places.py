"""Somebody's place in line, and what is said of it to them: where they stand, how far the money goes, what may still change."""

from __future__ import annotations

from typing import NamedTuple

from cortile.benefits import words
from cortile.kit import dates


class Place(NamedTuple):
    """One application's place, at one moment. ``place`` is 0 where it does not stand in line.

    ``reached`` is how many places, from the first, the money is enough for; ``provisional`` until a list is drawn, where one
    is. ``residual_cents`` is what nobody has yet; ``kept_cents`` what is kept for this one, of ``asked_cents``. ``shared`` is
    where everybody is given a part.
    """

    place: int
    of: int
    reached: int
    provisional: bool
    residual_cents: int
    kept_cents: int = 0
    asked_cents: int = 0
    shared: bool = False


def said(place: Place, language: str = "it") -> list[str]:
    """Say a place in line to whoever stands there, in short sentences, the most important first."""
    if not place.place:
        return [str(words.PLACES["not_in_line"])]
    if place.shared:
        return _shared(place, language)
    names = {"place": place.place, "of": place.of, "reached": place.reached}
    where = words.PLACES["for_now" if place.provisional else "where"] % names
    if not place.provisional and place.kept_cents >= place.asked_cents:
        return [str(where), _kept("kept", place, language), str(words.PLACES["then_we_look"])]
    lines = [str(where), str(_reach(place.reached) % names)]
    if place.provisional:
        return [*lines, str(words.PLACES["may_change"])]
    if place.kept_cents:
        lines.append(_kept("kept_partly", place, language))
    return [*lines, str(words.PLACES["goes_on"])]


def _reach(reached: int) -> str:
    return str(words.PLACES["reaches_nobody" if not reached else "reaches_one" if reached == 1 else "reaches"])


def _shared(place: Place, language: str) -> list[str]:
    told = words.PLACES["shared"]
    if place.provisional:
        return [str(told), str(words.PLACES["shared_later"])]
    whole = place.kept_cents >= place.asked_cents
    return [str(told), _kept("kept" if whole else "kept_partly", place, language), str(words.PLACES["then_we_look"])]


def _kept(name: str, place: Place, language: str) -> str:
    return str(words.PLACES[name] % {"sum": dates.euro(place.kept_cents, language)})
