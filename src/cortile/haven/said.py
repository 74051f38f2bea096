"""The audit in words: what was done or read, as its own people read it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

WORDS = {
    "haven.appointment.called_off": "ha tolto un appuntamento",
    "haven.appointment.made": "ha fissato un appuntamento",
    "haven.association.founded": "ha aperto l'associazione",
    "haven.association.recovered": "ha riaperto l'associazione con due carte",
    "haven.audit.read": "ha letto il registro",
    "haven.backup.restored": "ha riportato una copia",
    "haven.calendar.read": "ha guardato l'agenda",
    "haven.counts.read": "ha guardato i numeri",
    "haven.counts.released": "ha consegnato i numeri",
    "haven.demo.opened": "ha aperto il turno di prova",
    "haven.door.written": "ha scritto una porta",
    "haven.entry.rewritten": "ha corretto una scheda",
    "haven.entry.struck": "ha tolto una riga da una scheda",
    "haven.entry.written": "ha scritto in una scheda",
    "haven.group.noted": "ha segnato un gruppo",
    "haven.groups.read": "ha guardato i gruppi",
    "haven.hours.read": "ha guardato le mezz'ore",
    "haven.keys.turned": "ha girato le chiavi",
    "haven.limits.written": "ha scritto la pagina dei limiti",
    "haven.offer.written": "ha scritto un'attività",
    "haven.operator.let_go": "ha fatto uscire una persona",
    "haven.operator.let_in_again": "ha dato una frase nuova a una persona",
    "haven.operator.named": "ha fatto entrare una persona",
    "haven.package.loaded": "ha caricato un pacco",
    "haven.package.made": "ha preparato un pacco",
    "haven.paper.kept": "ha aggiunto un documento",
    "haven.paper.read": "ha letto un documento",
    "haven.papers.drawn": "ha fatto carte nuove",
    "haven.phrase.changed": "ha cambiato la sua frase",
    "haven.places.counted": "ha contato i posti liberi",
    "haven.places.read": "ha guardato i posti liberi",
    "haven.record.opened": "ha aperto una scheda nuova",
    "haven.record.read": "ha letto una scheda",
    "haven.record.shredded": "ha distrutto una scheda",
    "haven.records.compared": "ha cercato schede simili",
    "haven.records.listed": "ha letto l'elenco",
    "haven.records.searched": "ha cercato nell'elenco",
    "haven.shift.opened": "ha aperto il turno",
    "haven.slot.freed": "ha liberato una mezz'ora",
    "haven.slot.given_back": "ha restituito una mezz'ora",
    "haven.slot.taken": "ha preso una mezz'ora",
    "haven.slots.published": "ha messo delle mezz'ore",
    "haven.slots.read": "ha guardato le mezz'ore prese",
    "haven.slots.removed": "ha tolto delle mezz'ore",
}
# Whatever has no words of its own says at least this.
VERBS = {"C": "ha scritto qualcosa di nuovo", "R": "ha letto qualcosa", "U": "ha cambiato qualcosa", "D": "ha tolto qualcosa"}
REFUSED = {"haven.shift.opened": "ha provato ad aprire il turno, senza riuscirci", "haven.phrase.changed": "ha sbagliato la frase"}
OTHERS = {"public": "Qualcuno da fuori", "system": "Un comando"}


def who(event: Mapping[str, Any]) -> str:
    """Name who did it: an operator, a command, or somebody from outside, whom nobody asks who they are."""
    return OTHERS.get(str(event.get("agent_kind")), "") or str(event.get("agent_name", ""))


def what(event: Mapping[str, Any]) -> str:
    """Say what was done."""
    name = str(event["what"])
    if "refused" in event.get("fields", []) and name in REFUSED:
        return REFUSED[name]
    return WORDS.get(name) or VERBS.get(str(event["verb"]), "ha fatto qualcosa")
