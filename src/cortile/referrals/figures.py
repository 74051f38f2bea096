"""What our own referrals taught us of services, read at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from cortile.kit import clock
from cortile.referrals.models import Referral, ServiceFigures

YEAR = timedelta(days=365)
# The hour after which the night's work is done: the watch runs each minute, and does it once.
NIGHT = 3


def must_learn(agency_id: int) -> bool:
    """Tell whether tonight's work on a body's figures is still to be done: it has referrals of this year, and none of today's."""
    if clock.local(clock.now()).hour < NIGHT or ServiceFigures.objects.filter(agency_id=agency_id, day=clock.today()).exists():
        return False
    return Referral.objects.filter(agency_id=agency_id, sent_at__gte=clock.now() - YEAR).exists()


def figures_of(service_ids: Iterable[int], *, agency_id: int) -> dict[int, ServiceFigures]:
    """Return what a body's own referrals taught of some services, the newest by service: one query.

    One that has no figures, or of fewer than five referrals, is not there; nor is what another body learned of it.
    """
    rows = ServiceFigures.objects.filter(agency_id=agency_id, service_id__in=list(service_ids), referrals__isnull=False)
    return {row.service_id: row for row in rows.order_by("service_id", "-day").distinct("service_id")}
