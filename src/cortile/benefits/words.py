"""Sentences of contributions said from Python."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "not-allowed": (_("Non puoi cambiare un avviso con il tuo ruolo."), _("Chiedi all'ufficio contributi.")),
    "own-signature": (_("Chi propone un avviso non lo pubblica."), _("Serve la firma di un'altra persona.")),
    "not-proposed": (_("Questa versione non è ancora proposta."), _("Rileggila e proponila, poi un'altra persona la pubblica.")),
    "version-published": (_("Questa versione è pubblicata e non cambia più."), _("Scrivi una versione nuova.")),
    "texts-not-plain": (_("Così molte persone non lo capiscono."), _("Riscrivi con frasi più corte e parole più semplici.")),
}
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
