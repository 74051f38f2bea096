"""«Chi ha visto i miei dati», in sentences: a name, a role, a day, what was done and why. Never a code."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from cortile.agencies.roles import OTHER_BODY, given_name
from cortile.kit import clock
from cortile.kit.actor import Kind
from cortile.kit.audit import ON_BEHALF

# What somebody did, said after their name. Every event of the house has its words here or in BY_ROOM.
SENTENCES = {
    # her record
    "record.opened_in_front": _("ha aperto la tua scheda mentre eri lì davanti"),
    "record.opened_absent": _("ha aperto la tua scheda quando non c'eri"),
    # In the words of any opening: on paper they must not tell of a talk kept apart.
    "record.opened_by_contact": _("ha aperto la tua scheda"),
    "glass.broken": _("ha aperto la tua scheda con un accesso d'emergenza"),
    "glass.reviewed": _("ha controllato un accesso d'emergenza alla tua scheda"),
    "person.opened": _("ha aperto la tua scheda"),
    "people.searched": _("ha visto il tuo nome cercando una persona"),
    "person.registered": _("ha scritto la tua scheda"),
    "person.preferences_set": _("ha cambiato le tue preferenze"),
    "person.in_person_chosen": _("ha cambiato le tue preferenze"),
    "person.not_the_same": _("ha scritto che non sei un'altra persona con un nome simile"),
    "household.read": _("ha visto il tuo nome tra chi vive nella tua casa"),
    "household.formed": _("ha scritto chi vive con te"),
    "tenancy.opened": _("ha scritto il tuo contratto di casa"),
    "contact_point.added": _("ha scritto un tuo numero"),
    "contact_point.confirmed": _("ha controllato un tuo numero"),
    "sign_in_code.issued": _("ha preparato il tuo codice per entrare"),
    "sign_in_code.asked": _("ha chiesto un codice per entrare"),
    "person.identified": _("ha guardato un tuo documento per riconoscerti"),
    "tenant.identified": _("ha aperto l'app con SPID o CIE"),
    "tenant.signed_in": _("ha usato l'app al tuo posto"),
    "visits.read": _("ha visto il tuo nome tra chi vuole una visita del custode"),
    "accesses.read": _("ha controllato chi ha aperto la tua scheda"),
    "audit.read": _("ha letto o stampato l'elenco di chi ha visto i tuoi dati"),
    # who helps her
    "delegation.given": _("ha scritto chi ti aiuta"),
    "delegation.withdrawn": _("ha tolto una persona che ti aiutava"),
    "representative.named": _("ha scritto chi ti rappresenta"),
    # other bodies
    "copy.given": _("ha dato una copia di alcuni tuoi dati a un altro ente"),
    "copy.read": _("ha letto la copia che abbiamo dato al suo ente"),
    "copy.withdrawn": _("ha ripreso la copia data a un altro ente"),
    # her requests
    "today.read": _("ha visto la tua richiesta tra le cose da fare"),
    "threads.listed": _("ha visto la tua richiesta in un elenco"),
    "thread.opened": _("ha scritto una tua richiesta"),
    "thread.opened_page": _("ha letto una tua richiesta per seguirla"),
    "thread.opened_from_history": _("ha ripreso una tua vecchia richiesta"),
    "thread.taken": _("ha cominciato a seguire una tua richiesta"),
    "thread.said": _("ti ha risposto"),
    "thread.asked_tenant": _("ti ha chiesto una cosa"),
    "thread.attempt_recorded": _("ha provato a parlare con te"),
    "thread.solution_proposed": _("ha scritto che un tuo problema è risolto"),
    "thread.outcome_given": _("ti ha detto l'esito di una tua domanda"),
    "thread.tenant_wrote": _("ha aggiunto parole a una tua richiesta"),
    "thread.closed": _("ha chiuso una tua richiesta"),
    "thread.reopened": _("ha riaperto una tua richiesta"),
    "thread.assigned": _("ha passato una tua richiesta a una collega"),
    "thread.kept_in_person": _("ha tolto una tua richiesta dal telefono: ne parli solo di persona"),
    "thread.promise_moved": _("ha cambiato la data della nostra risposta"),
    "thread.told": _("ha detto al telefono a che punto è una tua richiesta"),
    "thread.sheet": _("ha preparato il foglio di una tua richiesta"),
    "thread.photo_seen": _("ha guardato una tua foto"),
    "thread.voice_heard": _("ha ascoltato una tua registrazione"),
    "thread.document_read": _("ha aperto un tuo documento"),
    "photo.brought": _("ha aggiunto una foto a una tua richiesta"),
    "voice.brought": _("ha aggiunto una registrazione a una tua richiesta"),
    "document.brought": _("ha aggiunto un documento a una tua richiesta"),
    "thread.handed_over": _("ha fatto una domanda a un ufficio per te"),
    # contributions nobody asked for yet
    "invitation.made": _("ha visto dai dati che forse puoi avere un contributo"),
    "invitations.read": _("ha visto il tuo nome tra chi può chiedere un contributo"),
    "invitation.marked": _("ha scritto che ti ha parlato di un contributo"),
    "invitation.stopped": _("ha scritto che non vuoi inviti per i contributi"),
    "invitation.allowed": _("ha scritto che vuoi inviti per i contributi"),
    "office.queue_read": _("ha visto una domanda che ti riguarda"),
    "office.question_read": _("ha letto una domanda che ti riguarda, per rispondere"),
    "hand_over.taken": _("si occupa di una domanda che ti riguarda"),
    "hand_over.dated": _("ha detto quando risponde a una domanda per te"),
    "hand_over.answered": _("ha risposto a una domanda che ti riguarda"),
    "hand_over.sent_back": _("ha rimandato una domanda che ti riguarda"),
    "hand_over.chased": _("ha sollecitato un ufficio per te"),
    "hand_over.withdrawn": _("ha ripreso una domanda fatta a un ufficio"),
    # services outside
    "referral.sent": _("ha scritto a un servizio per te"),
    "referrals.sent_together": _("ha scritto a più servizi per te"),
    "referral.asked_by_oneself": _("ha scritto a un servizio al posto tuo"),
    "referral.previewed": _("ha guardato che cosa dire di te a un servizio"),
    "referral.read": _("ha letto che cosa un servizio fa per te"),
    "referral.read_by_service": _("ha letto i dati che hai scelto di dare a un servizio"),
    "referrals.listed": _("ha visto il tuo nome tra chi aspetta un servizio"),
    "referrals.watched": _("ha controllato se un servizio ti ha risposto"),
    "referral_link.opened": _("ha aperto ciò che abbiamo scritto per te"),
    "referral.accepted": _("ha scritto che un servizio ti aspetta"),
    "referral.declined": _("ha scritto che un servizio ora non può"),
    "referral.asked": _("ha chiesto una cosa prima di aiutarti"),
    "referral.answered": _("ha risposto a un servizio per te"),
    "referral.service_said": _("ha scritto com'è andata con un servizio"),
    "referral.person_said": _("ha scritto com'è andata per te con un servizio"),
    "referral.rerouted": _("ha scritto a un altro servizio per te"),
    "referral.revoked": _("ha ripreso ciò che aveva chiesto a un servizio"),
    "consent.withdrawn": _("ha scritto che riprendi il tuo sì per un servizio"),
    "consents.read": _("ha letto per quali servizi hai detto sì"),
    # her applications for a contribution
    "application.submitted": _("ha mandato una tua domanda di contributo"),
    "application_drafts.dropped": _("ha cancellato una domanda di contributo che non hai mandato in tempo"),
    "application.read": _("ha letto una tua domanda di contributo"),
    "applications.listed": _("ha visto la tua domanda di contributo in un elenco"),
    "application.documents_asked": _("ti ha chiesto un documento per la tua domanda"),
    "application.documents_received": _("ha scritto che i documenti della tua domanda sono arrivati"),
    "application.datum_corrected": _("ha corretto un dato della tua domanda"),
    "application.notice_sent": _("ti ha avvisato prima di rispondere alla tua domanda"),
    "application.notice_received": _("ha scritto quando hai ricevuto un avviso"),
    "application.observations_taken": _("ha scritto che cosa hai risposto a un avviso"),
    "application.proposed": _("ha proposto l'esito della tua domanda"),
    "application.sent_back": _("ha rimandato indietro una proposta sulla tua domanda"),
    "application.decided": _("ha firmato l'esito della tua domanda"),
    "application.withdrawn": _("ha scritto che ritiri la tua domanda"),
    "application.review_asked": _("ha chiesto di guardare di nuovo la tua domanda"),
    "application.revoked": _("ha proposto di togliere un contributo che avevi"),
    "decisions.corrected": _("ha rifatto il conto della tua domanda"),
    # talks, messages, appointments, rent
    "contacts.read": _("ha letto quando ci siamo sentiti"),
    "contact.recorded": _("ha scritto che vi siete parlati"),
    "messages.read": _("ha letto i messaggi che ti abbiamo mandato"),
    "message.read_one": _("ha letto un messaggio che ti abbiamo mandato"),
    "message.told": _("ti ha mandato un messaggio"),
    "message.read": _("ha aperto un messaggio per te"),
    "message.given_on_paper": _("ha stampato un messaggio per te"),
    "messages.kept_off_phones": _("ha tolto dei messaggi dal telefono"),
    "agenda.read": _("ha visto il tuo appuntamento in agenda"),
    "agenda.day_read": _("ha visto il tuo appuntamento tra quelli del giorno"),
    "appointments.read": _("ha visto quando ci vediamo"),
    "appointment.opened_page": _("ha letto un tuo appuntamento"),
    "appointment.booked": _("ha scritto un tuo appuntamento"),
    "appointment.moved": _("ha spostato un tuo appuntamento"),
    "appointment.cancelled": _("ha tolto un tuo appuntamento"),
    "appointments.cancelled_with_place": _("ha tolto un tuo appuntamento: il posto era chiuso"),
    "appointment.done": _("ha scritto che ci siamo visti"),
    "appointment.missed": _("ha scritto che non ci siamo visti"),
    "call_backs.read": _("ha visto quando ti chiamiamo"),
    "call_back.booked": _("ha scritto quando ti chiamiamo"),
    "call_back.asked": _("ha scritto una tua richiesta e come ne parliamo"),
    "call_back.done": _("ha scritto che vi siete sentiti"),
    "call_back.not_found": _("ti ha telefonato e non ti ha trovato"),
    "call_back.cancelled": _("ha tolto una telefonata che ti avevamo promesso"),
    "account.read": _("ha guardato il tuo affitto per aiutarti"),
    # her contributions
    "application.place_read": _("ha guardato a che punto è la tua domanda di contributo"),
    "line.read": _("ha visto il numero della tua domanda nella fila di un contributo"),
    "list.drawn": _("ha messo la tua domanda nella lista di un contributo"),
    "list.voided": _("ha annullato la lista di un contributo dove c'era la tua domanda"),
    "siuss.taken": _("ha ricevuto i dati di un tuo contributo, come chiede la legge"),
    "siuss.prepared": _("ha preparato per INPS i dati di un tuo contributo"),
    "siuss.answered": _("ha risposto sui dati di un tuo contributo"),
    "batch.read": _("ha guardato un pagamento per te"),
    "batch.prepared": _("ha guardato se c'è un pagamento per te"),
    "batch.exported": _("ha preso il file di un pagamento per te"),
    "batch.made": _("ha preparato un pagamento per te"),
    "batch.made_again": _("ha preparato di nuovo un pagamento per te"),
    "batch.closed": _("ha chiesto le firme per un tuo pagamento"),
    "batch.signed": _("ha firmato un pagamento per te"),
    "batch.cancelled": _("ha tolto un pagamento per te"),
    "batch.sent": _("ha mandato un pagamento per te"),
    "batch.answered": _("ha scritto com'è andato un tuo pagamento"),
    "payment.mended": _("ha scritto come ricevi un pagamento"),
    "standing.read": _("ha guardato il tuo ISEE e le tue spese per un contributo"),
    "standings.read": _("ha guardato il tuo ISEE per vedere chi può avere un contributo"),
    "contact_point.bounced": _("ha scritto che un messaggio per te è tornato indietro"),
    # her applications for a contribution
    "application.data_read": _("ha visto i dati che servono alla tua domanda di contributo"),
    "application.noticed": _("ha visto che c'è una tua domanda di contributo"),
    "application.protocol_recorded": _("ha scritto il numero del tuo ISEE"),
    "application.threshold_checked": _("ha controllato se il tuo ISEE è sotto la soglia"),
    "application_draft.kept": _("ha scritto nella bozza della tua domanda"),
    "application_draft.typed": _("ha scritto nella bozza della tua domanda, con il codice"),
    "application_draft.read": _("ha letto la bozza della tua domanda, con il codice"),
    "application_draft.resumed": _("ha ripreso la bozza della tua domanda, con il codice"),
    "application_draft.code_renewed": _("ha fatto un codice nuovo per la tua bozza"),
    "application_draft.paper_brought": _("ha aggiunto un documento alla tua domanda"),
    "application_draft.paper_removed": _("ha tolto un documento dalla tua domanda"),
}
# Any other act of a room that works with people.
BY_ROOM = {
    "person": _("ha lavorato alla tua scheda"),
    "record": _("ha lavorato alla tua scheda"),
    "glass": _("ha lavorato a un accesso d'emergenza alla tua scheda"),
    "thread": _("ha lavorato a una tua richiesta"),
    "threads": _("ha lavorato alle tue richieste"),
    "history": _("ha scritto le tue vecchie richieste"),
    "promises": _("ha controllato le date che ti abbiamo dato"),
    "hand_over": _("ha lavorato a una domanda che ti riguarda"),
    "office": _("ha lavorato a una domanda che ti riguarda"),
    "contact": _("ha lavorato a ciò che vi siete detti"),
    "contacts": _("ha lavorato a ciò che vi siete detti"),
    "contact_point": _("ha scritto un tuo numero"),
    "delegation": _("ha scritto chi ti aiuta"),
    "representative": _("ha scritto chi ti rappresenta"),
    "copy": _("ha lavorato a una copia dei tuoi dati"),
    "appointment": _("ha lavorato a un tuo appuntamento"),
    "appointments": _("ha lavorato ai tuoi appuntamenti"),
    "call_back": _("ha lavorato a una telefonata per te"),
    "call_backs": _("ha lavorato alle telefonate per te"),
    "protection": _("ha scritto che cosa protegge il tuo contratto"),
    "message": _("ha lavorato a un messaggio per te"),
    "messages": _("ha lavorato ai messaggi per te"),
    "outbox": _("ha spedito un messaggio per te"),
    "delivery": _("ha saputo se un messaggio ti è arrivato"),
    "sms": _("ha messo un tuo SMS in una tua richiesta"),
    "mail": _("ha scritto una mail che ti riguarda"),
    "photo": _("ha lavorato a una tua foto"),
    "voice": _("ha ascoltato la tua voce"),
    "document": _("ha lavorato a un tuo documento"),
    "openings": _("ha controllato chi ha aperto la tua scheda"),
    "file": _("ha guardato un tuo foglio"),
    "files": _("ha guardato i tuoi fogli"),
    "account": _("ha guardato il tuo affitto"),
    "standing": _("ha guardato i tuoi dati per un contributo"),
    "standings": _("ha guardato i tuoi dati per un contributo"),
    "application": _("ha lavorato a una tua domanda di contributo"),
    "siuss": _("ha lavorato a ciò che diciamo a INPS di un tuo contributo"),
    "registry": _("ha aggiornato i tuoi dati dagli elenchi dell'ente"),
    "tenant": _("ha usato l'app al tuo posto"),
    "link": _("ha aperto una domanda che ti riguarda"),
    "referral": _("ha lavorato a ciò che un servizio fa per te"),
    "referrals": _("ha lavorato a ciò che un servizio fa per te"),
    "referral_link": _("ha aperto ciò che abbiamo scritto per te"),
    "consent": _("ha lavorato al tuo sì per un servizio"),
    "consents": _("ha letto per quali servizi hai detto sì"),
    "batch": _("ha lavorato a un pagamento per te"),
    "payment": _("ha lavorato a un pagamento per te"),
    "audit": _("ha letto chi ha visto i tuoi dati"),
}
# What was seen beside, when an event says it in its fields.
WITH = {("office.question_read", "rent"): _("ha letto una domanda che ti riguarda e il tuo affitto, per rispondere")}
FOR_HER = _("%(did)s, per conto tuo")
LOOKED, WROTE = _("ha guardato i tuoi dati"), _("ha scritto nei tuoi dati")
HELPERS = {Kind.DELEGATE: _("che ti aiuta"), Kind.REPRESENTATIVE: _("che ti rappresenta")}
# Whose reason is for the person to read; and whose reason is the name of another body.
SAYS_WHY = frozenset({"record.opened_absent", "glass.broken", "glass.reviewed", "person.opened"})
NAMES_A_BODY = frozenset({"copy.given", "copy.withdrawn"})
REVIEWED = _("Una seconda persona lo ha controllato.")
NOT_YET_REVIEWED = _("Una seconda persona lo controlla entro un giorno di lavoro.")


class Event(Protocol):
    """What a line is made from."""

    recorded: datetime
    what: str
    verb: str
    agent_kind: str
    agent_name: str
    agent_role: str
    reason: str
    thing_id: int | None
    fields: list[str]


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody, on a day, did one kind of thing, once or more. ``body`` is another body's name, ``after`` one more sentence."""

    day: date
    name: str
    role: str
    sentence: str
    reason: str = ""
    body: str = ""
    after: str = ""
    times: int = 1


