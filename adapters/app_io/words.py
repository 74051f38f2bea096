"""What a message on App IO looks like: its lengths, where else it can be read, and no Markdown of anybody's. Pure."""

from __future__ import annotations

import re

SHORTEST_SUBJECT, LONGEST_SUBJECT = 10, 120
SHORTEST_BODY, LONGEST_BODY = 80, 10_000
# Every letter may need a stroke before it, and the sentence after comes too.
LONGEST_TEXT = 4_800
SOURCE = "it"
# Neutral: it stands on a locked screen.
SUBJECTS = {"it": "Un messaggio per te", "en": "A message for you", "es": "Un mensaje para ti", "ar": "لديك رسالة جديدة"}
# True of every message, and long enough by itself.
ELSEWHERE = {
    "it": "Lo trovi anche nell'app e, se lo chiedi, su carta allo Spazio. Per parlare con una persona chiama, o vieni allo Spazio.",
    "en": "It is also in the app and, if you ask, on paper at the Spazio. To talk to a person, call or come to the Spazio.",
    "es": "También está en la app y, si lo pides, en papel en el Spazio. Para hablar con una persona, llama o ven al Spazio.",
    "ar": "يمكنك قراءتها أيضًا في التطبيق، أو على الورق في \u2068Spazio\u2069 إذا طلبت ذلك. "
    "للتحدث مع شخص، اتصل بنا أو تعال إلى \u2068Spazio\u2069.",
}  # fmt: skip
_SIGNS = re.compile(r"[\\`*_\[\]<>#~|&]")
# «---» first would be read as settings, with buttons and links; the others as lists and titles.
_BEGINNINGS = re.compile(r"^([ \t]*)(?:([-+=])|(\d{1,9})([.)])(?=\s|$))", re.MULTILINE)


def subject(said: str, language: str) -> str:
    """Return a subject App IO takes: the one given, or a neutral one when that is too short or too long."""
    plain = " ".join(said.split())
    return plain if SHORTEST_SUBJECT <= len(plain) <= LONGEST_SUBJECT else SUBJECTS.get(language, SUBJECTS[SOURCE])


def body(text: str, language: str) -> str:
    """Return a text App IO takes: signs stay signs, and one too short or cut says where the rest is."""
    said, elsewhere = text.strip(), ELSEWHERE.get(language, ELSEWHERE[SOURCE])
    whole = literal(said[:LONGEST_TEXT])
    if len(said) > LONGEST_TEXT:
        return f"{literal(said[:LONGEST_TEXT].rpartition(' ')[0])}…\n\n{elsewhere}"
    return whole if len(whole) >= SHORTEST_BODY else f"{whole}\n\n{elsewhere}".strip()


def literal(text: str) -> str:
    """Write a plain text so that Markdown shows it as it is: what somebody typed makes no link and no button."""
    return _BEGINNINGS.sub(_held, _SIGNS.sub(r"\\\g<0>", text))


def _held(found: re.Match[str]) -> str:
    space, sign, number, end = found.groups()
    return f"{space}\\{sign}" if sign else f"{space}{number}\\{end}"
