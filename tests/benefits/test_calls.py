"""A call is one set, signed by two people, and never changes once it is out."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from cortile.benefits import actions as benefits
from cortile.benefits import reads
from cortile.benefits.models import CallVersion
from cortile.benefits.rules import fingerprints
from cortile.kit import clock, scopes
from cortile.kit.refusals import NotVisible, Refused
from tests import cast
from tests.benefits import money, notices


def refused(act: Any, *args: Any, **named: Any) -> str:  # noqa: ANN401 -- any act's own
    """Return the code an act is refused with."""
    with pytest.raises(Refused) as found:
        act(*args, **named)
    return found.value.code


@contextlib.contextmanager
def sql() -> Iterator[Any]:
    """Give a cursor that may write past the acts, as somebody with the database's password would."""
    with scopes.opened(scopes.EVERYTHING), connection.cursor() as cursor:
        yield cursor


def test_two_people_sign_and_it_is_in_force() -> None:
    version = notices.published()
    assert (version.state, [v.pk for v in reads.open_now(cast.agency().pk)]) == ("published", [version.pk])


def test_whoever_proposed_it_does_not_publish_it() -> None:
    version = notices.proposed()
    assert refused(benefits.publish_call, version.pk, by=cast.at_desk("federica")) == "own-signature"


def test_nor_does_the_database_let_them() -> None:
    version = notices.proposed()
    words = "UPDATE benefits_callversion SET published_by_id = proposed_by_id, published_at = proposed_at WHERE id = %s"
    with pytest.raises(IntegrityError, match="call_version_two_people"), transaction.atomic(), sql() as cursor:
        cursor.execute(words, [version.pk])


def test_what_nobody_proposed_is_not_published() -> None:
    with pytest.raises(Refused) as found:
        benefits.publish_call(notices.drafted().pk, by=cast.at_desk("paola"))
    assert found.value.code == "not-proposed"


@pytest.mark.parametrize("who", ["marta", "silvia", "nadia", "salvatore"])
def test_nobody_else_drafts_a_call(who: str) -> None:
    given: dict[str, Any] = {"code": "x", "programme": "energy", "rule": notices.rule("energy"), "conditions": notices.CONDITIONS}
    with pytest.raises(Refused) as found:
        benefits.draft_call(cast.agency(), by=cast.at_desk(who), **given)
    assert found.value.code == "not-allowed"


def test_another_body_finds_nothing() -> None:
    version = notices.proposed()
    with pytest.raises(NotVisible):
        reads.one_version(version.pk, by=cast.at_desk("sara"))


def test_nor_is_it_proposed_again() -> None:
    with pytest.raises(Refused) as found:
        benefits.propose_call(notices.published().pk, by=cast.at_desk("federica"))
    assert found.value.code == "version-published"


@pytest.mark.parametrize("change", ["SET fingerprint = ''", "SET published_at = NULL", "SET rule_data = '{}'"])
def test_a_published_version_never_changes(change: str) -> None:
    version = notices.published()
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic(), sql() as cursor:
        cursor.execute(f"UPDATE benefits_callversion {change} WHERE id = %s", [version.pk])


def test_a_draft_can_still_be_signed_by_another() -> None:
    version = notices.proposed()
    assert benefits.propose_call(version.pk, by=cast.at_desk("federica")).state == "proposed"


def test_a_correction_is_a_new_version() -> None:
    first = notices.published()
    second = notices.published(envelope_cents=5)
    assert (second.number, second.call_id, reads.open_now(cast.agency().pk)) == (2, first.call_id, [second])


def test_the_same_set_has_the_same_fingerprint_and_another_has_not() -> None:
    prints = [notices.drafted().fingerprint, notices.drafted().fingerprint, notices.drafted(envelope_cents=5).fingerprint]
    assert (prints[0] == prints[1], prints[1] == prints[2]) == (True, False)


def test_what_is_stored_is_read_back_as_it_was_fingerprinted() -> None:
    version = CallVersion.objects.get(pk=notices.drafted().pk)
    assert version.fingerprint == fingerprints.of_data([version.rule_data, version.terms_data])


NOT_COMPLETE: dict[str, dict[str, Any]] = {
    "no purpose": {"texts": {"title": "x", "paid_how": "x"}}, "closed before it opens": {"closes_at": "2026-02-01T08:00:00+00:00"},
    "a day without a zone": {"opens_at": "2026-03-01T08:00:00"}, "an envelope below nought": {"envelope_cents": -1},
    "half a cent": {"envelope_cents": 0.5}, "no strategy": {"strategy": "the nicest first"}, "no rule": {"rule": {}},
    "nobody knows the last": {"last": ""}, "documents in one line": {"documents": "ISEE"},
}  # fmt: skip


@pytest.mark.parametrize("name", NOT_COMPLETE)
def test_a_set_that_is_not_whole_is_refused(name: str) -> None:
    assert refused(notices.drafted, **NOT_COMPLETE[name]) == "rule-unsound"


def test_a_text_nobody_could_read_is_not_proposed() -> None:
    texts = notices.CONDITIONS["texts"] | {
        "purpose": "L'erogazione del beneficio è subordinata alla presentazione dell'istanza corredata dalla documentazione."
    }
    assert refused(notices.proposed, texts=texts) == "texts-not-plain"


WINDOW = {"2026-03-01T07:59": False, "2026-03-01T08:00": True, "2026-04-30T09:59": True, "2026-04-30T10:00": False}


@pytest.mark.parametrize("at", WINDOW)
def test_a_call_is_open_from_its_first_instant_to_its_last(at: str) -> None:
    notices.published()
    with clock.frozen(datetime.fromisoformat(f"{at}+00:00")):
        assert bool(reads.open_now(cast.agency().pk)) == WINDOW[at]


def test_it_is_said_in_plain_sentences() -> None:
    assert "L'ISEE è almeno 9.360,01 euro." in reads.said(notices.published())


def test_a_draft_is_written_over_and_loses_the_signature_it_had() -> None:
    version = notices.proposed()
    changed = benefits.redraft_call(
        version.pk, by=cast.at_desk("federica"), rule=version.rule_data, conditions=notices.CONDITIONS | {"envelope_cents": 5}
    )
    assert (changed.state, changed.terms.envelope_cents, changed.fingerprint != version.fingerprint) == ("draft", 5, True)


def test_a_published_version_is_not_written_over() -> None:
    version = notices.published()
    over = {"rule": version.rule_data, "conditions": version.terms_data}
    assert refused(benefits.redraft_call, version.pk, by=cast.at_desk("federica"), **over) == "version-published"


def test_going_back_is_a_new_draft_equal_to_the_old_one() -> None:
    first = notices.published(takes_effect="2026-03-02T08:00:00+00:00")
    notices.published(envelope_cents=5)
    again = benefits.draft_again(first.pk, by=cast.at_desk("federica"))
    assert (again.number, again.state, again.rule_data, again.terms.takes_effect) == (3, "draft", first.rule_data, None)


@pytest.mark.parametrize("who", ["paola", "marta", "nadia"])
def test_nobody_else_goes_back(who: str) -> None:
    assert refused(benefits.draft_again, notices.published().pk, by=cast.at_desk(who)) == "not-allowed"


def test_each_version_says_how_many_applications_stand_on_it() -> None:
    version = notices.published()
    money.applied(version)
    assert reads.used_by(version.call_id, by=cast.at_desk("federica")) == {version.pk: 1}


def test_another_body_does_not_ask_that_either() -> None:
    with pytest.raises(NotVisible):
        reads.used_by(notices.published().call_id, by=cast.at_desk("sara"))
