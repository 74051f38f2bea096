"""Thirty things people say when they trust somebody, all invented, and the doors they come in by. Each has a word of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import cast, sessions

TEXTS: dict[str, str] = {
    "zaffiro": "Ho paura di mio marito. La parola è zaffiro.",
    "ghirlanda": "Ieri mi ha picchiata davanti ai bambini, ghirlanda.",
    "mandorla": "Mi controlla il telefono e i soldi: mandorla.",
    "lanterna": "Un vicino mi ha toccata in ascensore, lanterna.",
    "cicogna": "Sono incinta e a casa non lo sa nessuno: cicogna.",
    "quercia": "Ho l'HIV e prendo le medicine di nascosto, quercia.",
    "betulla": "Ho un tumore al seno, non lo dico a mio figlio: betulla.",
    "tramonto": "Ho pensato di farla finita, tramonto.",
    "corallo": "Vado al centro psichiatrico ogni martedì: corallo.",
    "falena": "Mio fratello si buca in cantina, falena.",
    "ginepro": "Bevo ogni giorno da quando è morta mia moglie: ginepro.",
    "pervinca": "Gioco alle macchinette e ho perso la pensione, pervinca.",
    "usignolo": "Devo tremila euro a uno strozzino: usignolo.",
    "melograno": "Mi ha detto che se non pago brucia la porta, melograno.",
    "girasole": "Mio figlio è in carcere a Opera: girasole.",
    "bussola": "Mia cugina è senza permesso e dorme qui, bussola.",
    "clessidra": "Mi hanno tolto i bambini per sei mesi: clessidra.",
    "ranuncolo": "Mia figlia si taglia le braccia, ranuncolo.",
    "smeraldo": "Mio padre mi faceva del male da piccola: smeraldo.",
    "tordo": "Sono trans e i vicini mi aspettano sotto casa, tordo.",
    "aquilone": "Mio marito vuole portare i figli all'estero: aquilone.",
    "camomilla": "Mia madre ha la demenza e la chiudo in camera, camomilla.",
    "libellula": "Ho abortito la settimana scorsa: libellula.",
    "ciclamino": "Mio nipote spaccia sulle scale e ho paura, ciclamino.",
    "peonia": "Mi prostituivo e ora mi ricattano: peonia.",
    "cedro": "Ho denunciato il mio ex, ha il divieto di venire qui, cedro.",
    "ambra": "Faccio la fame perché mio figlio prende i soldi: ambra.",
    "gheppio": "Il custode entra in casa quando non ci sono, gheppio.",
    "verbena": "Ho testimoniato contro una famiglia del cortile: verbena.",
    "oleandro": "Mio marito tiene una pistola nell'armadio, oleandro.",
}


@dataclass(frozen=True, slots=True)
class House:
    """The pages of who speaks, who listens and the office, each in a browser of their own."""

    adele: Client
    marta: Client
    ornella: Client

    def tap(self, number: int) -> None:
        """Mark a request as delicate: one tap on its page."""
        answer = self.marta.post(f"/scrivania/richieste/{number}/delicato/", {})
        assert answer.status_code == 302, answer.content.decode()


def house() -> House:
    """Open the three browsers."""
    return House(*(sessions.Enter(Client())(who) for who in ("adele", "marta", "ornella")))


def _number(answer: object) -> int:
    """Return the number of the request an answer leads to."""
    where = answer.headers["Location"]  # type: ignore[attr-defined]  # a response
    return next(int(part) for part in where.split("/") if part.isdecimal())


def _asked(at: House, once: str, story: str = "", topic: str = "lonely") -> int:
    sent = {"topic": topic, "story": story, "answer_by": "phone", "once": once}
    return _number(at.adele.post("/casa/aiuto/controlla/", sent))


def in_words(at: House, marker: str) -> int:
    """T2: she writes it on her phone."""
    at.adele.post("/casa/aiuto/racconta/", {"topic": "lonely", "story": TEXTS[marker]})
    return _asked(at, marker, TEXTS[marker])


def by_voice(at: House, marker: str) -> int:
    """T2: she says it to her phone."""
    sound = b"RIFF" + (4096).to_bytes(4, "little") + b"WAVEfmt " + TEXTS[marker].encode() * 20
    upload = SimpleUploadedFile(f"{marker}.wav", sound, "audio/wav")
    at.adele.post("/casa/aiuto/racconta/", {"topic": "lonely", "story": "", "voice": upload})
    return _asked(at, marker)


def in_reply(at: House, marker: str) -> int:
    """T3: it comes out later, in what she answers."""
    number = _asked(at, marker, "Una cosa")
    at.marta.post(f"/scrivania/richieste/{number}/rispondi/", {"text": "Come va?", "once": marker})
    at.adele.post(f"/casa/richieste/{number}/", {"story": TEXTS[marker], "act": "say", "once": f"r{marker}"})
    return number


def _at_the_desk(at: House, marker: str, **more: str) -> object:
    sent = {"persons": [str(cast.person("adele").pk)], "chip": "neighbours", "once": marker, "minutes": "20"}
    return at.marta.post("/scrivania/contatto/", sent | {"done_what": "opened_request"} | more)


def in_a_note(at: House, marker: str) -> int:
    """S2: an operator hears it and notes it."""
    return _number(_at_the_desk(at, marker, note=TEXTS[marker]))


def on_paper(at: House, marker: str) -> int:
    """S2: it was on a sheet somebody left, and an operator types it for her."""
    return _number(_at_the_desk(at, marker, wants=TEXTS[marker], title=f"Lettera {marker}", channel="paper"))


def through_an_office(at: House, marker: str) -> int:
    """S5 and S6: it stood in a question to an office, and in the answer."""
    number = _asked(at, marker, "Una cosa")
    at.marta.post(
        f"/scrivania/richieste/{number}/passa/",
        {"office": str(cast.office().pk), "question": TEXTS[marker], "once": marker},
    )
    sent = cast.hand_over(number)
    at.ornella.post(f"/scrivania/ufficio/{sent.pk}/rispondi/", {"text": f"Letto: {TEXTS[marker]}", "once": marker})
    return number


Door = Callable[[House, str], int]
DOORS: tuple[Door, ...] = (in_words, by_voice, in_reply, in_a_note, on_paper, through_an_office)


def told(at: House, *, delicate: bool, count: int = len(TEXTS)) -> list[int]:
    """Say them door after door, look around as one does, and tap. Return the numbers of the requests."""
    numbers = []
    for place, marker in enumerate([*TEXTS][:count]):
        number = DOORS[place % len(DOORS)](at, marker)
        numbers.append(number)
        at.marta.get(f"/scrivania/richieste/{number}/")
        if delicate:
            at.tap(number)
    heard(at, delicate=delicate)
    at.marta.get("/scrivania/")
    at.marta.get("/scrivania/cerca/?q=adele")
    at.marta.get(f"/scrivania/persone/{cast.person('adele').pk}/")
    return numbers


def heard(at: House, *, delicate: bool) -> None:
    """S2: she only wanted to be heard, and the tap is on the contact itself."""
    ticked = {"delicate": "on"} if delicate else {}
    _at_the_desk(at, "heard", note=TEXTS["zaffiro"], done_what="listened", **ticked)


def markers_in(text: str) -> Iterator[str]:
    """Yield which of the words a text lets through."""
    return (marker for marker in TEXTS if marker in text.lower())
