"""S17: the cards, those to be confirmed first; and one card, with what may be done to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from cortile.directory import actions, reads, words
from cortile.directory.rules.freshness import freshness, sure_until
from cortile.kit import clock
from cortile.kit.actor import Actor, current
from cortile.kit.doors import opens
from cortile.kit.forms import Chips, Form, refusals_on

QUEUES = {"": _("Pubblicate"), "scadono": _("Da confermare"), "bozze": _("Bozze"), "ritirate": _("Ritirate")}
ONLY = {"": "", "scadono": "expiring", "bozze": "draft", "ritirate": "withdrawn"}


class CapacityForm(Form):
    """Whether there is room now."""

    state = forms.ChoiceField(label=_("Ci sono posti?"), choices=list(words.CAPACITY_LABELS.items()), widget=Chips)
    available = forms.IntegerField(label=_("Quanti posti liberi"), min_value=0, max_value=9999, required=False)


class ReasonForm(Form):
    """Why a card is no longer true."""

    reason = forms.CharField(label=_("Perché la ritiri"), max_length=300, required=False)


@opens("see directory", sample="/scrivania/servizi/")
def cards(request: HttpRequest) -> HttpResponse:
    """List the cards, those confirmed longest ago first."""
    by, which, q = current(), request.GET.get("cosa", ""), request.GET.get("q", "")[:120]
    if which not in ONLY:
        raise Http404
    counts = reads.counts(by=by)
    shown = {
        "tab": "directory", "cards": reads.cards(by=by, words=q, only=ONLY[which]), "which": which, "q": q,
        "queues": [(key, label, counts.get(ONLY[key] or "published", 0)) for key, label in QUEUES.items()],
        "fresh": words.FRESHNESS_LABELS, "rooms": words.CAPACITY_LABELS,
    }  # fmt: skip
    return render(request, "workspace/directory/cards.html", shown)


@opens("see directory", methods="GET POST", sample="/scrivania/servizi/1/")
def card(request: HttpRequest, service_id: int) -> HttpResponse:
    """Show a card; confirm it, ask its keeper, publish it, withdraw it, or say whether there is room."""
    by, act = current(), request.POST.get("act", "")
    capacity = CapacityForm(request.POST if act == "capacity" else None)
    reason = ReasonForm(request.POST if act == "withdraw" else None)
    plain = Form({} if act in PLAIN else None)
    if request.method == "POST":
        form = {"capacity": capacity, "withdraw": reason}.get(act, plain)
        if act not in {"capacity", "withdraw", *PLAIN}:
            raise Http404
        if form.is_valid():
            with refusals_on(form):
                _do(act, service_id, form, by)
                return redirect("workspace:directory_card", service_id)
    found = reads.card(service_id, by=by)
    return render(
        request, "workspace/directory/card.html", _shown(found, by) | {"form": plain, "capacity": capacity, "reason": reason},
        status=max(f.status for f in (plain, capacity, reason)),
    )  # fmt: skip


PLAIN = {"confirm": actions.confirm_service, "ask": actions.ask_keeper, "publish": actions.publish_service}


def _do(act: str, service_id: int, form: Form, by: Actor) -> None:
    if act == "capacity":
        actions.set_capacity(service_id, by=by, **form.words)
    elif act == "withdraw":
        actions.withdraw_service(service_id, by=by, **form.words)
    else:
        PLAIN[act](service_id, by=by)


def _shown(found: Any, by: Actor) -> dict[str, Any]:  # noqa: ANN401 -- a model closed to doors
    state = freshness(found.confirmed_at, clock.now())
    left = getattr(found, "capacity", None)
    return {
        "tab": "directory", "service": found, "keeps": reads.may_keep(found, by=by), "fresh": words.FRESHNESS_LABELS[state],
        "freshness": str(state), "state": words.STATE_LABELS[found.state], "status": words.STATUS_LABELS[found.status],
        "room": words.CAPACITY_LABELS[left.state] if left else "", "left": left,
        "until": sure_until(found.confirmed_at) if found.confirmed_at else None,
        "how": words.HOW_LABELS.get(found.confirmed_how, ""), "brought": {k: v for k, v in found.brought.items() if k != "_"},
        "ended": found.state == "withdrawn",
    }  # fmt: skip
