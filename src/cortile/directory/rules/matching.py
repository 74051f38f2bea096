"""Whether what somebody wrote is a word we know, however it is written: accents, Arabic letters, a letter wrong. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from cortile.directory.rules.same import bare

# How alike two words are: the same, one begins the other, a slip of the hand, nothing.
SAME, BEGINS, SLIP, NOTHING = 3, 2, 1, 0
# A shorter word with a letter wrong is another word: «casa», «cassa». A long one may have two.
LEAST, LONG, MOST_WORDS = 5, 9, 8
_BEGINS_WITH = 4
_ARABIC_ARTICLE, _ARABIC_LEAST = "ال", 3
_ARABIC = str.maketrans({"ة": "ه", "ى": "ي", "ـ": ""})
# Words that say nothing of the need, in the languages of the house.
_EMPTY = frozenset(
    {
        "di", "a", "da", "in", "con", "su", "per", "tra", "fra", "il", "lo", "la", "i", "gli", "le", "un", "uno", "una", "e",
        "o", "che", "chi", "del", "della", "dei", "delle", "al", "alla", "ai", "nel", "nella", "mi", "mio", "mia", "ho",
        "cerco", "serve", "servono", "bisogno", "aiuto", "voglio", "vorrei", "dove", "trovo", "posso", "avere", "the", "an",
        "of", "for", "to", "my", "need", "help", "with", "some", "want", "where", "find", "at", "el", "los", "las", "de",
        "para", "necesito", "ayuda", "busco", "y", "sin", "pentru", "cu", "am", "nevoie", "ajutor", "fara", "на", "для", "в",
        "з", "і", "та", "мені", "потрібно", "допомога", "ang", "ng", "sa", "mga", "kailangan", "tulong", "في", "من", "على",
        "الى", "أريد", "اريد", "احتاج", "أحتاج", "مساعدة",
    }
)  # fmt: skip


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Return a text without accents, capitals and marks, its Arabic letters written one way."""
    return bare(text.translate(_ARABIC))


def _ways(word: str) -> tuple[str, ...]:
    """Return a word, and what it is without the Arabic article."""
    rest = word.removeprefix(_ARABIC_ARTICLE)
    return (word, rest) if len(word) > len(rest) >= _ARABIC_LEAST else (word,)


@lru_cache(maxsize=8192)
def telling(text: str) -> tuple[str, ...]:
    """Return the words of a text that say something; all of them where none does. At most eight."""
    words = tuple(dict.fromkeys(plain(text).split()))
    return (tuple(word for word in words if word not in _EMPTY) or words)[:MOST_WORDS]


def first_telling(text: str, most: int) -> str:
    """Return a text of the first words that say something, ``most`` of them: each is looked for in every card."""
    return " ".join(telling(text)[:most])


def likeness(said: str, word: str) -> int:
    """Return how alike what was said and a word are: ``SAME``, ``BEGINS``, ``SLIP`` or ``NOTHING``. Both are plain."""
    return max(_alike(one, other) for one in _ways(said) for other in _ways(word))


def _alike(said: str, word: str) -> int:
    if said == word:
        return SAME
    if _begins(said, word):
        return BEGINS
    if _without_blanks(word) or len(word) < LEAST:
        return NOTHING
    return SLIP if is_slip(said, word, 2 if len(word) >= LONG else 1) else NOTHING


def _begins(said: str, word: str) -> bool:
    """Tell whether one begins the other; where no blank parts the words, whether one stands in the other."""
    if _without_blanks(word):
        return word in said or (len(said) > 1 and said in word)
    return (len(said) >= _BEGINS_WITH and word.startswith(said)) or (len(word) >= LEAST and said.startswith(word))


def best(said: str, words: Iterable[str]) -> int:
    """Return how alike what was said is to the most alike of some words."""
    return max((likeness(said, word) for word in words), default=NOTHING)


def _without_blanks(word: str) -> bool:
    """Tell whether a word is of an alphabet that puts no blank between words (Chinese characters)."""
    return "一" <= word[:1] <= "鿿"


@lru_cache(maxsize=8192)
def _letters(word: str) -> frozenset[str]:
    return frozenset(word)


def is_slip(said: str, word: str, most: int) -> bool:
    """Tell whether at most so many letters are wrong, missing, too many, or changed places (optimal string alignment)."""
    # A letter in another's place changes two of the letters they have between them: most words are told apart by that alone.
    if abs(len(said) - len(word)) > most or len(_letters(said) ^ _letters(word)) > 2 * most:
        return False
    before: list[int] = []
    row = list(range(len(word) + 1))
    for i, letter in enumerate(said, 1):
        now = [i]
        for j, other in enumerate(word, 1):
            cost = min(row[j] + 1, now[j - 1] + 1, row[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == word[j - 2] and said[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            now.append(cost)
        if min(now) > most:
            return False
        before, row = row, now
    return row[-1] <= most
