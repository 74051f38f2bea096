"""Identified in person: a document was looked at, which kind and by whom; and the code printed then opens as somebody known."""

from __future__ import annotations

import pytest

from cortile.kit import scopes
from cortile.kit.actor import PUBLIC, Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.people import access, actions, reads
from cortile.people.models import Identification, Person
from cortile.people.words import DOCUMENT_LABELS, DOCUMENT_SAID
from tests import cast, traces


def signed(card: str, code: str) -> Actor:
    """Come in with a code on paper."""
    found = actions.sign_in(by=PUBLIC, card_number=card, code=code)
    assert found is not None
    return found


def test_it_keeps_which_document_who_looked_and_when(adele: Person, marta: Actor) -> None:
    actions.identify(adele, by=marta, document="id_card")
    found = reads.identification_of(adele)
    assert found is not None
    assert (found.way, found.document, found.by_id, found.at) == ("document", "id_card", marta.id, cast.NOW)


def test_it_is_audited_and_told_to_her(adele: Person, marta: Actor) -> None:
    actions.identify(adele, by=marta, document="passport")
    assert (traces.event("person.identified").fields, traces.subjects("person.identified")) == (["identification"], {adele.pk})
    assert "person.identified" in [e.what for e in reads.seen_by(adele, by=cast.herself("adele"))]


def test_no_field_takes_a_number_or_a_copy() -> None:
    fields = {f.name for f in Identification._meta.get_fields()}
    assert fields == {"id", "agency_id", "person", "way", "document", "subject", "by", "at"}


@pytest.mark.parametrize("document", ["", "tessera del tram", "AX1234567"])
def test_only_what_is_in_the_list(adele: Person, marta: Actor, document: str) -> None:
    with pytest.raises(Refused, match="document-unknown"):
        actions.identify(adele, by=marta, document=document)


def test_not_who_has_died(adele: Person, marta: Actor) -> None:
    with scopes.opened(scopes.EVERYTHING):
        Person.objects.filter(pk=adele.pk).update(state="died")
    with pytest.raises(Refused, match="not-living"):
        actions.identify(cast.person("adele"), by=marta, document="id_card")


@pytest.mark.parametrize("who", ["bruno", "sara", "silvia", "salvatore", "lucia", "ornella"])
def test_nobody_else_identifies(who: str, adele: Person) -> None:
    with pytest.raises(NotVisible):
        actions.identify(adele, by=cast.at_desk(who), document="id_card")


def test_she_does_not_identify_herself(adele: Person, as_adele: Actor) -> None:
    with pytest.raises(NotVisible):
        actions.identify(adele, by=as_adele, document="id_card")


def test_a_code_printed_then_opens_as_somebody_known(adele: Person, marta: Actor) -> None:
    found = signed(adele.card_number, actions.issue_paper_code(adele, by=marta, document="id_card")[1])
    assert (found.came_by, found.step) == ("paper", 2)


def test_one_printed_without_a_document_does_not(adele: Person, marta: Actor) -> None:
    actions.identify(adele, by=marta, document="id_card")
    found = signed(adele.card_number, actions.issue_paper_code(adele, by=marta)[1])
    assert (found.came_by, found.step) == ("paper", 1)


def test_a_document_of_hers_says_nothing_of_who_helps(adele: Person, marta: Actor) -> None:
    given = actions.name_delegate(adele, by=marta, name="Carla", talked_alone=True, scopes=["faults"])
    with pytest.raises(Refused, match="document-of-another"):
        actions.issue_paper_code(adele, by=marta, card_number=given.card_number, document="id_card")
    assert not Identification.objects.exists()


@pytest.mark.parametrize(("came_by", "step"), [("paper", 1), ("paper", 2), ("sms", 1), ("voice", 1), ("spid", 2), ("cie", 2)])
def test_a_session_keeps_how_it_was_opened(adele: Person, as_adele: Actor, came_by: str, step: int) -> None:
    kept = access.session_of(as_adele) | {"came_by": came_by, "step": step}
    found = access.tenant_actor(kept)
    assert found is not None
    assert (found.came_by, found.step, found.by_phone_code) == (came_by, step, came_by in {"sms", "voice"})


def test_one_from_before_came_by_paper(adele: Person) -> None:
    found = access.tenant_actor({"kind": "tenant", "id": adele.pk, "agency": adele.agency_id})
    assert found is not None
    assert (found.came_by, found.step) == ("paper", 1)


def test_each_document_has_both_its_words() -> None:
    assert DOCUMENT_LABELS.keys() == DOCUMENT_SAID.keys()
