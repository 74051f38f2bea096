"""A request as its tenant reads it: the title in their language, and each line of its history as a sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from django.utils.translation import get_language, gettext_lazy

from cortile.agencies.roles import given_name
from cortile.kit import dates
from cortile.kit.actor import Kind
from cortile.kit.files import KINDS
from cortile.listening.words import IN_PLACE_OF, TOPIC_LABELS

SOURCE = "it"
LINES = {
    "opened": gettext_lazy("Abbiamo ricevuto la tua richiesta"),
    "taken": gettext_lazy("Se ne occupa %(who)s"),
    "said": gettext_lazy("%(who)s ti risponde"),
    "asked": gettext_lazy("%(who)s ti chiede una cosa"),
    "solved": gettext_lazy("Per %(who)s il problema è risolto"),
    "tenant": gettext_lazy("Hai scritto"),
    "not_solved": gettext_lazy("Hai detto che il problema c'è ancora"),
    "closed": gettext_lazy("La richiesta è chiusa"),
    "reopened": gettext_lazy("La richiesta è di nuovo aperta"),
    "promise": gettext_lazy("C'è una nuova data: %(date)s"),
    "repair": gettext_lazy("Riparazione prevista entro %(date)s. Lo dice %(said_by)s"),
    "call_back": gettext_lazy("Ti chiamiamo %(date)s"),
    "called": gettext_lazy("%(who)s ti ha telefonato"),
    "late": gettext_lazy("Siamo in ritardo e ci scusiamo. Ora se ne occupa anche %(lead)s"),
    "with_office": gettext_lazy("Abbiamo chiesto a: %(office)s"),
    "maintenance": gettext_lazy("La manutenzione ha la tua richiesta. Il loro numero è %(number)s"),
    "chased": gettext_lazy("Abbiamo sollecitato la manutenzione"),
    "referred": gettext_lazy("Abbiamo scritto a un servizio: %(service)s"),
    "service_accepted": gettext_lazy("Il servizio %(service)s ha detto sì, da %(date)s"),
    "service_declined": gettext_lazy("Il servizio %(service)s ha detto no. Cerchiamo un altro aiuto"),
    "service_silent": gettext_lazy("Il servizio %(service)s non ha risposto. Ce ne occupiamo noi"),
    "asked_outcome": gettext_lazy("Ti chiediamo com'è andata con il servizio %(service)s"),
    "yes_withdrawn": gettext_lazy("Hai ritirato il permesso al servizio %(service)s"),
}
BY_THE_TENANT = (Kind.TENANT, Kind.DELEGATE, Kind.REPRESENTATIVE)


class Named(Protocol):
    """What a title is made from."""

    title: str
    topic: str


class Written(Protocol):
    """What a line of a history is made from."""

    kind: str
    at: datetime
    author_kind: str
    author_name: str
    text: str
    language: str
    data: dict[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a history: the sentence, the words somebody wrote, whether they are the tenant's own, and the files."""

    at: datetime
    sentence: str
    text: str
    language: str
    theirs: bool
    files: dict[str, int]


def title(thread: Named) -> str:
    """Return what a request is called. Operators name theirs in Italian; a topic can be said in any language."""
    if get_language() != SOURCE and thread.topic in TOPIC_LABELS:
        return str(TOPIC_LABELS[thread.topic])
    return thread.title


def title_language(thread: Named) -> str:
    """Return the language a title is really in."""
    return get_language() or SOURCE if thread.topic in TOPIC_LABELS else SOURCE


def history(entries: Iterable[Written]) -> list[Line]:
    """Return the lines of a request in plain words, the newest first. A kind nobody named is left out."""
    return [_line(e) for e in entries if e.kind in LINES][::-1]


def _line(entry: Written) -> Line:
    theirs = entry.author_kind in BY_THE_TENANT or bool(entry.data.get("for"))
    repair = entry.kind == "promise" and entry.data.get("kind") == "repair"
    known = defaultdict(str, entry.data) | {"who": given_name(entry.author_name), "date": _day(entry.data.get("date", ""))}
    sentence = str(LINES["repair" if repair else entry.kind]) % known
    if whom := entry.data.get("for", ""):
        # Who helps, or represents, or wrote for her at the desk, leaves their own name beside what they did, and hers.
        sentence = f"{sentence} · {IN_PLACE_OF % {'who': given_name(entry.author_name), 'whom': given_name(whom)}}"
    brought = {kind: int(entry.data[kind]) for kind in KINDS if entry.data.get(kind)}
    return Line(entry.at, sentence, entry.text, entry.language, theirs, brought)


def _day(written: str) -> str:
    return dates.long_day(date.fromisoformat(written), get_language() or SOURCE) if written else ""
