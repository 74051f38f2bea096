"""How a body guards its records: who answers for each lane, what raises an alarm, when a screen left alone locks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from cortile.agencies import actions, policy, reads
from cortile.homes import actions as homes_actions
from cortile.homes import reads as homes
from cortile.kit.actor import Actor, current
from cortile.kit.doors import opens
from cortile.kit.forms import Chips, Form, refusals_on
from cortile.people.openings import LOOK_BACK

LANES = {"social": _("Sociale"), "economic": _("Economica"), "health": _("Sanitaria"), "building": _("Stabili")}
# More would be no alarm; and the watch looks no further back.
MOST_PEOPLE, LONGEST_MINUTES = 500, int(LOOK_BACK.total_seconds()) // 60
CHOOSE = ("", _("Scegli"))


def _number(label: Any, most: int | None = None) -> forms.IntegerField:  # noqa: ANN401 -- lazy strings
    return forms.IntegerField(label=label, max_value=most, widget=forms.NumberInput(attrs={"class": "short"}))


class PartForm(Form):
    """One part of the page: filled with what holds now, saved by its own act."""

    def __init__(self, data: QueryDict | None, *, body: Any) -> None:  # noqa: ANN401 -- a row of a model closed to doors
        super().__init__(data)
        self.body = body
        self.start()

    def start(self) -> None:
        """Fill in what holds now."""
        raise NotImplementedError

    def save(self, *, by: Actor) -> None:
        """Write what was typed; raise what the act raises."""
        raise NotImplementedError


class OwnerForm(PartForm):
    """Who answers for which lane."""

    lane = forms.ChoiceField(label=_("Per quale corsia?"), widget=Chips, choices=list(LANES.items()), initial="social")
    who = forms.TypedChoiceField(label=_("Chi risponde?"), coerce=int)

    def start(self) -> None:
        """Offer who works at the body."""
        self.offer("who", [CHOOSE, *((s.pk, s.display_name) for s in reads.members(self.body.pk))])

    def save(self, *, by: Actor) -> None:
        """Name the owner of the lane."""
        actions.name_lane_owner(self.body, reads.staff(self.words["who"]), by=by, lane=self.words["lane"])


class BurstForm(PartForm):
    """How many records in how many minutes raise an alarm."""

    people = _number(_("Oltre quante schede?"), MOST_PEOPLE)
    minutes = _number(_("In quanti minuti?"), LONGEST_MINUTES)

    def start(self) -> None:
        """Start from the measure in force."""
        self.initial = {"people": self.body.burst_people, "minutes": self.body.burst_minutes}

    def save(self, *, by: Actor) -> None:
        """Set the measure; from then on it is confirmed."""
        actions.set_burst(self.body, by=by, **self.words)


class LockForm(PartForm):
    """After how many minutes a screen locks at a place."""

    place = forms.TypedChoiceField(label=_("In quale posto?"), coerce=int)
    lock_minutes = _number(_("Dopo quanti minuti?"))

    def start(self) -> None:
        """Offer the open places of the body."""
        self.offer("place", [CHOOSE, *homes.place_names(self.body.pk)])

    def save(self, *, by: Actor) -> None:
        """Set the minutes of the place."""
        place = homes.place(self.words["place"], agency_id=self.body.pk)
        homes_actions.set_lock_minutes(place, self.words["lock_minutes"], by=by)


# A lead is among those the alarms are about: who answers, and for what, is the administration's to say.
PARTS: dict[str, tuple[str, type[PartForm]]] = {
    "chi": ("set up", OwnerForm), "avviso": ("set up", BurstForm), "blocco": ("lock screens", LockForm),
}  # fmt: skip


@opens("lock screens", methods="GET POST", sample="/scrivania/amministrazione/accessi/")
def access_settings(request: HttpRequest) -> HttpResponse:
    """Show the three parts, and save the one that was sent. A part somebody may not change is not there to send."""
    by, sent = current(), request.POST.get("parte", "")
    body = reads.agency_by_id(by.agency_id or 0)
    parts = {
        name: kind(request.POST if name == sent else None, body=body)
        for name, (capability, kind) in PARTS.items()
        if policy.can(by, capability)
    }
    form = parts.get(sent)
    if request.method == "POST" and form is None:
        raise Http404
    if form is not None and form.is_valid():
        with refusals_on(form):
            form.save(by=by)
            return redirect("workspace:access_settings")
    shown = {"tab": "administration", "parts": parts, "body": body, "owners": _owners(body), "places": homes.usable_places(body.pk)}
    return render(request, "workspace/agencies/access_settings.html", shown, status=form.status if form else 200)


def _owners(body: Any) -> list[tuple[Any, str]]:  # noqa: ANN401 -- a row of a model closed to doors
    """Return each lane with who answers for it; who has left answers for nothing."""
    named = {lane: s.display_name for lane, s in reads.lane_owners(body.pk).items() if s.is_active}
    return [(label, named.get(lane, "")) for lane, label in LANES.items()]
