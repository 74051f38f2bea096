"""S7 «Invio a un servizio»: four taps, the yes read aloud in her language, and exactly the data that were ticked."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cortile.kit.actor import current
from cortile.kit.doors import opens
from cortile.kit.forms import refusals_on
from cortile.listening import actions as listening
from cortile.referrals import actions, reads
from cortile.workspace.people.openings import linked_request
from cortile.workspace.referrals.sending_draft import INSTEAD, Draft, instead_of, the_thread
from cortile.workspace.referrals.sending_form import NO, SendForm

NOT_NOW = 409


@opens("refer", sample="/scrivania/richieste/1042/invio/")
@linked_request
def choose(request: HttpRequest, number: int) -> HttpResponse:
    """Suggest services, each with its reasons; look for another by words. Who has the request already is not asked again."""
    by, words = current(), request.GET.get("q", "")[:120]
    thread = the_thread(number, by)
    asked = {row.service_id for row in reads.of_thread(thread, by=by) if row.is_open}
    shown = {
        "tab": "threads", "thread": thread, "q": words, "instead": instead_of(request.GET.get(INSTEAD, ""), thread, by),
        "suggestions": [s for s in reads.services_for(thread, by=by, words=words) if s.service.pk not in asked],
    }  # fmt: skip
    return render(request, "workspace/referrals/choose.html", shown)


@opens("refer", methods="GET POST", sample="/scrivania/richieste/1042/invio/1/")
@linked_request
def send(request: HttpRequest, number: int, service_id: int) -> HttpResponse:
    """Show what would be said and the sentence of the yes; then send exactly that, to whom was read."""
    by = current()
    draft = Draft.of(number, service_id, instead=request.GET.get(INSTEAD, ""), by=by)
    form = draft.form(request.POST if request.method == "POST" else None)
    act = request.POST.get("act", "")
    if act == "send" and form.is_valid() and draft.was_read(form, request.POST.get("read_for", "")):
        with refusals_on(form):
            return _done(request, draft, form)
    if act == "sentence":
        form = draft.form(request.POST, asks=False)
        form.is_valid()
    status = NOT_NOW if form.refused else form.status
    return render(request, "workspace/referrals/send.html", _shown(draft, form), status=status)


def _done(request: HttpRequest, draft: Draft, form: SendForm) -> HttpResponse:
    by, once = current(), request.POST.get("once", "")
    if form.words["basis"] == NO and not form.words["apart"]:
        # Written once, so that nobody asks her again (I9); nothing leaves.
        listening.note(draft.thread, by=by, text=draft.said_no, once=once)
        return redirect(f"{reverse('workspace:thread', args=[draft.thread.number])}?fatto=invio-no")
    asked: dict[str, Any] = {
        "by": by, "need": form.words["need"], "fields": form.ticked, "notes": form.words["notes"], "once": once,
        "check_on": form.words["check_on"], "basis": draft.basis(form),
    }  # fmt: skip
    made = (
        actions.reroute(draft.instead, draft.service, **asked)
        if draft.instead
        else actions.send(draft.thread, draft.service, **asked)
    )
    return redirect(f"{reverse('workspace:referral', args=[made.number])}?fatto=manda")


def _shown(draft: Draft, form: SendForm) -> dict[str, Any]:
    person = draft.thread.person
    return {
        "tab": "threads", "thread": draft.thread, "service": draft.service, "instead": draft.instead, "form": form,
        "language": person.language, "spoken": draft.sentence(form), "italian": draft.sentence(form, "it"),
        "draft": draft.unread(form), "read_for": draft.key(form), "check_on": draft.check_on, "agreed": draft.agreed,
    }  # fmt: skip
