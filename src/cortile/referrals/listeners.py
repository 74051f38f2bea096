"""What this room does when a request ends, or becomes delicate: in the same transaction."""

from __future__ import annotations

from cortile.kit.actor import system
from cortile.kit.events import on
from cortile.listening.events import ThreadClosed, ThreadKeptOffPhones
from cortile.referrals.actions import end_with_thread


@on(ThreadClosed)
def take_back_what_waits(event: ThreadClosed) -> None:
    """A service that has not answered is told it need not; one that said yes is still asked how it went."""
    end_with_thread(event.thread, system("invii", agency_id=event.thread.agency_id), quietly=False)


@on(ThreadKeptOffPhones)
def end_when_delicate(event: ThreadKeptOffPhones) -> None:
    """What is delicate is read by its duty person alone: every link shows nothing from the next request on."""
    if event.delicate:
        end_with_thread(event.thread, event.by, quietly=True)
