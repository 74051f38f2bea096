"""A code to a telephone: where it is hers alone, ten minutes, five guesses, one use; and nobody is told what became of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cortile.kit import clock, scopes
from cortile.kit.actor import PUBLIC, Actor
from cortile.messages import codes
from cortile.messages.models import Delivery
from cortile.people import actions, rules
from cortile.people.models import ContactPoint, Person, SignInCode
from tests import cast, traces

MOBILE, HOME = "333 5550 199", "02 5550 198"


def ask(card: str, channel: str = "sms", address: str = "") -> str:
    """Ask for a code, and return the one that leaves, or nothing."""
    before = set(Delivery.objects.values_list("pk", flat=True))
    actions.send_code(by=replace(PUBLIC, source=f"app {address}"), card_number=card, channel=channel)
    new = Delivery.objects.exclude(pk__in=before).filter(state="queued").first()
    return "".join(re.findall(r"\d", new.text)[:6]) if new else ""


def enters(card: str, code: str, channel: str = "sms", browser: str = "one") -> Actor | None:
    """Try a code where those of its channel are asked for."""
    return actions.sign_in(by=PUBLIC, card_number=card, code=code, channel=channel, browser=browser)


@pytest.fixture
def hers(adele: Person) -> Person:
    """Return Adele with a mobile of her own."""
    cast.give_mobile("adele", MOBILE)
    return adele


def change(**fields: object) -> None:
    """Change what we know of her number."""
    with scopes.opened(scopes.EVERYTHING):
        ContactPoint.objects.filter(value=MOBILE).update(**fields)


# --- what arrives ---


def test_a_code_by_sms_lets_her_in(hers: Person) -> None:
    signed = enters(hers.card_number, ask(hers.card_number))
    assert signed == replace(cast.herself("adele"), came_by="sms", step=1)
    assert signed.by_phone_code


def test_it_goes_to_her_own_mobile(hers: Person) -> None:
    code = ask(hers.card_number)
    sent = Delivery.objects.latest("pk")
    assert (sent.channel, sent.to, sent.agency_id, sent.message_id) == ("sms", MOBILE, hers.agency_id, None)
    assert (len(code), f"Il tuo codice è {code}." in sent.text) == (6, True)


def test_spoken_to_a_telephone_at_home_it_says_each_digit_twice(adele: Person, marta: Actor) -> None:
    actions.add_contact_point(adele, by=marta, kind="landline", value=HOME, confirmed=True)
    ask(adele.card_number, "voice")
    sent = Delivery.objects.latest("pk")
    digits = re.findall(r"(?:\d\. ){5}\d\.", sent.text)
    assert (sent.channel, sent.to, len(digits), len(set(digits))) == ("voice", HOME, 2, 1)


def test_a_voice_speaks_her_language(samira: Person) -> None:
    with scopes.opened(scopes.EVERYTHING):
        ContactPoint.objects.create(
            agency_id=samira.agency_id, person=samira, kind="landline", value=HOME, confirmed_at=cast.NOW
        )  # fmt: skip
    ask(samira.card_number, "voice")
    assert codes.language_of(Delivery.objects.latest("pk")) == "ar"


def test_only_its_hash_stays_with_us(hers: Person) -> None:
    code = ask(hers.card_number)
    assert code not in SignInCode.objects.get().code_hash


def test_asking_is_written_down_and_is_no_message(hers: Person) -> None:
    ask(hers.card_number)
    found = traces.event("sign_in_code.asked")
    assert (found.agent_kind, found.agency_id, traces.subjects("sign_in_code.asked")) == ("public", hers.agency_id, {hers.pk})
    assert traces.told("adele") == []


# --- ten minutes, five guesses, one use ---


def test_it_lives_ten_minutes(hers: Person) -> None:
    code = ask(hers.card_number)
    with clock.frozen(cast.NOW + timedelta(minutes=10)):
        assert enters(hers.card_number, code) is None
    with clock.frozen(cast.NOW + timedelta(minutes=9)):
        assert enters(hers.card_number, code) is not None


def test_it_opens_once(hers: Person) -> None:
    code = ask(hers.card_number)
    assert enters(hers.card_number, code) is not None
    assert enters(hers.card_number, code) is None


@pytest.mark.parametrize("recognised", [False, True])
def test_five_guesses_end_it_from_wherever(hers: Person, recognised: bool) -> None:
    code = ask(hers.card_number)
    for number in range(5):
        wrong = f"{(int(code) + 1 + number) % 10**6:06d}"
        actions.sign_in(
            by=PUBLIC, card_number=hers.card_number, code=wrong, channel="sms", browser=f"n{number}", recognised=recognised
        )
    assert enters(hers.card_number, code, browser="another") is None


def test_four_do_not(hers: Person) -> None:
    code = ask(hers.card_number)
    for number in range(4):
        enters(hers.card_number, f"{(int(code) + 1) % 10**6:06d}", browser=f"n{number}")
    assert enters(hers.card_number, code, browser="another") is not None


def test_a_new_one_ends_the_one_before_and_takes_it_back(hers: Person) -> None:
    first, second = ask(hers.card_number), ask(hers.card_number)
    assert first == second or enters(hers.card_number, first) is None
    assert enters(hers.card_number, second) is not None
    assert next(iter(Delivery.objects.order_by("pk").values_list("state", "text"))) == ("withdrawn", "")


def test_it_leaves_the_one_on_paper(hers: Person, marta: Actor) -> None:
    paper = actions.issue_paper_code(hers, by=marta)[1]
    ask(hers.card_number)
    assert enters(hers.card_number, paper, "paper") is not None


def test_on_paper_it_is_no_code(hers: Person) -> None:
    assert enters(hers.card_number, ask(hers.card_number), "paper") is None


# --- how many ---


def test_three_an_hour_and_the_last_still_opens(hers: Person) -> None:
    sent = [ask(hers.card_number) for _ in range(4)]
    assert [bool(code) for code in sent] == [True, True, True, False]
    assert enters(hers.card_number, sent[2]) is not None
    with clock.frozen(cast.NOW + timedelta(hours=1)):
        assert ask(hers.card_number)


def test_eight_a_day(hers: Person) -> None:
    sent = []
    for hour in range(12):
        with clock.frozen(cast.NOW + timedelta(hours=hour)):
            sent.append(bool(ask(hers.card_number)))
    assert sum(sent) == 8


def test_who_used_up_her_sms_left_her_paper(hers: Person, marta: Actor) -> None:
    paper = actions.issue_paper_code(hers, by=marta)[1]
    for _ in range(20):
        ask(hers.card_number, address="192.0.2.1")
    signed = enters(hers.card_number, paper, "paper")
    assert signed == cast.herself("adele")


def test_ten_an_hour_from_one_address(hers: Person) -> None:
    for number in range(10):
        ask(rules.card(9_000_000 + number), address="192.0.2.1")
    assert not ask(hers.card_number, address="192.0.2.1")
    assert ask(hers.card_number, address="192.0.2.2")


# --- where nothing is sent ---

WHY_NOT: dict[str, dict[str, object]] = {
    "shared": {"shared": True}, "not safe": {"safe": False}, "not confirmed": {"confirmed_at": None},
    "asked of nobody": {"safe": False, "to_confirm": True}, "came back": {"bounced_at": cast.NOW}, "at home": {"kind": "landline"},
}  # fmt: skip


@pytest.mark.parametrize("fields", WHY_NOT.values(), ids=WHY_NOT.keys())
def test_no_sms_to_what_is_not_hers_alone(hers: Person, fields: dict[str, object]) -> None:
    change(**fields)
    assert ask(hers.card_number) == ""
    assert not SignInCode.objects.exists()


@pytest.mark.parametrize("written", ["3335550199", "+39 333 5550199", "0039-333-5550199"])
def test_a_number_two_persons_gave_is_nobodys_alone(hers: Person, gianni: Person, marta: Actor, written: str) -> None:
    assert ask(hers.card_number)
    actions.add_contact_point(gianni, by=marta, kind="mobile", value=written)
    assert ask(hers.card_number) == ""


def test_one_that_only_ends_alike_takes_nothing_away(hers: Person, gianni: Person, marta: Actor) -> None:
    actions.add_contact_point(gianni, by=marta, kind="mobile", value="347 1550 199")
    assert ask(hers.card_number)


def test_a_telephone_number_is_no_card(hers: Person) -> None:
    assert ask(MOBILE) == ""


def test_no_channel_but_a_telephone(hers: Person) -> None:
    with pytest.raises(ValueError, match="paper"):
        actions.send_code(by=PUBLIC, card_number=hers.card_number, channel="paper")


def test_only_in_person_hears_as_anybody(hers: Person, marta: Actor) -> None:
    actions.choose_in_person(hers, by=marta, only_in_person=True)
    assert ask(hers.card_number)


# --- who helps ---


def test_who_helps_has_a_telephone_of_their_own(hers: Person, marta: Actor) -> None:
    given = actions.name_delegate(hers, by=marta, name="Carla", talked_alone=True, scopes=["faults"], phone="347 555 0101")
    signed = enters(given.card_number, ask(given.card_number))
    assert (signed and signed.name, Delivery.objects.latest("pk").to) == ("Carla", "347 555 0101")


def test_hers_is_not_her_delegates(hers: Person, marta: Actor) -> None:
    given = actions.name_delegate(hers, by=marta, name="Carla", talked_alone=True, scopes=["faults"], phone=MOBILE)
    assert (ask(given.card_number), ask(hers.card_number)) == ("", "")


def test_who_represents_comes_in_on_paper(hers: Person, marta: Actor) -> None:
    given = actions.name_representative(
        hers, by=marta, name="Ugo", kind="tutore", decree="12/2026", scopes=["faults"], since=clock.today()
    )
    assert ask(given.card_number) == ""


# --- the same work ---


def _work(card: str, channel: str) -> list[str]:
    with CaptureQueriesContext(connection) as done:
        actions.send_code(by=PUBLIC, card_number=card, channel=channel)
    masks = r"""'[^']*'(?:::\w+\[\])*|"s\d+_x\d+"|\b\d+\b|\b(?:true|false|NULL)\b"""
    return [re.sub(masks, "?", q["sql"]) for q in done.captured_queries]


def _gone(state: str) -> Callable[[Person], None]:
    def change_it(person: Person) -> None:
        with scopes.opened(scopes.EVERYTHING):
            Person.objects.filter(pk=person.pk).update(state=state)

    return change_it


@pytest.mark.parametrize("channel", rules.TELEPHONES)
def test_whoever_it_is_for_takes_the_same_work(hers: Person, marta: Actor, channel: str) -> None:
    given = actions.name_delegate(hers, by=marta, name="Carla", talked_alone=True, scopes=["faults"])
    cards = [hers.card_number, "99999999", "", cast.person("gianni").card_number, given.card_number]
    works = [_work(card, channel) for card in cards]
    _gone("merged")(hers)
    works += [_work(hers.card_number, channel) for _ in range(5)]
    assert [work for work in works if work != works[0]] == []


def test_and_would_be_noticed_if_it_did_not(hers: Person) -> None:
    with CaptureQueriesContext(connection) as done:
        Delivery.objects.count()
    assert len(_work(hers.card_number, "sms")) > len(done.captured_queries)
    assert _work(hers.card_number, "sms") != _work(hers.card_number, "sms")[:-1]
