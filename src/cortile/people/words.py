"""Labels this room says from Python: Italian is the source, the catalogues translate."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REPRESENTATIVE_LABELS = {
    "amministratore_sostegno": _("Amministratore di sostegno"),
    "tutore": _("Tutore"),
    "curatore": _("Curatore"),
    "genitore": _("Genitore"),
}
