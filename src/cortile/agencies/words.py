"""The words of the policy table, in Italian: what its printed form says to a data-protection officer."""

from __future__ import annotations

from cortile.agencies.roles import LABELS
from cortile.kit.actor import Kind

WHO: dict[str, str] = {
    **LABELS, "partner": "servizio partner", "anti_violence": "operatrice antiviolenza", Kind.TENANT: "inquilino",
    Kind.DELEGATE: "persona delegata", Kind.REPRESENTATIVE: "rappresentante legale",
    Kind.LINK: "ufficio entrato da un link", Kind.MACHINE: "interfaccia fra programmi", Kind.PUBLIC: "chi non è entrato",
    Kind.SYSTEM: "lavori del programma",
}  # fmt: skip
WHAT: dict[str, str] = {
    "person": "persona", "copy": "copia data a un altro ente", "thread": "richiesta", "delicate": "richiesta delicata",
    "hand_over": "domanda a un ufficio", "referral": "invio a un servizio", "contact": "contatto",
    "appointment": "appuntamento", "message": "messaggio", "account": "conto dell'affitto",
    "registry": "elenchi del proprietario", "fault": "guasto", "health_service": "prestazione sanitaria fatta",
    "contribution": "pratica di contributo", "call_back": "richiamata promessa",
    "standing": "requisiti per un contributo", "invitation": "invito a chiedere un contributo",
    "incoming_sms": "SMS arrivato e non ancora assegnato", "notice": "avviso a uno stabile",
    "flow": "contributo detto a INPS", "consent": "sì dato per un servizio",
}  # fmt: skip
RELATIONS: dict[str, str] = {
    "own area": "del proprio quartiere", "own agency": "del proprio ente", "handed over": "affidata al proprio ufficio",
    "opt-in visits": "che ha chiesto «bussate da me»", "own list": "nella propria lista di oggi",
    "applicants": "di chi ha fatto domanda", "the person": "di sé",
    "delegate": "di chi ha dato la delega, nelle materie scelte", "representative": "di chi rappresenta, entro il decreto",
    "shared cases": "condivisa con il proprio ente, fino alla scadenza",
    "after consent": "data con il sì della persona, fino alla scadenza", "sent to us": "inviata al proprio servizio",
    "holder": "che segue", "duty": "di cui è la persona incaricata", "own entry": "che ha registrato",
    "envelope": "in busta, che ha scritto",
    "handed over rent": "in una domanda che mostra l'affitto, a un ufficio che lo tratta",
    "asked for help": "di chi ha chiesto aiuto per l'affitto", "own building": "del palazzo dove abita",
    "assisting": "di chi si fa aiutare nella domanda", "sample": "estratta a caso per un controllo",
    "broken glass": "aperta con urgenza, per tre ore", "counts of own agency": "numeri del proprio ente",
    "counts of every agency": "numeri di tutti gli enti",
    "own household": "della propria casa, solo che c'è e come è finita",
    "sent to inps": "dell'ente che INPS chiama",
    "on the phone": "di cui chi telefona dice il numero",
}  # fmt: skip
ACTIONS: dict[str, str] = {
    "see": "vedere", "edit": "correggere", "contact": "registrare un contatto",
    "sign_in_code": "dare il codice per entrare", "note": "annotare", "answer": "rispondere", "promise": "dare una data",
    "hand_over": "affidare a un ufficio", "close": "chiudere", "reopen": "riaprire", "sheet": "stampare il foglio",
    "mark": "segnare delicata o solo di persona", "take": "prendere in carico", "send_back": "rimandare",
    "date": "dire una data", "withdraw": "ritirare", "move": "spostare", "cancel": "disdire",
    "share": "dare una copia a un altro ente", "import": "portare dentro", "count": "contare", "busy": "sapere che l'ora è presa",
    "tell": "dire al telefono", "handle": "assegnare", "read": "leggere tutta", "examine": "esaminare", "decide": "decidere",
    "pay": "pagare", "help": "aiutare a farla", "ask": "chiedere un nuovo esame",
    "mend": "correggere e rimandare", "invite": "invitare",
    "follow": "seguire fino alla fine", "outcome": "dire com'è andata",
}  # fmt: skip
FIELDS: dict[str, str] = {
    "*": "tutti", "name": "nome", "stair": "scala", "phone": "telefono", "language": "lingua", "number": "numero",
    "title": "titolo", "state": "stato", "promise": "data promessa", "question": "domanda", "dwelling": "alloggio",
    "given": "quelli scritti nella copia", "counts": "numeri, mai sotto 5", "criterion": "requisito: sì o no",
    "time": "ora", "place": "luogo", "staff": "chi riceve", "interpreter": "se serve l'interprete",
    "appointment": "che c'è un appuntamento", "pseudonym": "un codice al posto del nome",
    "ticked": "quelli scelti per quel servizio",
    "invitation": "che c'è un invito", "owner": "chi la segue", "contract": "da quando c'è il contratto, e chi lo ha firmato",
}  # fmt: skip
PURPOSES: dict[str, str] = {
    "service": "servizio", "review": "controllo degli accessi", "oversight": "monitoraggio",
    "contributions": "decidere i contributi", "non_take_up": "trovare chi ha diritto e non ha chiesto",
}  # fmt: skip
LANES: dict[str, str] = {
    "building": "stabili", "social": "sociale", "economic": "economica", "health": "sanitaria",
}  # fmt: skip
CAPABILITIES: dict[str, str] = {
    "record contact": "registrare un contatto", "open request": "aprire una richiesta", "search people": "cercare persone",
    "register person": "registrare una persona", "publish place": "pubblicare un luogo e i suoi orari",
    "book appointment": "prendere un appuntamento", "office queue": "aprire la coda dell'ufficio",
    "month page": "leggere i numeri del mese", "month of every body": "leggere i numeri di tutti gli enti",
    "import": "importare gli elenchi", "set up": "preparare l'ente", "edit categories": "cambiare le categorie",
    "lock screens": "dire quando si bloccano gli schermi", "set absence": "segnare un'assenza",
    "break glass": "aprire con urgenza una scheda non propria",
    "place canary": "mettere una scheda civetta", "own list": "aprire la propria lista di oggi",
    "visits": "aprire l'elenco «bussate da me»", "shared copies": "aprire le copie ricevute",
    "watch openings": "guardare se si aprono troppe schede",
    "answer the phone": "rispondere al telefono", "set phone turns": "scrivere i turni del telefono",
    "set local centres": "scrivere i centri vicini", "identify person": "controllare un documento",
    "write notice": "scrivere un avviso a uno stabile", "protect account": "segnare che cosa protegge un contratto con un debito",
    "receive sms": "portare dentro gli SMS arrivati",
    "draft call": "scrivere e proporre un avviso di contributo", "publish call": "pubblicare un avviso di contributo",
    "look for unclaimed": "cercare chi ha diritto a un contributo e non lo ha chiesto",
    "invite": "invitare chi può chiedere un contributo",
    "see calls": "leggere gli avvisi di contributo, anche in bozza",
    "apply": "mandare una domanda di contributo", "examine applications": "esaminare le domande di contributo",
    "keep envelope": "tenere i fondi di un avviso",
    "send to inps": "dire a INPS i contributi pagati", "set siuss": "scrivere chi trasmette a INPS",
    "pay batches": "preparare e mandare pagamenti", "sign batches": "firmare pagamenti preparati da altri",
    "see directory": "leggere la mappa dei servizi", "keep directory": "tenere le schede dei servizi",
    "sign agreements": "scrivere gli accordi con i servizi",
    "refer": "mandare una persona a un servizio", "refer oneself": "chiedere per sé a un servizio",
    "keep networks": "tenere la rete del quartiere e i suoi tavoli",
    "lend counts": "prestare i numeri del proprio ente a una rete",
}  # fmt: skip
