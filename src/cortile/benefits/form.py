"""What an application asks, as a form both doors draw: six pages for who types alone, one for who has a person in front.

A field stands here only for what nobody knows: what the registry knows is shown with its source and date, and never asked.
What the call's rule asks and nobody knows is asked from the rule itself: another call needs no code. «Non so» is always an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from stdnum import iban as ibans

from cortile.accounts.reads import Known
from cortile.benefits import isee
from cortile.benefits.actions import Stated
from cortile.benefits.rules import sentences
from cortile.benefits.rules.nodes import Input, Kind, Rule
from cortile.kit import money
from cortile.kit.forms import Cards, Chips, Form, day, text, upload

PAGES = (1, 2, 3, 4, 5, 6)
TITLES = {
    1: _("Chi sei e dove abiti"), 2: _("Il tuo ISEE"), 3: _("Le spese"), 4: _("Affitto e piano di rate"),
    5: _("Risposta, soldi e documenti"), 6: _("Controlla e invia"),
}  # fmt: skip
# Which page an input of a rule stands on; one that no call had yet stands with the rent.
PAGE_OF = {"band": 1, "months_assigned": 1, "cause_of_loss": 1, "isee": 2, "due": 3}
OTHERWISE, CONTACTS = 4, 5
# Our own register answers these, yes or no: nobody is asked.
OURS = "registro dei contributi"
UNKNOWN = ("unknown", _("Non lo so"))
HAS_ISEE = frozenset({"protocol", "current"})
_EXAMPLE = _("Questo non sembra il numero. È in alto a destra sul foglio, così: INPS-ISEE-2026-12345678X-00.")
DECLARED, CURRENT, BY_PROTOCOL = "dichiarato", "ISEE corrente, dichiarato", "ISEE con protocollo, dichiarato"
Facts = Mapping[str, Known]


class Questions(Form):
    """Some questions of an application. A page without any is never wrong."""

    def __init__(self, *args: Any, asked: Mapping[str, forms.Field], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(*args, **kwargs)
        self.fields.update(asked)

    def clean(self) -> dict[str, Any]:
        """Ask for what a choice needs beside it."""
        said: dict[str, Any] = super().clean() or {}
        attested = said.get("isee") in HAS_ISEE and "isee_protocol" in said and said.get("isee_value", "") is None
        if attested and not said["isee_protocol"]:
            self.add_error("isee_protocol", _("Scrivi il numero di protocollo, oppure scegli «Non lo so»."))
        if said.get("paid_by") == "transfer" and said.get("iban") == "":
            self.add_error("iban", _("Scrivi l'IBAN, oppure scegli la bolletta."))
        return said


class Paper(Form):
    """One paper: which, and of which day."""

    kind = forms.ChoiceField(label=_("Quale documento?"), required=False)
    file = upload(_("La foto o il PDF"), accept="image/*,application/pdf", hint=_("Il foglio intero, con la luce. Fino a 12 MB."))
    dated_on = day(_("Di che giorno è?"), hint=_("Il giorno scritto sul documento."), required=False)

    def __init__(self, *args: Any, kinds: Iterable[str], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(*args, **kwargs)
        named = [(kind, kind) for kind in kinds]
        self.offer("kind", named, initial=named[0][0] if named else None)
        if len(named) == 1:
            self.fields["kind"].widget = forms.HiddenInput()

    @property
    def brought(self) -> bool:
        """Tell whether a file came with it."""
        return bool(self.is_valid() and self.cleaned_data["file"])


def inputs_on(page: int, rule: Rule) -> list[Input]:
    """Return what a rule asks that stands on a page."""
    return [found for found in rule.inputs if PAGE_OF.get(found.name, OTHERWISE) == page]


def asked_on(page: int, rule: Rule, known: Facts | None, ways: Iterable[tuple[str, Any]]) -> dict[str, forms.Field]:
    """Return the fields of a page, in order.

    ``known`` is what the registry says, or None for who may not be told: then what it may know is not asked either.
    """
    found: dict[str, forms.Field] = {}
    for one in inputs_on(page, rule):
        if one.name == "isee":
            found |= _isee(known.get("isee") if known else None)
        elif known is not None and known[one.name].value is None and one.source != OURS:
            found[f"said_{one.name}"] = _asking(one)
    if page == CONTACTS:
        found |= _contacts(ways)
    if page == PAGES[-1]:
        found["words"] = text(_("Vuoi dirci altro? Se no, lascia vuoto."), required=False, rows=3)
    return found


def every(rule: Rule, known: Facts | None, ways: Iterable[tuple[str, Any]]) -> dict[str, forms.Field]:
    """Return the fields of all the pages: one page, for who has the person in front."""
    each = list(ways)
    return {name: field for page in PAGES for name, field in asked_on(page, rule, known, each).items()}


def is_done(answers: Mapping[str, str], asked: Mapping[str, forms.Field]) -> bool:
    """Tell whether all the questions of a page were answered, «non so» and nothing at all included; true for a page without any."""
    return all(name in answers for name in asked) and Questions(answers, asked=asked).is_valid()


def stated_of(said: Mapping[str, Any], rule: Rule) -> dict[str, Stated]:
    """Return what the cleaned answers of all the pages say of a rule's inputs, as its act takes it."""
    found = {one.name: Stated(_value(one, said[f"said_{one.name}"]), DECLARED) for one in rule.inputs if f"said_{one.name}" in said}
    declared = _stated_isee(said)
    return found if declared is None else found | {"isee": declared}


