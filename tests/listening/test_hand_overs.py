"""A question to an office: passed, taken, dated, answered, sent back, chased, withdrawn."""

from __future__ import annotations

from datetime import date

import pytest

from cortile.agencies.models import Office
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.listening import access, actions
from cortile.listening.models import HandOver, Thread
from cortile.messages.models import Delivery
from tests import cast, traces

NOT_THE_OFFICE = ["marta", "paola", "bruno", "silvia", "salvatore", "sara"]
THURSDAY, FRIDAY = date(2026, 3, 12), date(2026, 3, 13)


@pytest.fixture
def answered(sent: HandOver, ornella: Actor) -> HandOver:
    """Return a question the office has answered."""
    return actions.answer_hand_over(sent, by=ornella, text="Sì, è in regola.")


def test_the_office_hears_and_adele_is_told(sent: HandOver) -> None:
    assert (sent.thread.state, sent.thread.ball, sent.due) == ("waiting_other", "other", FRIDAY)
    assert traces.told("adele")[0] == "handed_over"
    assert Delivery.objects.get(channel="email").to == "affitti@example.invalid"


def test_her_date_does_not_move(thread: Thread, sent: HandOver) -> None:
    assert traces.now(thread).next_date == thread.next_date


def test_rent_is_shown_only_when_the_request_is_about_it(marta: Actor, sent: HandOver, rents: Office) -> None:
    about_rent = cast.open_request("gianni", chip="rent")
    assert not sent.shows_rent
    assert actions.hand_over(about_rent, rents, by=marta, question="Quanto deve?").shows_rent


def test_another_bodys_office_is_refused(thread: Thread, marta: Actor) -> None:
    with pytest.raises(Refused, match="office-missing"):
        actions.hand_over(thread, cast.office("Ufficio affitti Lodi"), by=marta, question="È in regola?")


def test_an_office_is_asked_once_at_a_time(sent: HandOver, marta: Actor, rents: Office) -> None:
    with pytest.raises(Refused, match="already-handed-over"):
        actions.hand_over(sent.thread, rents, by=marta, question="Allora?")


def test_a_delicate_request_stays(thread: Thread, marta: Actor, rents: Office) -> None:
    actions.mark_delicate(thread, by=marta)
    with pytest.raises(Refused, match="delicate-stays"):
        actions.hand_over(thread, rents, by=marta, question="È in regola?")


def test_what_is_solved_is_not_passed(solved: Thread, marta: Actor, rents: Office) -> None:
    with pytest.raises(Refused, match="not-in-this-state"):
        actions.hand_over(solved, rents, by=marta, question="È in regola?")


def test_a_question_has_words(thread: Thread, marta: Actor, rents: Office) -> None:
    with pytest.raises(Refused, match="words-missing"):
        actions.hand_over(thread, rents, by=marta, question=" ")


@pytest.mark.parametrize("who", ["bruno", "sara", "silvia", "salvatore", "ornella"])
def test_strangers_pass_nothing(thread: Thread, rents: Office, who: str) -> None:
    with pytest.raises(NotVisible):
        actions.hand_over(thread, rents, by=cast.at_desk(who), question="È in regola?")


def test_the_office_takes_it(sent: HandOver, ornella: Actor) -> None:
    row = actions.take_hand_over(sent, by=ornella)
    assert (row.state, row.taken_by) == ("taken", "Ornella V.")
    assert traces.lines(sent.thread)[-1] == "office_took"


@pytest.mark.parametrize("who", NOT_THE_OFFICE)
def test_only_the_office_takes_it(sent: HandOver, who: str) -> None:
    with pytest.raises(NotVisible):
        actions.take_hand_over(sent, by=cast.at_desk(who))


def test_an_answered_question_is_not_taken(answered: HandOver, ornella: Actor) -> None:
    with pytest.raises(Refused, match="not-in-this-state"):
        actions.take_hand_over(answered, by=ornella)


def test_a_date_within_ours_changes_nothing_for_her(sent: HandOver, ornella: Actor) -> None:
    row = actions.date_hand_over(sent, by=ornella, day=FRIDAY)
    assert (row.state, row.due, row.taken_by) == ("taken", FRIDAY, "Ornella V.")
    assert traces.told("adele")[0] == "handed_over"


def test_a_later_date_moves_ours_by_a_day_and_says_why(sent: HandOver, ornella: Actor) -> None:
    actions.date_hand_over(sent, by=ornella, day=date(2026, 3, 18), reason="Aspettiamo il contabile")
    assert traces.now(sent.thread).next_date == date(2026, 3, 19)
    assert traces.told("adele")[0] == "new_date"


