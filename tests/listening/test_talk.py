"""Taking, answering, asking, noting, writing: who has the ball after each, and what is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cortile.kit import clock
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.listening import actions, reads
from cortile.listening.models import HandOver, Thread
from tests import cast, traces

# Who finds nothing to act on in Adele's request: another quarter, another body, the desk, the custodian, an office.
STRANGERS = ["bruno", "sara", "luca", "silvia", "salvatore", "lucia", "ornella"]


def test_taking_makes_it_mine_and_says_so(thread: Thread, paola: Actor) -> None:
    row = actions.take(thread, by=paola)
    assert (row.owner_id, row.state, traces.told("adele")[0]) == (paola.id, "with_us", "taking_charge")
    assert traces.event("thread.taken").fields == ["owner", "state"]


def test_what_is_taken_is_not_taken_again(thread: Thread, paola: Actor, marta: Actor) -> None:
    actions.take(thread, by=paola)
    with pytest.raises(Refused, match="not-in-this-state"):
        actions.take(thread, by=marta)


def test_a_tenant_takes_nothing(thread: Thread, as_adele: Actor) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.take(thread, by=as_adele)


@pytest.mark.parametrize("who", STRANGERS)
def test_strangers_find_nothing_to_take(thread: Thread, who: str) -> None:
    with pytest.raises(NotVisible):
        actions.take(thread, by=cast.at_desk(who))


def test_an_answer_is_told_and_counts_from_the_first(thread: Thread, marta: Actor) -> None:
    first = actions.say(thread, by=marta, text="Il tecnico viene domani.").first_answer_at
    with clock.frozen(cast.NOW + timedelta(hours=2)):
        assert actions.say(thread, by=marta, text="Alle dieci.").first_answer_at == first == cast.NOW
    assert traces.told("adele") == ["answered", "answered", "receipt"]


def test_after_a_passed_date_an_answer_gives_a_new_one(thread: Thread, marta: Actor) -> None:
    with clock.frozen(cast.NOW + timedelta(days=6)):
        assert actions.say(thread, by=marta, text="Scusa.").next_date == date(2026, 3, 20)


def test_an_answer_leaves_the_ball_with_the_office(sent: HandOver, marta: Actor) -> None:
    assert actions.say(sent.thread, by=marta, text="Ho chiesto.").ball == "other"


@pytest.mark.parametrize("words", ["", "  \n"])
def test_an_answer_has_words(thread: Thread, marta: Actor, words: str) -> None:
    with pytest.raises(Refused, match="words-missing"):
        actions.say(thread, by=marta, text=words)


def test_a_closed_request_is_not_answered(closed: Thread, marta: Actor) -> None:
    with pytest.raises(Refused, match="not-in-this-state"):
        actions.say(closed, by=marta, text="Ancora una cosa.")


def test_a_tenant_does_not_speak_for_us(thread: Thread, as_adele: Actor) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.say(thread, by=as_adele, text="Risolto, grazie.")
    assert traces.now(thread).first_answer_at is None


def test_a_daughter_does_not_speak_for_us(thread: Thread, daughter: Actor) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.say(thread, by=daughter, text="Va bene così.")


@pytest.mark.parametrize("who", STRANGERS)
def test_strangers_do_not_answer(thread: Thread, who: str) -> None:
    with pytest.raises(NotVisible):
        actions.say(thread, by=cast.at_desk(who), text="Eccomi.")


def test_asking_gives_the_ball_and_keeps_a_date(thread: Thread, marta: Actor) -> None:
    row = actions.ask_tenant(thread, by=marta, what="una foto della targa.")
    assert (row.state, row.ball, row.next_date) == ("waiting_you", "you", date(2026, 3, 16))
    assert traces.told("adele")[0] == "missing"


def test_nothing_is_asked_of_what_is_solved(solved: Thread, marta: Actor) -> None:
    with pytest.raises(Refused, match="not-in-this-state"):
        actions.ask_tenant(solved, by=marta, what="una foto")


def test_a_tenant_asks_nothing_of_herself(thread: Thread, as_adele: Actor) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        actions.ask_tenant(thread, by=as_adele, what="una foto")


def test_a_question_has_words(thread: Thread, marta: Actor) -> None:
    with pytest.raises(Refused, match="words-missing"):
        actions.ask_tenant(thread, by=marta, what=" ")


def test_a_note_is_never_told(thread: Thread, marta: Actor, as_adele: Actor) -> None:
    actions.note(thread, by=marta, text="È preoccupata per il marito.")
    assert traces.told("adele") == ["receipt"]
    assert "note" not in [e.kind for e in reads.whole(thread.number, by=as_adele).entries]


def test_a_note_may_come_after_the_end(closed: Thread, marta: Actor) -> None:
    actions.note(closed, by=marta, text="Da ricordare.")
    assert traces.lines(closed)[-1] == "note"


@pytest.mark.parametrize("who", STRANGERS)
def test_strangers_note_nothing(thread: Thread, who: str) -> None:
    with pytest.raises(NotVisible):
        actions.note(thread, by=cast.at_desk(who), text="Vista.")


def test_a_tenant_notes_nothing(thread: Thread, as_adele: Actor) -> None:
    with pytest.raises(NotVisible):
        actions.note(thread, by=as_adele, text="Per me.")


def test_an_empty_note_is_none(thread: Thread, marta: Actor) -> None:
    with pytest.raises(Refused, match="words-missing"):
        actions.note(thread, by=marta, text="")


def test_her_words_bring_the_ball_to_us(thread: Thread, marta: Actor, as_adele: Actor) -> None:
    actions.ask_tenant(thread, by=marta, what="una foto")
    row = actions.tenant_writes(thread, by=as_adele, text="Eccola.")
    assert (row.state, row.ball) == ("with_us", "us")


def test_her_words_after_a_passed_date_get_a_new_one(thread: Thread, as_adele: Actor) -> None:
    with clock.frozen(cast.NOW + timedelta(days=6)):
        assert actions.tenant_writes(thread, by=as_adele, text="Allora?").next_date == date(2026, 3, 20)


def test_a_daughter_writes_about_what_she_helps_with(thread: Thread, daughter: Actor) -> None:
    actions.tenant_writes(thread, by=daughter, text="La mamma ha bisogno.")
    assert thread.entries.get(kind="tenant").author_name == "Lucia Brambilla"


def test_not_about_the_rest(daughter: Actor) -> None:
    about_rent = cast.open_request("adele", chip="rent")
    with pytest.raises(NotVisible):
        actions.tenant_writes(about_rent, by=daughter, text="Quanto deve?")


def test_a_neighbour_writes_nothing(thread: Thread) -> None:
    with pytest.raises(NotVisible):
        actions.tenant_writes(thread, by=cast.herself("samira"), text="Anche io.")


def test_nothing_is_added_to_what_is_closed(closed: Thread, as_adele: Actor) -> None:
    with pytest.raises(Refused, match="not-in-this-state"):
        actions.tenant_writes(closed, by=as_adele, text="Ah, e poi…")


def test_empty_words_are_not_sent(thread: Thread, as_adele: Actor) -> None:
    with pytest.raises(Refused, match="words-missing"):
        actions.tenant_writes(thread, by=as_adele, text="   ")
