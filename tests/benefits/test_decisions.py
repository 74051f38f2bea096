"""An outcome is proposed by one person and signed by another, says why and what to do, and is worked out again years later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from cortile.accounts.models import Protection
from cortile.benefits import examining, outcomes, tracing
from cortile.benefits.actions import examination as acts
from cortile.benefits.models import Application, Decision
from cortile.kit import clock, scopes
from cortile.kit.refusals import NotVisible, Refused
from cortile.listening import actions as listening
from cortile.listening.models import Thread
from cortile.messages.models import Delivery, Message
from tests import cast
from tests.accounts import owing
from tests.benefits import files, money, notices
from tests.benefits.files import RICH, federica, hidden, later, paola, refusal


def said(row: Application) -> str:
    """Return the last thing an applicant was told."""
    return Message.objects.filter(about_id=row.thread_id, key__startswith="application_").latest("pk").body_it


def past_the_acts(words: str, *values: object) -> None:
    """Run SQL as somebody with the database's password would."""
    with transaction.atomic(), scopes.opened(scopes.EVERYTHING), connection.cursor() as cursor:
        cursor.execute(words, values)


# --- two people ---


def test_one_proposes_and_another_signs() -> None:
    row = files.arrived()
    found = files.decided(row)
    assert (found.outcome, found.award_cents, found.granted_cents, found.state) == ("granted", 412_50, 412_50, "decided")
    assert (found.proposed_by_id, found.decided_by_id) == (cast.staff("federica").pk, cast.staff("paola").pk)


def test_nobody_signs_their_own_proposal() -> None:
    row = files.arrived()
    files.proposed(row)
    with pytest.raises(Refused) as found:
        acts.decide(row.pk, by=federica())
    assert found.value.code == "own-proposal"


def test_nor_past_the_acts() -> None:
    files.proposed(files.arrived())
    with pytest.raises(IntegrityError, match="decision_two_people"):
        past_the_acts("UPDATE benefits_decision SET decided_by_id = proposed_by_id, decided_at = now()")


def test_who_helped_to_fill_it_in_does_not_sign() -> None:
    row = money.applied(notices.published(), by=paola(), channel="desk")
    files.proposed(row)
    assert refusal(acts.decide, row.pk, by=paola()) == "helped-it"


def test_nor_past_the_acts_who_helped() -> None:
    files.proposed(money.applied(notices.published(), by=paola(), channel="desk"))
    with pytest.raises(IntegrityError, match="decision_not_by_the_helper"):
        past_the_acts("UPDATE benefits_decision SET decided_by_id = helped_by_id, decided_at = now()")


def test_a_desk_proposes_nothing() -> None:
    with pytest.raises(NotVisible):
        acts.propose(files.arrived().pk, by=cast.at_desk("silvia"), outcome="granted")


def test_who_helped_to_fill_it_in_does_not_propose() -> None:
    row = files.arrived()
    past_the_acts("UPDATE benefits_application SET helped_by_id = %s", cast.staff("federica").pk)
    assert refusal(acts.propose, row.pk, by=federica(), outcome="granted") == "helped-it"


def test_a_second_proposal_waits_for_the_first() -> None:
    row = files.arrived()
    files.proposed(row)
    assert refusal(acts.propose, row.pk, by=federica(), outcome="granted") == "wrong-moment"


def test_a_proposal_sent_back_says_why_and_the_file_is_examined_again() -> None:
    row = files.arrived()
    files.proposed(row)
    assert acts.send_back(row.pk, by=paola(), why="Manca il timbro.").sent_back_why == "Manca il timbro."
    assert Application.objects.get(pk=row.pk).state == "submitted"


def test_a_proposal_is_not_sent_back_without_a_reason() -> None:
    row = files.arrived()
    files.proposed(row)
    assert refusal(acts.send_back, row.pk, by=paola(), why=" ") == "reason-missing"


def test_another_body_finds_nothing_to_sign() -> None:
    row = files.arrived()
    files.proposed(row)
    with pytest.raises(NotVisible):
        acts.decide(row.pk, by=cast.at_desk("luca"))


def test_nobody_signs_what_a_new_datum_changed() -> None:
    row = files.arrived()
    files.proposed(row)
    past_the_acts(
        "INSERT INTO benefits_datum (agency_id, application_id, name, value, exact, source, evidence, said_by, at)"
        " VALUES (%s, %s, 'isee', 1500100, true, 'x', '', 'x', now())", row.agency_id, row.pk,
    )  # fmt: skip
    assert refusal(acts.decide, row.pk, by=paola()) == "datum-changed"


# --- what the rule says ---


@pytest.mark.parametrize(
    ("values", "outcome", "code"),
    [
        ({"isee": None}, "refused", "datum-missing"), ({"isee": None}, "granted", "datum-missing"),
        (RICH, "granted", "rule-says-no"), ({}, "refused", "rule-says-yes"),
        ({"isee": 9_360_00}, "granted", "grounds-missing"), (RICH, "refused", "notice-first"), ({}, "waiting", "wrong-moment"),
    ],
)  # fmt: skip
def test_what_may_not_be_proposed(values: dict[str, int | None], outcome: str, code: str) -> None:
    assert refusal(acts.propose, files.arrived(**values).pk, by=federica(), outcome=outcome) == code


