"""What a service answers: yes from a day, no with a reason, one question; and the ball that comes back."""

from __future__ import annotations

from datetime import date

import pytest

from cortile.directory.models import Service
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.listening import actions as requests
from cortile.listening import reads as listening
from cortile.listening.models import Thread
from cortile.referrals import actions, reads
from cortile.referrals.models import Referral
from tests import cast, traces
from tests.referrals import world

THURSDAY = date(2026, 3, 19)


def test_yes_from_a_day(sent: Referral, thread: Thread) -> None:
    row = actions.accept(sent, by=world.them(sent), day=THURSDAY)
    assert (row.state, row.accepted_for, row.ball, row.next_date) == ("accepted", THURSDAY, "service", date(2026, 3, 24))
    assert traces.told("adele")[0] == "referral_accepted"
    assert (traces.now(thread).ball, traces.now(thread).next_date) == ("other", date(2026, 3, 25))


def test_a_far_yes_is_asked_about_by_the_thirtieth_day(sent: Referral) -> None:
    assert actions.accept(sent, by=world.them(sent), day=date(2026, 9, 1)).next_date == date(2026, 4, 10)


@pytest.mark.parametrize("day", [date(2026, 3, 10), date(2027, 3, 13)])
def test_a_day_that_cannot_be(sent: Referral, day: date) -> None:
    with pytest.raises(Refused) as refused:
        actions.accept(sent, by=world.them(sent), day=day)
    assert refused.value.code == "date-impossible"


def test_accepted_once(sent: Referral) -> None:
    came_in = world.them(sent)
    actions.accept(sent, by=came_in, day=THURSDAY)
    with pytest.raises(Refused) as refused:
        actions.accept(sent, by=came_in, day=THURSDAY)
    assert refused.value.code == "not-in-this-state"


def test_what_a_service_says_on_the_phone_its_sender_writes(sent: Referral, marta: Actor) -> None:
    assert actions.accept(sent, by=marta, day=THURSDAY).state == "accepted"


@pytest.mark.parametrize("who", ["bruno", "silvia", "sara"])
def test_nobody_else_answers_for_it(sent: Referral, who: str) -> None:
    with pytest.raises(NotVisible):
        actions.accept(sent, by=cast.at_desk(who), day=THURSDAY)


def test_she_herself_answers_for_no_service(sent: Referral, as_adele: Actor) -> None:
    with pytest.raises(NotVisible):
        actions.decline(sent, by=as_adele, reason="full")


def test_a_no_gives_the_ball_back_with_a_day(sent: Referral, thread: Thread) -> None:
    row = actions.decline(sent, by=world.them(sent), reason="full", available_from=date(2026, 4, 1))
    assert (row.state, row.ball, row.next_date, row.closed_at) == ("rejected", "us", date(2026, 3, 12), None)
    now = traces.now(thread)
    assert (now.state, now.ball, now.next_date) == ("with_us", "us", date(2026, 3, 23))
    assert traces.told("adele")[0] == "referral_declined"
    assert world.mails()[-1] == ("marta@example.invalid", f"L'invio {sent.number} aspetta te")


