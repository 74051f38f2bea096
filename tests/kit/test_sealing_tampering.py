"""Whatever a superuser does to what is sealed is found, and its place is named."""

from __future__ import annotations

import hashlib
import random

import pytest

from cortile.kit.sealing import sealer
from cortile.kit.sealing.anchor import Anchor
from tests.kit import audits
from tests.kit.audits import Connection, found
from tests.kit.spoils import SPOILS, Spoil, cut, deleted, put_in

LUCKS = [random.Random(n) for n in range(20)]  # noqa: S311 -- the same picks each time


@pytest.fixture(scope="module", autouse=True)
def _sealed(audit_name: str) -> None:
    """Seal a hundred events under six seals."""
    with audits.connect("app", audit_name) as app, audits.connect("audit", audit_name) as auditor:
        for many in (20, 1, 30, 4, 25, 20):
            audits.write(app, many)
            audits.seal(auditor)


@pytest.mark.parametrize("spoil", SPOILS, ids=lambda spoil: spoil.__name__)
def test_every_alteration_is_found_and_its_place_named(admin: Connection, spoil: Spoil) -> None:
    for luck in LUCKS:
        admin.execute("SAVEPOINT before")
        kind, place = spoil(admin, luck)
        assert (kind, place) in {(f.kind, p) for f in found(admin) for p in (f.event, f.seal)}
        admin.execute("ROLLBACK TO SAVEPOINT before")


def test_an_audit_nobody_touched_has_nothing_to_say(admin: Connection) -> None:
    assert found(admin) == []


def test_each_finding_is_one_sentence_with_its_place(admin: Connection) -> None:
    _, event = deleted(admin, LUCKS[0])
    (finding,) = found(admin)
    assert finding.sentence == f"L'evento {event} (sigillo {finding.seal}) è stato cancellato."


@pytest.mark.parametrize("after", range(6))
def test_a_cut_tail_is_seen_with_an_anchor_only(admin: Connection, after: int) -> None:
    last = sealer.last_seal(admin)
    cut(admin, after)
    assert found(admin) == []
    kept = Anchor(last.number, last.digest, last.public_key)
    assert [(f.kind, f.other) for f in found(admin, anchors=[kept])] == [("cut", 6)]


def test_a_tail_that_grew_again_is_not_the_anchor_s(admin: Connection) -> None:
    last = sealer.last_seal(admin)
    cut(admin, 4)
    for _ in range(2):
        put_in(admin, "pg_current_xact_id()::text::bigint")
        audits.seal(admin, heartbeat=sealer.HEARTBEAT * 0)
    kept = Anchor(last.number, last.digest, last.public_key)
    assert "rewritten" in {f.kind for f in found(admin, anchors=[kept])}


def test_a_leaf_without_its_seal_is_seen(admin: Connection) -> None:
    admin.execute("INSERT INTO kit_sealedevent (event_id, seal_id, leaf) VALUES (424242, 99, %s)", [hashlib.sha256().digest()])
    assert [(f.kind, f.seal, f.event) for f in found(admin)] == [("orphan", 99, 424242)]


def test_a_wrong_anchor_is_no_proof(admin: Connection) -> None:
    last = sealer.last_seal(admin)
    assert [f.kind for f in found(admin, anchors=[Anchor(3, last.digest, last.public_key)])] == ["rewritten"]
