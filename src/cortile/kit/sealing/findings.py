"""What the verifier may find, and how it says it: one sentence each, with the place. Pure."""

from __future__ import annotations

from dataclasses import dataclass

SENTENCES = {
    "edited": "L'evento {event} (sigillo {seal}) non è più quello sigillato: è cambiato lui, o è cambiato chi riguarda.",
    "swapped": "L'evento {event} (sigillo {seal}) porta il contenuto dell'evento {other}: sono stati scambiati.",
    "deleted": "L'evento {event} (sigillo {seal}) è stato cancellato.",
    "hidden": "Nel sigillo {seal}, del {when}, mancano {count} eventi: sono stati cancellati con la loro impronta.",
    "leaves": "Le impronte del sigillo {seal}, del {when}, non sono più quelle firmate: qualcuna è cambiata o è stata aggiunta.",
    "orphan": "L'impronta dell'evento {event} sta nel sigillo {seal}, che non esiste.",
    "backdated": "L'evento {event} (sigillo {seal}) è stato inserito a mano: la sua transazione o la sua ora non sono di allora.",
    "apart": "L'evento {event} dice un'ora che non è la sua: da quando è stato scritto passa più di un'ora.",
    "late": "L'evento {event} non ha sigillo e dovrebbe averlo: è stato inserito dopo, o gli è stata tolta l'impronta.",
    "future": "L'evento {event} porta una transazione che non c'è ancora stata: è stato inserito a mano.",
    "waiting": "{count} eventi aspettano un sigillo da più di {when}: il sigillatore è fermo, o qualcuno ha tolto dei sigilli.",
    "seal": "Il sigillo {seal}, del {when}, è stato cambiato.",
    "chain": "Il sigillo {seal}, del {when}, non segue quello prima.",
    "gap": "Mancano i sigilli da {seal} a {other}.",
    "signature": "La firma del sigillo {seal}, del {when}, non è buona.",
    "key": "Il sigillo {seal}, del {when}, è firmato con una chiave che non conosciamo.",
    "retired": "Il sigillo {seal}, del {when}, è firmato con una chiave che per quel numero non vale.",
    "cut": "L'ancora ricorda il sigillo {other}, e l'ultimo che c'è è il {seal}: la coda è stata tagliata.",
    "rewritten": "Il sigillo {seal} non è quello dell'ancora: la catena è stata riscritta da lì o da prima.",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One alteration and where it is."""

    kind: str
    seal: int = 0
    event: int = 0
    other: int = 0
    count: int = 0
    when: str = ""

    @property
    def sentence(self) -> str:
        """Say it."""
        values = {"seal": self.seal, "event": self.event, "other": self.other, "count": self.count, "when": self.when}
        return SENTENCES[self.kind].format_map(values)
