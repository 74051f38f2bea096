"""Labels and refusals this room says from Python."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

KIND_LABELS = {"plan": _("Piano di rate"), "application": _("Domanda in attesa di risposta")}
# Where a fact was read, when its row does not say.
SOURCES = {
    "contract": _("contratto"),
    "accounts": _("conti dell'affitto"),
    "census": _("anagrafe degli inquilini"),
    "isee": _("attestazione ISEE"),
}
REFUSALS = {
    "protection-kind": (_("Manca che cosa protegge il contratto."), _("Scegli: un piano di rate, o una domanda in attesa.")),
    "protection-backwards": (_("La fine viene prima dell'inizio."), _("Correggi una delle due date.")),
    "protection-over": (_("Questo giorno è già passato."), _("Scrivi un giorno che deve ancora venire.")),
    "instalment-missing": (_("Un piano dice quanto si paga al mese e fino a quando."), _("Scrivi la rata e l'ultimo giorno.")),
    "protection-stands": (_("Questo contratto è già protetto così."), _("Chiudi prima quello che c'è.")),
    "protection-gone": (_("Questa protezione è già finita."), _("Ricarica la pagina.")),
    "reason-missing": (_("Manca il motivo."), _("Scrivi perché finisce: resta nella storia.")),
}
