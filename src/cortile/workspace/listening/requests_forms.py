"""The small forms of a request's page: one act each, two fields at most where it can be."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cortile.agencies import reads as agencies
from cortile.kit.forms import Chips, Form, day, text, upload
from cortile.listening import reads, states, words
from cortile.listening.reads import Whole

Choices = list[tuple[Any, Any]]
OUTCOMES = [(o, words.OUTCOME_LABELS[o]) for o in states.OUTCOMES]
REACHED_BY = ("phone", "in_person", "sms", "email", "paper", "custodian")


class Desk:
    """A request on its page, with what its forms choose from: each list is fetched when a form first asks for it."""

    def __init__(self, whole: Whole) -> None:
        self.whole = whole
        self.agency_id = whole.thread.agency_id

    @cached_property
    def offices(self) -> Choices:
        """Return the offices a question can go to."""
        return [(o.pk, o.name) for o in agencies.offices_of(self.agency_id)]

    @cached_property
    def colleagues(self) -> Choices:
        """Return who else can follow the request."""
        return [(s.pk, s.display_name) for s in agencies.colleagues(self.agency_id) if s.pk != self.whole.thread.owner_id]

    @cached_property
    def categories(self) -> Choices:
        """Return the categories of the body, those of the request's own chip first."""
        found = sorted(reads.categories(self.agency_id), key=lambda c: (c.chip != self.whole.thread.chip, c.code))
        return [("", _("Non ancora scelta")), *((c.pk, f"{c.code} · {c.label}") for c in found)]


class ActForm(Form):
    """A form of the page: it knows the request it is about."""

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(*args, **kwargs)
        self.prepare(desk)

    def prepare(self, desk: Desk) -> None:
        """Fill the choices that depend on the request."""


class Plain(ActForm):
    """An act without words: one tap."""


class Say(ActForm):
    """What the person will read."""

    text = text(_("La tua risposta"), hint=_("La legge la persona: parole semplici, una cosa per frase."))


class Note(ActForm):
    """What stays inside."""

    text = text(_("Nota interna"), rows=3)


class Ask(ActForm):
    """What we need from the person."""

    what = text(_("Che cosa ci serve?"), hint=_("Per esempio: una foto della bolletta."), rows=2)


class Pass(ActForm):
    """A question for an office."""

    office = forms.TypedChoiceField(label=_("A quale ufficio?"), coerce=int, widget=Chips)
    question = text(_("La domanda"), hint=_("L'ufficio legge solo questo, il nome, il telefono e l'alloggio."), rows=3)

    def prepare(self, desk: Desk) -> None:
        """Offer the offices of the body."""
        self.offer("office", desk.offices)


class Move(ActForm):
    """A new date, with its reason."""

    day = day(_("Nuova data"))
    kind = forms.ChoiceField(
        label=_("Che cosa promettiamo?"), widget=Chips, initial="answer",
        choices=[("answer", _("Un aggiornamento da noi")), ("repair", _("La riparazione"))],
    )  # fmt: skip
    said_by = forms.CharField(
        label=_("Chi ha dato la data della riparazione?"), required=False, max_length=120,
        help_text=_("Una data di riparazione la dà solo il fornitore. Per un aggiornamento lascia vuoto."),
    )  # fmt: skip
    reason = text(_("Perché si sposta?"), hint=_("Lo legge anche la persona."), rows=2, required=False)


class Attempt(ActForm):
    """We tried to reach the person."""

    how = forms.ChoiceField(label=_("Come hai provato?"), widget=Chips, choices=[(c, words.CHANNEL_LABELS[c]) for c in REACHED_BY])
    text = text(_("Com'è andata?"), rows=2, required=False)


class Solved(ActForm):
    """What was done, in words the person reads."""

    text = text(_("Che cosa è stato fatto?"), hint=_("Lo legge la persona, con la domanda: è risolto anche per te?"), rows=3)


class Close(ActForm):
    """How it ended (I2)."""

    outcome = forms.ChoiceField(label=_("Com'è finita?"), choices=[("", "—"), *OUTCOMES])
    yes = forms.BooleanField(label=_("La persona ha detto sì: per lei è risolto"), required=False)
    text = text(_("Due parole per chi rilegge"), rows=2, required=False)


class Words(ActForm):
    """Words that may be left out."""

    text = text(_("Due parole (facoltativo)"), rows=2, required=False)


class Reopen(Words):
    """The same, and whether she asked for it."""

    asked = forms.BooleanField(label=_("Me lo ha chiesto la persona"), required=False, initial=True)


class ForHer(ActForm):
    """What she says, and what she brought."""

    text = text(_("Che cosa dice?"), hint=_("Con le sue parole. La palla torna a noi."), rows=3)
    photo = upload(_("Una foto (facoltativo)"), accept="image/*")
    voice = upload(_("La sua voce (facoltativo)"), accept="audio/*")
    document = upload(_("Un documento PDF (facoltativo)"), accept="application/pdf")


class Assign(ActForm):
    """To whom."""

    to = forms.TypedChoiceField(label=_("A chi?"), coerce=int)
    reason = text(_("Perché (facoltativo)"), rows=2, required=False)

    def prepare(self, desk: Desk) -> None:
        """Offer the colleagues who can follow a request."""
        self.offer("to", [("", "—"), *desk.colleagues])


class Refine(ActForm):
    """The category of the office and the urgency."""

    category = forms.TypedChoiceField(label=_("Categoria"), coerce=int, empty_value=None, required=False)
    urgency = forms.ChoiceField(label=_("Urgenza"), widget=Chips, choices=list(words.URGENCY_LABELS.items()))

    def prepare(self, desk: Desk) -> None:
        """Offer the categories of the body and show what stands now."""
        self.offer("category", desk.categories, desk.whole.thread.category_id)
        self.fields["urgency"].initial = desk.whole.thread.urgency


class Maintenance(ActForm):
    """The number of the maintenance system."""

    number = forms.CharField(label=_("Numero nel sistema della manutenzione"), max_length=60)

    def prepare(self, desk: Desk) -> None:
        """Show the number already known."""
        self.fields["number"].initial = desk.whole.thread.maintenance_number


class OfHandOver(ActForm):
    """Which hand-over an act is about."""

    hand_over = forms.IntegerField(widget=forms.HiddenInput)


class Withdraw(OfHandOver):
    """Taking a question back."""

    reason = text(_("Perché (facoltativo)"), rows=2, required=False)
