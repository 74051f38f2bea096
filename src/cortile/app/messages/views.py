"""T8 «Avvisi e messaggi»: one place that mirrors every channel (I7)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cortile.app.messages import words
from cortile.kit import actor as actors
from cortile.kit.doors import opens
from cortile.kit.refusals import NotVisible
from cortile.listening import reads as listening
from cortile.messages import actions as acts
from cortile.messages import reads as messages
from cortile.messages import sheet

THREAD = "listening.thread"


@opens("tenant alone", methods="GET POST", sample="/casa/messaggi/")
def inbox(request: HttpRequest) -> HttpResponse:
    """Show what is said to her building and all that was said to her; remember what they have read when they say so."""
    by = actors.current()
    found = messages.inbox(by=by)
    if request.method == "POST":
        acts.mark_read(by=by, message_ids=[m.pk for m in found])
        return redirect("app:messages")
    about = [m.about_id for m in found if m.about_thing == THREAD and m.about_id]
    numbers = listening.numbers_of(about, by=by)
    rows = [
        {"message": m, "number": numbers.get(m.about_id or 0) if m.about_thing == THREAD else None, "ways": words.ways(m)}
        for m in found
    ]
    context = {"rows": rows, "unread": sum(m.read_at is None for m in found), "notices": messages.notices(by=by)}
    return render(request, "app/messages/inbox.html", context)


@opens("tenant alone", sample="/casa/messaggi/1/foglio.pdf")
def letter(request: HttpRequest, message_id: int) -> HttpResponse:  # noqa: ARG001 -- a view's signature
    """Print a message: in her language, and in Italian."""
    found = messages.one(message_id, by=actors.current())
    if found is None:
        raise NotVisible
    said = sheet.Letter(body=found.body, body_it=found.body_it, agency=found.agency.short_name, language=found.language)
    response = HttpResponse(sheet.letter(said), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="messaggio.pdf"'
    return response
