"""Taking in a file of cards: tried first, then done; every row stored or explained."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from cortile.agencies.models import Agency
from cortile.directory import access
from cortile.directory.actions.cards import list_publicly
from cortile.directory.actions.steps import check
from cortile.directory.importing import checks
from cortile.directory.importing.report import REJECTED, Report, Row, Unfit
from cortile.directory.importing.storing import Store
from cortile.directory.models import Confirmation
from cortile.kit import clock
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor


@action("directory.imported")
def take_in(
    agency: Agency, rows: Sequence[Row], *, by: Actor, dry_run: bool = False, publish: bool = False, once: str = ""
) -> Report:
    """Store the cards of a file for the body that keeps them, in one transaction, and say what became of each row.

    With ``dry_run`` the same is said and nothing is kept. New cards are drafts unless ``publish``. Raise ``not-allowed``.
    """
    access.require(by)
    check(by.agency_id in {None, agency.pk}, "not-allowed")
    store = Store(agency)
    for row in rows:
        if not row.outcome:
            _judge(row, store)
    report = Report(list(rows), dry_run)
    # A trial writes too, and takes it back: what the database itself would refuse is then known before.
    with transaction.atomic():
        kept = store.write()
        Confirmation.objects.bulk_create(
            Confirmation(service=s, at=s.confirmed_at or clock.now(), how="import", by_name=s.confirmed_by) for s in store.confirmed
        )
        if publish:
            list_publicly([s for s in kept if s.state == "draft"])
        if dry_run:
            transaction.set_rollback(True)
    done("E" if dry_run else "C", agency, fields=["cards", *report.counts])
    return report


def _judge(row: Row, store: Store) -> None:
    try:
        store.take(row, checks.read(row, clock.today()))
    except Unfit as unfit:
        row.refuse(REJECTED, unfit.reason)