@pytest.mark.parametrize(("days", "code"), [(10, "notice-first"), (11, "")])
def test_no_no_before_the_days_of_a_notice_ran_out(days: int, code: str) -> None:
    row = files.arrived(**RICH)
    acts.send_notice(row.pk, by=federica())
    with later(days=days):
        found = "" if not code else refusal(acts.propose, row.pk, by=federica(), outcome="refused")
        assert found or files.proposed(row, "refused").state == "proposed"
    assert found == code


def test_her_answer_ends_the_wait() -> None:
    row = files.arrived(**RICH)
    acts.send_notice(row.pk, by=federica())
    acts.take_observations(row.pk, by=federica(), text="Va bene così.")
    assert files.decided(row, "refused").outcome == "refused"


def test_without_the_switch_a_no_needs_no_notice() -> None:
    assert files.decided(files.arrived(call={"preliminary_notice": False}, **RICH), "refused").outcome == "refused"


@pytest.mark.parametrize(("outcome", "cents"), [("granted", 412_50), ("refused", 0)])
def test_where_the_texts_leave_a_doubt_a_person_decides_with_grounds(outcome: str, cents: int) -> None:
    row = files.arrived(call={"preliminary_notice": False}, isee=9_360_00)
    assert files.decided(row, outcome, grounds="Il bando dice meno di 9.360.").award_cents == cents


def test_grounds_nobody_could_read_are_refused() -> None:
    row = files.arrived(call={"preliminary_notice": False}, isee=9_360_00)
    grounds = "Ai sensi del provvedimento l'istanza non risulta corredata della documentazione."
    assert refusal(acts.propose, row.pk, by=federica(), outcome="refused", grounds=grounds) == "texts-not-plain"


# --- what she is told ---


def test_a_yes_says_how_much_how_and_how_it_arrives() -> None:
    row = files.arrived()
    files.decided(row)
    assert [part in said(row) for part in ("Ricevi 412,50 euro", "825 euro", "bolletta", "entro venerdì 10 aprile")] == [True] * 4


def test_a_no_says_by_how_much_and_what_to_do() -> None:
    row = files.arrived(**RICH)
    files.told_no(row)
    assert [part in said(row) for part in ("15.420 euro", "420 euro", "ISEE corrente", "guardare di nuovo entro")] == [True] * 4


def test_an_outcome_is_asked_of_her_and_never_closed_without_her_yes() -> None:
    row = files.arrived()
    files.decided(row)
    thread = Thread.objects.get(pk=row.thread_id)
    assert (thread.state, thread.ball, thread.next_date is not None) == ("solved", "you", True)


def test_the_sms_says_nothing_of_it() -> None:
    cast.give_mobile("adele")
    row = files.arrived()
    files.decided(row)
    text = Delivery.objects.latest("pk").text
    assert ("messaggio" in text, "412" in text, "contribut" in text, "domanda" in text) == (True, False, False, False)


def test_a_closed_request_opens_again_to_say_it() -> None:
    row = files.arrived()
    listening.close(row.thread, by=federica(), outcome="solved", tenant_said_yes=True)
    files.decided(row)
    assert Thread.objects.get(pk=row.thread_id).state == "solved"


def test_what_waited_no_longer_protects_what_she_owes() -> None:
    owing.account_of("adele")
    row = files.arrived()
    assert Protection.objects.filter(kind="application", ended_on=None).count() == 1
    files.decided(row)
    assert Protection.objects.filter(kind="application", ended_on=None).count() == 0


# --- money ---


def first_come(cents: int) -> dict[str, object]:
    """Return the terms of a call that keeps money for who comes first, up to some cents."""
    return {"strategy": "first_come", "last": "partly", "envelope_cents": cents}


def with_money(cents: int) -> Application:
    """Return an application whose money was kept aside, as far as an envelope of some cents reaches."""
    version = notices.published(**first_come(cents))
    money.envelope(version, cents)
    return money.applied(version)


@pytest.mark.parametrize(
    ("cents", "outcome", "reached"), [(1_000_00, "granted", 412_50), (320_00, "partly", 320_00), (0, "waiting", 0)]
)
def test_the_outcome_says_what_the_envelope_reaches(cents: int, outcome: str, reached: int) -> None:
    version = notices.published(**first_come(cents))
    if cents:
        money.envelope(version, cents)
    else:
        money.envelope(version, 412_50)
        money.applied(version, "gianni")
    found = files.decided(money.applied(version))
    assert (found.outcome, found.granted_cents) == (outcome, reached)


def test_who_waits_for_money_is_told_the_place_and_how_far_it_goes() -> None:
    version = notices.published(**first_come(0))
    money.envelope(version, 412_50)
    money.applied(version, "gianni")
    files.decided(money.applied(version))
    told = Message.objects.filter(person=cast.person("adele"), key="application_waiting").get()
    assert "Sei al posto 2. I soldi bastano per le prime 1 domande." in told.body_it


