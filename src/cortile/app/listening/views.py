"""T3 «La mia richiesta»: never silent, and closed only with the tenant's word."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cortile.app import bringing
from cortile.app.listening import words
from cortile.app.listening.forms import Reply
from cortile.app.referrals.views import of_thread
from cortile.kit import actor as actors
from cortile.kit import drafts, files
from cortile.kit.actor import Actor
from cortile.kit.doors import opens
from cortile.kit.forms import refusals_on, sent, typed
from cortile.listening import access, papers
from cortile.listening import actions as acts
from cortile.listening import reads as listening
from cortile.messages import sheet as paper

# The states in which the page offers to close, or to open again.
CLOSING = ("solved", "closed")


def _key(number: int) -> str:
    return f"thread:{number}:say"


@opens("tenant", methods="GET POST", sample="/casa/richieste/1001/")
def thread(request: HttpRequest, number: int) -> HttpResponse:
    """Show where a request stands and how it got there; take what its tenant adds or answers."""
    by = actors.current()
    whole = listening.whole(number, by=by)
    form = Reply(*sent(request), initial=typed(drafts.find(by, _key(number))).dict())
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            ACTS.get(request.POST.get("act", ""), _say)(request, form, number, by)
            drafts.drop(by, _key(number))
            return redirect("app:thread", number)
    context = {
        "thread": whole.thread,
        "title": words.title(whole.thread),
        "title_language": words.title_language(whole.thread),
        "lines": words.history(whole.entries),
        "files": whole.files,
        "referrals": of_thread(whole.thread, by),
        "waiting": listening.waiting_files(by=by) if form.is_bound else {},
        "may_close": whole.thread.state in CLOSING and access.may(by, "close", whole.thread),
        "form": form,
        "draft_key": _key(number),
    }
    return render(request, "app/listening/thread.html", context, status=form.status)


def _say(request: HttpRequest, form: Reply, number: int, by: Actor) -> None:
    """Add words, or files that say so themselves."""
    brought = bringing.sent(form.cleaned_data)
    for kind in brought:
        bringing.bring(kind, form.cleaned_data[kind], by)
    said = form.cleaned_data["story"] or " ".join(str(bringing.ALONE[kind]) for kind in brought)
    acts.tenant_writes(access.the_thread(by, number, "answer"), by=by, text=said, once=request.POST.get("once", ""))


def _yes(request: HttpRequest, _form: Reply, number: int, by: Actor) -> None:
    acts.tenant_confirms(access.the_thread(by, number, "close"), by=by, once=request.POST.get("once", ""))


def _no(request: HttpRequest, form: Reply, number: int, by: Actor) -> None:
    found = access.the_thread(by, number, "reopen")
    acts.tenant_not_solved(found, by=by, text=form.cleaned_data["story"], once=request.POST.get("once", ""))


def _reopen(request: HttpRequest, form: Reply, number: int, by: Actor) -> None:
    found = access.the_thread(by, number, "reopen")
    acts.reopen(found, by=by, text=form.cleaned_data["story"], once=request.POST.get("once", ""))


Act = Callable[[HttpRequest, Reply, int, Actor], None]
ACTS: dict[str, Act] = {"say": _say, "yes": _yes, "no": _no, "reopen": _reopen}


@opens("tenant", sample="/casa/richieste/1001/file/1/")
def file(request: HttpRequest, number: int, file_id: int) -> HttpResponse:
    """Return one file of a request."""
    found = listening.file(number, file_id, by=actors.current())
    return files.answer(found, request.headers.get("Range", ""))


@opens("tenant", sample="/casa/richieste/1001/foglio.pdf")
def sheet(request: HttpRequest, number: int) -> HttpResponse:  # noqa: ARG001 -- a view's signature
    """Print the sheet that counts as much as the app."""
    found = listening.receipt(number, by=actors.current())
    response = HttpResponse(paper.request_sheet(papers.twin(found)), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="foglio-{number}.pdf"'
    return response
