"""A file is examined by its rule, on data with a source; what is missing is asked for, and nobody is refused for it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import Error, connection
from django.test.utils import CaptureQueriesContext

from cortile.benefits import examining, tracing
from cortile.benefits.actions import examination as acts
from cortile.benefits.models import Application, Datum, Step
from cortile.kit import clock, scopes
from cortile.kit.refusals import NotVisible, Refused
from cortile.listening import actions as listening
from cortile.listening.models import Thread
from tests import cast
from tests.benefits import files, money, notices
from tests.benefits.files import federica, hidden, later, paola, refusal


def reread(row: Application) -> Application:
    """Return an application as it is now."""
    return Application.objects.get(pk=row.pk)


# --- the rule beside the data ---


def test_each_requirement_says_its_datum_its_source_and_its_day() -> None:
    line = next(line for line in tracing.trace_of(files.arrived()).lines if "supera" in line.label)
    assert (line.found, line.source, line.state) == ("12.400 euro", "dichiarato", "met")


def test_what_fails_says_by_how_much() -> None:
    line = next(line for line in tracing.trace_of(files.arrived(isee=15_000_01)).lines if line.state == "failed")
    assert line.short_by == "1 centesimo"


def test_the_sum_is_shown_with_how_it_comes_out() -> None:
    trace = tracing.trace_of(files.arrived())
    assert (trace.judged.award, "825 euro" in trace.account, "600 euro" in trace.account) == (412_50, True, True)


def test_what_is_missing_is_asked_in_the_order_that_decides_soonest() -> None:
    trace = tracing.trace_of(files.arrived(isee=None, band=None))
    assert [found.label for found in trace.missing] == ["ISEE", "fascia"]


def test_an_isee_out_of_date_is_asked_again_and_is_no_reason_for_a_no() -> None:
    row = files.arrived()
    acts.correct_datum(
        row.pk, by=federica(), name="isee", value=12_000_00, source="attestazione", expires_on=date(2026, 2, 28), reason="scaduto"
    )
    assert [found.expired_on for found in tracing.trace_of(row).missing] == [date(2026, 2, 28)]
    assert refusal(acts.propose, row.pk, by=federica(), outcome="refused") == "datum-missing"


def test_an_isee_good_on_the_day_it_arrived_stays_good() -> None:
    row = files.arrived()
    acts.correct_datum(
        row.pk, by=federica(), name="isee", value=12_400_00, source="attestazione", expires_on=date(2026, 3, 31), reason="visto"
    )
    with later(days=60):
        assert tracing.trace_of(row).missing == []


# --- papers ---


def test_a_paper_is_asked_through_her_request_and_the_ball_is_hers() -> None:
    row = files.arrived(isee=None)
    asked = acts.ask_documents(row.pk, by=federica(), which="l'attestazione ISEE", days=20)
    thread = Thread.objects.get(pk=row.thread_id)
    assert (reread(row).state, asked.due, thread.ball) == ("documents", date(2026, 3, 31), "you")
    assert "l'attestazione ISEE, entro martedì 31 marzo" in thread.entries.filter(kind="asked").get().text


def test_the_legal_clock_stops_for_papers_once() -> None:
    row = files.arrived(isee=None)
    due = row.due
    for days in (12, 5):
        acts.ask_documents(row.pk, by=federica(), which="ISEE", days=20)
        with later(days=days):
            acts.receive_documents(row.pk, by=federica())
    assert reread(row).due == due + timedelta(days=12)


def test_papers_never_stop_the_clock_for_more_than_thirty_days() -> None:
    row = files.arrived(isee=None)
    acts.ask_documents(row.pk, by=federica(), which="ISEE", days=60)
    with later(days=50):
        acts.receive_documents(row.pk, by=federica())
    assert reread(row).due == row.due + timedelta(days=30)


@pytest.mark.parametrize("wrong", [{"which": " ", "days": 10}, {"which": "ISEE", "days": 0}, {"which": "ISEE", "days": 91}])
def test_a_paper_without_a_name_or_without_days_is_refused(wrong: dict[str, object]) -> None:
    assert refusal(acts.ask_documents, files.arrived().pk, by=federica(), **wrong) == "days-missing"


def test_what_nobody_asked_for_is_not_received() -> None:
    with pytest.raises(Refused) as found:
        acts.receive_documents(files.arrived().pk, by=federica())
    assert found.value.code == "wrong-moment"


def test_who_signs_does_not_examine() -> None:
    with pytest.raises(NotVisible):
        acts.ask_documents(files.arrived().pk, by=paola(), which="ISEE", days=10)


# --- a datum put right ---


def test_a_datum_put_right_leaves_the_earlier_one() -> None:
    row = files.arrived()
    acts.correct_datum(row.pk, by=federica(), name="isee", value=11_000_00, source="attestazione", reason="Era la riga sbagliata.")
    assert [*Datum.objects.filter(application=row, name="isee").values_list("value", flat=True)] == [12_400_00, 11_000_00]
    assert tracing.told([row.pk])[row.pk]["isee"].value == 11_000_00


def test_no_datum_is_ever_written_over() -> None:
    row = files.arrived()
    with pytest.raises(Error, match="append-only"), scopes.opened(scopes.EVERYTHING):
        Datum.objects.filter(application=row).update(value=1)


@pytest.mark.parametrize(("name", "value"), [("isee", -1), ("band", 4), ("age", 3)])
def test_a_value_no_datum_may_have_is_refused(name: str, value: int) -> None:
    with pytest.raises(Refused) as found:
        acts.correct_datum(files.arrived().pk, by=federica(), name=name, value=value, source="carta", reason="prova")
    assert found.value.code == "datum-impossible"


def test_a_datum_is_not_put_right_without_a_reason() -> None:
    named = {"name": "isee", "value": 1, "source": "carta", "reason": " "}
    assert refusal(acts.correct_datum, files.arrived().pk, by=federica(), **named) == "reason-missing"


# --- the notice before a no ---


def test_a_notice_says_what_fails_by_how_much_and_what_mends_it() -> None:
    said = acts.send_notice(files.arrived(isee=15_420_00).pk, by=federica()).text
    assert ["15.420 euro" in said, "420 euro" in said, "ISEE corrente" in said, "entro sabato 21 marzo" in said] == [True] * 4


def test_a_notice_gives_her_the_ball_and_stops_the_clock_until_ten_days_after_her_answer() -> None:
    row = files.arrived(isee=15_420_00)
    acts.send_notice(row.pk, by=federica())
    assert Thread.objects.get(pk=row.thread_id).ball == "you"
    with later(days=4):
        acts.take_observations(row.pk, by=cast.identified("adele"), text="Ho perso il lavoro.")
    assert (reread(row).due, reread(row).state) == (row.due + timedelta(days=14), "submitted")


def test_an_answer_nobody_gave_lets_the_clock_go_on_from_the_last_day() -> None:
    row = files.arrived(isee=15_420_00)
    acts.send_notice(row.pk, by=federica())
    with later(days=15):
        files.proposed(row, "refused")
    assert reread(row).due == row.due + timedelta(days=20)


def test_her_days_are_counted_from_when_it_reached_her() -> None:
    row = files.arrived(isee=15_420_00)
    acts.send_notice(row.pk, by=federica())
    with later(days=5):
        assert acts.note_receipt(row.pk, by=federica(), day=clock.today()).due == date(2026, 3, 26)


def test_a_receipt_still_to_come_is_refused() -> None:
    row = files.arrived(isee=15_420_00)
    acts.send_notice(row.pk, by=federica())
    assert refusal(acts.note_receipt, row.pk, by=federica(), day=date(2026, 3, 30)) == "wrong-moment"


def test_no_notice_where_nothing_fails_or_something_is_missing() -> None:
    row = files.arrived()
    assert refusal(acts.send_notice, row.pk, by=federica()) == "no-failure"
    acts.correct_datum(row.pk, by=federica(), name="isee", value=None, source="nessuno", reason="non c'è")
    assert refusal(acts.send_notice, row.pk, by=federica()) == "datum-missing"


def test_a_call_without_the_switch_sends_no_notice() -> None:
    row = files.arrived(call={"preliminary_notice": False}, isee=15_420_00)
    assert refusal(acts.send_notice, row.pk, by=federica()) == "notice-off"


def test_a_doubt_is_told_with_the_grounds_of_a_person() -> None:
    row = files.arrived(isee=9_360_00)
    assert refusal(acts.send_notice, row.pk, by=federica()) == "grounds-missing"
    assert "Il bando dice meno di 9.360." in acts.send_notice(row.pk, by=federica(), grounds="Il bando dice meno di 9.360.").text


def test_an_empty_answer_is_refused() -> None:
    row = files.arrived(isee=15_420_00)
    acts.send_notice(row.pk, by=federica())
    assert refusal(acts.take_observations, row.pk, by=federica(), text=" ") == "reason-missing"


def test_a_neighbour_cannot_answer_a_notice() -> None:
    row = files.arrived(isee=15_420_00)
    acts.send_notice(row.pk, by=federica())
    with pytest.raises(NotVisible):
        acts.take_observations(row.pk, by=cast.identified("gianni"), text="No")


# --- lists ---


def test_the_oldest_legal_clock_comes_first() -> None:
    row = files.arrived()
    with later(days=3):
        other = money.applied(row.version, "gianni")
    assert [r.application.pk for r in examining.queue(by=federica())] == [row.pk, other.pk]


def test_a_list_asks_as_many_questions_of_two_files_as_of_one() -> None:
    row = files.arrived()
    examining.queue(by=federica())
    counted = _questions()
    money.applied(row.version, "gianni")
    assert _questions() == counted


def _questions() -> int:
    with CaptureQueriesContext(connection) as asked:
        examining.queue(by=federica())
    return len(asked)


def test_a_list_says_what_the_rule_says() -> None:
    files.arrived(isee=15_420_00)
    assert [(r.outcome, r.award) for r in examining.queue(by=federica())] == [("not_eligible", 0)]


def test_another_body_s_queue_is_its_own() -> None:
    files.arrived()
    assert examining.queue(by=cast.at_desk("luca")) == []


def test_the_file_of_another_body_is_not_there() -> None:
    assert hidden(examining.one_file, files.arrived().number, by=cast.at_desk("luca"))


def test_one_file_shows_others_of_the_same_house() -> None:
    row = files.arrived()
    other = money.applied(notices.published("solidarity", code="2026/2"))
    assert [a.pk for a in examining.one_file(row.number, by=federica()).same_house] == [other.pk]


# --- what she takes back ---


def test_she_takes_her_application_back_and_may_apply_again() -> None:
    row = files.arrived()
    acts.withdraw(row.pk, by=cast.identified("adele"))
    assert reread(row).state == "withdrawn"
    assert money.applied(row.version).arrival == 2


def test_taken_back_at_the_desk_her_request_closes() -> None:
    row = files.arrived()
    acts.withdraw(row.pk, by=federica(), reason="Lo ha detto allo sportello.")
    assert Thread.objects.get(pk=row.thread_id).outcome == "withdrawn"


def test_a_decided_application_is_not_taken_back() -> None:
    row = files.arrived()
    files.decided(row)
    assert refusal(acts.withdraw, row.pk, by=cast.identified("adele")) == "wrong-moment"


def test_each_step_is_written_down() -> None:
    row = files.arrived(isee=15_420_00)
    files.told_no(row)
    kinds = Step.objects.filter(application=row).values_list("kind", flat=True)
    assert [*kinds] == ["received", "notice", "proposed", "decided"]


def test_an_outcome_is_said_by_who_works_on_the_request_only() -> None:
    row = files.arrived()
    with pytest.raises(NotVisible):
        listening.give_outcome(row.thread, by=cast.at_desk("luca"), key="application_granted", values={}, ended=True)
