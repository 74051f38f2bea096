"""The form of a referral: what is asked, exactly which data go, and on which ground."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cortile.kit.forms import Cards, Form, ManyChips, day, text

Choices = list[tuple[Any, Any]]
SPOKEN, PAPER, NO = "spoken", "paper", "no"
PUBLIC_TASK, URGENT = "public_task", "urgent_duty"
YES = (SPOKEN, PAPER)
BASIS = [
    (SPOKEN, _("Dice sì, davanti a me")),
    (PAPER, _("Firma sul foglio")),
    (NO, _("Dice no: non si invia, continuiamo ad aiutarla")),
]
APART = [
    ("", _("No, le chiedo se vuole")),
    (PUBLIC_TASK, _("È un compito nostro, previsto da una norma: gliel'ho detto")),
    (URGENT, _("È urgente: lo ha deciso chi è responsabile")),
]


class SendForm(Form):
    """What goes to a service. Only what there is to give is offered, each datum with its value."""

    need = text(_("Che cosa chiede"), hint=_("Lo legge il servizio. Senza nomi di altre persone."), rows=2)
    given = forms.MultipleChoiceField(label=_("Che cosa diciamo (solo questo)"), widget=ManyChips, required=False)
    notes = text(_("Altro da sapere (facoltativo)"), hint=_("Per esempio: meglio dopo le 16."), rows=2, required=False)
    basis = forms.ChoiceField(label=_("Che cosa risponde"), choices=BASIS, widget=Cards, required=False)
    apart = forms.ChoiceField(label=_("Si invia senza chiederglielo?"), choices=APART, widget=Cards, required=False)
    notice = text(
        _("Che cosa le hai detto, o perché è urgente"), hint=_("Una frase. La può leggere anche lei."), rows=2, required=False
    )
    supervisor = forms.TypedChoiceField(label=_("Se è urgente: chi lo ha deciso"), coerce=int, empty_value=None, required=False)
    until = day(_("Il permesso vale fino al"), hint=_("Al massimo 90 giorni."))
    check_on = day(_("Quando controlliamo com'è andata"))

    def __init__(
        self, *args: Any, offered: Choices, leads: Choices, agreed: bool, asks: bool = True, **kwargs: Any,  # noqa: ANN401 -- Django's own signature
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.asks, self.agreed = asks, agreed
        self.offer("given", offered)
        self.offer("supervisor", [("", _("Nessuno")), *leads])

    def clean(self) -> dict[str, Any]:
        """Ask for one ground: her answer, or what stands in its place with its words."""
        said = super().clean() or {}
        if not self.asks:
            return said
        if not said.get("basis") and not said.get("apart"):
            self.add_error("basis", ValidationError(_("Leggi la frase e segna che cosa risponde.")))
        if said.get("apart") and not said.get("notice", "").strip():
            self.add_error("notice", ValidationError(_("Scrivi una frase: resta come prova.")))
        if said.get("apart") == URGENT and not said.get("supervisor"):
            self.add_error("supervisor", ValidationError(_("Scegli chi lo ha deciso.")))
        return said

    @property
    def ticked(self) -> list[str]:
        """Return exactly what goes: what was ticked, the need, and the notes when there are any."""
        return self._with_words(self.words["given"], self.words["notes"])

    @property
    def ticked_now(self) -> list[str]:
        """Return the same while the form is still being written."""
        return self._with_words(self.now("given") or [], self.now("notes") or "")

    def _with_words(self, given: list[str], notes: str) -> list[str]:
        return [*given, "need", *(["notes"] if notes.strip() else [])]

    def now(self, name: str) -> Any:  # noqa: ANN401 -- of any field
        """Return what a field says now: as typed when it can be read, else as it was offered."""
        if self.is_bound and name in getattr(self, "cleaned_data", {}):
            return self.cleaned_data[name]
        return self.get_initial_for_field(self.fields[name], name)

    @property
    def apart_open(self) -> bool:
        """Tell whether the grounds without her yes are shown open: somebody chose one, or left something to mend there."""
        chosen = self.data.get("apart", "") if self.is_bound else ""
        return bool(chosen or self.errors.get("notice") or self.errors.get("supervisor"))
