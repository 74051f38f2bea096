"""S5 «Richiesta»: it always asks who has the ball now, and until when."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from cortile.kit import drafts, files
from cortile.kit.actor import current
from cortile.kit.doors import opens
from cortile.kit.forms import refusals_on
from cortile.listening import access, reads
from cortile.workspace.listening.requests_acts import ACTS
from cortile.workspace.listening.requests_page import bound_form, context, key_of
from cortile.workspace.people.openings import linked_request

PAGE = "workspace/listening/thread.html"
# What was done on another page and is said on this one.
ELSEWHERE = {"invio-no": {"done": _("Non abbiamo mandato niente. Continuiamo ad aiutarla noi.")}}
NOT_NOW = 409


@opens("search people", sample="/scrivania/richieste/1042/")
@linked_request
def thread(request: HttpRequest, number: int) -> HttpResponse:
    """Show a request with its next act first."""
    whole = reads.whole(number, by=current())
    slug = request.GET.get("fatto", "")
    done = ACTS.get(slug) or ELSEWHERE.get(slug)
    return render(request, PAGE, context(whole, current()) | {"done": done})


@opens("search people", methods="GET POST", sample="/scrivania/richieste/1042/nota/")
@linked_request
def thread_act(request: HttpRequest, number: int, act: str) -> HttpResponse:
    """Do one thing to a request, and come back to it; a refusal comes back with what was typed."""
    if act not in ACTS:
        raise Http404
    if request.method != "POST":
        return _opened(request, number, act)
    by, whole = current(), reads.whole(number, by=current())
    if "*" not in whole.fields:
        raise Http404
    form = bound_form(whole, act, request.POST, request.FILES)
    if form.is_valid():
        with refusals_on(form):
            ACTS[act].run(whole, form.words, by, request.POST.get("once", ""))
            drafts.drop(by, key_of(whole, act))
            return _back(number, act)
    status = NOT_NOW if form.refused else form.status
    return render(request, PAGE, context(reads.whole(number, by=by), by, (act, form)), status=status)


def _opened(request: HttpRequest, number: int, act: str) -> HttpResponse:
    """Show the request with one act open; where its state does not allow it any more, just the request."""
    whole = reads.whole(number, by=current())
    if "*" not in whole.fields or not ACTS[act].fits(whole):
        return redirect("workspace:thread", number)
    return render(request, PAGE, context(whole, current(), opened=act))


def _back(number: int, act: str) -> HttpResponse:
    """Go back to the request, or to the list when it has just become somebody else's to read."""
    if not access.visible_to(current()).filter(number=number).exists():
        return redirect("workspace:today")
    response = redirect("workspace:thread", number)
    response["Location"] += f"?fatto={act}"
    return response


@opens("search people", sample="/scrivania/richieste/1042/file/1/")
@linked_request
def thread_file(request: HttpRequest, number: int, file_id: int) -> HttpResponse:
    """Give a photo, a voice or a document to whoever may answer the request."""
    found = reads.file(number, file_id, by=current())
    return files.answer(found, request.headers.get("Range", ""))
