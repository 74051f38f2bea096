"""The locked screen: nothing of the page behind, a PIN or a passkey, and back to where one was."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from cortile.agencies import actions, reads
from cortile.homes.access import at_work
from cortile.kit import idle
from cortile.kit.actor import current
from cortile.kit.doors import opens
from cortile.kit.forms import refusals_on
from cortile.workspace.lock.forms import NewPinForm, PinForm
from cortile.workspace.policies import SIGN_IN


@opens("lock", methods="GET POST", sample="/scrivania/blocco/")
def lock(request: HttpRequest) -> HttpResponse:
    """Ask for the PIN. After five wrong ones the session is over, and the whole sign-in is asked."""
    onward, member = _onward(request), reads.staff(current().id or 0)
    if not current().locked:
        # Without scripts a page leaves by its own clock, though another one is in use: it waits, with nothing on it.
        still = request.method == "GET" and "ferma" in request.GET
        return render(request, "workspace/lock/still.html", {"next": onward}) if still else redirect(onward)
    form = PinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if actions.try_pin(member, by=at_work(member), pin=form.words["pin"]):
            idle.reopen(request.session, quick=True)
            return redirect(onward)
        # Whoever opens the same member's other screens gives the guesses back, and none to the one who guesses here.
        if idle.is_guessed_at(request.session) or not member.pin_guesses_left:
            request.session.flush()
            return redirect(f"{SIGN_IN}?{urlencode({'next': onward})}")
        form.add_error("pin", _("Il PIN non è giusto. Riprova."))
    shown = {"form": form, "member": member, "next": onward, "whole": f"{SIGN_IN}?{urlencode({'next': onward})}"}
    return render(request, "workspace/lock/lock.html", shown, status=form.status)


@opens("staff", methods="GET POST", sample="/scrivania/pin/")
def pin(request: HttpRequest) -> HttpResponse:
    """Choose one's PIN: only in a session that nothing less than the whole sign-in opened."""
    form, quick = NewPinForm(request.POST or None), idle.is_quick(request.session)
    if request.method == "POST" and not quick and form.is_valid():
        with refusals_on(form):
            actions.set_pin(reads.staff(current().id or 0), by=current(), pin=form.words["pin"])
            return redirect("mfa_index")
    shown = {"form": form, "quick": quick, "next": f"{SIGN_IN}?{urlencode({'next': request.path})}"}
    return render(request, "workspace/lock/pin.html", shown, status=form.status)


def _onward(request: HttpRequest) -> str:
    """Return where somebody was, when that is a page of this house; else where their work begins."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if safe and not asked.startswith(request.path) else reverse("workspace:today")
