"""Pure decisions about names, cards and codes."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from difflib import SequenceMatcher
from functools import lru_cache
from hashlib import blake2b

from stdnum.it import codicefiscale

from cortile.kit import working_days

PREFIX = 4
SHORTEST = 2
DELEGATION_MONTHS = 12
CODE_DIGITS = 6
# Italian numbers have ten digits or fewer; what is longer carries the country's 39.
LONGEST_NUMBER = 10
# A code on paper lives thirty days, and may be guessed at for all of them.
PAPER_DIGITS = 8
PAPER_CODE_LIFE = timedelta(days=30)
# A code sent to a telephone: for ten minutes, five guesses, one use; so many of a card in an hour and in a day, and of an
# address in an hour. Those on paper are never among them.
TELEPHONES = ("sms", "voice")
SENT_CODE_LIFE = timedelta(minutes=10)
SENT_CODE_GUESSES = 5
CODES_AN_HOUR, CODES_A_DAY, CODES_OF_ADDRESS = 3, 8, 10
COPY_LIFE = timedelta(days=90)
EARLIEST_BIRTH = date(1900, 1, 1)
LOOKS_ALIKE = 0.6
# Cards are numbered in an order only the database knows; those below were given in plain order before.
FIRST_SERIAL, LOWEST_CARD, CARDS = 100_001, 2_000_000, 8_000_000
_HALF, _ROUNDS = 1 << 12, 6
# Need to know: how long a reason to open a record holds, how much it must say, how many are looked at again.
OPEN_FOR = timedelta(hours=12)
GLASS_FOR = timedelta(hours=3)
SHORTEST_REASON = 10
SHORTEST_EMERGENCY = 20
SAMPLED = 5

_SOUNDS = (("ph", "f"), ("ck", "c"), ("kh", "c"), ("ch", "c"), ("sh", "s"), ("ou", "u"), ("th", "t"))
_LETTERS = str.maketrans({"y": "i", "j": "i", "k": "c", "q": "c", "w": "v", "x": "s", "z": "s", "h": None, "'": None})


def words(text: str) -> list[str]:
    """Return the words of a name, lower case and without accents; Arabic letters stay as they are."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
    return re.findall(r"[^\W\d_]+", bare.replace("'", "").replace("’", ""))


@lru_cache(maxsize=1 << 15)
def key(word: str) -> str:
    """Return how a word sounds to somebody writing it down: doubles, h, y/i, k/c, w/v, z/s fall together."""
    heard = word
    for spelling, sound in _SOUNDS:
        heard = heard.replace(spelling, sound)
    heard = heard.translate(_LETTERS)
    return re.sub(r"(.)\1+", r"\1", heard) or word


def can_be_sought(typed: Iterable[str]) -> bool:
    """Tell whether what was typed sounds like anything: «zzzz» is one sound, and would find half the quarter."""
    return any(len(key(word)) >= SHORTEST for word in typed)


def near(prefix: str) -> set[str]:
    """Return the prefix and every form of it with one letter missing."""
    return {prefix, *(prefix[:i] + prefix[i + 1 :] for i in range(len(prefix)))}


def name_tokens(*names: str) -> set[str]:
    """Return the token rows of a name: its first four sounds, those with one missing, and the whole word."""
    found: set[str] = set()
    for word in words(" ".join(names)):
        heard = key(word)
        found |= {f"n:{heard[:SHORTEST]}", f"n:{heard[:3]}", f"n:{heard[:PREFIX]}", f"w:{heard}"}
        found |= {f"~:{form}" for form in near(heard[:PREFIX])}
    return found


def number_tokens(values: Iterable[str]) -> set[str]:
    """Return the tokens of phone numbers and cards: the last six digits."""
    digits = (re.sub(r"\D", "", value) for value in values)
    return {f"d:{d[-6:]}" for d in digits if len(d) >= CODE_DIGITS}


def telephone(number: str) -> str:
    """Return the digits of an Italian number, however it is written: «+39 333…», «0039 333…» and «333…» are one."""
    digits = re.sub(r"\D", "", number).removeprefix("00")
    return digits.removeprefix("39") if len(digits) > LONGEST_NUMBER else digits


def exact_tokens(word: str) -> list[str]:
    """Return the tokens a typed word asks for: the whole word, else its beginning."""
    heard = key(word)
    return [f"n:{heard[:PREFIX]}"] if len(heard) >= SHORTEST else []


def near_tokens(word: str) -> list[str]:
    """Return the tokens of a word that may be misspelt by one letter."""
    heard = key(word)
    return sorted(f"~:{form}" for form in near(heard[:PREFIX])) if len(heard) > SHORTEST else []


def likeness(typed: str, name: str) -> float:
    """Return 0–1: how well the typed words match a name, each against its best word. A beginning is a full match."""
    asked, known = [key(w) for w in words(typed)], [key(w) for w in words(name)]
    if not asked or not known:
        return 0.0
    return sum(max(_word_likeness(a, k) for k in known) for a in asked) / len(asked)


def _word_likeness(asked: str, known: str) -> float:
    if known.startswith(asked):
        return 1.0 if known == asked else 0.98
    return SequenceMatcher(None, asked, known[: len(asked) + 1]).ratio() * 0.95


