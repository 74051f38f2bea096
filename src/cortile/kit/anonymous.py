"""Is a sentence anonymous? A situation is told without saying whose it is: at a table, or in words that leave the house. Pure.

Naming is simply refused: no name, telephone, mail, tax code, address or number of a request. The check is strict on purpose
and looks at how words are written; a family name alone at the beginning of a sentence it cannot know.
Source: GDPR art. 5.1.c, data minimisation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

# Given names heard in Milanese courtyards that are no other Italian word: found however they are written.
_GIVEN = """
    adele adriana ahmed alberto alessandra alessandro alessia alessio alice amina andrea angela anna antonella
    antonio arianna beatrice bruno camilla carla carlo carmen caterina chiara cinzia claudia claudio cristina daniela
    daniele davide debora diego domenico donatella eleonora elena elisa emanuela emilio enrico ernesto fabio fabrizio fatima
    federica federico filippo fiorella francesca francesco gabriele gabriella giacomo gianni giorgia giorgio giovanna
    giovanni giulia giuliana giulio giuseppe giuseppina hassan ibrahim igor ilaria irene isabella ivana karim khadija laura
    leonardo lorenza lorenzo lucia luciana luigi luisa manuela marcello marco maria mariam marta martina massimo matteo
    mattia maurizio michela michele mohamed monica mustafa nadia natalia nicola nicoletta olga omar ornella oscar paola paolo
    patrizia pietro raffaele raffaella renato riccardo rita roberta roberto rosanna salvatore samira sandra sara sebastiano
    sergio silvana silvia simona simone sonia stefania stefano svetlana teresa tiziana tommaso ugo valentina valeria vanessa
    veronica vincenzo virginia vittorio yasmin youssef
"""
GIVEN = frozenset(_GIVEN.split())
TITLES = "signor|signora|signorina|sig|sigg|sigra|dott|dottssa|dottoressa|prof|famiglia|nonna|nonno|zia|zio"
ROADS = "via|viale|piazza|piazzale|corso|largo|vicolo|strada|alzaia"
STREETS = f"{ROADS}|scala|interno|citofono"
MAIL = re.compile(r"\S+@\S+")
TAX_CODE = re.compile(r"\b[A-Z]{6}\d\d[A-Z]\d\d[A-Z]\d{3}[A-Z]\b", re.IGNORECASE)
# Nine digits or more are a telephone or an account, however they are grouped; six in a row are a request, or a card.
LONG_NUMBER = re.compile(r"\+?\d(?:[ ./-]?\d){7,}|\d{5,}")
REQUEST = re.compile(
    r"\b(?:richiesta|pratica|segnalazione|domanda|numero|n|nr|foglio|tessera)\.?\s*(?:n|nr|numero)?\.?\s*[°º#]?\s*\d{3,}",
    re.IGNORECASE,
)
STREET = re.compile(
    rf"\b(?:{STREETS})\b\.?\s+(?:[^\W\d_][\w'’.]*\s+){{0,4}}(?:n\.?\s*)?\d+|\b(?:scala|interno)\s+[A-Z0-9]\b", re.IGNORECASE
)
# Where a table meets may stand in a street, and streets are named after people.
ROAD = re.compile(rf"\b(?i:{ROADS})\b\.?(?:\s+(?:d[ei](?:i|l|lla|lle|gli)?|[A-ZÀ-Ý][\w'’.]*)){{1,5}}(?:,?\s*\d+)?")
TITLED = re.compile(rf"\b(?i:{TITLES})\b\.?(?:\s+(?:d[ei]ll?[aeo’']|di|de|del|i|il|la)?\s*)[A-ZÀ-Ý][\w'’]+")
DATE_OF_BIRTH = re.compile(r"\bnat[oa]\b[^.]{0,20}\d{1,4}", re.IGNORECASE)
# A day of the calendar and a span of years are no telephone, unless more digits stand beside them.
CALENDAR = re.compile(
    r"(?<!\d)(?<!\d[ ./-])(?:(?:0?[1-9]|[12]\d|3[01])([/.])(?:0?[1-9]|1[0-2])\1(?:19|20)\d\d|"
    r"(?:19|20)\d\d ?[/–-] ?(?:19|20)\d\d)(?![ ./-]?\d)"
)
WORD = re.compile(r"[^\W\d_]\w*")
# After a colon, a parenthesis or a quotation mark Italian goes on in small letters: a capital there is a name.
BEGINNING = re.compile(r"(?:^|[.!?…\n])[\s–-]*$")
# Letters by Unicode, signs of an abbreviation in Italian («n. 3º»).
ORDINALS = "ªº"
SHORTEST, INITIALS = 3, 4
# What need not be looked for: nothing in a sentence; in what is itself a name, of a network or of where it meets, its capitals
# tell nothing and a street may stand in it.
SENTENCE: frozenset[str] = frozenset()
PROPER = frozenset({"capital", "road"})
# Organisations are named after people, in any script: «Centro Maria Teresa», «Fondazione Prof. Rossi».
FIRM = PROPER | {"name"}


def personal(text: str, known: Iterable[str] = (), *, apart: Collection[str] = SENTENCE) -> str:
    """Return the first thing in a text that looks like somebody's own, or nothing.

    ``known`` is what may be said: names of organisations, services and quarters. ``apart`` is what is not looked for.
    """
    text = ROAD.sub("x", text) if "road" in apart else text
    for pattern in (MAIL, TAX_CODE, DATE_OF_BIRTH):
        if found := pattern.search(text):
            return found.group().strip()
    text = CALENDAR.sub("x", text)
    for kind, pattern in (("request", REQUEST), ("street", STREET), ("number", LONG_NUMBER)):
        if kind not in apart and (found := pattern.search(text)):
            return found.group().strip()
    if "name" in apart:
        return ""
    bare = covered(text, known)
    if found := TITLED.search(bare):
        return found.group().strip()
    return _named(bare, capitals="capital" not in apart)


def covered(text: str, known: Iterable[str]) -> str:
    """Cover what may be said, the longest first: of a directory's thousands of names, only those that stand there."""
    folded = text.casefold()
    for name in sorted({k for k in known if len(k) >= SHORTEST and k.casefold() in folded}, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", lambda m: "x" * len(m.group()), text, flags=re.IGNORECASE)
    return text


def _named(text: str, *, capitals: bool) -> str:
    """Return a given name, or a word with a capital in the middle of a sentence. Initials such as ASL or CAF are no name."""
    for found in WORD.finditer(text):
        word = found.group()
        if word.lower() in GIVEN or any(_caseless(letter) for letter in word):
            return word
        inside = capitals and not BEGINNING.search(text[: found.start()])
        if inside and word[0].isupper() and not (word.isupper() and len(word) <= INITIALS) and word.lower() not in CAPITALS:
            return word
    return ""


def _caseless(letter: str) -> bool:
    """Tell a letter of a script without capitals (Arabic, Chinese): there a name looks like any other word."""
    return unicodedata.category(letter) == "Lo" and letter not in ORDINALS


# Words that Italian writes with a capital and that name nobody.
_CAPITALS = """
comune regione stato caritas milano lombardia lodi pavia monza brescia italia europa prefettura questura natale pasqua
ramadan spazio casa qubì inps aler municipio biblioteca università oratorio parrocchia fondazione associazione cooperativa
consultorio scuola prefetto sindaco regolamento siuss isee spid
"""
CAPITALS = frozenset(_CAPITALS.split())
