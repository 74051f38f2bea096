"""Sending: on a basis, with exactly the ticked fields, a day to look again, and nobody outside knows more than that."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from cortile.accounts.models import Account
from cortile.directory import actions as directory
from cortile.directory.models import Service
from cortile.kit import scopes
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.listening import actions as listening
from cortile.listening.models import Thread
from cortile.people.models import Person
from cortile.referrals import actions, fields, reads
from cortile.referrals.bases import PublicTask, UrgentDuty, Yes
from cortile.referrals.models import Referral
from tests import cast, traces
from tests.listening.walks import undone
from tests.referrals import world


def test_a_referral_says_what_it_rests_on(sent: Referral) -> None:
    assert (sent.state, sent.ball, sent.basis, sent.sent_to) == ("requested", "service", "consent", "doposcuola@example.invalid")
    assert (sent.next_date, sent.check_on) == (date(2026, 3, 16), date(2026, 3, 20))
    assert sent.consent is not None
    assert (sent.consent.words, sent.consent.given_to, sent.consent.evidence) == (world.SAID, "Marta F.", "spoken")


def test_the_service_gets_exactly_what_was_ticked(sent: Referral) -> None:
    assert sent.shared == {"name": "Adele Brambilla", "phone": "02 5550 100", "language": "italiano", "need": world.NEED}


def test_what_is_shown_before_is_what_is_sent(thread: Thread, service: Service, marta: Actor) -> None:
    before = reads.preview(thread, world.FIELDS, by=marta, need=world.NEED)
    sent = world.send(thread, service)
    assert {f.key: f.value for f in before} == sent.shared


@settings(max_examples=25, deadline=None)
@given(ticked=st.sets(st.sampled_from(sorted(set(fields.FIELDS) - {"economic"})), min_size=1))
def test_whatever_is_ticked_nothing_else_goes(ticked: set[str]) -> None:
    with undone():
        thread, service = cast.open_request("samira"), world.service()
        offered = {f.key for f in reads.preview(thread, ticked, by=cast.at_desk("marta"), need="x", notes="y") if f.value}
        if offered != ticked:
            with pytest.raises(Refused) as refused:
                world.send(thread, service, fields=ticked, need="x", notes="y")
            assert refused.value.code == "field-empty"
        else:
            assert set(world.send(thread, service, fields=ticked, need="x", notes="y").shared) == ticked


def test_what_changes_later_is_not_told(sent: Referral) -> None:
    cast.give_mobile("adele", "333 5550 777")
    assert world.fresh(sent).shared["phone"] == "02 5550 100"


def test_a_request_spoken_of_only_in_person_has_no_telephone(thread: Thread, service: Service, marta: Actor) -> None:
    listening.keep_in_person(thread, by=marta)
    thread.refresh_from_db()
    assert [f.value for f in reads.preview(thread, ("phone",), by=marta)] == [""]
    with pytest.raises(Refused) as refused:
        world.send(thread, service)
    assert refused.value.code == "field-empty"
    assert "phone" not in world.send(thread, service, fields=("name", "need")).shared


def test_kept_in_person_later_its_link_shows_no_telephone_any_more(sent: Referral, thread: Thread, marta: Actor) -> None:
    came_in = world.them(sent)
    assert ("Telefono", "02 5550 100") in reads.received(by=came_in).facts
    listening.keep_in_person(thread, by=marta)
    assert [label for label, _value in reads.received(by=came_in).facts] == ["Nome", "Lingua", "Di che cosa ha bisogno"]


def test_the_request_waits_for_another_and_she_is_told_a_day(sent: Referral, thread: Thread) -> None:
    now = traces.now(thread)
    assert (now.state, now.ball, now.next_date) == ("waiting_other", "other", date(2026, 3, 23))
    assert traces.told("adele")[0] == "referral_sent"
    assert "referred" in traces.lines(thread)


def test_the_mail_names_neither_need_nor_person(sent: Referral) -> None:
    from cortile.messages.models import Delivery  # noqa: PLC0415 -- leaf

    mail = Delivery.objects.filter(to=sent.sent_to).latest("pk")
    said = f"{mail.subject} {mail.text}"
    assert not any(word in said for word in ("Adele", "Brambilla", "Compiti", "02 5550 100"))


def test_a_service_without_a_mail_is_sent_nobody(thread: Thread) -> None:
    silent = world.service("Sportello", email="", keeper_email="")
    with pytest.raises(Refused) as refused:
        world.send(thread, silent)
    assert refused.value.code == "service-unreachable"
    assert "referral_sent" not in traces.told("adele")


def test_nor_one_who_asks_for_herself(adele: Person, as_adele: Actor) -> None:
    silent = world.service("Sportello", email="", keeper_email="")
    with pytest.raises(Refused) as refused:
        actions.refer_oneself(adele, silent, by=as_adele, fields=("name",), need="Un pacco", words=world.SAID)
    assert refused.value.code == "service-unreachable"


def test_sent_twice_it_is_one(thread: Thread, service: Service) -> None:
    one = world.send(thread, service, once="k")
    assert world.send(thread, service, once="k") == one
    assert Referral.objects.count() == 1


def test_a_service_that_has_it_gets_it_once(sent: Referral, thread: Thread, service: Service) -> None:
    with pytest.raises(Refused) as refused:
        world.send(thread, service)
    assert refused.value.code == "already-sent"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"need": " "}, "need-missing"),
        ({"fields": ()}, "nothing-ticked"),
        ({"fields": ("name", "debts")}, "field-unknown"),
        ({"fields": ("notes",)}, "field-empty"),
        ({"fields": ("name", "economic")}, "field-not-agreed"),
        ({"basis": Yes(" ")}, "yes-missing"),
        ({"basis": Yes("Va bene?", "telepathy")}, "evidence-unknown"),
        ({"basis": Yes("Va bene?", ends_on=date(2026, 6, 9))}, "consent-too-long"),
        ({"basis": PublicTask("Detto.")}, "agreement-missing"),
        ({"check_on": date(2026, 3, 11)}, "check-impossible"),
        ({"check_on": date(2026, 4, 11)}, "check-impossible"),
    ],
)
def test_what_cannot_be_sent(thread: Thread, service: Service, asked: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        world.send(thread, service, **asked)
    assert refused.value.code == code
    assert not Referral.objects.exists()


def test_ninety_days_are_a_yes(thread: Thread, service: Service) -> None:
    sent = world.send(thread, service, basis=Yes(world.SAID, ends_on=date(2026, 6, 8)))
    assert sent.consent is not None
    assert sent.consent.stands


def test_a_draft_card_gets_nobody(thread: Thread, service: Service) -> None:
    directory.withdraw_service(service.pk, by=cast.SYSTEM, reason="Chiuso")
    service.refresh_from_db()
    with pytest.raises(Refused) as refused:
        world.send(thread, service)
    assert refused.value.code == "service-missing"


# --- agreements ---


def test_a_public_task_needs_an_agreement_and_a_notice(thread: Thread, service: Service) -> None:
    signed = world.agreed(service)
    sent = world.send(thread, service, basis=world.NOTICE)
    assert (sent.basis, sent.notice, sent.agreement) == ("public_task", world.NOTICE.notice, signed)


def test_without_a_word_to_her_it_is_no_public_task(thread: Thread, service: Service) -> None:
    world.agreed(service)
    with pytest.raises(Refused) as refused:
        world.send(thread, service, basis=PublicTask(""))
    assert refused.value.code == "notice-missing"


def test_an_agreement_gives_what_it_says_and_no_more(thread: Thread, service: Service) -> None:
    world.agreed(service, "name", "need")
    with pytest.raises(Refused) as refused:
        world.send(thread, service)
    assert refused.value.code == "field-not-agreed"
    assert set(world.send(thread, service, fields=("name", "need")).shared) == {"name", "need"}


def test_an_agreement_that_is_over_is_none(thread: Thread, service: Service) -> None:
    directory.end_agreement(world.agreed(service).pk, by=cast.machine(), reason="Disdetto")
    with pytest.raises(Refused) as refused:
        world.send(thread, service, basis=world.NOTICE)
    assert refused.value.code == "agreement-missing"


def test_the_rent_goes_only_where_an_agreement_says_so_and_who_sends_may_see_it(service: Service) -> None:
    world.agreed(service, "name", "economic")
    thread = cast.open_request("gianni", chip="rent", title="Affitto")
    with pytest.raises(Refused) as refused:
        world.send(thread, service, fields=("name", "economic"))
    assert refused.value.code == "field-empty"  # no account of his is known here


def test_and_then_in_words_never_a_sum(gianni: Person, service: Service) -> None:
    world.agreed(service, "name", "economic")
    thread = cast.open_request("gianni", chip="rent", title="Affitto")
    with scopes.opened(scopes.EVERYTHING):
        Account.objects.create(
            agency=gianni.agency, code="A-1", tenancy=gianni.tenancies_held.get(), balance_cents=64_000, as_of=cast.NOW.date()
        )
    assert world.send(thread, service, fields=("name", "economic")).shared["economic"] == "l'affitto ha un debito"


def test_an_old_word_of_an_agreement_covers_the_finer_ones() -> None:
    assert fields.agreed(["household", "name"]) == {"household_size", "children_ages", "name"}


# --- urgent duty ---


def test_an_urgent_duty_names_who_decided(thread: Thread, service: Service) -> None:
    world.agreed(service)
    sent = world.send(thread, service, basis=world.urgent())
    assert (sent.basis, sent.supervisor) == ("urgent_duty", cast.staff("paola"))


def test_and_who_is_named_hears_of_it_at_once(thread: Thread, service: Service) -> None:
    world.agreed(service)
    sent = world.send(thread, service, basis=world.urgent())
    assert (cast.staff("paola").email, f"Invio {sent.number}: l'urgenza è a tuo nome") in world.mails()


def test_without_an_urgency_no_lead_is_written_to(sent: Referral) -> None:
    assert cast.staff("paola").email not in [to for to, _subject in world.mails()]


@pytest.mark.parametrize(("by", "who"), [("paola", "paola"), ("marta", "bruno"), ("marta", "luca")])
def test_who_sends_never_decides_alone(thread: Thread, service: Service, by: str, who: str) -> None:
    world.agreed(service)
    with pytest.raises(Refused) as refused:
        world.send(thread, service, by=by, basis=world.urgent(who))
    assert refused.value.code == "supervisor-missing"


def test_an_urgency_says_why(thread: Thread, service: Service) -> None:
    world.agreed(service)
    with pytest.raises(Refused) as refused:
        world.send(thread, service, basis=UrgentDuty(cast.staff("paola"), " "))
    assert refused.value.code == "reason-missing"


# --- who ---


@pytest.mark.parametrize("who", ["bruno", "sara"])
def test_who_does_not_follow_her_sends_her_nowhere(thread: Thread, service: Service, who: str) -> None:
    with pytest.raises(NotVisible):
        world.send(thread, service, by=who)


@pytest.mark.parametrize("who", ["silvia", "salvatore", "lucia", "ornella", "federica"])
def test_other_roles_send_nobody(thread: Thread, service: Service, who: str) -> None:
    with pytest.raises(Refused) as refused:
        world.send(thread, service, by=who)
    assert refused.value.code == "not-allowed"


def test_a_delicate_request_goes_to_nobody(thread: Thread, service: Service, marta: Actor) -> None:
    listening.mark_delicate(thread, by=marta)
    with pytest.raises(Refused) as refused:
        world.send(thread, service)
    assert refused.value.code == "delicate-stays"


def test_a_closed_request_goes_to_nobody(thread: Thread, service: Service, marta: Actor) -> None:
    listening.close(thread, by=marta, outcome="withdrawn")
    with pytest.raises(Refused) as refused:
        world.send(thread, service)
    assert refused.value.code == "not-in-this-state"


# --- several at once ---


def test_several_are_asked_at_once(thread: Thread, service: Service, other: Service, marta: Actor) -> None:
    said: dict[str, Any] = {"need": world.NEED, "fields": world.FIELDS, "basis": world.YES, "once": "k"}
    sent = actions.send_to_many(thread, [service, other], by=marta, **said)
    assert [(r.service, r.parent, r.why_parent) for r in sent] == [(service, None, ""), (other, sent[0], "collective")]
    assert len({r.consent_id for r in sent}) == 2
    assert actions.send_to_many(thread, [service, other], by=marta, **said) == sent


def test_one_is_not_several(thread: Thread, service: Service, marta: Actor) -> None:
    with pytest.raises(Refused) as refused:
        actions.send_group(thread, [service, service], by=marta, need=world.NEED, fields=world.FIELDS, basis=world.YES)
    assert refused.value.code == "services-missing"


# --- by herself ---


def test_she_asks_for_herself(adele: Person, as_adele: Actor, service: Service) -> None:
    sent = actions.refer_oneself(adele, service, by=as_adele, fields=("name", "phone"), need="Un pacco", words=world.SAID)
    assert (sent.sent_by, sent.sent_by_name, sent.consent and sent.consent.evidence) == (None, "Adele B.", "app")
    assert (traces.now(sent.thread).ball, sent.thread.person) == ("other", adele)


def test_her_request_is_called_by_her_own_words(adele: Person, as_adele: Actor, service: Service) -> None:
    sent = actions.refer_oneself(adele, service, by=as_adele, fields=("name",), need="Un pacco", words=world.SAID)
    assert sent.thread.title == "Un pacco"


def test_where_the_name_tells_why_she_goes_nobody_asks_in_the_app(adele: Person, as_adele: Actor) -> None:
    telling = world.service("Centro antiviolenza", email="centro@example.invalid")
    with pytest.raises(Refused) as refused:
        actions.refer_oneself(adele, telling, by=as_adele, fields=("name",), need="Parlare", words=world.SAID)
    assert refused.value.code == "delicate-stays"


def test_her_name_is_not_told_to_a_service_unless_it_is_ticked(adele: Person, as_adele: Actor, service: Service) -> None:
    sent = actions.refer_oneself(adele, service, by=as_adele, fields=("phone",), need="Un pacco", words=world.SAID)
    assert reads.received(by=world.them(sent)).sent_by == ""


def test_a_colleague_who_sends_is_named(sent: Referral) -> None:
    assert reads.received(by=world.them(sent)).sent_by == "Marta F."


def test_not_with_a_code_sent_to_a_telephone(adele: Person, service: Service) -> None:
    with pytest.raises(Refused) as refused:
        actions.refer_oneself(adele, service, by=cast.by_sms("adele"), fields=("name",), need="Un pacco", words=world.SAID)
    assert refused.value.code == "phone-code"


def test_nor_for_somebody_else(samira: Person, as_adele: Actor, service: Service) -> None:
    with pytest.raises(Refused) as refused:
        actions.refer_oneself(samira, service, by=as_adele, fields=("name",), need="Un pacco", words=world.SAID)
    assert refused.value.code == "not-allowed"


def test_a_check_day_of_ones_own(thread: Thread, service: Service) -> None:
    day = cast.NOW.date() + timedelta(days=7)
    assert world.send(thread, service, check_on=day).check_on == day


def test_the_service_reads_italian_whoever_sends(samira: Person, service: Service) -> None:
    with translation.override("ar"):
        sent = actions.refer_oneself(
            samira, service, by=cast.herself("samira"), fields=("name", "language"), need="Compiti", words=world.SAID
        )
    assert sent.shared["language"] == "arabo"