def check_digit(digits: str) -> int:
    """Return the Luhn check digit (ISO/IEC 7812-1) of a card number."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 -- Luhn folds two digits into one
    return (10 - total % 10) % 10


def card(serial: int) -> str:
    """Return an eight-digit personal card number whose last digit checks the others."""
    body = f"{serial:07d}"
    return f"{body}{check_digit(body)}"


def drawn_card(serial: int, key: str) -> str:
    """Return the card of a serial: every serial's is another one, and none of them tells the next without the key.

    Raise ``ValueError`` when eight million were given.
    """
    place = serial - FIRST_SERIAL
    if not 0 <= place < CARDS:
        raise ValueError(serial)
    while True:
        left, right = divmod(place, _HALF)
        for mix in _mixes(key):
            left, right = right, left ^ mix[right]
        place = left * _HALF + right
        if place < CARDS:
            return card(LOWEST_CARD + place)


@lru_cache(maxsize=4)
def _mixes(key: str) -> list[list[int]]:
    """Return what each round of the shuffle mixes into one half of a number: a Feistel network is one-to-one whatever it is."""
    return [[_mixed(f"{turn}:{half}", key) for half in range(_HALF)] for turn in range(_ROUNDS)]


def _mixed(what: str, key: str) -> int:
    return int.from_bytes(blake2b(what.encode(), key=key.encode(), digest_size=2).digest(), "big") % _HALF


def dialled(number: str) -> str:
    """Return the digits of an Italian number as they are dialled here, so that two ways of writing one are equal."""
    digits = re.sub(r"\D", "", number)
    return re.sub(r"^(?:0039|39(?=\d{9,}))", "", digits) if number.lstrip().startswith(("+", "00")) else digits


def takes(number: str, channel: str) -> bool:
    """Tell whether a number takes a code on a channel: an SMS a mobile, a voice a telephone at home. Abroad all are mobiles."""
    digits, abroad = dialled(number), re.match(r"\s*(?:\+|00)(?!39)", number) is not None
    home = digits.startswith("0") and not abroad
    mobile = digits.startswith("3") or abroad
    return len(digits) >= CODE_DIGITS and (mobile if channel == "sms" else home)


def is_card(text: str) -> bool:
    """Tell whether digits can be a card number."""
    digits = re.sub(r"\D", "", text)
    return len(digits) == 8 and check_digit(digits[:-1]) == int(digits[-1])  # noqa: PLR2004 -- eight digits


def birth_date_fits(born: date, today: date) -> bool:
    """Tell whether somebody living can be born on a date: from 1900 to today."""
    return EARLIEST_BIRTH <= born <= today


def may_be_same(name: str, born: date | None, other_name: str, other_born: date | None) -> bool:
    """Tell whether two entries may be one person: alike names, and birth dates that do not contradict."""
    if born and other_born and born != other_born:
        swapped = born.year == other_born.year and (born.month, born.day) == (other_born.day, other_born.month)
        return swapped and likeness(name, other_name) >= LOOKS_ALIKE
    return likeness(name, other_name) >= 0.9 and likeness(other_name, name) >= 0.9  # noqa: PLR2004 -- both ways alike


def delegation_end(since: date) -> date:
    """Return the last day of a delegation: twelve months (issue A)."""
    try:
        return since.replace(year=since.year + 1)
    except ValueError:
        return since.replace(year=since.year + 1, day=28)


def copy_end(since: date) -> date:
    """Return the last day another body may keep a copy: ninety days."""
    return since + COPY_LIFE


# A birthplace code that no municipality or country has: demo people carry it, production refuses it.
INVENTED_BIRTHPLACE = "Z999"


def is_fiscal_code(code: str) -> bool:
    """Tell whether a codice fiscale has the right shape and check letter (D.M. 23/12/1976)."""
    return bool(codicefiscale.is_valid(code)) if len(code) == 16 else False  # noqa: PLR2004 -- sixteen characters


def plain_fiscal_code(said: str) -> str:
    """Return a codice fiscale as the registry writes it, or nothing when it is none: «TINIT-» says that it is Italian.

    One changed because two people had the same (omocodia) is a code of its own, and never read as the one it came from.
    """
    code = "".join(said.split()).upper().removeprefix("TINIT-")
    return code if is_fiscal_code(code) else ""


def is_invented_code(code: str) -> bool:
    """Tell whether a codice fiscale names the birthplace that does not exist."""
    return code[11:15].upper() == INVENTED_BIRTHPLACE


def says_enough(reason: str, letters: int) -> bool:
    """Tell whether a reason is a sentence and not a few keys: blanks and repeated signs count for nothing."""
    said = re.sub(r"(.)\1{2,}", r"\1", " ".join(reason.split()))
    return len(said) >= letters


def review_due(broken_on: date, subdivision: str) -> date:
    """Return the last day for a second person to look at a broken glass: one working day after."""
    return working_days.add(broken_on, 1, subdivision)


def burst(opened: Iterable[tuple[datetime, int]], window: timedelta) -> tuple[int, datetime | None]:
    """Return the most different persons opened within a window, and when it was full."""
    rows, most, at = sorted(opened), 0, None
    for last, (moment, _person) in enumerate(rows):
        seen = len({person for when, person in rows[: last + 1] if when > moment - window})
        if seen > most:
            most, at = seen, moment
    return most, at


def sample(keys: Sequence[int], seed: str, count: int = SAMPLED) -> list[int]:
    """Return a handful of some openings: the same for the same month, and nobody chooses which."""
    ordered = sorted(keys)
    return sorted(random.Random(seed).sample(ordered, min(count, len(ordered))))  # noqa: S311 -- a draw anybody can repeat, not a secret
