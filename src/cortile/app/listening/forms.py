"""What somebody adds to their request."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cortile.kit.forms import Form, text, upload


class Reply(Form):
    """Words, or a file that speaks by itself."""

    story = text(_("Scrivi qui"), hint=_("Nella lingua che preferisci. La legge chi segue la tua richiesta."), required=False)
    photo = upload(_("Una foto, se vuoi"), accept="image/*", hint=_("Fino a 12 MB. La rimpiccioliamo noi."), **{"data-shrink": ""})
    voice = upload(
        _("Registra la voce"), accept="audio/*", hint=_("Dal telefono si apre il registratore. Fino a 12 MB."), capture="user"
    )
    document = upload(_("Un documento in PDF"), accept="application/pdf", hint=_("Fino a 12 MB."))
