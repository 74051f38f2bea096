"""Labels and sentences this room says from Python: Italian is the source, the catalogues translate."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

STATE_LABELS = {
    "received": _("Ricevuta"),
    "with_us": _("Ce ne occupiamo noi"),
    "waiting_you": _("Aspettiamo te"),
    "waiting_other": _("Aspettiamo un altro servizio"),
    "solved": _("È risolto?"),
    "closed": _("Chiusa"),
}
CHIP_LABELS = {
    "listening": _("Ascolto"),
    "faults": _("Guasti"),
    "rent": _("Affitto e bollette"),
    "benefits": _("Contributi"),
    "health": _("Salute"),
    "school": _("Scuola e figli"),
    "documents": _("Documenti e SPID"),
    "neighbours": _("Vicini"),
    "other": _("Altro"),
}
DONE_LABELS = {
    "listened": _("Ho ascoltato"),
    "explained": _("Ho spiegato"),
    "helped_apply": _("Ho aiutato con una domanda"),
    "opened_request": _("Apro una richiesta"),
}
TOPIC_LABELS = {
    "broken": _("Qualcosa non funziona in casa o nel palazzo"),
    "bills": _("Bollette, affitto, contributi"),
    "contract": _("Contratto e chi abita con me"),
    "health": _("Salute e assistenza"),
    "children": _("Figli e scuola"),
    "documents": _("Documenti e SPID"),
    "neighbours": _("Vicini e convivenza"),
    "lonely": _("Mi sento solo, vorrei parlare"),
    "other": _("Altro, o non lo so"),
}
NATURE_LABELS = {"social": _("Sociale"), "administrative": _("Amministrativa"), "technical": _("Tecnica")}
URGENCY_LABELS = {
    "low": _("Può aspettare"),
    "normal": _("Normale"),
    "high": _("Urgente"),
    "danger": _("Pericolo"),
}
CHANNEL_LABELS = {
    "in_person": _("Di persona"),
    "phone": _("Telefono"),
    "app": _("App"),
    "sms": _("SMS"),
    "paper": _("Foglio"),
    "email": _("E-mail"),
    "outdoors": _("In cortile"),
    "custodian": _("Custode"),
}
ANSWER_LABELS = {
    "phone": _("Una telefonata"),
    "sms": _("Un messaggio (SMS)"),
    "app": _("Solo qui nell'app"),
    "visit": _("Vengo io di persona"),
}
# The same four, said of the person by who works.
ANSWER_WANTED = ANSWER_LABELS | {"app": _("Solo nell'app"), "visit": _("Viene di persona")}
OUTCOME_LABELS = {
    "solved": _("Risolto"),
    "solved_before_us": _("Risolto davanti a noi"),
    "listened": _("Ascoltato, non serve altro"),
    "no_reply": _("Nessuna risposta dopo due tentativi"),
    "withdrawn": _("La persona ha ritirato la richiesta"),
    "merged": _("Unita a un'altra richiesta"),
    "moved_away": _("La persona si è trasferita"),
    "died": _("La persona è morta"),
    "not_solvable": _("Non si può risolvere: detto e spiegato"),
}
HAND_OVER_LABELS = {
    "sent": _("Inviata"),
    "taken": _("Presa in carico"),
    "answered": _("Risposta data"),
    "sent_back": _("Rimandata indietro"),
    "withdrawn": _("Ritirata"),
}
# What happened, one line of a thread. Names in brackets come from the entry's own data.
ENTRY_LABELS = {
    "opened": _("Richiesta ricevuta"),
    "taken": _("Presa in carico"),
    "said": _("Risposta"),
    "note": _("Nota interna"),
    "asked": _("Abbiamo chiesto una cosa"),
    "attempt": _("Tentativo di contatto"),
    "solved": _("Per noi è risolto: lo abbiamo chiesto"),
    "not_solved": _("Il problema c'è ancora"),
    "tenant": _("Messaggio"),
    "closed": _("Richiesta chiusa"),
    "reopened": _("Richiesta riaperta"),
    "assigned": _("Ora la segue %(to)s"),
    "maintenance": _("Numero della manutenzione: %(number)s"),
    "chased": _("Sollecito"),
    "promise": _("Nuova data"),
    "call_back": _("Telefonata fissata"),
    "called": _("Telefonata fatta"),
    "late": _("Siamo in ritardo: lo abbiamo detto e ci siamo scusati"),
    "handed_over": _("Domanda passata a: %(office)s"),
    "with_office": _("Abbiamo chiesto a: %(office)s"),
    "office_took": _("%(office)s ha preso la domanda"),
    "office_dated": _("%(office)s ha dato una data"),
    "office_answered": _("%(office)s ha risposto"),
    "sent_back": _("%(office)s ha rimandato la domanda"),
    "hand_over_withdrawn": _("Domanda ritirata da: %(office)s"),
    "silence": _("%(office)s non ha ancora risposto"),
    "referred": _("Abbiamo scritto a questo servizio: %(service)s"),
    "service_accepted": _("%(service)s ha detto sì"),
    "service_declined": _("%(service)s per ora non può"),
    "service_asked": _("%(service)s chiede una cosa"),
    "service_answered": _("Abbiamo risposto a: %(service)s"),
    "service_silent": _("%(service)s non ha risposto"),
    "asked_outcome": _("Abbiamo chiesto com'è andata con: %(service)s"),
    "service_outcome": _("%(service)s dice com'è andata"),
    "person_outcome": _("Com'è andata con: %(service)s"),
    "referral_over": _("Finito con: %(service)s"),
    "referral_revoked": _("Abbiamo ritirato la richiesta a: %(service)s"),
    "yes_withdrawn": _("Ripreso il sì per: %(service)s"),
    "referral_lapsed": _("È finito il sì, o l'accordo, per: %(service)s"),
}
IN_PLACE_OF = _("%(who)s, per conto di %(whom)s")
REFUSALS = {
    "not-in-this-state": (_("La richiesta non è in uno stato che permette questo."), _("Ricarica la pagina e guarda dov'è.")),
    "not-allowed": (_("Non puoi fare questa cosa con il tuo ruolo."), _("Chiedi alla tua responsabile.")),
    "words-missing": (_("Manca il testo."), _("Scrivi almeno una frase.")),
    "date-impossible": (
        _("Questa data non si può promettere."),
        _("Scegli un giorno da oggi a sessanta giorni."),
    ),
    "days-impossible": (_("Questi giorni non sono possibili."), _("Scrivi un numero da 0 a 60.")),
    "reason-missing": (_("Se la data si sposta serve un motivo."), _("Scrivi il motivo: lo legge anche la persona.")),
    "supplier-missing": (
        _("Una data di riparazione la dà solo il fornitore."),
        _("Scrivi chi l'ha data, oppure prometti solo un aggiornamento."),
    ),
    "outcome-missing": (_("Manca l'esito."), _("Scegli com'è finita.")),
    "close-needs-yes": (
        _("Non si può ancora chiudere."),
        _("Serve il sì della persona, oppure due tentativi registrati."),
    ),
    "office-missing": (_("Manca l'ufficio."), _("Scegli l'ufficio a cui passi la domanda.")),
    "already-handed-over": (
        _("Questo ufficio ha già la domanda."),
        _("Mandagli un sollecito, oppure ritira la domanda."),
    ),
    "delicate-stays": (
        _("Una richiesta delicata non passa a un ufficio."),
        _("Parlane a voce, oppure togli prima quello che è delicato."),
    ),
    "chip-missing": (_("Manca di che cosa si parla."), _("Scegli una delle nove voci.")),
    "done-missing": (_("Manca che cosa hai fatto."), _("Scegli una voce.")),
    "group-too-big": (_("Il numero di persone non è possibile."), _("Scrivi un numero da 0 a 200.")),
    "person-missing": (_("Per aprire una richiesta serve una persona."), _("Cerca la persona, oppure registrala.")),
    "one-person": (
        _("Una richiesta è di una persona sola."),
        _("Lascia una persona sola, oppure registra il contatto e apri le richieste una per una."),
    ),
    "owner-elsewhere": (_("Questa persona non lavora nel tuo ente."), _("Scegli un collega dall'elenco.")),
    "in-person-only-operator": (_("Questa scelta si fa allo Spazio, con una persona."), ""),
    "delicate-no-custodian": (
        _("Questa richiesta è delicata: non va sul foglio del custode."),
        _("Parlane di persona, allo Spazio."),
    ),
    "maintenance-number-missing": (_("Manca il numero della manutenzione."), _("Copialo dal loro sistema.")),
}
