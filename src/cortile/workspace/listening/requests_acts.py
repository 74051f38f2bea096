"""The acts of a request's page: which form, from which states, what it calls, what it says when it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from cortile.agencies import reads as agencies
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible
from cortile.listening import actions, reads, rules
from cortile.listening.actions.behalf import BRING, write_for_her
from cortile.listening.reads import Whole
from cortile.people.behalf import in_place_of
from cortile.workspace.listening import requests_forms as forms
from cortile.workspace.listening.requests_forms import ActForm

Words = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be done to a request."""

    slug: str
    title: object
    verb: object
    form: type[ActForm]
    fits: Callable[[Whole], bool]
    run: Callable[[Whole, Words, Actor, str], object]
    done: object


def _by_rule(act: str) -> Callable[[Whole], bool]:
    return lambda whole: rules.allowed(act, whole.thread.state)


def _is_open(whole: Whole) -> bool:
    return bool(whole.thread.state != "closed")


def _in_state(*names: str) -> Callable[[Whole], bool]:
    return lambda whole: whole.thread.state in names


def _technical(whole: Whole) -> bool:
    return _is_open(whole) and (whole.thread.nature == "technical" or bool(whole.thread.maintenance_number))


def _hand_over(whole: Whole, form: Words) -> Any:  # noqa: ANN401 -- doors import no models
    found = next((h for h in whole.hand_overs if h.pk == form["hand_over"]), None)
    if found is None:
        raise NotVisible
    return found


def _pass(whole: Whole, form: Words, by: Actor, once: str) -> object:
    office = agencies.office(form["office"], agency_id=whole.thread.agency_id)
    return actions.hand_over(whole.thread, office, by=by, question=form["question"], once=once)


def _assign(whole: Whole, form: Words, by: Actor, once: str) -> object:
    return actions.assign(whole.thread, agencies.staff(form["to"]), by=by, reason=form["reason"], once=once)


def _refine(whole: Whole, form: Words, by: Actor, _once: str) -> object:
    known = reads.categories(whole.thread.agency_id)
    category = next((c for c in known if c.pk == form["category"]), None)
    return actions.refine(whole.thread, by=by, category=category, urgency=form["urgency"])


def _close(whole: Whole, form: Words, by: Actor, once: str) -> object:
    return actions.close(whole.thread, by=by, outcome=form["outcome"], text=form["text"], tenant_said_yes=form["yes"], once=once)


def _for_her(whole: Whole, form: Words, by: Actor, once: str) -> object:
    files = {kind: form[kind] for kind in BRING if form[kind]}
    return write_for_her(whole.thread, by=by, text=form["text"], files=files, once=once)


def _chase_maintenance(whole: Whole, _form: Words, by: Actor, once: str) -> object:
    number = whole.thread.maintenance_number
    return actions.set_maintenance_number(whole.thread, by=by, number=number, chasing=True, once=once)


