"""The acts of an application's page: which form, from where, what it calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from cortile.benefits import procedure
from cortile.benefits.actions import examination as actions
from cortile.benefits.examining import File
from cortile.kit.actor import Actor
from cortile.workspace.examining import forms
from cortile.workspace.examining.forms import FileForm

Words = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be done to a file. ``starts`` is its name for the procedure, ``right`` what whoever does it holds."""

    slug: str
    title: object
    verb: object
    form: type[FileForm]
    starts: str
    right: str
    run: Callable[[int, Words, Actor, str], object]
    fits: Callable[[File], bool] = lambda _file: True

    def open_to(self, file: File) -> bool:
        """Tell whether whoever looks may do it, now."""
        may = self.right in file.rights and (procedure.allowed(self.starts, file.standing) or self._of_decided(file))
        return may and self.fits(file)

    def _of_decided(self, file: File) -> bool:
        return self.starts == "correct_datum" and file.standing.state == "decided" and not file.standing.proposed


def _rule_allows(outcome: str) -> Callable[[File], bool]:
    def fits(file: File) -> bool:
        said = file.trace.outcome
        if outcome == "granted":
            return said in {"eligible", "refer"}
        return said in {"not_eligible", "refer"} and _told(file)

    return fits


def _told(file: File) -> bool:
    """A no comes after its notice, where the call has one; a new look needs no other."""
    return not file.application.version.terms.preliminary_notice or file.standing.state == "decided" or bool(file.notices)


def _asks_isee(file: File) -> bool:
    """Tell whether the rule asks for an ISEE that may still be written: a decided one is corrected by its datum."""
    return file.standing.state != "decided" and any(found.name == "isee" for found in file.trace.judged.rule.inputs)


def _may_notify(file: File) -> bool:
    return file.application.version.terms.preliminary_notice and file.trace.outcome in {"not_eligible", "refer"}


ACTS: dict[str, Act] = {
    act.slug: act
    for act in (
        Act("proponi-si", _("Proponi: accolta"), _("Proponi: ACCOLTA"), forms.Grounds, "propose", "examine",
            lambda pk, w, by, once: actions.propose(pk, by=by, outcome="granted", once=once, **w), _rule_allows("granted")),
        Act("avvisa", _("Avvisa prima del no"), _("Avvisa prima del no"), forms.Grounds, "send_notice", "examine",
            lambda pk, w, by, once: actions.send_notice(pk, by=by, once=once, **w), _may_notify),
        Act("proponi-no", _("Proponi: non accolta"), _("Proponi: NON ACCOLTA"), forms.Grounds, "propose", "examine",
            lambda pk, w, by, once: actions.propose(pk, by=by, outcome="refused", once=once, **w), _rule_allows("refused")),
        Act("firma", _("Firma la decisione"), _("Firma: la seconda firma"), forms.Plain, "decide", "sign",
            lambda pk, _w, by, once: actions.decide(pk, by=by, once=once)),
        Act("rimanda", _("Rimanda indietro"), _("Rimanda"), forms.Reason, "send_back", "decide",
            lambda pk, w, by, once: actions.send_back(pk, by=by, why=w["reason"], once=once)),
        Act("documenti", _("Chiedi documenti"), _("Chiedi"), forms.Papers, "ask_documents", "examine",
            lambda pk, w, by, once: actions.ask_documents(pk, by=by, once=once, **w)),
        Act("arrivati", _("Documenti: arrivati o no"), _("Segna"), forms.Arrived, "receive_documents", "examine",
            lambda pk, w, by, once: actions.receive_documents(
                pk, by=by, text=w["text"], brought=w["brought"] == "yes", once=once)),
        Act("ricevuto", _("Quando ha ricevuto l'avviso"), _("Segna il giorno"), forms.Received, "note_receipt", "examine",
            lambda pk, w, by, once: actions.note_receipt(pk, by=by, day=w["day"], once=once)),
        Act("osservazioni", _("Ha risposto all'avviso"), _("Scrivi la risposta"), forms.Words, "take_observations", "examine",
            lambda pk, w, by, once: actions.take_observations(pk, by=by, text=w["text"], once=once)),
        Act("dato", _("Correggi un dato"), _("Scrivi il dato"), forms.DatumForm, "correct_datum", "examine",
            lambda pk, w, by, once: actions.correct_datum(pk, by=by, once=once, **w)),
        Act("isee-numero", _("ISEE: il numero dell'attestazione"), _("Scrivi il numero"), forms.Attestation, "correct_datum",
            "examine", lambda pk, w, by, once: actions.record_protocol_number(pk, by=by, once=once, **w), _asks_isee),
        Act("isee-soglie", _("ISEE: solo le soglie, senza la cifra"), _("Scrivi la risposta di INPS"), forms.Thresholds,
            "correct_datum", "examine", lambda pk, w, by, once: actions.record_threshold_check(pk, by=by, once=once, **w),
            _asks_isee),
        Act("nuovo-esame", _("Chiede un nuovo esame"), _("Apri il nuovo esame"), forms.Words, "ask_review", "examine",
            lambda pk, w, by, once: actions.ask_review(pk, by=by, text=w["text"], channel="paper", once=once)),
        Act("revoca", _("Togli il contributo"), _("Proponi: tolto"), forms.Reason, "revoke", "examine",
            lambda pk, w, by, once: actions.revoke(pk, by=by, reason=w["reason"], once=once)),
        Act("ritira", _("Ritira la domanda"), _("Segna che la ritira"), forms.Reason, "withdraw", "examine",
            lambda pk, w, by, once: actions.withdraw(pk, by=by, reason=w["reason"], once=once)),
    )
}  # fmt: skip
# What is done with one tap, in a row on top; the rest is folded.
FIRST = ("firma", "proponi-si", "avvisa", "proponi-no")
