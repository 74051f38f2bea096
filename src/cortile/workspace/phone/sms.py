"""The SMS that no request claimed: into a request, a request of their own, or read and done with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from cortile.kit.actor import Actor, current
from cortile.kit.doors import opens
from cortile.kit.refusals import NotVisible
from cortile.listening import access, phone
from cortile.listening import actions as listening
from cortile.listening.actions.phone import open_from_sms
from cortile.messages import reads

Act = Callable[[HttpRequest, int, Actor], HttpResponse]


@opens("answer the phone", methods="POST", sample="/scrivania/telefono/sms/1/letto/")
def sms_act(request: HttpRequest, sms_id: int, act: str) -> HttpResponse:
    """Do one thing to an SMS that waits, and come back to the phone."""
    if act not in ACTS:
        raise Http404
    return ACTS[act](request, sms_id, current())


def _open(request: HttpRequest, sms_id: int, by: Actor) -> HttpResponse:
    thread = open_from_sms(_one(sms_id, by), by=by, once=request.POST.get("once", ""))
    seen = access.visible_to(by).filter(pk=thread.pk).exists()
    return redirect("workspace:receipt", thread.number) if seen else redirect("workspace:phone")


def _put(request: HttpRequest, sms_id: int, by: Actor) -> HttpResponse:
    number = phone.number_said(request.POST.get("numero", ""))
    thread = access.the_thread(by, number or 0, "answer")
    listening.give_sms(_one(sms_id, by), thread, by=by, once=request.POST.get("once", ""))
    return redirect("workspace:thread", thread.number)


def _read(request: HttpRequest, sms_id: int, by: Actor) -> HttpResponse:
    listening.give_sms(_one(sms_id, by), None, by=by, once=request.POST.get("once", ""))
    return redirect("workspace:phone")


def _one(sms_id: int, by: Actor) -> Any:  # noqa: ANN401 -- doors import no models
    found = reads.one_sms(sms_id, by=by)
    if found is None:
        raise NotVisible
    return found


ACTS: dict[str, Act] = {"apri": _open, "metti": _put, "letto": _read}
