"""A table: called with the agenda ready, held with who came, decided, and its minutes printed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from cortile.kit import clock
from cortile.kit.actor import Actor, current
from cortile.kit.doors import opens
from cortile.kit.forms import Chips, Form, ManyChips, day, refusals_on, text
from cortile.kit.refusals import NotVisible
from cortile.network import actions, papers, reads, words
from cortile.network.points import Point

LONGEST = 400
MEMBER, STAFF = "ente", "collega"


class MeetingForm(Form):
    """When and where, and for whom."""

    kind = forms.ChoiceField(label=_("Che tavolo è"), choices=list(words.MEETING_LABELS.items()), initial="network", widget=Chips)
    day = day(_("Quando"))
    place = forms.CharField(label=_("Dove"), max_length=LONGEST)
    invited = forms.MultipleChoiceField(label=_("Chi invitiamo"), widget=ManyChips, required=False)
    free = text(
        _("Altri punti"), required=False, rows=2, hint=_("Uno per riga. Niente nomi, telefoni, indirizzi o numeri di richiesta.")
    )


class HeldForm(Form):
    """Who came."""

    present = forms.MultipleChoiceField(label=_("Chi c'è"), widget=ManyChips, required=False)


class DecisionForm(Form):
    """What was decided, who does it, by when."""

    words_ = text(_("Che cosa abbiamo deciso"), rows=2, hint=_("Senza nomi di persone seguite."))
    owner = forms.ChoiceField(label=_("Chi se ne occupa"))
    due = day(_("Entro"))
    item = forms.ChoiceField(label=_("Su quale punto"), required=False)


@opens("keep networks", methods="GET POST", sample="/scrivania/rete/1/incontro/")
def new_meeting(request: HttpRequest, network_id: int) -> HttpResponse:
    """Call a table. The agenda is ready: every point is ticked, and its words may be mended."""
    by = current()
    found, ready = reads.the_network(network_id, by=by), reads.prepared(network_id, by=by)
    form = MeetingForm(request.POST or None)
    form.offer("invited", [(m.pk, m.organization.name) for m in found.members], [m.pk for m in found.members])
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = _prepare(request, network_id, form.words, by)
            return redirect("workspace:meeting", made.pk)
    shown = {"tab": "network", "form": form, "found": found, "points": _points(request, ready)}
    return render(request, "workspace/network/new_meeting.html", shown, status=form.status)


def _prepare(request: HttpRequest, network_id: int, told: dict[str, Any], by: Actor) -> Any:  # noqa: ANN401 -- a model closed to doors
    told["free"] = told["free"].splitlines()
    told["invited"] = [int(pk) for pk in told["invited"]]
    items = {key: request.POST.get(f"words-{key}", "")[:LONGEST] for key in request.POST.getlist("item")}
    return actions.prepare_meeting(network_id, by=by, items=items, **told)


def _points(request: HttpRequest, ready: list[Point]) -> list[tuple[Point, Any, bool, str]]:
    """Return each point with its kind in words, whether it is ticked, and its words as they were mended."""
    ticked = request.POST.getlist("item") if request.method == "POST" else [p.key for p in ready]
    return [(p, words.ITEM_LABELS[p.kind], p.key in ticked, request.POST.get(f"words-{p.key}", p.words)) for p in ready]


@opens("keep networks", methods="GET POST", sample="/scrivania/rete/incontro/1/")
def meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Show a table; say who came, write what was decided, close the minutes."""
    by, act = current(), request.POST.get("act", "")
    found = reads.meeting(meeting_id, by=by)
    held = HeldForm(request.POST if act == "hold" else None)
    held.offer("present", [(m.pk, m.organization.name) for m in found.may_come], [m.pk for m in found.present or found.absent])
    decision = DecisionForm(request.POST if act == "decide" else None)
    decision.offer("owner", _owners(found, by))
    decision.offer("item", [("", "–"), *((i.pk, i.words[:80]) for i in found.items)])
    plain = Form({} if act == "close" else None)
    form: Form = {"hold": held, "decide": decision}.get(act, plain)
    if request.method == "POST":
        if act not in {"hold", "decide", "close"}:
            raise Http404
        if form.is_valid():
            with refusals_on(form):
                _do(act, meeting_id, form, by)
                return redirect("workspace:meeting", meeting_id)
    shown = {"tab": "network", "found": found, "held": held, "decision": decision, "form": plain, "today": clock.today()}
    return render(request, "workspace/network/meeting.html", shown, status=form.status)


def _owners(found: reads.Minutes, by: Actor) -> list[tuple[str, str]]:
    firms = [(f"{MEMBER}-{m.pk}", m.organization.name) for m in found.may_come if m.until is None]
    return [*firms, *((f"{STAFF}-{s.pk}", s.display_name) for s in reads.colleagues(by=by))]


def _do(act: str, meeting_id: int, form: Form, by: Actor) -> None:
    told = form.words
    if act == "hold":
        actions.hold_meeting(meeting_id, by=by, present=[int(pk) for pk in told["present"]])
    elif act == "close":
        actions.close_minutes(meeting_id, by=by)
    else:
        whose, _dash, number = told["owner"].partition("-")
        member, staff = (int(number), None) if whose == MEMBER else (None, int(number))
        item = int(told["item"]) if told["item"] else None
        actions.decide(meeting_id, by=by, words=told["words_"], due=told["due"], item=item, member=member, staff=staff)


@opens("keep networks", sample="/scrivania/rete/incontro/1/verbale.pdf")
def minutes(_request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Print the minutes of a table that was held."""
    found = reads.meeting(meeting_id, by=current())
    if found.meeting.state == "planned":
        raise NotVisible
    response = HttpResponse(papers.minutes(found), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="verbale-{found.meeting.day.isoformat()}.pdf"'
    return response
