"""Sentences of the directory said from Python."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "not-allowed": (_("Non puoi cambiare le schede dei servizi con il tuo ruolo."), _("Chiedi a chi tiene la mappa dei servizi.")),
    "name-missing": (_("Manca il nome."), _("Scrivi come si chiama.")),
    "not-in-this-state": (_("Questa scheda nel frattempo è cambiata."), _("Riaprila e guarda a che punto è.")),
    "nowhere-to-call": (
        _("La scheda non dice come trovare il servizio."), _("Scrivi un indirizzo, un telefono, una mail o un sito, poi pubblica."),
    ),
    "ages-backwards": (_("Le età sono al contrario."), _("La prima età è la più bassa.")),
    "hours-backwards": (_("L'orario finisce prima di cominciare."), _("Controlla le ore.")),
    "places-missing": (_("Manca quanti posti ci sono."), _("Scrivi un numero, anche zero.")),
    "reason-missing": (_("Manca il motivo."), _("Scrivi perché la scheda non vale più.")),
    "keeper-missing": (_("Non sappiamo a chi chiederlo."), _("Scrivi la mail di chi tiene la scheda.")),
    "link-over": (_("Questo indirizzo non vale più."), _("Telefona a chi te lo ha mandato.")),
    "dates-backwards": (_("L'accordo finisce prima di cominciare."), _("Controlla le date.")),
    "fields-unknown": (_("Un dato da condividere non è nell'elenco."), _("Scegli i dati tra quelli proposti.")),
    "file-unreadable": (_("Non riesco a leggere questo file."), _("Salvalo come Excel (.xlsx) o CSV e riprova.")),
    "columns-unknown": (_("Non trovo la colonna con il nome del servizio."), _("Scrivi quale colonna è, per esempio: Nome=name.")),
    "position-unknown": (_("La posizione non è giusta."), _("Scrivi latitudine e longitudine in gradi.")),
}  # fmt: skip
STATE_LABELS = {"draft": _("bozza"), "published": _("pubblicata"), "withdrawn": _("ritirata")}
STATUS_LABELS = {
    "active": _("attivo"), "inactive": _("fermo"), "defunct": _("finito"), "temporarily closed": _("chiuso per ora"),
}  # fmt: skip
CAPACITY_LABELS = {"capacity": _("ci sono posti"), "no-capacity": _("non ci sono posti"), "waitlist": _("c'è una lista d'attesa")}
FRESHNESS_LABELS = {
    "sure": _("verificata"), "ask": _("da riconfermare"), "unsure": _("non più sicura"), "never": _("mai verificata"),
}  # fmt: skip
HOW_LABELS = {"keeper": _("da chi la tiene"), "staff": _("da noi"), "import": _("con un elenco")}
DAY_LABELS = {
    "MO": _("lun"), "TU": _("mar"), "WE": _("mer"), "TH": _("gio"), "FR": _("ven"), "SA": _("sab"), "SU": _("dom"),
}  # fmt: skip
ORDINALS = {"1": _("primo"), "2": _("secondo"), "3": _("terzo"), "4": _("quarto"), "5": _("quinto")}


def day_in_words(part: str) -> str:
    """Return «lun» for MO and «secondo mar» for 2TU (RFC 5545 BYDAY)."""
    which, name = ORDINALS.get(part[:-2], ""), DAY_LABELS.get(part[-2:], part)
    return f"{which} {name}".strip()
