"""The forms of the import page: files in, then a yes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from cortile.kit.forms import Form


class ManyFiles(forms.ClearableFileInput):
    """A field that takes several files at once."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/input.html"


class FilesField(forms.FileField):
    """Several files, each checked."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:  # noqa: ANN401 -- Django's own signature
        """Return the list of files; one of them must be there."""
        found = data if isinstance(data, (list, tuple)) else [data] if data else []
        return [super(FilesField, self).clean(f, initial) for f in found or [None]]


class Upload(Form):
    """The delivery of a landlord's system."""

    lists = FilesField(
        label=_("File dell'anagrafe"), widget=ManyFiles(attrs={"multiple": True, "accept": ".csv,.zip,.txt"}),
        help_text=_("Un file ZIP, oppure i file CSV: edifici, alloggi, persone, contratti, conti, fasce, spese, isee."),
        error_messages={
            "required": _("Mancano i file. Scegline almeno uno."), "empty": _("Il file è vuoto. Esportalo di nuovo."),
        },
    )  # fmt: skip


class Confirm(Form):
    """The yes after the dry run."""

    accept_closures = forms.BooleanField(
        label=_("La lista è completa: chiudi quello che non c'è più"), required=False,
        help_text=_("Serve solo se mancano molte righe rispetto alla volta prima."),
    )  # fmt: skip
