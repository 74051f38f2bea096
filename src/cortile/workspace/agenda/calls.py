"""The call of a request: fix one at a free hour, say how it went, take it back."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cortile.agenda import access, actions, call_backs
from cortile.kit.actor import current
from cortile.kit.doors import opens
from cortile.kit.forms import refusals_on
from cortile.people.behalf import in_place_of
from cortile.workspace.agenda.booking import as_choices
from cortile.workspace.agenda.forms import Call, Reason
from cortile.workspace.people.openings import linked_request

PAGE = "workspace/agenda/calls.html"
MANY = 60


@opens("search people", methods="GET POST", sample="/scrivania/agenda/telefonate/1042/")
@linked_request
def calls(request: HttpRequest, number: int) -> HttpResponse:
    """Show the call of a request, or offer hours to promise one."""
    by = current()
    thread = call_backs.to_be_called(number, by=by)
    call, free = call_backs.call_of(thread, by=by), call_backs.call_back_hours(thread.person, by=by, thread=thread, most=MANY)
    data = request.POST if request.method == "POST" else None
    form = Call(data, slots=as_choices(free), person=thread.person, auto_id="chiama-%s")
    if form.is_valid():
        with refusals_on(form):
            actions.book_call_back(thread, by=by, once=request.POST.get("once", ""), **form.asked)
            return redirect("workspace:calls", number)
    shown = {
        "tab": "threads", "thread": thread, "line": call_backs.line(call) if call else None, "free": free, "form": form,
        "reason": Reason(auto_id="annulla-%s"),
    }  # fmt: skip
    return render(request, PAGE, shown, status=form.status)


@opens("search people", methods="POST", sample="/scrivania/agenda/telefonata/1/fatta/")
def call_act(request: HttpRequest, call_id: int, act: str) -> HttpResponse:
    """Say that we spoke, that nobody answered, or that there is no call any more."""
    by, once = current(), request.POST.get("once", "")
    call = access.the_call(by, call_id)
    if act == "fatta":
        actions.mark_called(call, by=by, once=once)
    elif act == "non-trovata":
        actions.mark_not_found(call, by=by, once=once)
    elif act == "annulla":
        asked = in_place_of(by, call.person) if request.POST.get("asked") else by
        actions.cancel_call_back(call, by=asked, reason=request.POST.get("reason", ""), once=once)
    else:
        raise Http404
    return redirect("workspace:thread", call.thread.number)
