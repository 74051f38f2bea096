"""How plain an Italian text is: Gulpease over prose, the longest sentence, long words and banned ones. Pure.

Gulpease (GULP, La Sapienza; Lucisano and Piemontese 1988) sees length only: the other three measures stand beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser

# product §8: what may not be published. Texts for a phone, a receipt or a consent are held to the first figure.
SHORT_TEXT_GATE, PAGE_GATE = 70, 60
SHORTEST_PROSE = 4
FEW_WORDS = 20
LONGEST_OF_FEW = 15
LONGEST_SENTENCE = 25
LONG_WORD = 13

ABBREVIATIONS = frozenset(
    {"art.", "artt.", "n.", "nn.", "nr.", "tel.", "cell.", "sig.", "sig.ra", "dott.", "dott.ssa", "avv.", "ing.", "es.", "ecc."}
    | {"pag.", "pagg.", "p.", "c.", "lett."}
)
# Each pattern finds a word nobody should have to read, with what we say instead (product §8 and §9).
BANNED: tuple[tuple[str, str], ...] = (
    (r"istanz[ae]", "domanda"),
    (r"assegnatari\w*", "chi ha il contratto"),
    (r"moros\w+", "affitto non pagato"),
    (r"corrispettiv[oi]", "affitto"),
    (r"canon[ei]", "affitto"),
    (r"ai sensi", "(togliere)"),
    (r"in ottemperanza", "perché lo dice"),
    (r"provvediment[oi]", "decisione"),
    (r"decors[oi] (?:il|i) termin[ei]", "dopo il…"),
    (r"presentar\w+ presso", "venire a"),
    (r"utenz[ae]", "inquilini, oppure bolletta"),
    (r"utent[ei]", "persona"),
    (r"erog(?:a|h|o|iamo)\w*", "dare, pagare"),
    (r"fru(?:ire|isc\w+|it[oaie]|endo)", "usare"),
    (r"nucle[oi] familiar[ei]", "famiglia"),
    (r"documentazion[ei]", "fogli, documenti"),
    (r"si comunica che", "(dire la cosa)"),
    (r"perentori\w*", "entro"),
    (r"entro e non oltre", "entro"),
    (r"scrivente(?: ufficio)?", "noi"),
    (r"s\.v\.", "tu"),
    # «in ogni caso» and «in caso di» speak of no person.
    (r"(?<!in )(?<!ogni )cas[oi]", "richiesta"),
    (r"fragil[ei]", "(dire che cosa serve)"),
    (r"vittim[ae]", "donna"),
    (r"abusiv\w+", "(dire il fatto)"),
    (r"purtroppo", "(togliere)"),
)
_BANNED = tuple((re.compile(rf"(?<!\w){found}(?!\w)", re.IGNORECASE), instead) for found, instead in BANNED)
_ENDS = re.compile(r"[.!?…]+(?=$|[\s»”\")\]])")
_INITIALS = re.compile(r"(?:[^\W\d_]\.){2,}")
_BUTTON = re.compile(r"\[([^\]]*)\]")
_BETWEEN_WORDS = re.compile(r"[\s'’]+")


@dataclass(frozen=True, slots=True)
class Measure:
    """What an editor shows beside a text."""

    index: float
    sentences: int
    words: int
    letters: int
    longest_sentence: str
    longest_words: int
    long_words: tuple[str, ...]
    banned: tuple[tuple[str, str], ...]


def measure(text: str) -> Measure:
    """Measure a plain text whose variables are already filled with values somebody could receive."""
    return _measured([piece for line in text.splitlines() for piece in _BUTTON.split(line)])


def measure_html(page: str) -> Measure:
    """Measure the prose of a page: every block, list item, cell or button ends a sentence."""
    reader = _Blocks()
    reader.feed(page)
    reader.close()
    return _measured("".join(reader.text).split("\n"))


def problems(text: str, *, gate: int = PAGE_GATE) -> list[str]:
    """Return, in words, why a text may not be published; an empty list lets it through.

    A text of fewer than twenty words is held to fifteen words a sentence instead of the index.
    """
    found = measure(text)
    longest = LONGEST_OF_FEW if found.words < FEW_WORDS else LONGEST_SENTENCE
    said = [f"«{word}»: meglio «{instead}»" for word, instead in found.banned]
    if found.words >= FEW_WORDS and found.index < gate:
        said.append(f"Indice Gulpease {found.index:.0f}: serve almeno {gate}")
    if found.longest_words > longest:
        said.append(f"Frase di {found.longest_words} parole: al massimo {longest}")
    return said


def words_of(text: str) -> list[str]:
    """Return the words of a text: tokens with a letter; an apostrophe divides, a bare number is none."""
    return [token for token in _BETWEEN_WORDS.split(text) if any(c.isalpha() for c in token)]


def sentences_of(text: str) -> list[str]:
    """Return the sentences of one block. Numbers, acronyms and abbreviations do not end one; nor do ``:`` and ``;``."""
    found, start = [], 0
    for end in _ENDS.finditer(text):
        if not _is_short_form(text[start : end.end()]):
            found.append(text[start : end.end()].strip())
            start = end.end()
    return [sentence for sentence in [*found, text[start:].strip()] if sentence]


def banned_in(text: str) -> tuple[tuple[str, str], ...]:
    """Return the banned words of a text as written, each with what to say instead."""
    return tuple((hit.group(), instead) for pattern, instead in _BANNED for hit in pattern.finditer(text))


def gulpease(sentences: int, words: int, letters: int) -> float:
    """Return 89 + (300 × sentences − 10 × letters) / words, kept between 0 and 100; no words at all is 100."""
    if not words:
        return 100.0
    return max(0.0, min(100.0, 89 + (300 * sentences - 10 * letters) / words))


def _is_short_form(text: str) -> bool:
    last = text.rpartition(" ")[2].lstrip("(«“\"'").lower()
    return last in ABBREVIATIONS or _INITIALS.fullmatch(last) is not None


def _measured(blocks: Iterable[str]) -> Measure:
    every = [sentence for block in blocks for sentence in sentences_of(block)]
    prose = [sentence for sentence in every if len(words_of(sentence)) >= SHORTEST_PROSE]
    words = [word for sentence in prose for word in words_of(sentence)]
    letters = sum(c.isalpha() for word in words for c in word)
    longest = max(prose, key=lambda sentence: len(words_of(sentence)), default="")
    long_words = {bare for word in words if len(bare := word.strip('.,;:!?…()«»“”"')) >= LONG_WORD}
    return Measure(
        index=gulpease(len(prose), len(words), letters),
        sentences=len(prose),
        words=len(words),
        letters=letters,
        longest_sentence=longest,
        longest_words=len(words_of(longest)),
        long_words=tuple(sorted(long_words)),
        banned=banned_in("\n".join(every)),
    )


class _Blocks(HTMLParser):
    """Puts a line end wherever a block starts or ends, and keeps out what nobody reads."""

    INLINE = frozenset(
        {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "i", "kbd", "mark", "q", "s", "small", "span", "strong"}
        | {"sub", "sup", "time", "u", "wbr"}
    )
    UNREAD = frozenset({"script", "style", "template", "head"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 -- the parser's own form
        self._unread += tag in self.UNREAD
        self._divide(tag)

    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in self.UNREAD and self._unread > 0
        self._divide(tag)

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.text.append(re.sub(r"\s+", " ", data))

    def _divide(self, tag: str) -> None:
        if tag not in self.INLINE:
            self.text.append("\n")