def _isee(known: Known | None) -> dict[str, forms.Field]:
    ways = [
        ("protocol", _("Ho il foglio dell'ISEE di quest'anno")), ("current", _("Ho un ISEE corrente")),
        ("unknown", _("Non lo so: controllate voi")),
    ]  # fmt: skip
    if known is not None and known.value is not None:
        ways = [("known", _("È giusto quello che avete")), *ways]
    return {
        "isee": forms.ChoiceField(label=_("Che ISEE usiamo?"), choices=ways, widget=Cards),
        "isee_protocol": Protocol(),
        "isee_value": Sum(
            label=_("Quanto è? In euro, se lo sai"),
            wrong=_("Scrivi l'ISEE in euro, per esempio 12.400. Se non lo sai, lascia vuoto."), most=100_000_000_00,
        ),
    }  # fmt: skip


def _contacts(ways: Iterable[tuple[str, Any]]) -> dict[str, forms.Field]:
    paid = [("account", _("Toglieteli dalla bolletta")), ("transfer", _("Mandateli sul mio conto"))]
    return {
        "answer_by": forms.ChoiceField(label=_("Come ti rispondiamo?"), choices=list(ways), widget=Cards),
        "paid_by": forms.ChoiceField(label=_("Come ti diamo i soldi?"), choices=paid, widget=Cards),
        "iban": Iban(),
        "helper": forms.CharField(
            label=_("Chi ti aiuta con questa domanda?"), help_text=_("Il nome. Se nessuno, lascia vuoto."), required=False,
            max_length=120,
        ),
    }  # fmt: skip


def _asking(one: Input) -> forms.Field:
    """Return the field of an input nobody knows, from what the rule says of it."""
    label, unsure = one.label[:1].upper() + one.label[1:], _("Se non lo sai, lascia vuoto.")
    if one.kind == Kind.CODE:
        options = [*((name, name.capitalize()) for name in one.options), UNKNOWN]
        return forms.ChoiceField(label=label, choices=options, widget=Chips)
    if one.kind == Kind.FLAG:
        return forms.ChoiceField(label=label, choices=[("yes", _("Sì")), ("no", _("No")), UNKNOWN], widget=Chips)
    if one.kind == Kind.CENTS:
        return Sum(label=label, help_text=unsure, wrong=_("Scrivi una somma in euro, per esempio 640,50."), most=one.most)
    return forms.IntegerField(label=label, help_text=unsure, required=False, min_value=0, max_value=one.most or None)


def _value(one: Input, said: Any) -> int | None:  # noqa: ANN401 -- what a field cleaned
    if one.kind == Kind.CODE:
        return one.options.index(said) if said in one.options else None
    if one.kind == Kind.FLAG:
        return {"yes": 1, "no": 0}.get(said)
    return None if said is None else int(said)


def _stated_isee(said: Mapping[str, Any]) -> Stated | None:
    """Say an ISEE that was declared: good until 31 December of its own year (DPCM 159/2013 art. 10).

    A current one (art. 9) ends sooner, and when is to be confirmed: the office reads it from the attestation.
    """
    if said.get("isee") not in HAS_ISEE:
        return None
    number, current = said.get("isee_protocol") or "", said["isee"] == "current"
    end = date(isee.year_of(number), 12, 31) if number and not current else None
    return Stated(said.get("isee_value"), CURRENT if current else BY_PROTOCOL if number else DECLARED, number, expires_on=end)


def shown(one: Input, value: int | None) -> str:
    """Say a value as people read it, or nothing."""
    return "" if value is None else sentences.said(one.kind, value, unit=one.unit, options=one.options)


class Protocol(forms.CharField):
    """The number on the sheet of an ISEE, taken however it is typed."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Numero di protocollo"), required=False, max_length=40, help_text=_("Comincia con INPS-ISEE. Non è la somma."),
            widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        )  # fmt: skip

    def clean(self, value: Any) -> str:  # noqa: ANN401 -- Django's own signature
        """Return it as INPS writes it, or nothing."""
        typed = str(super().clean(value)).strip()
        try:
            return isee.protocol(typed) if typed else ""
        except ValueError as wrong:
            raise forms.ValidationError(_EXAMPLE) from wrong


class Sum(forms.CharField):
    """A sum in euros, as cents; nothing for who does not know."""

    def __init__(self, *, label: Any, wrong: Any, most: int, help_text: Any = "") -> None:  # noqa: ANN401 -- lazy strings
        super().__init__(
            label=label, required=False, max_length=20, help_text=help_text,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "short"}),
        )  # fmt: skip
        self.wrong, self.most = wrong, most

    def clean(self, value: Any) -> int | None:  # noqa: ANN401 -- cents, where Django returns the text
        """Return cents, or None."""
        typed = str(super().clean(value)).strip()
        try:
            found = money.cents(typed) if typed else None
        except ValueError:
            found = -1
        if found is not None and not 0 <= found <= self.most:
            raise forms.ValidationError(self.wrong)
        return found


class Iban(forms.CharField):
    """An account, with its check figures (ISO 7064, modulo 97) and the length of its country (ISO 13616)."""

    def __init__(self) -> None:
        super().__init__(
            label=_("IBAN"), required=False, max_length=42, help_text=_("Serve solo se vuoi i soldi sul conto. Comincia con IT."),
            widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "dir": "ltr"}),
        )  # fmt: skip

    def clean(self, value: Any) -> str:  # noqa: ANN401 -- Django's own signature
        """Return it without spaces, or nothing."""
        typed = "".join(str(super().clean(value)).split()).upper()
        if typed and not ibans.is_valid(typed):
            raise forms.ValidationError(_("In questo IBAN c'è un errore. Ricopialo con calma: 27 lettere e numeri, se è italiano."))
        return typed
