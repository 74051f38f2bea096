"""What the sender follows: the list of what was sent, and one referral with the next step first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cortile.agencies import reads as agencies
from cortile.kit.actor import Actor, current
from cortile.kit.doors import opens
from cortile.kit.forms import Form, refusals_on
from cortile.referrals import reads
from cortile.referrals.states import TURNED_DOWN
from cortile.workspace.referrals.following_acts import REFERRAL_ACTS, ReferralAct

QUEUES = {
    "": _("Tutti quelli aperti"), "nostri": _("Tocca a noi"), "aspettano": _("Aspettano il servizio"), "si": _("Hanno detto sì"),
    "fermi": _("Fermi"), "finiti": _("Finiti"),
}  # fmt: skip
ONLY = {"": "", "nostri": "ours", "aspettano": "waiting", "si": "accepted", "finiti": "closed"}
STUCK = "fermi"
NOT_NOW, LONGEST_NUMBER = 409, 18
SENT = "manda"


@dataclass(frozen=True, slots=True)
class Panel:
    """An act on the page, with its form."""

    act: ReferralAct
    slug: str
    form: Form
    url: str


@opens("refer", sample="/scrivania/invii/")
def sent(request: HttpRequest) -> HttpResponse:
    """List what was sent, the next date first."""
    which, after = request.GET.get("quali", ""), request.GET.get("dopo", "")
    if which not in QUEUES or (after and not (after.isdecimal() and len(after) <= LONGEST_NUMBER)):
        raise Http404
    shown = {"tab": "threads", "which": which, "queues": list(QUEUES.items())}
    if which == STUCK:
        return render(request, "workspace/referrals/sent.html", shown | {"rows": reads.stuck(by=current())})
    page = reads.sent(by=current(), only=ONLY[which], after=int(after) if after else None)
    return render(request, "workspace/referrals/sent.html", shown | {"rows": page.rows, "onward": page.onward})


@opens("refer", sample="/scrivania/invii/1/")
def referral(request: HttpRequest, referral_number: int) -> HttpResponse:
    """Show one referral: where it stands, what was said, the next step."""
    done = REFERRAL_ACTS.get(request.GET.get("fatto", ""))
    just_sent = request.GET.get("fatto") == SENT
    said = _("Mandato.") if just_sent else done.done if done else ""
    return _page(request, referral_number, extra={"done": said, "just_sent": just_sent})


@opens("refer", methods="GET POST", sample="/scrivania/invii/1/riprendi/")
def referral_act(request: HttpRequest, referral_number: int, act: str) -> HttpResponse:
    """Do one thing to a referral, and come back to it; a refusal comes back with what was typed."""
    if act not in REFERRAL_ACTS:
        raise Http404
    if request.method != "POST":
        return redirect("workspace:referral", referral_number)
    by, chosen = current(), REFERRAL_ACTS[act]
    found = reads.the_referral(referral_number, by=by)
    form = chosen.form(request.POST, auto_id=f"{act}-%s")
    if form.is_valid():
        with refusals_on(form):
            chosen.run(found.referral, form.words, by, request.POST.get("once", ""))
            return redirect(f"{reverse('workspace:referral', args=[referral_number])}?fatto={act}")
    return _page(request, referral_number, (act, form), NOT_NOW if form.refused else form.status)


def _page(
    request: HttpRequest, number: int, bound: tuple[str, Form] | None = None, status: int = 200,
    *, extra: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    by = current()
    found = reads.the_referral(number, by=by)
    shown = {
        "tab": "threads", "it": found.referral, "facts": found.facts, "steps": found.steps, "children": found.children,
        "panels": _panels(found.referral, dict([bound] if bound else [])) if found.may_follow else [],
        "alternatives": others(found.referral, by) if found.may_follow else [],
        "supervisor": agencies.staff(found.referral.supervisor_id) if found.referral.supervisor_id else None,
    }  # fmt: skip
    return render(request, "workspace/referrals/referral.html", shown | (extra or {}), status=status)


def _panels(it: Any, came_back: dict[str, Form]) -> list[Panel]:  # noqa: ANN401 -- doors import no models
    def panel(slug: str, act: ReferralAct) -> Panel:
        form = came_back.get(slug) or act.form(auto_id=f"{slug}-%s")
        return Panel(act, slug, form, reverse("workspace:referral_act", args=[it.number, slug]))

    return [panel(slug, act) for slug, act in REFERRAL_ACTS.items() if slug in came_back or act.fits(it)]


def others(it: Any, by: Actor) -> list[Any]:  # noqa: ANN401 -- doors import no models
    """Return the two services ready in place of one that said no, or is silent: nothing while it may still answer."""
    stuck = it.is_open and (it.state in TURNED_DOWN or (it.ball == "us" and it.silence_told_at is not None))
    return reads.alternatives(it, by=by) if stuck else []


def of_thread(thread: Any, by: Actor) -> list[tuple[Any, list[Any]]]:  # noqa: ANN401 -- doors import no models
    """Return the referrals of a request, each with its alternatives."""
    return [(it, others(it, by)) for it in reads.of_thread(thread, by=by)]
