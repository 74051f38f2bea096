"""Coming in with SPID or CIE: one living person of one body has that fiscal code, or nobody comes in."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cortile.kit import clock, scopes
from cortile.kit.actor import PUBLIC
from cortile.kit.identity import Asserted
from cortile.people import access, actions, rules
from cortile.people.actions.provider_sign_in import Recognised
from cortile.people.models import Identification, Person, SeenToken
from tests import cast, traces
from tests.identity.around import ANOTHERS, HERS, NOBODYS, give_code


@pytest.fixture(autouse=True)
def _codes(_alone: None) -> None:
    give_code("adele", HERS)
    give_code("gianni", ANOTHERS)


def come(code: str = HERS, subject: str = "s1", digest: str = "d1", way: str = "spid") -> Recognised:
    """Come in as somebody a provider vouches for."""
    return actions.sign_in_with_identity(Asserted(way, "https://id.example.invalid", subject, code, digest), by=PUBLIC)


def test_who_has_the_code_comes_in_as_somebody_known(adele: Person) -> None:
    signed = come().actor
    assert (signed.person_id, signed.came_by, signed.step, signed.agency_id) == (adele.pk, "spid", 2, adele.agency_id)


def test_the_session_finds_her_again(adele: Person) -> None:
    again = access.tenant_actor(access.session_of(come(way="cie").actor))
    assert (again.person_id, again.came_by, again.step) == (adele.pk, "cie", 2)


def test_it_is_audited_in_her_body(adele: Person) -> None:
    come()
    event = traces.event("tenant.identified")
    assert (event.fields, traces.subjects("tenant.identified"), event.agency_id) == (["sign_in"], {adele.pk}, adele.agency_id)


def test_a_refusal_is_audited_and_names_nobody() -> None:
    come(NOBODYS)
    assert (traces.event("tenant.identified").fields, traces.subjects("tenant.identified")) == (["wrong_identity"], set())


def test_the_first_time_is_written_and_the_second_is_not(adele: Person) -> None:
    assert come().actor
    assert come(digest="d2").actor
    row = Identification.objects.get()
    assert (row.person_id, row.way, row.subject, row.document) == (adele.pk, "spid", "https://id.example.invalid s1", "")


def test_two_identities_of_one_person_are_both_hers(adele: Person) -> None:
    assert come().actor.person_id == come(subject="s2", digest="d2").actor.person_id == adele.pk


@pytest.mark.parametrize("said", [HERS.lower(), f"TINIT-{HERS}", f" tinit-{HERS.lower()} "])
def test_however_a_code_is_written(said: str, adele: Person) -> None:
    assert come(said).actor.person_id == adele.pk


@pytest.mark.parametrize("said", ["", "x", HERS[:-1], f"TINDE-{HERS}", f"{HERS[:-1]}A", f"TINIT-TINIT-{HERS}"])
def test_what_is_no_code_is_nobodys(said: str) -> None:
    assert come(said) == Recognised(None, "not-here")


def test_a_code_changed_for_omocodia_is_not_the_one_it_came_from() -> None:
    changed = "BRMDLAQTE43Z999H"
    assert rules.plain_fiscal_code(changed) == changed
    assert come(changed).why == "not-here"


def test_an_omocodic_code_lets_in_who_has_it(adele: Person) -> None:
    give_code("adele", "BRMDLAQTE43Z999H")
    assert come("BRMDLAQTE43Z999H").actor.person_id == adele.pk
    assert come(digest="d2").why == "not-here"


@pytest.mark.parametrize("state", ["died", "merged"])
def test_not_who_is_no_longer_here(state: str) -> None:
    with scopes.opened(scopes.EVERYTHING):
        Person.objects.filter(code="adele").update(state=state)
    assert come().why == "not-here"


def test_of_two_bodies_nobody_comes_in() -> None:
    give_code("teresa", HERS)
    assert come() == Recognised(None, "not-here")
    assert not Identification.objects.exists()


def test_of_two_persons_of_one_body_nobody_comes_in() -> None:
    give_code("samira", HERS)
    assert come().why == "not-here"


def test_nobody_with_an_empty_code_is_anybody() -> None:
    assert access.agency_of_fiscal_code("") is None


def test_a_changed_fiscal_code_is_refused() -> None:
    come()
    assert come(ANOTHERS, digest="d2") == Recognised(None, "changed")


def test_changed_to_somebody_of_another_body_too() -> None:
    come()
    give_code("teresa", NOBODYS)
    assert come(NOBODYS, digest="d2").why == "changed"
    assert Identification.objects.count() == 1


def test_the_same_name_in_another_way_is_another_identity() -> None:
    come()
    assert come(ANOTHERS, digest="d2", way="cie").actor.person_id == cast.person("gianni").pk


def test_a_token_comes_in_once() -> None:
    assert come().actor
    assert come() == Recognised(None, "replayed")


def test_one_that_let_nobody_in_was_seen_all_the_same() -> None:
    come(NOBODYS)
    assert come().why == "replayed"


def test_tokens_are_kept_a_day() -> None:
    come()
    with clock.frozen(cast.NOW + timedelta(days=1, minutes=1)):
        come(digest="d2")
    assert list(SeenToken.objects.values_list("digest", flat=True)) == ["d2"]
