"""What another body is given: exactly the ticked fields, until a day, and taken back at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cortile.kit import actor as actors
from cortile.kit import clock, wall
from cortile.kit.actor import Actor
from cortile.kit.models import AuditEvent
from cortile.kit.refusals import NotVisible, Refused
from cortile.listening import actions as listening
from cortile.people import actions, copies
from cortile.people import reads as people
from cortile.people.models import Person, SharedCopy
from tests import cast


def shared(by: Actor | None = None, **details: Any) -> SharedCopy:  # noqa: ANN401 -- the act's own arguments
    """Give Davide's body a copy of Adele's name and phone."""
    about: dict[str, Any] = {
        "to": cast.agency("comune-milano"), "fields": ["name", "phone"], "purpose": "Corso di italiano", "basis": "consent",
        "evidence": "Detto allo Spazio l'11 marzo.", "said_yes": True, "until": clock.today() + timedelta(days=30),
    }  # fmt: skip
    person = details.pop("person", None) or cast.person("adele")
    return actions.share_copy(person, by=by or cast.at_desk("marta"), **(about | details))


def davide_reads() -> list[copies.Received]:
    """Return what Davide is shown, behind his own wall."""
    davide = cast.at_desk("davide")
    with actors.acting(davide):
        return copies.received(by=davide)


# --- what is copied ---


def test_the_recipient_reads_the_ticked_fields_and_no_other() -> None:
    shared(fields=["phone", "name"])
    (found,) = davide_reads()
    assert (found.name, [fact[::2] for fact in found.facts]) == ("Adele Brambilla", [("phone", "02 5550 100")])


@pytest.mark.parametrize(
    ("key", "value"),
    [("language", "it"), ("address", "Via dei Tigli 12, scala B"), ("birth_year", "1947"), ("need", "Cerca compagnia")],
)
def test_each_field_is_copied_as_it_is_now(key: str, value: str) -> None:
    assert shared(fields=[key], need="Cerca compagnia").fields == {key: value}


def test_a_need_that_was_not_ticked_stays_here() -> None:
    assert "need" not in shared(need="Cerca compagnia").fields


def test_the_copy_does_not_follow_the_record(adele: Person, marta: Actor) -> None:
    shared()
    actions.add_contact_point(adele, by=marta, kind="mobile", value="333 5550 999")
    assert "333 5550 999" not in str(davide_reads())


def test_the_recipient_never_sees_the_row_of_the_person() -> None:
    shared()
    with actors.acting(cast.at_desk("davide")):
        assert (Person.objects.count(), SharedCopy.objects.count()) == (0, 1)


def test_a_copy_for_another_body_is_not_there_for_a_third() -> None:
    shared()
    with actors.acting(cast.at_desk("luca")):
        assert SharedCopy.objects.count() == 0


def test_a_retry_makes_one_copy() -> None:
    assert shared(once="k").pk == shared(once="k").pk


# --- both logs ---


def test_a_reading_is_written_in_both_logs(adele: Person) -> None:
    shared()
    davide_reads()
    events = AuditEvent.objects.filter(what="copy.read", subjects__person_id=adele.pk)
    assert {(e.agency_id, tuple(e.fields)) for e in events} == {
        (cast.agency("comune-milano").pk, ("name", "phone")), (adele.agency_id, ("name", "phone")),
    }  # fmt: skip


def test_she_sees_who_read_the_copy(adele: Person, as_adele: Actor) -> None:
    shared()
    davide_reads()
    with actors.acting(as_adele):
        assert [e.agent_name for e in people.seen_by(adele, by=as_adele) if e.what == "copy.read"] == ["Davide L."]


def test_nothing_read_leaves_nothing() -> None:
    assert davide_reads() == []
    assert not AuditEvent.objects.filter(what="copy.read").exists()


# --- its end ---


def test_a_copy_ends_by_itself() -> None:
    shared()
    with clock.frozen(cast.NOW + timedelta(days=30)):
        assert len(davide_reads()) == 1
    with clock.frozen(cast.NOW + timedelta(days=31)):
        assert davide_reads() == []


@pytest.mark.parametrize("who", ["marta", "paola"])
def test_whoever_follows_her_takes_it_back(who: str) -> None:
    actions.withdraw_copy(shared().pk, by=cast.at_desk(who))
    assert davide_reads() == []


def test_she_takes_it_back_herself(as_adele: Actor) -> None:
    actions.withdraw_copy(shared().pk, by=as_adele)
    assert davide_reads() == []


@pytest.mark.parametrize("who", ["bruno", "davide", "silvia", "luca"])
def test_nobody_else_takes_it_back(who: str) -> None:
    copy = shared()
    with pytest.raises(NotVisible):
        actions.withdraw_copy(copy.pk, by=cast.at_desk(who))


def test_a_neighbour_does_not_take_it_back() -> None:
    copy = shared()
    with pytest.raises(NotVisible):
        actions.withdraw_copy(copy.pk, by=cast.herself("gianni"))


# --- refusals ---


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"said_yes": False}, "yes-missing"),
        ({"evidence": " "}, "evidence-missing"),
        ({"purpose": ""}, "purpose-missing"),
        ({"basis": "friendship"}, "basis-unknown"),
        ({"basis": "urgent_duty"}, "supervisor-missing"),
        ({"fields": []}, "nothing-ticked"),
        ({"fields": ["name", "fiscal_code"]}, "field-unknown"),
        ({"fields": ["need"]}, "field-empty"),
        ({"until": clock.local(cast.NOW).date() + timedelta(days=91)}, "copy-too-long"),
        ({"until": clock.local(cast.NOW).date()}, "copy-over"),
    ],
)
def test_what_may_not_be_copied(wrong: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=code):
        shared(**wrong)


@pytest.mark.parametrize(("body", "code"), [("aler-milano", "own-body"), ("regione", "body-without-reader")])
def test_to_whom_nothing_is_copied(body: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        shared(to=cast.agency(body))


@pytest.mark.parametrize("who", ["bruno", "silvia", "salvatore", "lucia", "ornella", "nadia", "davide", "sara"])
def test_who_does_not_follow_her_gives_nothing(who: str) -> None:
    with pytest.raises(NotVisible):
        shared(cast.at_desk(who))


def test_she_herself_does_not_give_it(adele: Person, as_adele: Actor) -> None:
    with pytest.raises(NotVisible):
        actions.share_copy(
            adele, by=as_adele, to=cast.agency("comune-milano"), fields=["name"], purpose="Corso", basis="consent",
            evidence="Lo dico io.", said_yes=True, until=clock.today() + timedelta(days=1),
        )  # fmt: skip


@pytest.mark.parametrize("who", ["marta", "luca"])
def test_only_a_lead_of_the_body_decides_what_is_urgent(who: str) -> None:
    with pytest.raises(Refused, match="supervisor-missing"):
        shared(basis="urgent_duty", supervisor=cast.staff(who))


def test_what_is_urgent_names_who_decided() -> None:
    copy = shared(basis="urgent_duty", supervisor=cast.staff("paola"), said_yes=False)
    assert copy.evidence == "Detto allo Spazio l'11 marzo. (Paola C.)"


def test_what_the_law_asks_needs_no_yes() -> None:
    assert shared(basis="public_task", said_yes=False).basis == "public_task"


# --- what is kept apart ---


@pytest.mark.parametrize("marked", [{"shared": True}, {"safe": False}])
def test_a_number_that_is_not_hers_alone_is_not_copied(marked: dict[str, bool], adele: Person, marta: Actor) -> None:
    actions.add_contact_point(adele, by=marta, kind="landline", value="02 5550 100", **marked)
    with pytest.raises(Refused, match="field-empty"):
        shared()


def test_with_only_in_person_her_number_stays_here(adele: Person, marta: Actor) -> None:
    actions.choose_in_person(adele, by=marta, only_in_person=True)
    assert shared(fields=["name"]).fields == {"name": "Adele Brambilla"}
    with pytest.raises(Refused, match="field-empty"):
        shared(fields=["phone"])


def test_her_phone_does_not_show_then_what_was_given(adele: Person, marta: Actor, as_adele: Actor) -> None:
    shared()
    actions.choose_in_person(adele, by=marta, only_in_person=True)
    adele.refresh_from_db()
    assert (len(copies.given(adele, by=marta)), copies.given(adele, by=as_adele)) == (1, [])


@pytest.mark.parametrize("act", [listening.mark_delicate, listening.keep_in_person])
def test_a_request_that_leaves_the_phone_takes_its_copies_with_it(act: Any, marta: Actor, adele: Person, as_adele: Actor) -> None:  # noqa: ANN401
    thread = cast.open_request("adele", title="Cerca compagnia")
    shared(fields=["name", "need"], need=thread.title, thread_id=thread.pk, purpose="Casa rifugio")
    act(thread, by=marta)
    assert (davide_reads(), copies.given(adele, by=as_adele)) == ([], [])


def test_copies_given_for_something_else_do_not_change(marta: Actor) -> None:
    thread, other = (cast.open_request("adele", title=title) for title in ("Cerca compagnia", "Corso"))
    kept = shared(fields=["name", "need"], need="Corso", thread_id=other.pk), shared(fields=["need"], need="Un corso")
    listening.mark_delicate(thread, by=marta)
    assert [SharedCopy.objects.get(pk=c.pk).fields for c in kept] == [c.fields for c in kept]
    assert len(davide_reads()) == 2


def test_neither_phone_nor_paper_tells_then_that_it_was_given(marta: Actor, adele: Person, as_adele: Actor) -> None:
    thread = cast.open_request("adele", title="Cerca compagnia")
    shared(fields=["need"], need=thread.title, thread_id=thread.pk)
    davide_reads()
    listening.mark_delicate(thread, by=marta)
    told = [*people.seen_by(adele, by=as_adele), *people.seen_on_paper(adele.pk, by=marta)[1]]
    assert not [e.what for e in told if e.what.startswith("copy.")]


def test_nor_that_it_was_read_among_others(marta: Actor, adele: Person, as_adele: Actor) -> None:
    thread = cast.open_request("adele", title="Cerca compagnia")
    shared(fields=["name"], thread_id=thread.pk)
    shared(fields=["name"], person=cast.person("gianni"))
    davide_reads()
    listening.mark_delicate(thread, by=marta)
    assert not [e for e in people.seen_by(adele, by=as_adele) if e.what == "copy.read"]


def test_with_only_in_person_her_number_leaves_what_was_given(adele: Person, marta: Actor) -> None:
    shared()
    alone = shared(fields=["phone"])
    actions.choose_in_person(adele, by=marta, only_in_person=True)
    assert [(found.name, found.facts) for found in davide_reads()] == [("Adele Brambilla", ())]
    assert SharedCopy.objects.get(pk=alone.pk).withdrawn_at == cast.NOW


@pytest.mark.parametrize("marked", [{"shared": True}, {"safe": False}])
def test_a_number_others_may_answer_leaves_the_copies(marked: dict[str, bool], adele: Person, marta: Actor) -> None:
    shared()
    actions.add_contact_point(adele, by=marta, kind="landline", value="02 5550 100", **marked)
    assert davide_reads()[0].facts == ()


def test_a_wrong_number_leaves_the_copies(adele: Person, as_adele: Actor) -> None:
    shared()
    actions.confirm_contact_point(adele.contact_points.get(), by=as_adele, still_right=False)
    assert davide_reads()[0].facts == ()


def test_another_number_leaves_them_as_they_are(adele: Person, marta: Actor) -> None:
    shared()
    actions.add_contact_point(adele, by=marta, kind="mobile", value="333 5550 188", shared=True)
    assert davide_reads()[0].facts[0][2] == "02 5550 100"


def test_nobody_acting_finds_no_copy() -> None:
    shared()
    with wall.within(None):
        assert SharedCopy.objects.count() == 0
