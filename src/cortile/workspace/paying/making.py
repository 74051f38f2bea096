"""S16, a new batch: of which money, in which way, whom; and who is left out, each with a reason."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cortile.benefits import actions, batches
from cortile.kit import clock, working_days
from cortile.kit.actor import Actor, current
from cortile.kit.doors import opens
from cortile.kit.forms import refusals_on
from cortile.workspace.paying.forms import Made, Wanted

PAGE = "workspace/paying/make.html"
# A bank takes a file a working day before: two leave time for the signatures.
AHEAD = 2


@opens("pay batches", methods="GET POST", sample="/scrivania/contributi/lotti/nuovo/")
def make(request: HttpRequest) -> HttpResponse:
    """Choose whom to pay, and put the batch together."""
    by = current()
    wanted = Wanted(request.GET if "fondo" in request.GET else None)
    wanted.offer("fondo", [(envelope.pk, envelope.code) for envelope, _sums in batches.sums(by=by)])
    if not wanted.is_bound or not wanted.is_valid():
        return render(request, PAGE, {"tab": "batches", "wanted": wanted}, status=wanted.status)
    form = Made(request.POST) if request.method == "POST" else Made(initial={"execution_date": _soon()})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            return redirect("workspace:batch", _made(request, by, wanted, form))
    said = wanted.words
    choice = batches.choice(said["fondo"], by=by, way=said["modo"], parts=said["parti"])
    shown = {"tab": "batches", "wanted": wanted, "form": form, "choice": choice}
    return render(request, PAGE, shown, status=form.status)


def _made(request: HttpRequest, by: Actor, wanted: Wanted, form: Made) -> int:
    """Put together the batch that was asked for and return its number in the address."""
    said = wanted.words
    chosen = [int(number) for number in request.POST.getlist("numero") if number.isdecimal()]
    made = actions.make_batch(
        said["fondo"], by=by, way=said["modo"], parts=said["parti"], applications=chosen, once=request.POST.get("once", ""),
        **form.words,
    )  # fmt: skip
    return int(made.pk)


def _soon() -> object:
    return working_days.add(clock.today(), AHEAD, "")
