"""The outbox by the clock: pauses, quiet hours, the way she chose, what comes back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import Settings

from cortile.agencies.models import Agency
from cortile.kit import clock, scopes
from cortile.kit.actor import PUBLIC, Actor, acting
from cortile.kit.carriers import Later, Never
from cortile.listening import actions as listening
from cortile.listening.models import Thread
from cortile.listening.states import CHIPS, SENSITIVE_CHIPS
from cortile.messages import actions, reads, rules
from cortile.messages.actions import outbox
from cortile.messages.models import Delivery, IncomingSms, Message
from cortile.people import actions as people
from cortile.people.models import ContactPoint, Person
from tests import cast, traces
from tests.carriers import Watched
from tests.messages.samples import SMS_KEYS, VALUES, said

NIGHT = datetime(2026, 3, 11, 21, 30, tzinfo=UTC)
# Product §7, F5, as it stands there.
UNSAID = ("salute", "visita", "debito", "morosità", "affitto", "violenza", "avvocato", "contributo", "psicologo")
EIGHT = datetime(2026, 3, 12, 7, tzinfo=UTC)


def tell(person: Person, **details: object) -> Message:
    """Tell a tenant that their request arrived, by the way they chose."""
    return actions.tell(person, "receipt", by=cast.machine(), values=VALUES, sms="receipt_sms", **details)  # type: ignore[arg-type]  # the act's own arguments


def work(carrier: Watched, *, at: datetime = cast.NOW) -> int:
    """Let a worker do a round at an hour."""
    with clock.frozen(at):
        return actions.deliver(by=cast.SYSTEM, through=dict.fromkeys(("sms", "email", "io", "voice"), carrier))


def choose(key: str, **fields: object) -> Person:
    """Write what somebody chose, whichever screen it is chosen on."""
    with scopes.opened(scopes.EVERYTHING):
        Person.objects.filter(code=key).update(**fields)
    return cast.person(key)


def only() -> Delivery:
    """Return the one row there is."""
    return Delivery.objects.get()


# --- pauses ---


def test_the_pauses_grow_and_then_it_has_failed(samira: Person) -> None:
    tell(samira)
    carrier, at, paused = Watched(failures=[Later("chiuso")] * 9), cast.NOW, []
    while only().state == "queued":
        work(carrier, at=at)
        paused.append(((only().not_before or at) - at).total_seconds() / 60)
        at = only().not_before or at
    assert paused[:4] == [1, 5, 30, 120]
    assert (only().state, only().attempts, only().last_error) == ("failed", 5, "chiuso")


def test_before_the_pause_is_over_nobody_tries(samira: Person) -> None:
    tell(samira)
    carrier = Watched(failures=[Later("chiuso")])
    work(carrier)
    assert work(carrier, at=cast.NOW + timedelta(seconds=59)) == 0
    assert work(carrier, at=cast.NOW + timedelta(minutes=1)) == 1


def test_what_is_refused_for_good_is_not_tried_again(samira: Person) -> None:
    tell(samira)
    work(Watched(failures=[Never("HTTP 422")]))
    assert (only().state, only().attempts, only().settled_at) == ("failed", 1, cast.NOW)


def test_a_fault_of_the_carrier_s_own_stops_nobody(samira: Person, gianni: Person) -> None:
    tell(samira)
    tell(gianni)
    assert work(Watched(failures=[ValueError("boh")])) == 1


# --- quiet hours ---


@pytest.mark.pure
@pytest.mark.parametrize(
    ("hour", "quiet", "ends"),
    [
        ("2026-03-11T19:59", (20, 8), None), ("2026-03-11T20:00", (20, 8), "2026-03-12T08:00"),
        ("2026-03-11T23:59", (20, 8), "2026-03-12T08:00"), ("2026-03-12T00:00", (20, 8), "2026-03-12T08:00"),
        ("2026-03-12T07:59", (20, 8), "2026-03-12T08:00"), ("2026-03-12T08:00", (20, 8), None),
        ("2026-03-12T14:00", (13, 16), "2026-03-12T16:00"), ("2026-03-12T03:00", (0, 0), None),
        ("2026-03-12T23:30", (0, 7), None), ("2026-03-12T00:30", (0, 7), "2026-03-12T07:00"),
        ("2026-03-12T22:30", (22, 0), "2026-03-13T00:00"),
        # The night the clock goes forward, and the one it goes back: eight is eight on the wall.
        ("2026-03-28T22:00", (20, 8), "2026-03-29T08:00"), ("2026-10-24T22:00", (20, 8), "2026-10-25T08:00"),
    ],
)  # fmt: skip
def test_quiet_hours_are_those_on_the_wall(hour: str, quiet: tuple[int, int], ends: str | None) -> None:
    at = datetime.fromisoformat(hour).replace(tzinfo=clock.ROME)
    expected = datetime.fromisoformat(ends).replace(tzinfo=clock.ROME) if ends else None
    assert rules.quiet_until(at, *quiet) == expected


def test_at_night_an_sms_waits_for_the_morning(samira: Person) -> None:
    tell(samira)
    carrier = Watched()
    assert work(carrier, at=NIGHT) == 0
    assert (only().state, only().not_before, only().attempts) == ("queued", EIGHT, 0)
    assert (work(carrier, at=EIGHT), len(carrier.sent)) == (1, 1)


def test_her_own_hours_count_before_the_body_s() -> None:
    tell(choose("samira", quiet_from=9, quiet_until=11))
    assert work(Watched()) == 0
    assert only().not_before == datetime(2026, 3, 11, 10, tzinfo=UTC)


def test_no_telephone_rings_in_a_whole_night() -> None:
    for key in ("samira", "gianni"):
        tell(cast.person(key))
    carrier = Watched(failures=[Later("chiuso")] * 3)
    night = [NIGHT + timedelta(minutes=15 * n) for n in range(38)]
    assert [work(carrier, at=at) for at in night if at < EIGHT] == [0] * 38
    assert carrier.sent == []


def test_a_mail_waits_for_no_hour() -> None:
    actions.mail(cast.agency(), "a@example.invalid", "office_code_mail", by=cast.SYSTEM, values=VALUES)
    assert work(Watched(), at=NIGHT) == 1


def code(at: datetime) -> Delivery:
    """Enqueue a sign-in code, as whoever hears that one was asked for."""
    with scopes.opened(scopes.EVERYTHING):
        return Delivery.objects.create(agency_id=cast.agency().pk, channel="sms", to="333 5550 101", text="482915", created_at=at)


def test_a_sign_in_code_leaves_at_once_and_is_forgotten() -> None:
    code(NIGHT)
    carrier = Watched()
    assert work(carrier, at=NIGHT) == 1
    assert (carrier.sent[0].text, only().text) == ("482915", "")


def test_an_old_code_is_worth_nothing_and_stays() -> None:
    code(NIGHT)
    assert work(Watched(), at=NIGHT + timedelta(minutes=11)) == 0
    assert only().state == "withdrawn"


# --- the way she chose ---


def test_by_mail_to_an_address_of_her_own() -> None:
    people.add_contact_point(cast.person("samira"), by=cast.machine(), kind="email", value="samira@example.invalid")
    tell(choose("samira", channel="email"))
    assert (only().channel, only().to) == ("email", "samira@example.invalid")
    assert "Cortile" not in only().subject


@pytest.mark.parametrize("channel", ["email", "io"])
def test_a_way_that_is_missing_falls_back_on_sms(channel: str) -> None:
    tell(choose("samira", channel=channel))
    assert only().channel == "sms"


def test_by_app_io_with_the_code_kept_on_her_own_row(settings: Settings) -> None:
    settings.CARRIERS = {**settings.CARRIERS, "io": "tests.carriers.Watched"}
    tell(choose("samira", channel="io", fiscal_code="HDDSMR80A41Z330X"))
    carrier = Watched()
    assert (only().channel, only().to, work(carrier)) == ("io", "", 1)
    assert carrier.sent[0].to == "HDDSMR80A41Z330X"


def test_what_app_io_never_takes_goes_by_sms(settings: Settings) -> None:
    settings.CARRIERS = {**settings.CARRIERS, "io": "tests.carriers.Watched"}
    tell(choose("samira", channel="io", fiscal_code="HDDSMR80A41Z330X"))
    carrier = Watched(failures=[Never("no profile")])
    work(carrier)
    assert [p.channel for p in carrier.sent] == ["sms"]


def test_only_in_the_app_nothing_leaves() -> None:
    assert not tell(choose("samira", channel="app")).deliveries.exists()


def test_on_paper_it_waits_at_the_desk_until_it_is_given(marta: Actor, sara: Actor) -> None:
    message = tell(choose("samira", channel="paper"))
    assert work(Watched()) == 0
    assert [d.message for d in reads.on_paper(by=marta)] == [message]
    assert reads.on_paper(by=sara) == []
    actions.give_on_paper(message, by=marta)
    assert (only().state, reads.on_paper(by=marta)) == ("sent", [])


# --- what no SMS says ---


@pytest.mark.parametrize("chip", SENSITIVE_CHIPS)
def test_about_what_is_sensitive_the_sms_says_nothing(chip: str) -> None:
    listening.open_thread(cast.person("gianni"), by=cast.herself("gianni"), chip=chip, title="Non riesco a pagare")
    assert only().text.startswith("Hai un messaggio da Marta.")
    assert Message.objects.get().sensitive


@pytest.mark.parametrize("chip", sorted(set(CHIPS) - set(SENSITIVE_CHIPS)))
def test_of_the_rest_it_says_the_number(chip: str) -> None:
    thread = listening.open_thread(cast.person("gianni"), by=cast.herself("gianni"), chip=chip, title="Ascensore fermo")
    assert str(thread.number) in only().text
    assert not Message.objects.get().sensitive


def test_nor_a_word_that_a_value_brings_in(gianni: Person) -> None:
    actions.tell(gianni, "receipt", by=cast.machine(), values=VALUES | {"agency": "Casa della salute"}, sms="receipt_sms")
    assert only().text.startswith("Hai un messaggio")


@pytest.mark.pure
@pytest.mark.parametrize("language", sorted({"it", "ar", "en", "es"} & set(rules.LANGUAGES)))
def test_the_discreet_text_holds_no_such_word_and_no_link(language: str) -> None:
    assert not rules.says_too_much(rules.render("discreet_sms", language, **VALUES).body)


@pytest.mark.pure
@pytest.mark.parametrize("word", UNSAID)
def test_each_word_of_the_list_is_one(word: str) -> None:
    assert rules.says_too_much(f"Per la {word.capitalize()}, chiama.")
    assert not rules.says_too_much("Hai un messaggio da Marta.")


@pytest.mark.pure
@pytest.mark.parametrize("key", SMS_KEYS)
def test_our_own_texts_hold_no_such_word(key: str) -> None:
    assert not rules.says_too_much(said(key))


# --- the last minute ---


def test_what_she_chose_at_the_last_minute_counts(samira: Person, marta: Actor) -> None:
    tell(samira)
    people.choose_in_person(samira, by=marta, only_in_person=True)
    assert work(Watched()) == 0
    assert only().state == "withdrawn"


def test_also_while_a_worker_that_died_has_it(samira: Person, marta: Actor) -> None:
    thread = cast.open_request("samira")
    work(Watched(failures=[Later("chiuso")]))
    listening.mark_delicate(thread, by=marta)
    assert work(Watched(), at=cast.NOW + timedelta(hours=1)) == 0
    assert only().state == "withdrawn"


# --- what comes back ---


def bounced(key: str = "samira") -> Delivery:
    """Let a receipt come back."""
    tell(cast.person(key))
    work(Watched())
    row = actions.settle(str(only().reference), by=cast.SYSTEM, state="bounced")
    assert row is not None
    return row


def test_after_a_bounce_nothing_goes_there_until_she_says_it_is_hers(samira: Person) -> None:
    assert bounced().state == "bounced"
    point = samira.contact_points.get()
    assert (point.bounced_at, point.confirmed_at) == (cast.NOW, None)
    assert not tell(cast.person("samira")).deliveries.exists()
    people.confirm_contact_point(point, by=cast.herself("samira"), still_right=True)
    assert tell(cast.person("samira")).deliveries.get().to == point.value


def test_a_no_leaves_it_unused(samira: Person, marta: Actor) -> None:
    bounced()
    people.confirm_contact_point(samira.contact_points.get(), by=marta, still_right=False)
    assert not tell(cast.person("samira")).deliveries.exists()


def test_a_bounce_is_in_the_list_of_who_touched_her_record(samira: Person) -> None:
    bounced()
    assert traces.subjects("contact_point.bounced") == {samira.pk}


def test_what_waited_for_that_number_does_not_leave(samira: Person) -> None:
    bounced()
    with scopes.opened(scopes.EVERYTHING):
        Delivery.objects.create(
            message=Message.objects.get(), channel="sms", to=samira.contact_points.get().value, text="Ciao", created_at=cast.NOW
        )
    carrier = Watched()
    assert (work(carrier), carrier.sent) == (0, [])


@pytest.mark.parametrize(
    ("told", "ends"),
    [(["bounced", "delivered"], "bounced"), (["failed", "delivered"], "delivered"), (["delivered"] * 2, "delivered")],
)
def test_the_first_end_counts(told: list[str], ends: str, samira: Person) -> None:
    tell(samira)
    work(Watched())
    for state in told:
        actions.settle(str(only().reference), by=cast.SYSTEM, state=state)
    assert only().state == ends


def test_who_can_be_asked_is_asked_what_became_of_it(samira: Person) -> None:
    tell(samira)
    carrier = Watched(looks_up=True)
    work(carrier)
    through = {"sms": carrier}
    assert actions.follow_up(by=cast.SYSTEM, through=through) == 0
    carrier.said[str(only().reference)] = "delivered"
    with clock.frozen(cast.NOW + timedelta(minutes=11)):
        assert actions.follow_up(by=cast.SYSTEM, through=through) == 1
    assert only().state == "delivered"


def test_what_is_still_on_its_way_is_asked_for_more_and_more_rarely(samira: Person) -> None:
    tell(samira)
    carrier = Watched(looks_up=True)
    work(carrier)
    with clock.frozen(cast.NOW + timedelta(hours=2)):
        assert actions.follow_up(by=cast.SYSTEM, through={"sms": carrier}) == 0
    assert only().not_before == cast.NOW + timedelta(hours=4)


def test_who_cannot_be_asked_is_left_alone(samira: Person) -> None:
    tell(samira)
    work(Watched())
    with clock.frozen(cast.NOW + timedelta(hours=2)):
        assert actions.follow_up(by=cast.SYSTEM, through={"sms": Watched()}) == 0
    assert only().not_before is None


def test_an_unknown_reference_is_nobody_s() -> None:
    assert actions.settle("non è nostro", by=cast.SYSTEM, state="bounced") is None
    assert not ContactPoint.objects.exclude(bounced_at=None).exists()


# --- the acts one by one ---


def test_a_number_is_marked_once(samira: Person) -> None:
    point = people.contact_bounced(samira, by=cast.machine(), value="333 5550 101")
    assert (point.bounced_at, traces.event("contact_point.bounced").thing_id) == (cast.NOW, point.pk)
    assert people.contact_bounced(samira, by=cast.machine(), value="333 5550 101") is None


def test_a_number_of_nobody_marks_nothing(samira: Person) -> None:
    assert people.contact_bounced(samira, by=cast.machine(), value="333 0000 000") is None


def test_who_lost_the_lease_does_not_undo_what_the_next_one_did(samira: Person) -> None:
    tell(samira)
    slow = outbox.lease(by=cast.SYSTEM, channels=["sms"])
    assert work(Watched(), at=cast.NOW + timedelta(minutes=6)) == 1
    outbox.record(slow, by=cast.SYSTEM, outcome=outbox.Outcome("queued", error="tardi"))
    assert (only().state, only().last_error) == ("sent", "")


def test_but_that_it_left_is_true_whoever_says_it(samira: Person) -> None:
    tell(samira)
    slow = outbox.lease(by=cast.SYSTEM, channels=["sms"])
    work(Watched(failures=[Later("chiuso")]), at=cast.NOW + timedelta(minutes=6))
    outbox.record(slow, by=cast.SYSTEM, outcome=outbox.Outcome("sent", "c-1"))
    assert (only().state, only().carrier_reference) == ("sent", "c-1")


def test_the_next_look_is_put_off_by_its_age(samira: Person) -> None:
    tell(samira)
    work(Watched())
    outbox.look_again(only(), by=cast.SYSTEM)
    assert only().not_before == cast.NOW + rules.FIRST_LOOK


def test_an_sms_is_matched_with_her_request(thread: Thread) -> None:
    with scopes.opened(scopes.EVERYTHING):
        sms = IncomingSms.objects.create(agency=thread.agency, reference="1", sender="333", text="Ciao", received_at=cast.NOW)
    actions.match_sms(sms, by=cast.SYSTEM, thread=thread, person=thread.person)
    assert (sms.state, sms.thread_id) == ("matched", thread.pk)
    assert traces.subjects("sms.matched") == {thread.person_id}


def test_a_worker_finds_what_waits_whoever_called_it(samira: Person) -> None:
    tell(samira)
    with acting(PUBLIC):
        assert work(Watched()) == 1


# --- what she chose after it was written ---


def test_who_becomes_discreet_in_the_night_gets_the_discreet_words(samira: Person) -> None:
    tell(samira)
    choose("samira", discreet=True)
    carrier = Watched()
    work(carrier)
    assert ("messaggio" in only().text or "رسالة" in only().text, "1001" in only().text) == (True, False)


def test_for_who_chose_paper_since_it_waits_at_the_desk(samira: Person) -> None:
    tell(samira)
    choose("samira", channel="paper")
    carrier = Watched()
    work(carrier)
    assert (only().channel, only().state, carrier.sent) == ("paper", "queued", [])


def test_who_chose_the_app_since_is_told_nowhere_else(samira: Person) -> None:
    tell(samira)
    choose("samira", channel="app")
    work(Watched())
    assert only().state == "withdrawn"


def test_what_left_before_she_said_yes_closes_nothing_when_it_comes_back(samira: Person) -> None:
    tell(samira)
    work(Watched())
    with clock.frozen(cast.NOW + timedelta(hours=1)):
        point = samira.contact_points.get(kind="mobile")
        people.confirm_contact_point(point, by=cast.machine(), still_right=True)
    actions.settle(str(only().reference), by=cast.SYSTEM, state="bounced")
    assert samira.contact_points.get(kind="mobile").bounced_at is None


def test_an_office_s_link_stays_in_no_table_once_it_has_left(milano: Agency) -> None:
    actions.mail(milano, "ufficio@example.invalid", "office_code_mail", by=cast.SYSTEM, values={"code": "123456"})
    work(Watched())
    assert (only().state, only().text) == ("sent", "")
