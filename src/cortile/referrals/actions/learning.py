"""What a body's own referrals of a year taught of each service, worked out anew each night."""

from __future__ import annotations

from django.conf import settings
from django.db import connection

from cortile.agencies.models import Agency
from cortile.kit import clock
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor, Kind
from cortile.kit.refusals import NotVisible
from cortile.referrals.figures import YEAR
from cortile.referrals.models import ServiceFigures

# Fewer than this tell of persons, not of a service (small cells: 5 inside).
LEAST = 5
# A referral taken back before anybody answered says nothing of the service, unless its silence had been told: yeses are counted
# among what was answered and what was left in silence. Of how it ended, her own word counts first;
# who could not be reached tells nothing, whatever the service says. Every
# service of the year has its row, so that the night knows it was there; of fewer than five it is empty. What is delicate is
# in no count.
_LEARN = """
    WITH sent AS (
        SELECT r.service_id, r.first_answer_at, r.accepted_for,
            r.state <> 'cancelled' OR r.first_answer_at IS NOT NULL OR r.silence_told_at IS NOT NULL AS tells,
            r.first_answer_at IS NOT NULL OR r.silence_told_at IS NOT NULL AS due,
            CASE WHEN r.person_outcome <> 'no_reply' THEN
                COALESCE(NULLIF(r.person_outcome, ''), NULLIF(NULLIF(r.service_outcome, ''), 'no_reply')) END AS outcome,
            (r.first_answer_at AT TIME ZONE %(zone)s)::date - (r.sent_at AT TIME ZONE %(zone)s)::date AS days
        FROM referrals_referral r JOIN listening_thread t ON t.id = r.thread_id AND NOT t.delicate
        WHERE r.agency_id = %(body)s AND r.sent_at >= %(since)s
    ), counted AS (
        SELECT service_id, count(*) FILTER (WHERE tells) AS referrals, count(first_answer_at) AS answered,
            count(accepted_for) AS accepted, count(*) FILTER (WHERE due) AS due,
            percentile_disc(0.5) WITHIN GROUP (ORDER BY days) AS median, count(outcome) AS said,
            count(*) FILTER (WHERE outcome = 'met') AS met
        FROM sent GROUP BY service_id
    )
    INSERT INTO referrals_servicefigures
        (agency_id, service_id, day, referrals, answered, accepted, median_answer_days, acceptance_bp, met_bp)
    SELECT %(body)s, service_id, %(day)s, CASE WHEN referrals >= %(least)s THEN referrals END,
        CASE WHEN referrals >= %(least)s THEN answered END, CASE WHEN referrals >= %(least)s THEN accepted END,
        CASE WHEN answered >= %(least)s THEN median END,
        CASE WHEN due >= %(least)s THEN accepted * 10000 / due END,
        CASE WHEN said >= %(least)s THEN met * 10000 / said END
    FROM counted
"""


@action("service_figures.learned")
def learn(body: Agency, *, by: Actor) -> int:
    """Put this year's figures in place of last night's, in two statements however many referrals; return of how many services.

    Shares are basis points, the median is of calendar days from sending to the first answer. A service with fewer than five
    has an empty row, and a share of fewer than five stays empty. Raise ``NotVisible`` for anybody but the job of the body.
    """
    if by.kind != Kind.SYSTEM or by.agency_id not in {None, body.pk}:
        raise NotVisible
    ServiceFigures.objects.filter(agency=body).delete()
    with connection.cursor() as cursor:
        cursor.execute(_LEARN, {
            "body": body.pk, "since": clock.now() - YEAR, "day": clock.today(), "least": LEAST, "zone": settings.TIME_ZONE,
        })  # fmt: skip
        count = int(cursor.rowcount)
    done("U", body, fields=["services"])
    return count