def test_a_no_brings_two_alternatives_at_once(sent: Referral, other: Service, marta: Actor) -> None:
    third = world.service("Compiti al parco", email="p@example.invalid")
    world.service("Compiti in biblioteca", email="b@example.invalid")
    world.service("Compiti in chiesa", email="c@example.invalid")
    actions.decline(sent, by=world.them(sent), reason="full")
    found = reads.alternatives(sent, by=marta)
    assert len(found) == 2
    assert found[0].service == third
    assert all(s.reasons for s in found)
    assert sent.service not in [s.service for s in found]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"reason": "because"}, "reason-missing"),
        ({"reason": "other"}, "words-missing"),
        ({"reason": "full", "available_from": date(2026, 3, 1)}, "date-impossible"),
    ],
)
def test_a_no_has_its_reason(sent: Referral, said: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        actions.decline(sent, by=world.them(sent), **said)
    assert refused.value.code == code


def test_a_question_stops_its_clock(sent: Referral, thread: Thread) -> None:
    row = actions.ask(sent, by=world.them(sent), words="Che classe fa?")
    assert (row.state, row.ball, row.next_date) == ("on-hold", "us", date(2026, 3, 12))
    assert traces.now(thread).ball == "us"
    assert world.watch(date(2026, 3, 23)) == {"reminded": 0, "came_back": 0, "outcomes_asked": 0, "no_outcome": 0}


def test_the_answer_starts_it_again(sent: Referral, thread: Thread, marta: Actor) -> None:
    actions.ask(sent, by=world.them(sent), words="Che classe fa?")
    with world.on(date(2026, 3, 13)):
        row = actions.answer(sent, by=marta, words="La terza.")
    assert (row.state, row.ball, row.waits_since, row.next_date) == (
        "received", "service", date(2026, 3, 13), date(2026, 3, 18),
    )  # fmt: skip
    assert traces.now(thread).ball == "other"
    assert [s.words for s in reads.received(by=world.them(sent)).said] == ["Che classe fa?", "La terza."]


def replied(thread: Thread, to: Service, words: str, *fields: str) -> str:
    """Send Adele with some fields, let the service ask and Marta answer; return the answer, or the code of the refusal."""
    more = {"notes": "Va in terza."} if "notes" in fields else {}
    sent = world.send(thread, to, fields=("need", *fields), **more)
    actions.ask(sent, by=world.them(sent), words="Che classe fa?")
    try:
        return actions.answer(sent, by=cast.at_desk("marta"), words=words).steps.get(kind="answered").words
    except Refused as refused:
        return refused.code


TOLD = [
    ("Si chiama Adele Brambilla", "name"), ("Brambilla va bene, la mattina", "name"), ("È nata nel 1947", "birth_year"),
    ("Il numero è +39 02-5550-100", "phone"), ("Abita in via dei Tigli 12, scala B", "address"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "field"), TOLD)
def test_an_answer_holds_what_was_ticked_and_nothing_else(thread: Thread, service: Service, words: str, field: str) -> None:
    assert replied(thread, service, words) == "not-ticked"
    apart = cast.open_request("adele", chip="school")
    assert replied(apart, world.service("La Corte", email="corte@example.invalid"), words, field) == words


@pytest.mark.parametrize(
    "words",
    [
        "Il codice è BRMDLA47E43F205X", "È nata il 3/5/1947", "La figlia risponde al 333 5550 177",
        "Scrivere a lei@example.invalid", "Chiedere alla signora Ferrari", "C'è anche Khadija",
    ],
)  # fmt: skip
def test_nor_does_it_hold_what_is_of_others_or_is_never_ticked(thread: Thread, service: Service, words: str) -> None:
    assert replied(thread, service, words, "name", "phone", "birth_year", "address") == "not-ticked"


def test_the_number_ticked_is_not_said_once_she_wants_to_talk_only_in_person(sent: Referral, thread: Thread, marta: Actor) -> None:
    actions.ask(sent, by=world.them(sent), words="Che numero ha?")
    requests.keep_in_person(thread, by=marta)
    with pytest.raises(Refused) as refused:
        actions.answer(sent, by=marta, words="Il numero è 02 5550 100")
    assert refused.value.code == "not-ticked"


@pytest.mark.parametrize("words", ["La terza, alla scuola Pascoli.", "Può il martedì dal 15/04/2026", "Lo dice Doposcuola"])
def test_an_answer_may_be_an_answer(thread: Thread, service: Service, words: str) -> None:
    assert replied(thread, service, words) == words


def test_a_word_that_is_also_her_family_s_name_is_a_word(service: Service) -> None:
    thread = cast.open_request("gianni", chip="school")
    assert replied(thread, service, "Aspetta in sala") == "Aspetta in sala"
    apart = world.service("La Corte", email="corte@example.invalid")
    assert replied(thread, apart, "Il signor Sala aspetta") == "not-ticked"


def test_where_other_words_were_ticked_they_are_free(thread: Thread, service: Service) -> None:
    assert replied(thread, service, "La figlia risponde al 333 5550 177", "notes") == "La figlia risponde al 333 5550 177"


def test_one_question_at_a_time(sent: Referral) -> None:
    came_in = world.them(sent)
    actions.ask(sent, by=came_in, words="Che classe fa?")
    with pytest.raises(Refused) as refused:
        actions.ask(sent, by=came_in, words="E poi?")
    assert refused.value.code == "not-in-this-state"


def test_one_question_in_all(sent: Referral, marta: Actor) -> None:
    came_in = world.them(sent)
    assert reads.received(by=came_in).may_ask
    actions.ask(sent, by=came_in, words="Che classe fa?")
    actions.answer(sent, by=marta, words="La terza.")
    with pytest.raises(Refused) as refused:
        actions.ask(sent, by=came_in, words="E dove abita?")
    assert (refused.value.code, reads.received(by=came_in).may_ask) == ("not-in-this-state", False)


def test_a_question_has_words(sent: Referral, marta: Actor) -> None:
    with pytest.raises(Refused) as refused:
        actions.ask(sent, by=world.them(sent), words=" ")
    assert refused.value.code == "words-missing"
    with pytest.raises(Refused) as again:
        actions.answer(sent, by=marta, words="La terza.")
    assert again.value.code == "not-in-this-state"


def test_a_no_is_among_the_things_of_this_morning(sent: Referral, marta: Actor) -> None:
    assert [line.why for line in listening.today_of(by=marta).waiting] == ["later"]
    actions.decline(sent, by=world.them(sent), reason="full")
    assert [line.why for line in listening.today_of(by=marta).now] == ["service"]


# --- several at once ---


@pytest.fixture
def together(thread: Thread, service: Service, other: Service, marta: Actor) -> list[Referral]:
    """Return two referrals sent at once."""
    return actions.send_to_many(thread, [service, other], by=marta, need=world.NEED, fields=world.FIELDS, basis=world.YES)


def test_one_yes_is_enough_and_the_others_are_told(together: list[Referral]) -> None:
    actions.accept(together[1], by=world.them(together[1]), day=THURSDAY)
    first = world.fresh(together[0])
    assert (first.state, first.closed_at is not None, world.partner(first)) == ("cancelled", True, None)
    assert (first.sent_to, f"La richiesta {first.number} non serve più") in world.mails()


def test_the_first_no_keeps_the_ball_with_the_other(together: list[Referral], thread: Thread) -> None:
    actions.decline(together[0], by=world.them(together[0]), reason="full")
    assert traces.now(thread).ball == "other"
    assert "referral_declined" not in traces.told("adele")


def test_the_last_no_brings_it_back(together: list[Referral], thread: Thread) -> None:
    for row in together:
        actions.decline(row, by=world.them(row), reason="full")
    assert (traces.now(thread).ball, traces.told("adele")[0]) == ("us", "referral_declined")


def test_a_no_is_told_even_while_another_need_of_hers_is_under_way(sent: Referral, thread: Thread, other: Service) -> None:
    apart = world.send(thread, other, need="Un pacco")
    actions.accept(apart, by=world.them(apart), day=THURSDAY)
    actions.decline(sent, by=world.them(sent), reason="full")
    assert (traces.now(thread).ball, traces.told("adele")[0]) == ("us", "referral_declined")


def test_a_question_is_ours_even_while_another_need_of_hers_waits(sent: Referral, thread: Thread, other: Service) -> None:
    world.send(thread, other, need="Un pacco")
    actions.ask(sent, by=world.them(sent), words="Che classe fa?")
    assert traces.now(thread).ball == "us"


# --- another road ---


def test_a_no_goes_on_to_another_service(sent: Referral, other: Service, marta: Actor, thread: Thread) -> None:
    actions.decline(sent, by=world.them(sent), reason="full")
    sent_on = actions.reroute(sent, other, by=marta, basis=world.YES)
    old = world.fresh(sent)
    assert (old.state, old.closed_at is not None) == ("rejected", True)
    assert (sent_on.parent, sent_on.why_parent, sent_on.need) == (sent, "rerouted", sent.need)
    assert sent_on.consent_id != sent.consent_id
    assert traces.now(thread).ball == "other"


def test_who_was_asked_first_is_told(sent: Referral, other: Service, marta: Actor) -> None:
    actions.reroute(sent, other, by=marta, basis=world.YES)
    assert world.fresh(sent).state == "cancelled"
    assert (sent.sent_to, f"La richiesta {sent.number} non serve più") in world.mails()


def test_a_yes_to_one_is_no_yes_to_another(sent: Referral, other: Service, marta: Actor) -> None:
    with pytest.raises(Refused) as refused:
        actions.reroute(sent, other, by=marta, basis=world.NOTICE)
    assert refused.value.code == "agreement-missing"
    assert world.fresh(sent).is_open


def test_a_partner_reroutes_nothing(sent: Referral, other: Service) -> None:
    with pytest.raises(Refused) as refused:
        actions.reroute(sent, other, by=world.them(sent), basis=world.YES)
    assert refused.value.code == "not-allowed"


def test_taken_back_it_says_why(sent: Referral, marta: Actor, thread: Thread) -> None:
    with pytest.raises(Refused) as refused:
        actions.revoke(sent, by=marta, reason=" ")
    assert refused.value.code == "reason-missing"
    actions.revoke(sent, by=marta, reason="Ha trovato da sola")
    assert (world.fresh(sent).state, traces.now(thread).ball) == ("cancelled", "us")


def test_another_colleague_takes_nothing_back(sent: Referral, bruno: Actor) -> None:
    with pytest.raises(NotVisible):
        actions.revoke(sent, by=bruno, reason="Perché sì")
