"""Another system's requests: taken in whole, read-only, and a thread opened from one when it still matters."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cortile.agencies import access as staff_access
from cortile.agencies.models import Agency
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible
from cortile.listening.actions.steps import by_staff, check
from cortile.listening.actions.threads import open_thread
from cortile.listening.models import PastRequest, Thread
from cortile.people.models import Person


def past_request(
    agency: Agency, *, source: str, code: str, state: str, original_state: str, category: str, opened_on: date,
    closed_on: date | None = None, channel: str = "",
) -> PastRequest:  # fmt: skip
    """Return a request of another system, not yet written."""
    return PastRequest(
        agency=agency, source=source, code=code, state=state, original_state=original_state, category=category,
        opened_on=opened_on, closed_on=closed_on, channel=channel,
    )  # fmt: skip


@action("history.taken_in")
def take_in_history(agency: Agency, rows: Iterable[PastRequest], *, by: Actor) -> tuple[int, int]:
    """Write past requests, each once by source and code. Return how many were new and how many already there."""
    staff_access.require(by, "import", of=agency.pk)
    found = list(rows)
    before = PastRequest.objects.filter(agency=agency).count()
    PastRequest.objects.bulk_create(found, ignore_conflicts=True, batch_size=2000)
    new = PastRequest.objects.filter(agency=agency).count() - before
    done("C", agency, fields=["past_requests"])
    return new, len(found) - new


@action("thread.opened_from_history")
def open_from_history(past: PastRequest, person: Person, *, by: Actor, chip: str, title: str) -> Thread:
    """Open a thread from an imported request that is still alive, once; the history itself does not change.

    Raise ``Refused`` with ``not-allowed``, ``person-missing`` or ``not-in-this-state``.
    """
    by_staff(by)
    check(past.agency_id == person.agency_id, "person-missing")
    row = PastRequest.objects.select_for_update().filter(pk=past.pk).first()
    if row is None:
        raise NotVisible
    check(row.thread_id is None, "not-in-this-state")
    row.thread = open_thread(person, by=by, chip=chip, title=title, words=f"{row.source} {row.code}", channel="in_person")
    row.save(update_fields=["thread"])
    done("U", row, persons=[person.pk])
    return row.thread
