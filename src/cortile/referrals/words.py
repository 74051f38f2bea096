"""Labels and sentences this room says from Python."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

STATE_LABELS = {
    "requested": _("Mandata"),
    "received": _("Aperta dal servizio"),
    "accepted": _("Il servizio ha detto sì"),
    "rejected": _("Il servizio ha detto no"),
    "on-hold": _("Il servizio ha fatto una domanda"),
    "in-progress": _("Chiediamo com'è andata"),
    "completed": _("Finita: ha aiutato"),
    "cancelled": _("Ritirata"),
    "failed": _("Finita: non ha aiutato"),
}
# Both were asked, and she could not be reached.
UNKNOWN_END = _("Finita: non sappiamo se ha aiutato")
BALL_LABELS = {"service": _("Tocca al servizio"), "us": _("Tocca a noi"), "person": _("Tocca alla persona")}
BASIS_LABELS = {
    "consent": _("La persona ha detto sì"),
    "public_task": _("È un compito che la legge ci dà"),
    "urgent_duty": _("È urgente: lo ha deciso la responsabile"),
}
EVIDENCE_LABELS = {
    "spoken": _("Lo ha detto davanti a noi"), "paper": _("Ha firmato un foglio"), "app": _("Lo ha scelto nell'app"),
}  # fmt: skip
OUTCOME_LABELS = {
    "met": _("Il bisogno ha trovato risposta"),
    "partly": _("Ha trovato risposta in parte"),
    "no": _("Non ha trovato risposta"),
    "did_not_arrive": _("La persona non è arrivata"),
    "no_reply": _("Lo abbiamo chiesto: nessuna risposta"),
}
REASON_LABELS = {
    "full": _("Non ci sono posti"),
    "not_for_us": _("Non è una cosa che facciamo"),
    "outside_area": _("Abita fuori dalla nostra zona"),
    "closed": _("Il servizio è chiuso"),
    "needs_other": _("Serve un altro tipo di aiuto"),
    "other": _("Un altro motivo"),
}
STEP_LABELS = {
    "sent": _("Mandata a: %(service)s"),
    "opened": _("%(service)s l'ha aperta"),
    "accepted": _("%(service)s ha detto sì"),
    "declined": _("%(service)s ha detto no"),
    "asked": _("%(service)s chiede una cosa"),
    "answered": _("Abbiamo risposto"),
    "reminded": _("Abbiamo scritto di nuovo a: %(service)s"),
    "came_back": _("%(service)s non ha risposto: torna a noi"),
    "outcome_asked": _("Abbiamo chiesto com'è andata"),
    "service_said": _("%(service)s dice com'è andata"),
    "person_said": _("La persona dice com'è andata"),
    "rerouted": _("Mandata a un altro servizio: %(to)s"),
    "another_accepted": _("Un altro servizio ha già detto sì"),
    "revoked": _("Abbiamo ritirato la richiesta"),
    "withdrawn": _("La persona ha ritirato il suo sì"),
    "no_outcome": _("Dopo trenta giorni non sappiamo com'è andata"),
    "ended_with_thread": _("La richiesta della persona è finita"),
    "card_confirmed": _("%(service)s ha confermato la sua scheda"),
}
# The same lines where nobody said anything.
SILENT_LABELS = {
    "service_said": _("%(service)s non ha detto com'è andata"), "person_said": _("La persona non ha detto com'è andata"),
}  # fmt: skip
# Why a service is suggested, each with its own sentence: never a score.
SUGGESTED = {
    "need": _("fa questo: %(what)s"),
    "near": _("è nella sua zona"),
    "on_foot": _("a circa %(minutes)s minuti a piedi"),
    "far": _("lontano: circa %(km)s chilometri"),
    "language": _("parla la sua lingua"),
    "places": _("posti liberi: %(count)s"),
    "places_from": _("ha detto: posti dal %(day)s"),
    "full": _("di recente ha detto che non ha posti"),
    "no_places": _("adesso non ha posti"),
    "waitlist": _("ha una lista d'attesa"),
    # What our own referrals of a year say: the median of the days, and how many of ten were accepted.
    "answers": _("di solito risponde in %(days)s giorni, e dice sì a %(yes)s persone su 10"),
    "answers_today": _("di solito risponde lo stesso giorno, e dice sì a %(yes)s persone su 10"),
    "fresh": _("scheda verificata"),
    "stale": _("scheda da verificare: meglio telefonare prima"),
}
REFUSALS = {
    "not-allowed": (_("Non puoi fare questa cosa con il tuo ruolo."), _("Chiedi alla tua responsabile.")),
    "not-in-this-state": (_("Nel frattempo questo invio è cambiato."), _("Ricarica la pagina e guarda a che punto è.")),
    "need-missing": (_("Manca di che cosa ha bisogno."), _("Scrivilo in una frase.")),
    "words-missing": (_("Manca il testo."), _("Scrivi almeno una frase.")),
    "not-ticked": (
        _("Qui c'è una cosa che non era tra i dati scelti: «{found}»."),
        _("Scrivilo senza. Se al servizio serve davvero, ritira l'invio e mandane uno nuovo con quel dato."),
    ),
    "reason-missing": (_("Manca il motivo."), _("Scegli il motivo, o scrivilo in una frase.")),
    "service-missing": (_("Questo servizio non è nella mappa."), _("Scegli una scheda pubblicata.")),
    "service-unreachable": (
        _("Non sappiamo dove scrivere a questo servizio."), _("Scrivi nella scheda la mail di chi risponde, oppure telefona."),
    ),
    "services-missing": (_("Mancano i servizi."), _("Scegline almeno due, tutti diversi.")),
    "already-sent": (_("Questo servizio ha già la richiesta."), _("Aspetta la sua risposta, oppure ritirala.")),
    "delicate-stays": (
        _("Una richiesta delicata non va a un servizio da qui."), _("Parlane a voce con il servizio."),
    ),
    "nothing-ticked": (_("Non hai scelto che cosa condividere."), _("Scegli almeno un dato.")),
    "field-unknown": (_("Questo dato non si condivide."), _("Scegli dall'elenco.")),
    "field-empty": (_("Uno dei dati scelti non c'è."), _("Toglilo, oppure scrivilo.")),
    "field-not-agreed": (
        _("L'accordo con questo servizio non permette uno dei dati scelti."), _("Togli quel dato, oppure scrivi un accordo nuovo."),
    ),
    "agreement-missing": (
        _("Con questo servizio non c'è un accordo."), _("Chiedi il sì della persona: senza accordo serve quello."),
    ),
    "yes-missing": (_("Mancano le parole lette alla persona."), _("Leggile la frase e chiedi se è d'accordo.")),
    "evidence-unknown": (_("Manca come ha detto sì."), _("Scegli: davanti a te, su un foglio, nell'app.")),
    "consent-too-long": (_("Un sì vale al massimo 90 giorni."), _("Scegli un giorno più vicino: poi si può richiedere.")),
    "notice-missing": (_("Manca che cosa hai detto alla persona."), _("Scrivi le parole con cui l'hai informata.")),
    "supervisor-missing": (
        _("Manca la responsabile che lo ha deciso."), _("Chiamala adesso e scegli il suo nome: non puoi essere tu."),
    ),
    "check-impossible": (_("Questa data di controllo non va bene."), _("Scegli un giorno da domani a trenta giorni.")),
    "date-impossible": (_("Questa data non va bene."), _("Scegli un giorno da oggi a un anno.")),
    "places-missing": (_("Manca quanti posti ci sono."), _("Scrivi un numero, anche zero.")),
    "outcome-missing": (_("Manca com'è andata."), _("Scegli una voce.")),
    "outcome-not-asked": (
        _("Non abbiamo ancora chiesto com'è andata."), _("Chiedilo prima: poi puoi scrivere che nessuno ha risposto."),
    ),
    "outcome-too-soon": (
        _("È presto per dire che la persona non ha risposto."), _("Aspetta tre giorni di lavoro da quando glielo abbiamo chiesto."),
    ),
    "phone-code": (
        _("Con un codice arrivato al telefono questo non si fa."),
        _("Entra con il codice del foglio o con SPID, oppure chiedi a una persona."),
    ),
}  # fmt: skip
