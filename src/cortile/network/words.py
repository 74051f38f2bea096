"""Sentences of the room said from Python."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "not-allowed": (_("La regia di rete la tiene chi ne ha l'incarico."), _("Chiedi al responsabile.")),
    "name-missing": (_("Manca il nome."), _("Scrivi come si chiama.")),
    "areas-missing": (_("Manca il quartiere."), _("Scegli almeno un quartiere.")),
    "targets-unknown": (_("Questo gruppo non è nell'elenco."), _("Scrivilo nel campo «Altri».")),
    "kind-missing": (_("Manca che tipo di ente è."), _("Scrivi per esempio: comune, Caritas, associazione sportiva.")),
    "member-already": (_("Questo ente è già nella rete."), _("Cercalo nell'elenco dei membri.")),
    "not-in-this-state": (_("Nel frattempo è cambiata."), _("Riaprila e guarda a che punto è.")),
    "place-missing": (_("Manca dove ci si vede."), _("Scrivi il luogo.")),
    "agenda-empty": (_("L'ordine del giorno è vuoto."), _("Lascia almeno un punto, o scrivine uno.")),
    "words-missing": (_("Mancano le parole."), _("Scrivi una frase.")),
    "item-unknown": (_("Un punto non è più tra quelli preparati."), _("Riapri la pagina: i numeri sono di nuovo pronti.")),
    "owner-missing": (_("Manca chi se ne occupa."), _("Scegli un ente della rete o un collega.")),
    "date-past": (_("La data è già passata."), _("Scegli un giorno da oggi in avanti.")),
    "not-yet": (_("L'incontro non c'è ancora stato."), _("Segna le presenze quel giorno, poi scrivi che cosa si è deciso.")),
    "follow-up-missing": (_("Manca com'è andata."), _("Scrivi una frase: la legge chi c'era.")),
    "body-own": (_("Questi numeri sono già tuoi."), _("Chiedi quelli di un altro ente.")),
    "body-outside": (_("Questo ente non ha quartieri nella rete."), _("Aggiungi prima un suo quartiere.")),
    "somebody-named": (
        _("Qui sembra esserci qualcosa di una persona: «{found}»."),
        _("Al tavolo si parla senza nomi, telefoni, indirizzi e numeri di richiesta. Scrivilo senza."),
    ),
}  # fmt: skip
TARGET_LABELS = {
    "families": _("famiglie più in difficoltà"), "homeless": _("persone senza dimora"), "migrants": _("persone migranti"),
    "public_housing": _("case popolari"), "children": _("bambini e povertà"),
}  # fmt: skip
MEETING_LABELS = {"stakeholders": _("tavolo dei portatori di interesse"), "network": _("tavolo della rete")}
MEETING_STATE_LABELS = {"planned": _("in programma"), "held": _("tenuto"), "printed": _("verbale chiuso")}
ITEM_LABELS = {
    "unmet": _("bisogno senza risposta"), "stuck": _("invii fermi"), "gap": _("servizio che manca"),
    "overlap": _("servizi uguali, o che nessuno riempie"), "agreement": _("accordo che scade"), "free": _("altro punto"),
}  # fmt: skip
LENDING_LABELS = {"asked": _("chiesti"), "lent": _("prestati"), "ended": _("finiti")}
FEW, NOT_SHOWN, AT_LEAST = _("meno di 5"), _("non mostrato"), _("almeno %(count)s")
ALL_TOPICS = _("Tutti gli argomenti")
ASKED, UNMET = _("Richieste aperte nel mese"), _("Rimaste senza risposta")
SERVICE, FREE = _("Servizio"), _("Posti liberi")
SENT, STUCK, DAYS = _("Invii nel mese"), _("Invii fermi"), _("Giorni del più vecchio")
DEFINITION = _(
    "«Richieste aperte» è lo stesso numero della pagina del mese: tutte quelle arrivate, mai quelle delicate. "
    "«Rimaste senza risposta» sono quelle chiuse senza una soluzione, o ancora ferme in attesa di un altro servizio. "
    "I numeri da 1 a 4 non si mostrano, e nemmeno quelli da cui si ricaverebbero."
)
SAID = {
    "unmet": _("{place}: su «{topic}» {unmet} richieste su {asked} sono rimaste senza risposta ({month})."),
    "gap": _("{place}: su «{topic}» {asked} richieste ({month}), e nessun servizio sicuro per: {needs}."),
    "word": _("{place}: {count} invii per «{need}» ({month}), e nessun servizio sicuro."),
    "overlap": _("{place}: {count} servizi per «{need}» e poche richieste ({month}): si possono mettere insieme?"),
    "empty": _("«{service}» ha {available} posti liberi su {maximum}: chi può saperlo?"),
    "stuck": _("«{service}»: {count} invii fermi, il più vecchio da {days} giorni."),
    "agreement": _("L'accordo «{title}» con {partner} finisce il {day}: lo rinnoviamo?"),
}
MISSING = {
    "members": _("La rete non ha ancora membri."),
    "referent": _("Manca a chi telefonare: {names}."),
    "meeting": _("Nessun incontro in programma."),
    "late": _("Decisioni in ritardo: {count}."),
    "public": _("Tra i membri manca un ente pubblico."),
    "third": _("Tra i membri manca il terzo settore."),
    "lending": _("Non abbiamo i numeri di: {names}."),
}
SHAREABLE_LABELS = {
    "name": _("nome"), "phone": _("telefono"), "language": _("lingua"), "birth_year": _("anno di nascita"),
    "address": _("indirizzo"), "household": _("chi vive in casa"), "household_size": _("quante persone in casa"),
    "children_ages": _("età dei bambini"), "need": _("che cosa serve"), "notes": _("note"), "availability": _("quando può"),
    "accessibility": _("che aiuto serve per muoversi"), "economic": _("dati economici"),
}  # fmt: skip
