"""Labels this room says from Python: Italian is the source, the catalogues translate."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REPRESENTATIVE_LABELS = {
    "amministratore_sostegno": _("Amministratore di sostegno"),
    "tutore": _("Tutore"),
    "curatore": _("Curatore"),
    "genitore": _("Genitore"),
}

# What an operator looks at to know who is in front. To be confirmed by each body (docs/decisions/0018).
DOCUMENT_LABELS = {
    "id_card": _("carta d'identità"),
    "passport": _("passaporto"),
    "residence_permit": _("permesso di soggiorno"),
    "driving_licence": _("patente"),
}
DOCUMENT_SAID = {
    "id_card": _("con la carta d'identità"),
    "passport": _("con il passaporto"),
    "residence_permit": _("con il permesso di soggiorno"),
    "driving_licence": _("con la patente"),
}

# What may be copied for another body (product §3.5), and why it may be.
COPY_LABELS = {
    "name": _("Nome"),
    "phone": _("Telefono"),
    "language": _("Lingua"),
    "address": _("Casa"),
    "birth_year": _("Anno di nascita"),
    "need": _("Di che cosa ha bisogno"),
}
BASIS_LABELS = {
    "consent": _("La persona ha detto sì"),
    "public_task": _("È un compito che la legge ci dà"),
    "urgent_duty": _("È urgente: lo ha deciso la responsabile"),
}

# Why a record is opened when the person is not there.
ABSENT_LABELS = {
    "call": _("chiamata"),
    "letter": _("lettera"),
    "meeting": _("riunione"),
    "hand_over": _("passaggio da collega"),
    "other": _("altro"),
}
# Opened by logging a talk with the person, without the tap.
BY_CONTACT = "contact"
OPENED_LABELS = {BY_CONTACT: _("dopo un contatto"), **ABSENT_LABELS}
ALARM_LABELS = {"canary": _("ha aperto una scheda di controllo"), "burst": _("ha aperto molte schede in poco tempo")}
VERDICT_LABELS = {"fine": _("va bene"), "not_fine": _("non va bene")}
