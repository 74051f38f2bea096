"""The networks of a body, one of them with what it lacks, who enters it, and the counts that are lent."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from cortile.agencies import reads as agencies
from cortile.kit import clock
from cortile.kit.actor import Actor, current
from cortile.kit.doors import opens
from cortile.kit.forms import Form, ManyChips, refusals_on
from cortile.kit.refusals import NotVisible
from cortile.network import actions, reads, words

LONGEST = 160
# The list is open: whoever knows a better word writes it (R022).
EXAMPLES = _("Per esempio: comune, università, Caritas, associazione di volontariato o sportiva, consultorio, fondazione.")


class NetworkForm(Form):
    """A new network: its name, its quarters, for whom it is."""

    name = forms.CharField(label=_("Come si chiama la rete"), max_length=LONGEST)
    neighbourhoods = forms.MultipleChoiceField(label=_("Quartieri"), widget=ManyChips)
    targets = forms.MultipleChoiceField(
        label=_("Per chi"), choices=list(words.TARGET_LABELS.items()), widget=ManyChips, required=False
    )
    others = forms.CharField(
        label=_("Altri"), max_length=LONGEST, required=False, help_text=_("Per esempio: giovani, persone anziane sole.")
    )


class MemberForm(Form):
    """An organisation that enters: how to call its office, never somebody's home."""

    organization = forms.CharField(label=_("Ente o associazione"), max_length=LONGEST)
    kind = forms.CharField(label=_("Che tipo di ente è"), max_length=LONGEST, help_text=EXAMPLES)
    role = forms.CharField(
        label=_("Chi risponde: il ruolo"), max_length=LONGEST, required=False,
        help_text=_("Per esempio: coordinatrice del doposcuola. Senza nomi di persone."),
    )  # fmt: skip
    email = forms.EmailField(label=_("Mail dell'ufficio"), required=False)
    phone = forms.CharField(label=_("Telefono dell'ufficio"), max_length=40, required=False)


@opens("keep networks", sample="/scrivania/rete/")
def networks(request: HttpRequest) -> HttpResponse:
    """List the networks of one's own body, and the decisions that wait."""
    by = current()
    late = [d for d in reads.decisions(by=by) if d.late_on(clock.today())]
    return render(request, "workspace/network/networks.html", {"tab": "network", "networks": reads.networks(by=by), "late": late})


@opens("keep networks", methods="GET POST", sample="/scrivania/rete/nuova/")
def new_network(request: HttpRequest) -> HttpResponse:
    """Open a network on some quarters."""
    by, form = current(), NetworkForm(request.POST or None)
    form.offer("neighbourhoods", reads.quarters())
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            told = form.words
            told["neighbourhoods"] = [int(pk) for pk in told["neighbourhoods"]]
            made = actions.open_network(agencies.agency_by_id(by.agency_id or 0), by=by, **told)
            return redirect("workspace:network", made.pk)
    return render(request, "workspace/network/new_network.html", {"tab": "network", "form": form}, status=form.status)


@opens("keep networks", methods="GET POST", sample="/scrivania/rete/1/")
def network(request: HttpRequest, network_id: int) -> HttpResponse:
    """Show a network; ask a body for its counts, or let a member out."""
    by = current()
    form = Form({} if request.method == "POST" else None)
    if request.method == "POST":
        with refusals_on(form):
            _do(request, network_id, by)
            return redirect("workspace:network", network_id)
    shown = {
        "tab": "network", "found": reads.the_network(network_id, by=by), "form": form, "today": clock.today(),
        "needs": reads.needs(network_id, _month(request), by=by), "definition": words.DEFINITION,
    }  # fmt: skip
    return render(request, "workspace/network/network.html", shown, status=form.status)


def _do(request: HttpRequest, network_id: int, by: Actor) -> None:
    act, number = request.POST.get("act", ""), request.POST.get("number", "")
    if act not in {"ask", "leave"} or not number.isdigit():
        raise Http404
    if act == "ask":
        actions.ask_counts(network_id, agencies.agency_by_id(int(number)), by=by)
    else:
        actions.end_member(int(number), by=by, reason=request.POST.get("reason", "")[:LONGEST])


def _month(request: HttpRequest) -> date | None:
    """Return the month of the address. Raise ``NotVisible`` for one that is no month."""
    if not (asked := request.GET.get("mese", "")):
        return None
    try:
        return date.fromisoformat(f"{asked}-01")
    except ValueError:
        raise NotVisible from None


@opens("keep networks", methods="GET POST", sample="/scrivania/rete/1/membro/")
def new_member(request: HttpRequest, network_id: int) -> HttpResponse:
    """Let an organisation in: one of the directory, or a new one, kept by one's own body."""
    by, form = current(), MemberForm(request.POST or None)
    found = reads.the_network(network_id, by=by)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            _add(found.network, form.words, by)
            return redirect("workspace:network", network_id)
    return render(request, "workspace/network/member.html", {"tab": "network", "form": form, "found": found}, status=form.status)


def _add(network: Any, told: dict[str, Any], by: Actor) -> None:  # noqa: ANN401 -- a model closed to doors
    name = told.pop("organization")
    actions.add_member(network, reads.organization_named(name, by=by) or name, by=by, **told)


@opens("lend counts", methods="GET POST", sample="/scrivania/rete/numeri/")
def lendings(request: HttpRequest) -> HttpResponse:
    """Show who asks for our counts; lend them, or no longer."""
    by, form = current(), Form({} if request.method == "POST" else None)
    if request.method == "POST":
        act, number = request.POST.get("act", ""), request.POST.get("number", "")
        if act not in LEND or not number.isdigit():
            raise Http404
        with refusals_on(form):
            LEND[act](int(number), by=by)
            return redirect("workspace:network_lendings")
    shown = {"tab": "network", "form": form, "lendings": reads.lent(by=by), "labels": words.LENDING_LABELS}
    return render(request, "workspace/network/lendings.html", shown, status=form.status)


LEND = {"lend": actions.lend_counts, "end": actions.end_lending}
