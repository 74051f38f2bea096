"""What these tests promise: a call about a request, on Thursday the 12th at ten unless they say."""

from __future__ import annotations

from typing import Any

from cortile.agenda import actions
from cortile.agenda.models import CallBack
from cortile.listening.models import Thread
from cortile.messages.models import Message
from tests import cast
from tests.agenda.booking import at


def promised(thread: Thread, **details: Any) -> CallBack:  # noqa: ANN401 -- the act's own arguments
    """Promise a call about a request, as Marta who follows it."""
    about: dict[str, Any] = {"by": cast.at_desk("marta"), "starts_at": at(10)}
    return actions.book_call_back(thread, **(about | details))


def told(row: CallBack) -> Message:
    """Return what the person was told last about a call."""
    return Message.objects.filter(about_thing="agenda.callback", about_id=row.pk).order_by("-pk")[0]


def fresh(thread: Thread) -> Thread:
    """Return a request as it is now."""
    return Thread.objects.select_related("person", "owner", "agency").get(pk=thread.pk)