def test_a_later_date_has_a_reason(sent: HandOver, ornella: Actor) -> None:
    with pytest.raises(Refused, match="reason-missing"):
        actions.date_hand_over(sent, by=ornella, day=date(2026, 3, 18))


@pytest.mark.parametrize("day", [date(2026, 3, 10), date(2026, 5, 20)])
def test_an_impossible_date_is_refused(sent: HandOver, ornella: Actor, day: date) -> None:
    with pytest.raises(Refused, match="date-impossible"):
        actions.date_hand_over(sent, by=ornella, day=day, reason="Ferie")


def test_only_the_office_gives_its_date(sent: HandOver, marta: Actor) -> None:
    with pytest.raises(NotVisible):
        actions.date_hand_over(sent, by=marta, day=THURSDAY)


def test_an_answer_gives_us_the_ball(answered: HandOver) -> None:
    assert (answered.state, traces.now(answered.thread).ball) == ("answered", "us")
    assert traces.told("adele")[0] == "handed_over"


def test_while_another_office_waits_the_ball_is_theirs(sent: HandOver, marta: Actor, ornella: Actor) -> None:
    actions.hand_over(sent.thread, cast.office("Ufficio manutenzioni"), by=marta, question="Quando?")
    actions.answer_hand_over(sent, by=ornella, text="Sì.")
    assert traces.now(sent.thread).ball == "other"


def test_an_answer_has_words(sent: HandOver, ornella: Actor) -> None:
    with pytest.raises(Refused, match="words-missing"):
        actions.answer_hand_over(sent, by=ornella, text="")


def test_it_is_answered_once(answered: HandOver, ornella: Actor) -> None:
    with pytest.raises(Refused, match="not-in-this-state"):
        actions.answer_hand_over(answered, by=ornella, text="Anzi, no.")


@pytest.mark.parametrize("who", NOT_THE_OFFICE)
def test_only_the_office_answers(sent: HandOver, who: str) -> None:
    with pytest.raises(NotVisible):
        actions.answer_hand_over(sent, by=cast.at_desk(who), text="Sì.")


def test_sent_back_it_names_the_right_office_and_she_is_told(sent: HandOver, ornella: Actor) -> None:
    row = actions.send_back(sent, by=ornella, reason="È un guasto", right_office=cast.office("Ufficio manutenzioni"))
    assert (row.state, row.answer) == ("sent_back", "È un guasto → Ufficio manutenzioni")
    assert traces.told("adele")[0] == "sent_back"


def test_sending_back_has_a_reason(sent: HandOver, ornella: Actor) -> None:
    with pytest.raises(Refused, match="reason-missing"):
        actions.send_back(sent, by=ornella, reason=" ")


def test_what_is_answered_is_not_sent_back(answered: HandOver, ornella: Actor) -> None:
    with pytest.raises(Refused, match="not-in-this-state"):
        actions.send_back(answered, by=ornella, reason="Non è nostra")


def test_chasing_mails_the_office_again(sent: HandOver, marta: Actor) -> None:
    assert actions.chase(sent, by=marta).chased == 1
    assert Delivery.objects.filter(channel="email", to="affitti@example.invalid", subject__startswith="Sollecito").count() == 1


@pytest.mark.parametrize("who", ["ornella", "bruno", "sara", "silvia"])
def test_others_chase_nobody(sent: HandOver, who: str) -> None:
    with pytest.raises(NotVisible):
        actions.chase(sent, by=cast.at_desk(who))


def test_who_has_answered_is_not_chased(answered: HandOver, marta: Actor) -> None:
    with pytest.raises(Refused, match="not-in-this-state"):
        actions.chase(answered, by=marta)


def test_withdrawn_the_office_sees_it_no_more(sent: HandOver, marta: Actor, ornella: Actor) -> None:
    actions.withdraw_hand_over(sent, by=marta, reason="Risolto da noi")
    assert sent not in access.hand_overs_visible_to(ornella)
    assert traces.now(sent.thread).state == "with_us"


def test_an_office_withdraws_nothing(sent: HandOver, ornella: Actor) -> None:
    with pytest.raises(NotVisible):
        actions.withdraw_hand_over(sent, by=ornella)


def test_an_answered_question_is_not_withdrawn(answered: HandOver, marta: Actor) -> None:
    with pytest.raises(Refused, match="not-in-this-state"):
        actions.withdraw_hand_over(answered, by=marta)
