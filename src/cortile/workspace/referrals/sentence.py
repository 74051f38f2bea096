"""The sentence read aloud before a yes: to whom, which data, what for, until when, and that it can be taken back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, gettext_noop, override

from cortile.kit import dates, languages
from cortile.referrals import fields

SENTENCE = gettext_noop(
    "Possiamo dire a «%(service)s» (%(body)s) queste cose di te: %(what)s? Servono per questo: %(need)s. "
    "Le vedono fino a %(until)s. Puoi dire di no: ti aiutiamo lo stesso. "
    "Puoi cambiare idea quando vuoi: da subito non vedono più niente."
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence as it is said, and the language it is in."""

    words: str
    language: str


def spoken(service: str, body: str, keys: Collection[str], *, need: str, until: date, language: str) -> Spoken:
    """Return the sentence of a yes in the person's language when somebody has read its translation; in Italian otherwise.

    Consent is never said by a draft (``kit/languages.toml``): Italian and the interpreter instead. Source: GDPR art. 7(2).
    """
    said = language if languages.reviewed(language) else languages.SOURCE
    return in_words(service, body, keys, need=need, until=until, language=said)


def in_words(service: str, body: str, keys: Collection[str], *, need: str, until: date, language: str) -> Spoken:
    """Return the sentence in one language, read by somebody or still a draft; Italian where there is none."""
    with override(language):
        known = gettext(SENTENCE)
        what = dates.listed(fields.labels(set(keys) - {"need"}), language)
    # A language nobody has written yet answers with the source.
    said = language if known != SENTENCE else languages.SOURCE
    told = {"service": service, "body": body, "what": what, "need": need, "until": dates.long_day(until, said)}
    return Spoken(known % told, said)


def fingerprint(said: Spoken, data: Iterable[str] = ()) -> str:
    """Return a short mark of a sentence and of the data it is about, that a page carries to say which one was read.

    The sentence only names the data: a yes to «other words» is a yes to those very words.
    """
    read = json.dumps([said.language, said.words, *data])
    return hashlib.sha256(read.encode()).hexdigest()[:16]
