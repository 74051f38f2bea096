"""T8 «Avvisi e messaggi»: one place that mirrors every channel (I7)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cortile.kit import actor as actors
from cortile.kit.doors import opens
from cortile.listening import reads as listening
from cortile.messages import actions as acts
from cortile.messages import reads as messages

THREAD = "listening.thread"


@opens("tenant alone", methods="GET POST", sample="/casa/messaggi/")
def inbox(request: HttpRequest) -> HttpResponse:
    """Show all that was said to the person; remember what they have read when they say so."""
    by = actors.current()
    found = messages.inbox(by=by)
    if request.method == "POST":
        acts.mark_read(by=by, message_ids=[m.pk for m in found])
        return redirect("app:messages")
    about = [m.about_id for m in found if m.about_thing == THREAD and m.about_id]
    numbers = listening.numbers_of(about, by=by)
    rows = [{"message": m, "number": numbers.get(m.about_id or 0) if m.about_thing == THREAD else None} for m in found]
    context = {"rows": rows, "unread": sum(m.read_at is None for m in found)}
    return render(request, "app/messages/inbox.html", context)
