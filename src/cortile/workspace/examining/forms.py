"""The small forms of an application's page: one act each, filled in with what the rule already knows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cortile.benefits.examining import File
from cortile.benefits.rules.nodes import Input, Kind
from cortile.kit import money
from cortile.kit.forms import Chips, Form, day, text

# As it is typed in any of the languages the staff may read the page in.
YES, NO = ("sì", "si", "sí", "yes", "1"), ("no", "0")
YES_OR_NO = (("yes", _("Sì")), ("no", _("No")))
DAYS_GIVEN, MOST_DAYS = 20, 90


class FileForm(Form):
    """A form of the page: it knows the file it is about."""

    def __init__(self, *args: Any, file: File, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(*args, **kwargs)
        self.file = file
        self.prepare(file)

    def prepare(self, file: File) -> None:
        """Fill in what the file already says."""


class Plain(FileForm):
    """An act without words: one tap."""


class Grounds(FileForm):
    """Why, where the texts leave a doubt and a person decides."""

    grounds = text(_("Perché"), hint=_("Lo legge chi ha fatto la domanda: parole semplici."), rows=3, required=False)

    def prepare(self, file: File) -> None:
        """Ask for grounds only where a person decides."""
        if file.trace.outcome != "refer":
            del self.fields["grounds"]

    @property
    def words(self) -> dict[str, Any]:
        """Return the grounds, or none where the rule decides."""
        return {"grounds": self.cleaned_data.get("grounds", "")}


class Reason(FileForm):
    """A sentence that stays in the file."""

    reason = text(_("Il motivo"), rows=3)


class Words(FileForm):
    """What somebody said, in their own words."""

    text = text(_("Che cosa ha detto o scritto"), rows=3)


class Papers(FileForm):
    """Which paper, what helps to find it, and how many days."""

    which = forms.CharField(label=_("Che cosa manca"), max_length=200)
    text = forms.CharField(label=_("Dove si trova, o com'è fatto"), max_length=200, required=False)
    days = forms.IntegerField(label=_("Quanti giorni"), min_value=1, max_value=MOST_DAYS, initial=DAYS_GIVEN)

    def prepare(self, file: File) -> None:
        """Propose what decides soonest."""
        self.fields["which"].initial = next((found.label for found in file.trace.missing), "")


class Arrived(FileForm):
    """Whether papers came."""

    brought = forms.ChoiceField(
        label=_("Che cosa è successo"), widget=Chips, initial="yes",
        choices=[("yes", _("Sono arrivati")), ("no", _("I giorni sono passati"))],
    )  # fmt: skip
    text = forms.CharField(label=_("Quali"), max_length=200, required=False)


class Received(FileForm):
    """The day a notice reached her."""

    day = day(_("Il giorno in cui ha ricevuto l'avviso"))


class DatumForm(FileForm):
    """A datum with its source: the earlier one stays."""

    name = forms.ChoiceField(label=_("Quale dato"))
    value = forms.CharField(
        label=_("Il valore"), required=False, max_length=40,
        help_text=_("Euro, mesi, sì o no, il nome della fascia. Vuoto: non lo sa nessuno."),
    )  # fmt: skip
    source = forms.CharField(label=_("Chi lo dice"), max_length=200, help_text=_("Per esempio: attestazione ISEE"))
    evidence = forms.CharField(label=_("Numero del foglio"), max_length=80, required=False)
    as_of = day(_("Di quale giorno è"), required=False)
    expires_on = day(_("Fino a quando vale"), required=False)
    reason = forms.CharField(label=_("Perché lo correggi"), max_length=400)

    def prepare(self, file: File) -> None:
        """Offer the rule's own inputs."""
        self.offer("name", [(found.name, found.label) for found in file.trace.judged.rule.inputs])

    def clean(self) -> dict[str, Any]:
        """Read the value as its input takes it."""
        said: dict[str, Any] = super().clean() or {}
        named = {found.name: found for found in self.file.trace.judged.rule.inputs}
        if said.get("name") in named:
            try:
                said["value"] = read(named[said["name"]], str(said.get("value", "")))
            except (ValueError, LookupError):
                self.add_error("value", _("Questo valore non si legge. Scrivi per esempio 12.400, 24, sì, accesso."))
        return said


class Attestation(FileForm):
    """The number of an ISEE attestation."""

    protocol = forms.CharField(
        label=_("Numero dell'attestazione"), max_length=60, help_text=_("Per esempio: INPS-ISEE-2026-12345678X-00")
    )


class Thresholds(Attestation):
    """What INPS answers for the call's thresholds: yes or no, and never the sum."""

    below_ceiling = forms.ChoiceField(label=_("L'ISEE è sotto il massimo dell'avviso?"), widget=Chips, choices=YES_OR_NO)
    above_floor = forms.ChoiceField(label=_("L'ISEE è sopra il minimo dell'avviso?"), widget=Chips, choices=YES_OR_NO)
    discrepancies = forms.ChoiceField(
        label=_("INPS segnala difformità?"), widget=Chips, choices=YES_OR_NO, initial="no",
        help_text=_("Se sì, la domanda resta aperta e si chiedono i documenti."),
    )  # fmt: skip
    field_order = ("below_ceiling", "above_floor", "discrepancies", "protocol")

    @property
    def words(self) -> dict[str, Any]:
        """Return the answers as yes or no."""
        return {name: said if name == "protocol" else said == "yes" for name, said in super().words.items()}


def read(found: Input, typed: str) -> int | None:
    """Read what somebody typed of an input: cents, a count, the position of a word. Raise ``ValueError`` or ``LookupError``."""
    bare = typed.strip().lower()
    if not bare:
        return None
    if found.kind == Kind.CENTS:
        return money.cents(bare)
    if found.kind == Kind.CODE:
        return [option.lower() for option in found.options].index(bare)
    if found.kind == Kind.FLAG:
        return {**dict.fromkeys(YES, 1), **dict.fromkeys(NO, 0)}[bare]
    return int(bare)