def test_a_no_gives_the_money_to_who_comes_after() -> None:
    row = with_money(1_000_00)
    acts.correct_datum(row.pk, by=federica(), name="isee", value=15_420_00, source="attestazione", reason="letta")
    files.told_no(row)
    assert Application.objects.get(pk=row.pk).outcome == "refused"
    assert files.standing(row) == {"reserved": 0, "committed": 0}


# --- a new look ---


def test_a_new_look_leaves_the_decision_in_force_meanwhile() -> None:
    row = files.arrived(**RICH)
    files.told_no(row)
    with later(days=20):
        acts.ask_review(row.pk, by=cast.identified("adele"), text="Guardate l'ISEE nuovo.")
        assert Application.objects.get(pk=row.pk).outcome == "refused"
        assert [r.in_review for r in examining.queue(by=federica())] == [True]


def test_a_new_look_may_end_otherwise() -> None:
    row = files.arrived(**RICH)
    files.told_no(row)
    with later(days=20):
        acts.ask_review(row.pk, by=federica(), text="Lo chiede allo sportello.")
        acts.correct_datum(row.pk, by=federica(), name="isee", value=11_000_00, source="ISEE corrente", reason="nuovo")
        found = files.decided(row)
    assert (found.kind, found.outcome, found.number) == ("review", "granted", 2)


def test_a_new_look_is_asked_within_its_days() -> None:
    row = files.arrived(call={"review_days": 15})
    files.decided(row)
    with later(days=16):
        assert refusal(acts.ask_review, row.pk, by=cast.identified("adele"), text="Guardate") == "review-over"


def test_nobody_asks_a_new_look_for_a_neighbour() -> None:
    row = files.arrived()
    files.decided(row)
    assert hidden(acts.ask_review, row.pk, by=cast.identified("gianni"), text="Guardate")


def test_a_neighbour_takes_nothing_back() -> None:
    with pytest.raises(NotVisible):
        acts.withdraw(files.arrived().pk, by=cast.identified("gianni"))


# --- taken back ---


def test_a_contribution_is_taken_back_by_two_people_with_a_reason_she_reads() -> None:
    row = with_money(1_000_00)
    files.decided(row)
    acts.revoke(row.pk, by=federica(), reason="La casa non era più la tua.")
    assert Application.objects.get(pk=row.pk).outcome == "granted"
    assert acts.decide(row.pk, by=paola()).outcome == "revoked"
    assert ("La casa non era più la tua." in said(row), files.standing(row)["committed"]) == (True, 0)


@pytest.mark.parametrize(("outcome", "reason", "code"), [("granted", " ", "reason-missing"), ("", "Motivo.", "wrong-moment")])
def test_what_cannot_be_taken_back(outcome: str, reason: str, code: str) -> None:
    row = files.arrived()
    if outcome:
        files.decided(row)
    with pytest.raises(Refused) as found:
        acts.revoke(row.pk, by=federica(), reason=reason)
    assert found.value.code == code


# --- years later ---

IN_2031 = datetime(2031, 5, 7, 9, tzinfo=UTC)


def test_a_decision_is_worked_out_again_years_later_whatever_was_published_since() -> None:
    row = files.arrived()
    made = files.decided(row)
    rule = notices.rule("energy")
    rule["parameters"][3]["values"] = [{"since": "2020-01-01", "value": 100_00}]
    newer = notices.drafted(rule=rule)
    with clock.frozen(IN_2031):
        files.publish(newer)
        assert outcomes.decision_recomputed(made.pk, by=federica()) == (True, True, True, 0)


TAMPERED: dict[str, Callable[[Decision], object]] = {
    "a datum": lambda d: d.facts["due"].update(value=900_00),
    "where a datum comes from": lambda d: d.facts["isee"].update(source="nessuno"),
    "a figure": lambda d: d.figures.update(cap=300_00),
    "the sum": lambda d: setattr(d, "award_cents", 500_00),
    "what failed": lambda d: setattr(d, "failed", 4),
    "the text of the call": lambda d: d.version.rule_data["requirements"].pop(),
}


@pytest.mark.parametrize("changed", TAMPERED)
def test_what_was_changed_behind_the_house_is_noticed(changed: str) -> None:
    made = files.decided(files.arrived())
    assert tracing.recomputed(made).equal
    TAMPERED[changed](made)
    assert not tracing.recomputed(made).equal


def test_a_signed_decision_never_changes() -> None:
    files.decided(files.arrived())
    with pytest.raises(DatabaseError, match="never changes"):
        past_the_acts("UPDATE benefits_decision SET award_cents = 1")


def test_another_body_s_decision_is_not_worked_out() -> None:
    made = files.decided(files.arrived())
    assert hidden(outcomes.decision_recomputed, made.pk, by=cast.at_desk("luca"))


def test_a_decision_rests_on_data_with_source_and_day() -> None:
    made = files.proposed(files.arrived())
    assert made.facts["isee"] == {"value": 12_400_00, "source": "dichiarato", "as_of": None, "expires_on": None}
    assert (made.figures["cap"], Decision.objects.get(pk=made.pk).version_id) == (600_00, made.version_id)
