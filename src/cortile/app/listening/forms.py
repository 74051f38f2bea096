"""What somebody adds to their request."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cortile.kit.forms import Form, text


class Reply(Form):
    """Words, a photo, or both."""

    story = text(_("Scrivi qui"), hint=_("Nella lingua che preferisci. La legge chi segue la tua richiesta."), required=False)
    photo = forms.FileField(
        label=_("Una foto, se vuoi"), required=False, help_text=_("Fino a 12 MB. La rimpiccioliamo noi."),
        widget=forms.FileInput(attrs={"accept": "image/*", "data-shrink": ""}),
    )  # fmt: skip
