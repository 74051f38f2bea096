"""S8: the one request a partner's link opens, on one page; yes and no in two taps, and its own card below."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cortile.directory.words import CAPACITY_LABELS
from cortile.kit.actor import current
from cortile.kit.doors import opens
from cortile.kit.forms import Form, refusals_on
from cortile.referrals import access, reads
from cortile.workspace.referrals.received_acts import CARD, PARTNER_ACTS, PartnerAct, PartnerForm

PAGE = "workspace/referrals/received.html"
NOT_NOW = 409


@dataclass(frozen=True, slots=True)
class Panel:
    """An act on the page, with its form."""

    act: PartnerAct
    slug: str
    form: Form

    @property
    def url(self) -> str:
        """Return where it is sent."""
        return reverse("workspace:received_act", args=[self.slug])


@opens("partner link", sample="/servizio/richiesta/")
def referral(request: HttpRequest) -> HttpResponse:
    """Show what is asked, with exactly the data that were ticked."""
    return _page(request)


@opens("partner link", methods="GET POST", sample="/servizio/richiesta/possiamo/")
def referral_act(request: HttpRequest, act: str) -> HttpResponse:
    """Do one thing to the request, or to the card. After a «no» the link opens nothing more: a page says thanks."""
    if act not in PARTNER_ACTS:
        raise Http404
    if request.method != "POST":
        return redirect("workspace:referrals_received")
    by, chosen = current(), PARTNER_ACTS[act]
    found = reads.received(by=by)
    form = chosen.form(request.POST, found=found, auto_id=f"{act}-%s")
    if form.is_valid():
        with refusals_on(form):
            chosen.run(access.the_referral(by, found.number, "answer"), form.words, by, request.POST.get("once", ""))
            return redirect(f"{reverse(_next(act))}?fatto={act}")
    return _page(request, (act, form), NOT_NOW if form.refused else form.status)


def _next(act: str) -> str:
    return "workspace:partner_door" if act == "non-possiamo" else "workspace:referrals_received"


def _page(request: HttpRequest, bound: tuple[str, PartnerForm] | None = None, status: int = 200) -> HttpResponse:
    found = reads.received(by=current())
    came_back = dict([bound] if bound else [])
    panels = {
        slug: Panel(act, slug, came_back.get(slug) or act.form(found=found, auto_id=f"{slug}-%s"))
        for slug, act in PARTNER_ACTS.items()
        if slug in came_back or act.fits(found)
    }
    left = getattr(found.service, "capacity", None)
    done = PARTNER_ACTS.get(request.GET.get("fatto", ""))
    return render(request, PAGE, {
        "found": found, "done": done.done if done else "",
        "left": left, "room": CAPACITY_LABELS[left.state] if left else "",
        "panels": [p for slug, p in panels.items() if slug not in CARD], "card": panels["scheda"], "places": panels["posti"],
    }, status=status)  # fmt: skip
