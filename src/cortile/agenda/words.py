"""Labels and sentences this room says from Python: Italian is the source, the catalogues translate."""

from __future__ import annotations

from babel import Locale
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from cortile.kit import languages

STATE_LABELS = {
    "booked": _("Fissato"),
    "cancelled": _("Annullato"),
    "done": _("Fatto"),
    "no_show": _("Non è venuta"),
}
WEEKDAYS = (_("lunedì"), _("martedì"), _("mercoledì"), _("giovedì"), _("venerdì"), _("sabato"), _("domenica"))
PLACE_CLOSES = _("{place} chiude")
# Why a call moved the date of a request, as its history keeps it.
CHOSEN = gettext_noop("l'ora è stata scelta insieme")
NEVER_OPEN = _("Non ha orari: scegli un altro posto.")
OPEN_ON = _("È aperto: {hours}.")

REFUSALS = {
    "appointment-past": (_("Quest'ora è già passata."), _("Scegli un'ora che deve ancora venire.")),
    "appointment-length": (_("Un appuntamento dura da 5 minuti a 4 ore."), _("Correggi la durata.")),
    "place-closed-then": (_("A quell'ora {place} è chiuso."), ""),
    "place-not-open": (_("{place} non riceve nessuno adesso."), _("Scegli un altro posto.")),
    "place-elsewhere": (_("Questo posto è di un altro ente."), _("Scegli un posto dall'elenco.")),
    "staff-elsewhere": (_("Questa persona non riceve nel tuo ente."), _("Scegli un collega dall'elenco.")),
    "staff-away": (_("Quel giorno {staff} non c'è."), _("Scegli un altro giorno o un collega.")),
    "staff-busy": (_("A quell'ora {staff} ha già un appuntamento."), _("Scegli un'altra ora o un collega.")),
    "appointment-not-booked": (_("Questo appuntamento non è più in agenda."), _("Fissane un altro.")),
    "appointment-same": (_("L'appuntamento è già a quest'ora."), _("Scegli un'altra ora.")),
    "appointment-not-yet": (
        _("L'appuntamento non è ancora cominciato."),
        _("Segnalo quando la persona è arrivata, o non è venuta."),
    ),
    "call-back-past": (_("Quest'ora è già passata."), _("Scegli un'ora che deve ancora venire.")),
    "call-back-closed": (_("A quell'ora non rispondiamo al telefono."), _("Scegli una delle ore dell'elenco.")),
    "call-back-taken": (_("Quest'ora non è più libera."), _("Scegli un'altra ora.")),
    "call-back-nobody": (_("In questi giorni non c'è un'ora libera."), _("Scegli un altro modo per parlarci.")),
    "call-back-open": (
        _("C'è già una telefonata fissata per questa richiesta."),
        _("Se l'ora non va bene, annulla quella e fissane un'altra."),
    ),
    "call-back-no-phone": (_("Non abbiamo un numero sicuro da chiamare."), _("Scegli un altro modo per parlarci.")),
    "call-back-not-booked": (_("Questa telefonata non è più in agenda."), _("Fissane un'altra.")),
    "call-back-not-yet": (_("Non è ancora ora di chiamare."), _("Segnala quando hai chiamato.")),
    "visit-place-missing": (_("In questi giorni lo Spazio non ha un'ora libera."), _("Scegli un altro modo per parlarci.")),
    "way-missing": (_("Manca come vuoi parlarci."), _("Scegli: ti chiamiamo noi, vieni da noi, o rispondi qui.")),
    "reason-missing": (_("Manca il motivo."), _("Scrivi il motivo: lo legge anche la persona.")),
    "not-allowed": (_("Questa cosa la fa chi riceve."), _("Chiedi allo Spazio C.A.S.A.")),
    "person-not-active": (_("Questa persona non abita più da noi."), _("Controlla la scheda della persona.")),
}


def tongue(code: str) -> str:
    """Name a language in Italian, as the catalogue's terms know it: «arabo»."""
    return str(Locale.parse(languages.SOURCE).languages.get(code, code))
