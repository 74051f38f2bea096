"""The only way to write: one transaction, one audit event, one record however often it is repeated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cortile.agencies.models import Office
from cortile.kit import actions, scopes
from cortile.kit.actions import ActionError, action, done
from cortile.kit.actor import Actor
from cortile.kit.guard import WriteOutsideActionError
from cortile.kit.models import AuditEvent, Receipt
from cortile.kit.refusals import Refused
from tests import cast

Act = Callable[..., Any]


@pytest.fixture(autouse=True)
def _an_empty_register(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the acts of these tests out of the house's own list."""
    monkeypatch.setattr(actions, "REGISTRY", {})


def opener(events: int = 1) -> Act:
    """Return an act that opens an office and leaves some events."""

    @action("prova.opened")
    def open_it(name: str, *, by: Actor, once: str = "") -> Office:
        """Open an office."""
        row = Office.objects.create(agency=cast.agency(), name=name)
        for _ in range(events):
            done("C", row, fields=["name"], reason="prova")
        return row

    return open_it


def test_an_act_leaves_its_event(marta: Actor) -> None:
    row = opener()("Uno", by=marta)
    event = AuditEvent.objects.latest("pk")
    assert (event.what, event.verb, event.agent_id, event.thing, event.thing_id) == (
        "prova.opened", "C", marta.id, "agencies.office", row.pk,
    )  # fmt: skip
    assert (event.fields, event.reason, event.agent_role, event.agency_id) == (["name"], "prova", marta.role, marta.agency_id)


@pytest.mark.parametrize("events", [0, 2])
def test_not_one_event_is_a_mistake_and_nothing_is_written(marta: Actor, events: int) -> None:
    before = AuditEvent.objects.count()
    with pytest.raises(ActionError, match=f"left {events} audit events"):
        opener(events)("Uno", by=marta)
    assert (Office.objects.filter(name="Uno").exists(), AuditEvent.objects.count()) == (False, before)


def test_the_same_key_gives_the_first_record(marta: Actor) -> None:
    act = opener()
    assert act("Uno", by=marta, once="k") == act("Due", by=marta, once="k")
    assert not Office.objects.filter(name="Due").exists()


def test_the_repetition_leaves_no_second_event(marta: Actor) -> None:
    act = opener()
    act("Uno", by=marta, once="k")
    before = AuditEvent.objects.count()
    act("Uno", by=marta, once="k")
    assert AuditEvent.objects.count() == before


def test_a_key_is_of_one_actor(marta: Actor, paola: Actor) -> None:
    act = opener()
    assert act("Uno", by=marta, once="k") != act("Due", by=paola, once="k")


def test_without_a_key_every_time_counts(marta: Actor) -> None:
    act = opener()
    assert act("Uno", by=marta) != act("Due", by=marta)
    assert not Receipt.objects.exists()


def test_an_act_that_failed_leaves_its_key_free(marta: Actor) -> None:
    @action("prova.tried")
    def try_it(*, by: Actor, fails: bool, once: str = "") -> Office:
        """Open an office, or not."""
        actions.refuse_unless(not fails, "not-today", "Oggi no.")
        row = Office.objects.create(agency=cast.agency(), name="Uno")
        done("C", row)
        return row

    with pytest.raises(Refused, match="not-today"):
        try_it(by=marta, fails=True, once="k")
    assert try_it(by=marta, fails=False, once="k").name == "Uno"


def test_an_act_without_an_actor_cannot_be_written() -> None:
    with pytest.raises(ActionError, match=r"prova\.anonymous"):

        @action("prova.anonymous")
        def nobody(name: str) -> None:
            """Nobody does it."""


def test_two_acts_do_not_share_a_name() -> None:
    opener()
    with pytest.raises(ActionError, match=r"prova\.opened"):
        opener()


def test_no_act_starts_while_somebody_only_looks(marta: Actor) -> None:
    with scopes.safe_method(), pytest.raises(ActionError):
        opener()("Uno", by=marta)


def test_an_act_inside_an_act_leaves_its_own(marta: Actor) -> None:
    inner = opener()

    @action("prova.outer")
    def outer(*, by: Actor) -> Office:
        """Open through another act."""
        row: Office = inner("Uno", by=by)
        done("U", row)
        return row

    outer(by=marta)
    assert list(AuditEvent.objects.order_by("-pk").values_list("what", flat=True)[:2]) == ["prova.outer", "prova.opened"]


def test_when_the_act_ends_writing_ends(marta: Actor) -> None:
    row = opener()("Uno", by=marta)
    with pytest.raises(WriteOutsideActionError):
        row.save()


def test_a_refusal_says_what_to_do() -> None:
    with pytest.raises(Refused) as refused:
        actions.refuse_unless(None, "words-missing", "Manca il testo.", "Scrivi una frase.")
    assert str(refused.value) == "words-missing: Manca il testo. Scrivi una frase."
