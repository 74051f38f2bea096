"""What a tenant chooses to tell a service."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cortile.kit.forms import Form, ManyChips, text


class AskForm(Form):
    """What she needs, and which data she gives: each is shown with its value."""

    need = text(_("Che cosa ti serve?"), hint=_("Una frase basta, nella lingua che preferisci."), rows=3)
    given = forms.MultipleChoiceField(label=_("Che cosa diciamo di te (solo questo)"), widget=ManyChips)

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(*args, **kwargs)
        self.offer("given", offered)

    def clean_given(self) -> list[str]:
        """Ask for a name or a number: a service cannot answer nobody."""
        chosen: list[str] = self.cleaned_data["given"]
        if not {"name", "phone"} & set(chosen):
            raise ValidationError(_("Scegli almeno il nome o il telefono: così ti possono rispondere."))
        return chosen


class OutcomeForm(Form):
    """Whether it helped: each answer is a button."""

    outcome = forms.ChoiceField(choices=[(key, key) for key in ("met", "partly", "no", "did_not_arrive")])
