"""What is counted of requests, said once: the page of the month and the table of a network count the same rows."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from cortile.listening.models import Thread

# Closed without a solution, or standing still because another service has the ball.
WITHOUT_AN_ANSWER = Q(state="closed", outcome="not_solvable") | (~Q(state="closed") & Q(ball="other"))


def opened(agency_id: int, since: datetime, until: datetime) -> QuerySet[Thread]:
    """Return the requests of a body that came in between two instants (UTC), whatever became of them.

    Delicate ones are counted nowhere: a total longer than a colleague's list would tell (decision 0014).
    """
    return Thread.objects.filter(agency_id=agency_id, opened_at__gte=since, opened_at__lt=until, delicate=False).order_by()
