"""Sentences of contributions said from Python."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from cortile.kit import money

REFUSALS = {
    "not-allowed": (_("Non puoi cambiare un avviso con il tuo ruolo."), _("Chiedi all'ufficio contributi.")),
    "not-allowed-to-apply": (_("Non puoi fare questa domanda."), _("La fa chi ha il contratto, da solo o con noi.")),
    "not-identified": (_("Per mandare la domanda dobbiamo sapere chi sei."), _("Entra con SPID o CIE, o vieni con un documento.")),
    "no-contract": (_("Non troviamo un contratto di casa con questo nome."), _("La domanda la fa chi ha firmato il contratto.")),
    "call-closed": (_("Questo avviso oggi non è aperto."), _("Guarda quando apre, o chiedi allo Spazio C.A.S.A.")),
    "already-applied": (_("Per questa casa c'è già una domanda di quest'anno."), _("Chiedi a chi l'ha fatta, o chiamaci.")),
    "outside-territory": (
        _("Questo contributo è per altri quartieri."),
        _("Guarda gli altri, o chiedi allo Spazio C.A.S.A."),
    ),
    "already-helped": (
        _("Quest'anno hai già un contributo che non va insieme."),
        _("Vieni allo Spazio C.A.S.A.: guardiamo insieme."),
    ),
    "number-missing": (_("Manca il conto su cui mandare i soldi."), _("Scrivi l'IBAN, o scegli la bolletta.")),
    "draft-gone": (_("Questa bozza non c'è più."), _("Comincia di nuovo: quello che sappiamo già lo trovi scritto.")),
    "paper-small": (_("Questa foto è troppo piccola: non si legge."), _("Fai la foto più da vicino, con il foglio intero.")),
    "paper-dark": (_("Questa foto è troppo scura, o è vuota."), _("Fai la foto con più luce, con il foglio intero.")),
    "paper-locked": (_("Questo PDF è chiuso con una password."), _("Prova con una foto del foglio.")),
    "paper-empty": (_("Questo PDF non ha pagine."), _("Prova con una foto del foglio.")),
    "paper-undated": (_("Manca il giorno scritto sul documento."), _("Scrivi di che giorno è.")),
    "paper-tomorrow": (_("Il giorno del documento deve ancora venire."), _("Guarda il giorno scritto sul foglio.")),
    "paper-unknown": (_("Questo documento non serve per questo avviso."), _("Scegli il documento dalla lista.")),
    "protocol-wrong": (_("Questo numero di protocollo non va bene."), _("Si scrive così: INPS-ISEE-2026-12345678X-00.")),
    "not-in-this-state": (_("Questa domanda nel frattempo è cambiata."), _("Riaprila e guarda a che punto è.")),
    "wrong-moment": (_("A questo punto della domanda non si può."), _("Guarda a che punto è, e che cosa manca.")),
    "days-missing": (_("Di' che cosa chiedi, e quanti giorni dai."), _("Scegli da uno a novanta giorni.")),
    "reason-missing": (_("Manca il motivo."), _("Scrivilo in una frase: resta scritto.")),
    "datum-impossible": (_("Questo valore non è possibile."), _("Controlla il foglio e riscrivilo.")),
    "notice-off": (_("Questo avviso non prevede l'avviso prima del no."), _("Proponi direttamente l'esito.")),
    "no-failure": (_("Oggi niente è contrario alla domanda."), _("Un avviso prima del no dice quale controllo non va.")),
    "notice-first": (
        _("Prima del no serve un avviso, con i giorni per rispondere."),
        _("Mandalo, o aspetta che i giorni passino."),
    ),
    "datum-missing": (_("Manca un dato che decide: nessuno riceve un no per questo."), _("Chiedi il documento che manca.")),
    "rule-says-no": (_("Con questi dati la regola dice no."), _("Un dato è sbagliato? Correggilo, con la sua fonte.")),
    "rule-says-yes": (_("Con questi dati la regola dice sì."), _("Un dato è sbagliato? Correggilo, con la sua fonte.")),
    "grounds-missing": (_("Qui i testi non sono chiari: decide una persona."), _("Scrivi perché, in parole semplici.")),
    "helped-it": (_("Hai aiutato a compilare questa domanda."), _("La propone e la firma chi non l'ha compilata.")),
    "own-proposal": (_("Chi propone un esito non lo firma."), _("Serve la firma di un'altra persona.")),
    "datum-changed": (_("Un dato è cambiato dopo la proposta."), _("Rimandala indietro: si propone di nuovo.")),
    "review-over": (
        _("I giorni per chiedere un nuovo esame sono passati."),
        _("Chiamaci: guardiamo insieme che cosa si può fare."),
    ),
    "nothing-changes": (_("Con questi dati non cambia niente."), _("Scegli altre decisioni, o un'altra versione.")),
    "sum-missing": (_("Servono una somma e un motivo."), _("Scrivi quanti euro e perché.")),
    "envelope-too-small": (_("I soldi di questo avviso non bastano."), _("Resta in attesa: se arrivano fondi, si riparte da qui.")),
    "list-not-drawn": (_("La lista di questo avviso non c'è ancora."), _("Falla quando l'avviso è chiuso. Poi decidi.")),
    "list-already-drawn": (_("La lista di questo avviso c'è già."), _("Per rifarla, prima annulla quella di adesso.")),
    "list-in-use": (_("Su questa lista ci sono già soldi assegnati."), _("Correggi le decisioni, una per una.")),
    "no-list-here": (_("Qui non si fa una lista: conta chi arriva prima."), _("I soldi si tengono da parte a ogni domanda.")),
    "call-still-open": (_("Questo avviso è ancora aperto."), _("La lista si fa dopo la chiusura.")),
    "own-signature": (_("Chi propone un avviso non lo pubblica."), _("Serve la firma di un'altra persona.")),
    "not-proposed": (_("Questa versione non è ancora proposta."), _("Rileggila e proponila, poi un'altra persona la pubblica.")),
    "version-published": (_("Questa versione è pubblicata e non cambia più."), _("Scrivi una versione nuova.")),
    "siuss-not-set": (_("Mancano i dati dell'ente per INPS."), _("Scrivili in «Chi trasmette a INPS», poi riprova.")),
    "flow-not-granted": (_("Questa domanda non è accolta: a INPS non si dice nulla."), _("Guarda la decisione.")),
    "flow-not-to-mend": (_("Questo flusso non è da correggere."), _("Torna all'elenco e guarda a che punto è.")),
    "flow-unchanged": (_("Così INPS lo rifiuta di nuovo: non è cambiato niente."), _("Correggi almeno un dato, poi rimanda.")),
    "audience-taken": (_("Un altro ente usa già questo nome su PDND."), _("Copia il nome del servizio del tuo ente.")),
    "purpose-missing": (_("Scrivi perché cerchi queste persone."), _("Il motivo resta scritto, e loro lo possono leggere.")),
    "call-not-in-force": (_("Questo avviso oggi non è aperto."), _("Cerca quando si può fare domanda.")),
    "texts-not-plain": (_("Così molte persone non lo capiscono."), _("Riscrivi con frasi più corte e parole più semplici.")),
}
# Where an application stands, or how it ended: the words the office reads.
STATE_LABELS = {
    "submitted": _("da esaminare"), "documents": _("aspettiamo i documenti"), "notice": _("avvisata prima del no"),
    "proposed": _("aspetta la seconda firma"), "withdrawn": _("ritirata"), "granted": _("accolta"),
    "partly": _("accolta in parte"), "waiting": _("in attesa di fondi"), "refused": _("non accolta"), "revoked": _("revocata"),
}  # fmt: skip
# Who comes first, and what parts two who are alike.
ORDERS = {
    "priority": _(
        "Prima chi ha l'ISEE più basso. Se è uguale, prima chi ha mandato prima la domanda. In fondo chi non ha un ISEE preciso."
    ),
    "proportional": _("Tutti insieme. I centesimi che avanzano vanno a chi ne perde di più. Se è uguale, a chi ha mandato prima."),
    "first_come": _("L'ordine di arrivo della domanda."),
}
MOVE_LABELS = {
    "allocate": _("fondi aggiunti"), "reserve": _("tenuti da parte"), "release": _("di nuovo liberi"), "commit": _("impegnati"),
    "free": _("non più impegnati"), "pay": _("pagati"), "return": _("pagamento tornato"), "recover": _("recuperati"),
    "reuse": _("recuperati e di nuovo liberi"),
}  # fmt: skip
ACCOUNT_LABELS = {
    "available": _("ancora liberi"), "reserved": _("tenuti da parte"), "committed": _("impegnati"), "paid": _("pagati"),
    "recovered": _("recuperati"),
}  # fmt: skip
# From a draft to a payment; and counts so small that they would name somebody.
FUNNEL = {
    "drafts": _("domande cominciate nell'app"), "applied": _("domande arrivate"), "examined": _("domande esaminate"),
    "granted": _("domande accolte"), "paid": _("domande pagate"),
}  # fmt: skip
FEW, NOT_SHOWN = _("meno di 5"), _("non mostrato")
# What is said of a place in line to whoever stands there.
PLACES = {
    "where": _("La tua domanda è al posto %(place)s su %(of)s."),
    "for_now": _("Per ora la tua domanda è al posto %(place)s su %(of)s."),
    "reaches": _("I soldi bastano per le prime %(reached)s domande."),
    "reaches_one": _("I soldi bastano solo per la prima domanda."),
    "reaches_nobody": _("Per ora i soldi non bastano per nessuna domanda."),
    "may_change": _("Il posto può cambiare fino alla lista finale: prima viene chi ha l'ISEE più basso."),
    "goes_on": _("Se qualcuno rinuncia, o se arrivano altri soldi, la fila va avanti."),
    "kept": _("Per te teniamo da parte %(sum)s."),
    "kept_partly": _("Per te teniamo da parte %(sum)s: non è tutta la somma."),
    "then_we_look": _("Prima di darteli guardiamo la tua domanda."),
    "shared": _("I soldi si dividono fra tutte le domande, in proporzione."),
    "shared_later": _("Quanto tocca a te lo sappiamo dopo la chiusura."),
    "not_in_line": _("La tua domanda non è in fila: prima dobbiamo sapere quanto ti spetta."),
}
STEP_LABELS = {
    "received": _("Domanda arrivata"), "documents_asked": _("Documenti chiesti"), "documents_in": _("Documenti arrivati"),
    "notice": _("Avviso prima del no"), "observations": _("Osservazioni"), "proposed": _("Proposta"),
    "sent_back": _("Proposta rimandata"), "decided": _("Decisione"), "review_asked": _("Chiesto un nuovo esame"),
    "corrected": _("Decisione corretta"), "withdrawn": _("Domanda ritirata"), "protocol": _("Numero di protocollo"),
    "note": _("Nota"),
}  # fmt: skip
INVITATION_LABELS = {
    "to_invite": _("da invitare"), "invited": _("invitata"), "declined": _("non vuole"), "applied": _("ha fatto domanda"),
}  # fmt: skip
STATES = {"draft": _("bozza"), "proposed": _("proposta"), "published": _("pubblicata")}
STRATEGIES = {
    "priority": _("Prima chi ha più bisogno, nell'ordine scritto nell'avviso."),
    "proportional": _("A tutti in parti uguali di quello che spetta, al centesimo."),
    "first_come": _("Prima chi è arrivato prima."),
}
LASTS = {
    "whole_only": _("Chi non ci sta per intero resta in attesa."),
    "partly": _("L'ultimo riceve quello che resta."),
}
# Where a flow to INPS stands.
FLOW_LABELS = {
    "ready": _("pronto, aspetta INPS"), "pulled": _("preso da INPS"), "accepted": _("accettato da INPS"),
    "rejected": _("respinto da INPS"), "replaced": _("corretto con un altro"), "blocked": _("fermo: da correggere"),
    "dropped": _("non serve più"),
}  # fmt: skip
# Why INPS refuses a flow, by its code (specification 2.0.1, 3.3).
FLOW_REASONS = {
    "DATI_NON_TROVATI": _("INPS dice che questi dati non tornano con i suoi."),
    "RICHIESTA_INVALIDA": _("INPS dice che il flusso non è scritto come chiede."),
    "ERRORE_GENERICO": _("INPS ha avuto un errore suo. Puoi rimandarlo com'è."),
}  # fmt: skip
SENDERS = {"aler": _("Questo ente"), "comune": _("Il Comune"), "region": _("La Regione")}
# What no text settles about SIUSS, each until the body has asked.
SIUSS_UNCONFIRMED = {
    "sender": _("Chi trasmette: questo ente, il Comune o la Regione."),
    "body": _("Il codice dell'ente, dato da INPS."),
    "codes": _("Il codice della prestazione di ogni contributo."),
    "region": _("Il codice della Lombardia per INPS: 10."),
    "deadline": _("I giorni per trasmettere: 15."),
    "caller": _("Con quale nome INPS si presenta su PDND."),
}  # fmt: skip
# The parts of a version, as the pages that write and compare them name them.
TERMS = {
    "requirement": _("Requisito"), "citation": _("Dove è scritto"), "cure": _("Che cosa può fare chi non ce l'ha"),
    "award": _("Quanto"), "to_confirm": _("Cifre da confermare"), "title": _("Titolo"), "purpose": _("A che cosa serve"),
    "paid_how": _("Come arriva"), "opens_at": _("Apre"), "closes_at": _("Chiude"), "takes_effect": _("Vale da"),
    "envelope": _("Fondi"), "base": _("Base del calcolo"), "strategy": _("Se i fondi non bastano"),
    "last": _("L'ultimo della fila"),
    "territory": _("Quartieri"), "excludes": _("Non insieme a"), "documents": _("Documenti"), "cumulation": _("Altri contributi"),
    "unconfirmed": _("Altro da confermare"), "preliminary_notice": _("Preavviso prima di un no"),
    "procedure_days": _("Giorni per decidere"), "observation_days": _("Giorni per rispondere al preavviso"),
}  # fmt: skip
PROGRAMMES = {
    "energy": _("Contributo energetico"), "energy_in_city": _("Energie in Comune"), "solidarity": _("Contributo di solidarietà"),
    "solidarity_entry": _("Contributo di solidarietà, primi tre anni"),
}  # fmt: skip
FEW, NOT_SHOWN = _("meno di 5"), _("non mostrato")
# How near somebody came who fails one requirement alone: cents and counts, as ``simulating.NEAR`` has them.
NEAR = {
    "10000": _("per 100 euro o meno"), "50000": _("da 100 a 500 euro"), "100000": _("da 500 a 1.000 euro"), "1": _("per 1 o meno"),
    "3": _("per 2 o 3"), "6": _("da 4 a 6"), "far": _("di più"),
}  # fmt: skip
# How a requirement stands in a trace, and what is odd about its datum.
TRACE_STATES = {"met": _("va bene"), "failed": _("non va"), "doubt": _("da decidere"), "missing": _("manca")}
TRACE_NOTES = {
    "expired": _("fuori tempo"), "threshold": _("visto solo rispetto alle soglie"), "evidence": _("con il numero del foglio"),
}  # fmt: skip
RULE_SAYS = {
    "eligible": _("la regola dice sì"), "not_eligible": _("la regola dice no"), "missing": _("manca un dato"),
    "refer": _("decide una persona"),
}  # fmt: skip
KIND_LABELS = {
    "first": _("Prima decisione"), "review": _("Nuovo esame"), "correction": _("Conto rifatto"),
    "revocation": _("Contributo tolto"),
}  # fmt: skip

# --- payments ---
REFUSALS |= {
    "not-allowed-to-pay": (_("Non puoi preparare pagamenti con il tuo ruolo."), _("Chiedi all'ufficio contributi.")),
    "not-allowed-to-sign": (_("Non puoi firmare pagamenti con il tuo ruolo."), _("Chiedi a chi dirige l'ufficio.")),
    "not-allowed-to-set-up": (_("Non puoi cambiare il conto o le firme."), _("Chiedi a chi prepara l'ente.")),
    "bands-not-whole": (_("Le fasce delle firme non sono complete."), _("Serve una fascia senza limite, e una firma in ognuna.")),
    "account-not-whole": (_("I dati del conto non sono completi."), _("Servono nome, IBAN italiano, ABI e codice CUC.")),
    "reason-missing": (_("Manca il motivo."), _("Scrivi perché, in poche parole.")),
    "nothing-to-pay": (_("Non c'è niente da pagare in questo modo."), _("Guarda gli esclusi: ognuno dice il suo motivo.")),
    "cannot-be-paid": (_("Una domanda scelta non si può pagare."), _("Riapri la pagina e guarda gli esclusi.")),
    "parts-wrong": (_("Le parti sono da una a quattro."), _("Scegli tutto, oppure una parte.")),
    "day-past": (_("Il giorno del pagamento è già passato."), _("Scegline uno da oggi in poi.")),
    "batch-not-open": (_("Questo lotto è già chiuso."), _("Se c'è un errore, annullalo e fanne un altro.")),
    "batch-not-closed": (_("Questo lotto non aspetta firme."), _("Riaprilo e guarda a che punto è.")),
    "batch-not-signed": (_("Al lotto mancano delle firme."), _("Parte quando ci sono tutte.")),
    "batch-not-sent": (_("Questo lotto non è ancora partito."), _("Gli esiti arrivano dopo.")),
    "batch-gone": (_("Questo lotto è già partito e non si annulla."), _("Aspetta gli esiti, poi fai un lotto che segue.")),
    "own-batch": (_("Chi ha preparato il lotto non lo firma."), _("Serve la firma di un'altra persona.")),
    "helped-one": (_("Hai aiutato con una domanda di questo lotto."), _("Serve la firma di un'altra persona.")),
    "signed-already": (_("Hai già firmato questo lotto."), _("Serve la firma di un'altra persona.")),
    "batch-changed": (_("Dopo la chiusura qualcosa è cambiato."), _("Annulla il lotto e fanne uno nuovo.")),
    "order-not-sound": (_("La banca non prenderebbe questo lotto."), _("Correggi, poi chiudi il lotto.")),
    "bank-missing": (_("Manca il conto da cui pagare."), _("Chi prepara l'ente scrive il conto e sceglie la banca.")),
    "file-tampered": (_("Il file del lotto non è più quello firmato."), _("Non mandarlo. Avvisa subito chi dirige.")),
    "answer-unreadable": (_("Non riusciamo a leggere questo file."), _("Serve un CSV: riferimento;esito;codice;data.")),
    "nothing-came-back": (_("Non c'è niente da pagare di nuovo."), _("Prima correggi il conto di chi è tornato indietro.")),
    "text-not-neutral": (_("Il testo del pagamento dice troppo."), _("Chi prepara l'ente ne sceglie uno neutro.")),
    "account-wrong": (_("Questo IBAN ha un errore."), _("Chiedilo di nuovo a chi riceve i soldi.")),
}  # fmt: skip
BATCH_LABELS = {
    "open": _("in preparazione"), "closed": _("aspetta le firme"), "signed": _("firmato"), "sent": _("partito, aspetta gli esiti"),
    "settled": _("concluso"), "cancelled": _("annullato"),
}  # fmt: skip
LINE_LABELS = {
    "queued": _("da mandare"), "sent": _("mandato"), "paid": _("arrivato"), "returned": _("tornato indietro"),
    "dropped": _("tolto: lotto annullato"),
}  # fmt: skip
WAY_LABELS = {"account": _("accredito sulla partita contabile"), "transfer": _("bonifico")}
# Why an application is not in a batch.
EXCLUSIONS = {
    "other-way": _("Si paga nell'altro modo."), "in-a-batch": _("È già tutto in un lotto, o già pagato."),
    "not-committed": _("La somma non è impegnata nel fondo."), "iban-wrong": _("L'IBAN manca o ha un errore."),
    "no-account": _("Non troviamo il conto della casa."), "came-back": _("È tornato indietro: si paga con un lotto che segue."),
    "account-same": _("L'IBAN è ancora quello tornato indietro."), "decision-old": _("La decisione nel frattempo è cambiata."),
}  # fmt: skip
WARNINGS = {
    "shared": _("Lo stesso IBAN è anche di un'altra famiglia."), "other-name": _("Questo IBAN è stato pagato con un altro nome."),
    "changed": _("L'ultima volta l'IBAN era diverso."),
}  # fmt: skip
# Why a row of an answer changed nothing.
ROW_PROBLEMS = {
    "unknown": _("Questo riferimento non è nel lotto."), "twice": _("Questo riferimento è più volte nel file."),
    "settled-already": _("Questo pagamento aveva già un esito."), "sum-other": _("La somma non è quella mandata."),
    "row-broken": _("La riga non ha le colonne che servono."), "outcome-unknown": _("L'esito non è «pagato» né «tornato»."),
    "day-wrong": _("La data non va bene: si scrive 2026-04-30, e non nel futuro."),
}  # fmt: skip


def bands_said(bands: Sequence[tuple[int | None, int]]) -> str:
    """Say how many people sign a batch, band by band: «fino a 5.000 euro: 1 firma»."""
    said = [
        _("oltre: %(many)s") % {"many": many} if limit is None
        else _("fino a %(euro)s euro: %(many)s") % {"euro": money.figures(limit), "many": many}
        for limit, many in bands
    ]  # fmt: skip
    return _("Quante firme oltre a chi prepara: %(bands)s.") % {"bands": "; ".join(map(str, said))}