ACTS: dict[str, Act] = {
    act.slug: act
    for act in (
        Act("prendi", _("È nuova"), _("La seguo io"), forms.Plain, _by_rule("take"),
            lambda w, _f, by, once: actions.take(w.thread, by=by, once=once),
            _("La richiesta è tua. Lo abbiamo detto alla persona.")),
        Act("rispondi", _("Rispondi alla persona"), _("Invia la risposta"), forms.Say, _by_rule("say"),
            lambda w, f, by, once: actions.say(w.thread, by=by, text=f["text"], once=once),
            _("Risposta inviata.")),
        Act("per-conto", _("Scrivi per conto suo"), _("Scrivi con le sue parole"), forms.ForHer, _by_rule("tenant_writes"),
            _for_her, _("Scritto. Nella storia restano il tuo nome e il suo.")),
        Act("conferma", _("Per la persona è risolto?"), _("Sì: chiudi la richiesta"), forms.Plain, _in_state("solved"),
            lambda w, _f, by, once: actions.tenant_confirms(w.thread, by=in_place_of(by, w.thread.person), once=once),
            _("Chiusa con il sì della persona.")),
        Act("non-risolto", _("No, il problema c'è ancora"), _("Riprendi la richiesta"), forms.Words, _in_state("solved"),
            lambda w, f, by, once: actions.tenant_not_solved(
                w.thread, by=in_place_of(by, w.thread.person), text=f["text"], once=once),
            _("La palla è di nuovo nostra, con una nuova data.")),
        Act("tentativo", _("Ho provato a contattare la persona"), _("Registra il tentativo"), forms.Attempt, _is_open,
            lambda w, f, by, once: actions.record_attempt(w.thread, by=by, how=f["how"], text=f["text"], once=once),
            _("Tentativo registrato.")),
        Act("chiedi", _("Chiedi qualcosa alla persona"), _("Chiedi"), forms.Ask, _by_rule("ask"),
            lambda w, f, by, once: actions.ask_tenant(w.thread, by=by, what=f["what"], once=once),
            _("Richiesta inviata. Se non risponde, richiamiamo noi alla data scritta sopra.")),
        Act("passa", _("Passa una domanda a un ufficio"), _("Passa la domanda"), forms.Pass,
            lambda w: not w.thread.delicate and w.thread.state not in {"solved", "closed"}, _pass,
            _("Domanda passata. La data promessa alla persona non cambia.")),
        Act("data", _("Sposta la data promessa"), _("Sposta la data"), forms.Move, _is_open,
            lambda w, f, by, once: actions.move_promise(w.thread, by=by, once=once, **f),
            _("Data spostata. Lo abbiamo detto alla persona.")),
        Act("risolto", _("Per noi è risolto"), _("Chiedi se è risolto"), forms.Solved, _by_rule("propose_solved"),
            lambda w, f, by, once: actions.propose_solved(w.thread, by=by, text=f["text"], once=once),
            _("Lo abbiamo chiesto alla persona. Si chiude con il suo sì.")),
        Act("chiudi", _("Chiudi la richiesta"), _("Chiudi"), forms.Close, _is_open, _close,
            _("Richiesta chiusa.")),
        Act("riapri", _("Riapri la richiesta"), _("Riapri"), forms.Reopen, _by_rule("reopen"),
            lambda w, f, by, once: actions.reopen(
                w.thread, by=in_place_of(by, w.thread.person) if f["asked"] else by, text=f["text"], once=once),
            _("Riaperta: stesso numero, stessa storia, nuova data.")),
        Act("nota", _("Scrivi una nota interna"), _("Salva la nota interna"), forms.Note, lambda _w: True,
            lambda w, f, by, once: actions.note(w.thread, by=by, text=f["text"], once=once),
            _("Nota interna salvata. La persona non la vede.")),
        Act("sollecita", _("Sollecita l'ufficio"), _("Sollecita"), forms.OfHandOver, lambda _w: False,
            lambda w, f, by, once: actions.chase(_hand_over(w, f), by=by, once=once),
            _("Sollecito inviato all'ufficio.")),
        Act("ritira", _("Ritira la domanda"), _("Ritira la domanda"), forms.Withdraw, lambda _w: False,
            lambda w, f, by, once: actions.withdraw_hand_over(_hand_over(w, f), by=by, reason=f["reason"], once=once),
            _("Domanda ritirata. Il link dell'ufficio non funziona più.")),
        Act("assegna", _("Assegna a un'altra persona"), _("Assegna"), forms.Assign, _is_open, _assign,
            _("Assegnata. La data promessa non cambia.")),
        Act("categoria", _("Categoria e urgenza"), _("Salva"), forms.Refine, _is_open, _refine,
            _("Categoria e urgenza salvate.")),
        Act("manutenzione", _("Numero della manutenzione"), _("Salva il numero"), forms.Maintenance, _technical,
            lambda w, f, by, once: actions.set_maintenance_number(w.thread, by=by, number=f["number"], once=once),
            _("Numero salvato.")),
        Act("sollecito-manutenzione", _("Sollecito alla manutenzione"), _("Registra il sollecito"), forms.Plain,
            lambda w: _technical(w) and bool(w.thread.maintenance_number), _chase_maintenance,
            _("Sollecito registrato.")),
        Act("delicato", _("È delicata?"), _("Segna come delicata"), forms.Plain, lambda w: not w.thread.delicate,
            lambda w, _f, by, _once: actions.mark_delicate(w.thread, by=by),
            _("Ora è delicata: la legge solo chi la segue.")),
        Act("di-persona", _("Solo di persona"), _("Tieni fuori dal telefono"), forms.Plain,
            lambda w: not w.thread.only_in_person,
            lambda w, _f, by, _once: actions.keep_in_person(w.thread, by=by),
            _("Non compare su nessun telefono: se ne parla solo di persona.")),
    )
}  # fmt: skip

# What most likely comes next in each state, open on the page; the rest is folded below it.
FIRST: dict[str, tuple[str, ...]] = {
    "received": ("prendi", "rispondi"),
    "with_us": ("rispondi",),
    "waiting_you": ("tentativo", "rispondi"),
    "waiting_other": (),
    "solved": ("conferma", "non-risolto", "tentativo"),
    "closed": ("riapri",),
}
WORK = ("rispondi", "per-conto", "tentativo", "chiedi", "passa", "data", "risolto", "chiudi")
SIDE = ("categoria", "manutenzione", "sollecito-manutenzione", "assegna", "delicato", "di-persona")
