"""Labels of the month page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

FEW = _("meno di 5")
NOT_SHOWN = _("non mostrato")
NOTHING = "–"
TOTAL = _("Totale")
NO_PLACE = _("Senza luogo")
AXES = {"all": _("Tutto l'ente"), "place": _("Per luogo"), "nature": _("Per natura")}
MEASURES = {
    "contacts": _("Contatti"),
    "listening": _("di cui ascolto"),
    "opened": _("Richieste aperte"),
    "due": _("Risposta dovuta"),
    "kept": _("Risposta entro la prima promessa"),
    "closed": _("Richieste chiuse"),
}
SHARE = _("Quota in tempo")
AT_LEAST = _("almeno %(share)s %%")
GROUP, ITEM = _("Gruppo"), _("Voce")
PAST = _("Storia importata: giorni alla chiusura, valore a metà")
PAST_MONTH, PAST_EVERY = _("Aperte nel mese"), _("Tutta la storia")
# What associations of their own hand over, in the order of their files.
RELEASED_LINES = {
    "people": _("Persone incontrate"),
    "first_talks": _("Primi colloqui"),
    "support": _("Persone con passi di sostegno"),
    "guidance": _("Persone con passi di orientamento"),
    "job": _("Persone con passi di lavoro"),
    "workshop": _("Persone con passi di laboratorio"),
    "accompaniment": _("Persone con passi di accompagnamento"),
    "group_days": _("Giornate di gruppo"),
    "presences": _("Presenze ai gruppi"),
    "half_hours": _("Mezz'ore prese"),
}
QUARTER = _("%(number)sº trimestre %(year)s")
