"""I3 and the next date, in the database's own words: what it refuses to keep, whoever writes."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cortile.kit import scopes
from cortile.kit.actor import Actor, acting
from cortile.referrals.models import PartnerLink, Referral, Step
from tests.referrals import world


def written(sent: Referral, **changed: Any) -> None:  # noqa: ANN401 -- the model's own fields
    """Write past every act, as a mistake of ours would."""
    with scopes.opened(scopes.EVERYTHING), transaction.atomic():
        Referral.objects.filter(pk=sent.pk).update(**changed)


@pytest.mark.parametrize(
    ("changed", "promise"),
    [
        ({"consent": None}, "referral_has_basis"),
        ({"basis": "public_task"}, "referral_has_basis"),
        ({"basis": "urgent_duty"}, "referral_has_basis"),
        ({"basis": "legitimate_interest", "notice": "x"}, "referral_(has_basis|basis_known)"),
        ({"fields": [], "shared": {}}, "referral_has_fields"),
        ({"need": ""}, "referral_has_fields"),
        ({"check_on": None}, "check_on"),
        ({"next_date": None}, "open_referral_has_date"),
        ({"ball": "nobody"}, "referral_ball_known"),
        ({"state": "rejected"}, "rejected_has_reason"),
        ({"state": "accepted"}, "accepted_has_day"),
        ({"state": "completed", "service_outcome": "met"}, "completed_both_asked|ended_referral_closed"),
        ({"state": "cancelled"}, "ended_referral_closed"),
        ({"shared": {"name": "Adele"}}, "referral_shares_exactly"),
    ],
)
def test_the_database_keeps_no_such_referral(sent: Referral, changed: dict[str, Any], promise: str) -> None:
    with pytest.raises(IntegrityError, match=promise):
        written(sent, **changed)


def test_nor_one_field_more_than_was_ticked(sent: Referral) -> None:
    with pytest.raises(IntegrityError, match="referral_shares_exactly"):
        written(sent, shared=sent.shared | {"address": "Via dei Tigli 12"})


def test_nor_an_urgency_decided_by_who_sent(sent: Referral) -> None:
    with pytest.raises(IntegrityError, match="referral_has_basis"):
        written(sent, basis="urgent_duty", supervisor_id=sent.sent_by_id)


def test_what_keeps_its_promises_is_kept(sent: Referral) -> None:
    written(sent, basis="public_task", consent=None, notice="Detto a voce.")
    written(sent, fields=["name"], shared={"name": "Adele"})
    written(sent, state="completed", service_outcome="met", person_outcome="met", closed_at=sent.sent_at, next_date=None)
    assert world.fresh(sent).state == "completed"


def test_another_body_is_shown_nothing_of_it(sent: Referral, sara: Actor) -> None:
    with acting(sara):
        assert [Referral.objects.count(), Step.objects.count(), PartnerLink.objects.count()] == [0, 0, 0]


def test_its_own_is(sent: Referral, marta: Actor) -> None:
    with acting(marta):
        assert [Referral.objects.count(), Step.objects.count(), PartnerLink.objects.count()] == [1, 1, 1]
