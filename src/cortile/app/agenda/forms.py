"""Another hour for an appointment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cortile.kit import dates
from cortile.kit.forms import Cards, Form


class Move(Form):
    """One of the hours in which who receives you has time."""

    starts_at = forms.ChoiceField(label=_("Quando puoi venire?"), widget=Cards, error_messages={"required": _("Scegli un'ora.")})

    def __init__(self, *args: Any, times: Iterable[datetime], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(*args, **kwargs)
        language = get_language() or "it"
        self.fields["starts_at"].choices = [(t.isoformat(), dates.moment(t, language)) for t in times]  # type: ignore[attr-defined]  # a ChoiceField
