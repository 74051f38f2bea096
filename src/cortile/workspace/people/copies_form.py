"""«Condividi con un altro ente»: which fields, with whom, what for, on which ground, until when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cortile.kit.forms import Cards, Form, ManyChips, day, text
from cortile.people.words import BASIS_LABELS, COPY_LABELS

Choices = list[tuple[Any, Any]]
OWN_WORDS = "need"


class ShareForm(Form):
    """What goes to another body. Only what there is to give is offered; a delicate request never is."""

    to = forms.ChoiceField(label=_("A chi"), widget=Cards)
    fields_given = forms.MultipleChoiceField(
        label=_("Che cosa vedranno"), help_text=_("Solo quello che serve. Il resto della scheda non lo vedono."), widget=ManyChips,
        required=False,
    )  # fmt: skip
    request = forms.ChoiceField(label=_("Di che cosa ha bisogno"), widget=Cards, required=False)
    need = text(_("Oppure con parole tue"), hint=_("Lascia vuoto se non serve."), rows=2, required=False)
    purpose = forms.CharField(label=_("A che cosa serve"), help_text=_("Per esempio: corso di italiano."), max_length=200)
    basis = forms.ChoiceField(label=_("Perché puoi farlo"), choices=list(BASIS_LABELS.items()), widget=Cards)
    said_yes = forms.BooleanField(label=_("L'ho chiesto alla persona e ha detto sì"), required=False)
    supervisor = forms.ChoiceField(label=_("Se è urgente: chi lo ha deciso"), required=False)
    evidence = text(_("Spiegalo in una frase"), hint=_("Quando e come ha detto sì, oppure quale legge."), rows=2)
    until = day(_("Fino a quando"), hint=_("Al massimo 90 giorni. Poi la copia sparisce da sola."))

    def __init__(self, *args: Any, bodies: Choices, offered: Choices, requests: Choices, leads: Choices, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(*args, **kwargs)
        self.titles = dict(requests)
        self.offer("to", bodies, bodies[0][0] if len(bodies) == 1 else None)
        self.offer("fields_given", [(key, COPY_LABELS[key]) for key, _value in offered])
        self.offer("request", [("", _("Non lo scrivo")), *requests])
        self.offer("supervisor", [("", _("Nessuno")), *leads])
        if not requests:
            del self.fields["request"]

    @property
    def given(self) -> dict[str, Any]:
        """Return what the act asks for: the need is copied when there are words of it, the request is remembered."""
        said = self.words
        chosen = said.get("request", "")
        need = said["need"].strip() or self.titles.get(chosen, "")
        ticked = [*said["fields_given"], *([OWN_WORDS] if need else [])]
        asked = {key: said[key] for key in ("purpose", "basis", "said_yes", "evidence", "until")}
        return asked | {"fields": ticked, "need": need, "thread_id": int(chosen) if chosen else None}
