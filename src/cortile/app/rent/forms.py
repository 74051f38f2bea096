"""When we talk: one tap, and words only for who wants to write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cortile.kit import dates
from cortile.kit.forms import Cards, Form, text

CHOOSE = _("Scegli un'ora.")


class Hour(Form):
    """One of the hours in which who follows you has time. The first is already chosen."""

    starts_at = forms.ChoiceField(widget=Cards, error_messages={"required": CHOOSE, "invalid_choice": CHOOSE})

    def __init__(self, *args: Any, label: Any, hours: Sequence[datetime], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(*args, **kwargs)
        language = get_language() or "it"
        # An hour that went meanwhile is refused by its act, in its words; one sent twice is the same one.
        offered = {h.isoformat(): h for h in hours} | _hour_sent(self.data.get("starts_at", ""))
        choices = [(written, dates.moment(h, language)) for written, h in offered.items()]
        self.fields["starts_at"].label = label
        self.offer("starts_at", choices, initial=choices[0][0] if choices else None)

    @property
    def at(self) -> datetime | None:
        """Return the hour somebody chose."""
        return datetime.fromisoformat(self.cleaned_data["starts_at"])


def _hour_sent(written: str) -> dict[str, datetime]:
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        return {}
    return {written: at} if at.tzinfo is not None else {}


class Here(Form):
    """Words for who wants to write: nobody has to."""

    story = text(_("Vuoi dirci qualcosa? Se no, lascia vuoto."), required=False)
    at: datetime | None = None
