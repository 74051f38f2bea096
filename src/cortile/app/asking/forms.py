"""The three questions of asking for help; only the first needs an answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cortile.kit.forms import Cards, Form, text, upload
from cortile.listening.words import TOPIC_LABELS

Choices = Iterable[tuple[str, Any]]
CHOOSE = _("Scegli una voce. Se non sai quale, scegli «Altro, o non lo so».")


class Topic(Form):
    """What it is about. A delegate finds only what the person let them see."""

    topic = forms.ChoiceField(
        label=_("Di che cosa hai bisogno?"), choices=list(TOPIC_LABELS.items()), widget=Cards,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )  # fmt: skip

    def __init__(self, *args: Any, topics: Choices, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = list(topics)  # type: ignore[attr-defined]  # a ChoiceField


class Words(Form):
    """Words, a photo and a voice, all optional. The topic travels along, so that the draft saved while typing is whole."""

    story = text(_("Raccontaci, se vuoi"), hint=_("Anche solo due parole. Nella lingua che preferisci."), required=False)
    photo = upload(_("Una foto, se vuoi"), accept="image/*", hint=_("Fino a 12 MB. La rimpiccioliamo noi."), **{"data-shrink": ""})
    voice = upload(
        _("Registra la voce"), accept="audio/*", hint=_("Dal telefono si apre il registratore. Fino a 12 MB."), capture="user"
    )
    topic = forms.ChoiceField(choices=list(TOPIC_LABELS.items()), widget=forms.HiddenInput)


class Check(Form):
    """How we answer. What was said before travels along, so that sending twice is sending once."""

    answer_by = forms.ChoiceField(label=_("Come ti rispondiamo?"), widget=Cards)
    topic = forms.ChoiceField(choices=list(TOPIC_LABELS.items()), widget=forms.HiddenInput)
    story = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, ways: Choices, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(*args, **kwargs)
        self.fields["answer_by"].choices = list(ways)  # type: ignore[attr-defined]  # a ChoiceField