def lines(events: Iterable[Event], role_of: Callable[[str], str]) -> list[Line]:
    """Return who saw or wrote what, newest first, each thing once a day, in the language that is active."""
    every = list(events)
    reviewed = {e.thing_id for e in every if e.what == "glass.reviewed"}
    found = []
    for _day, of_day in groupby((_line(e, role_of, reviewed) for e in every), key=lambda line: line.day):
        same = list(of_day)
        found += [replace(line, times=same.count(line)) for line in dict.fromkeys(same)]
    return found


def _line(event: Event, role_of: Callable[[str], str], reviewed: set[int | None]) -> Line:
    after = (REVIEWED if event.thing_id in reviewed else NOT_YET_REVIEWED) if event.what == "glass.broken" else ""
    return Line(
        clock.local(event.recorded).date(), given_name(event.agent_name), _role(event, role_of),
        _asked(event) % {"did": sentence(event.what, event.verb, event.fields)},
        reason=event.reason if event.what in SAYS_WHY else "",
        body=event.reason if event.what in NAMES_A_BODY else "", after=str(after),
    )  # fmt: skip


def _asked(event: Event) -> str:
    """Tell apart what an operator did because she asked for it: it is her own act, through somebody's hands."""
    return str(FOR_HER) if ON_BEHALF in event.fields and event.agent_kind == Kind.STAFF else "%(did)s"


def _role(event: Event, role_of: Callable[[str], str]) -> str:
    if event.agent_kind != Kind.STAFF:
        return str(HELPERS.get(Kind(event.agent_kind), ""))
    return str(OTHER_BODY) if event.what == "copy.read" else role_of(event.agent_role)


def sentence(what: str, verb: str, fields: Iterable[str] = ()) -> str:
    """Return what an event is called by the person it is about."""
    room = what.partition(".")[0]
    beside = next((WITH[what, field] for field in fields if (what, field) in WITH), "")
    return str(beside or SENTENCES.get(what) or BY_ROOM.get(room) or (LOOKED if verb == "R" else WROTE))
