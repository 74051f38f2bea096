"""Decisions worked out again under corrected data or another text: a signed difference each, and money after two signatures."""

from __future__ import annotations

import pytest

from cortile.benefits import examining
from cortile.benefits.actions import changes, ledger
from cortile.benefits.actions import examination as acts
from cortile.benefits.judging import Told
from cortile.benefits.models import Application, CallVersion, Decision, Envelope
from cortile.benefits.reevaluating import re_evaluate, total
from cortile.kit import clock
from cortile.kit.refusals import NotVisible, Refused
from cortile.messages.models import Message
from tests import cast
from tests.benefits import files, gone_out, money, notices
from tests.benefits.files import federica, paola

FIRST_COME = {"strategy": "first_come", "last": "partly", "envelope_cents": 1_000_00}


def granted(cents: int = 1_000_00, **values: int | None) -> Decision:
    """Return a yes whose money came out of an envelope of some cents."""
    version = notices.published(**FIRST_COME | {"envelope_cents": cents})
    money.envelope(version, cents)
    return files.decided(money.applied(version, said=money.stated(**values)))


def put_right(decision: Decision, **values: int | None) -> None:
    """Write data of a decided application anew."""
    for name, value in values.items():
        acts.correct_datum(decision.application_id, by=federica(), name=name, value=value, source="conti", reason="Corretto.")


def correct(*decisions: Decision, version: CallVersion | None = None, reason: str = "Il dato era sbagliato.") -> None:
    """Propose to correct some decisions."""
    acts.correct_decisions([d.pk for d in decisions], by=federica(), reason=reason, version=version)


def on(decision: Decision, account: str) -> int:
    """Return what stands for an application on an account, in cents."""
    return changes.standing_on(Application.objects.get(pk=decision.application_id), account)


@pytest.mark.parametrize(
    ("values", "cents", "settled"),
    [
        ({"due": 800_00}, -12_50, True), ({"due": 900_00}, 37_50, True), ({"isee": 15_000_01}, -412_50, True),
        ({"isee": None}, 0, False), ({"isee": 9_360_00}, 0, False), ({"isee": 12_000_00}, 0, True),
    ],
)  # fmt: skip
def test_each_difference_has_its_sign(values: dict[str, int | None], cents: int, settled: bool) -> None:
    made = granted()
    told = {name: Told(value, "conti") for name, value in values.items()}
    (found,) = re_evaluate([made], facts={made.application_id: told})
    assert (found.cents, found.settled, total([found])) == (cents, settled, cents)


def test_another_text_is_tried_on_what_was_decided() -> None:
    made = granted()
    rule = notices.rule("energy")
    rule["parameters"][3]["values"][0]["value"] = 400_00
    newer = files.publish(notices.drafted(rule=rule))
    assert [d.cents for d in re_evaluate([made], version=newer)] == [-12_50]


def test_more_is_committed_when_two_people_signed() -> None:
    made = granted()
    put_right(made, due=900_00)
    correct(made)
    assert on(made, "committed") == 412_50
    found = acts.decide(made.application_id, by=paola())
    assert (found.kind, found.granted_cents, on(made, "committed")) == ("correction", 450_00, 450_00)


def test_less_is_freed_for_who_comes_after() -> None:
    made = granted()
    put_right(made, due=800_00)
    correct(made)
    acts.decide(made.application_id, by=paola())
    assert (on(made, "committed"), ledger.balance(Envelope.objects.get(), "available")) == (400_00, 600_00)


def test_what_was_paid_already_is_asked_back() -> None:
    made = granted()
    gone_out.pay(made, 412_50, clock.today())
    put_right(made, due=800_00)
    correct(made)
    acts.decide(made.application_id, by=paola())
    assert (on(made, "paid"), on(made, "recovered")) == (400_00, 12_50)


def test_no_more_is_committed_than_the_envelope_reaches() -> None:
    made = granted(420_00)
    put_right(made, due=900_00)
    correct(made)
    found = acts.decide(made.application_id, by=paola())
    assert (found.outcome, found.award_cents, found.granted_cents) == ("partly", 450_00, 420_00)


def test_she_reads_before_now_and_what_becomes_of_the_difference() -> None:
    made = granted()
    put_right(made, due=800_00)
    correct(made, reason="La bolletta era di 800 euro.")
    acts.decide(made.application_id, by=paola())
    said = Message.objects.filter(key="application_corrected").get().body_it
    wanted = ("Prima erano 412,50 euro, ora sono 400 euro.", "La bolletta era di 800 euro.", "12,50 euro", "entro")
    assert [part for part in wanted if part not in said] == []


def test_who_was_told_no_may_be_told_yes() -> None:
    row = files.arrived(**files.RICH)
    made = files.told_no(row)
    put_right(made, isee=12_000_00)
    correct(made)
    with files.later(days=12):
        assert acts.decide(row.pk, by=paola()).outcome == "granted"


def test_only_what_changes_is_proposed() -> None:
    version = notices.published()
    first, second = (files.decided(money.applied(version, who)) for who in ("adele", "gianni"))
    put_right(first, due=800_00)
    correct(first, second)
    assert [d.application_id for d in examining.to_sign(by=paola())] == [first.application_id]


@pytest.mark.parametrize(("values", "reason", "code"), [
    ({}, "Motivo.", "nothing-changes"), ({"due": 800_00}, " ", "reason-missing"),
    ({"due": 800_00}, "Ai sensi del provvedimento l'istanza non risulta corredata.", "texts-not-plain"),
])  # fmt: skip
def test_what_is_not_corrected(values: dict[str, int], reason: str, code: str) -> None:
    made = granted()
    put_right(made, **values)
    with pytest.raises(Refused) as found:
        acts.correct_decisions([made.pk], by=federica(), reason=reason)
    assert found.value.code == code


def test_a_draft_corrects_nothing() -> None:
    made = granted()
    draft = notices.drafted()
    assert files.refusal(acts.correct_decisions, [made.pk], by=federica(), reason="Prova.", version=draft) == "nothing-changes"


def test_another_body_corrects_nothing_of_ours() -> None:
    assert files.refusal(acts.correct_decisions, [granted().pk], by=cast.at_desk("luca"), reason="Prova.") == "nothing-changes"


def test_who_signs_does_not_take_back() -> None:
    made = granted()
    with pytest.raises(NotVisible):
        acts.revoke(made.application_id, by=paola(), reason="Prova.")


def test_one_correction_at_a_time() -> None:
    made = granted()
    put_right(made, due=800_00)
    correct(made)
    assert files.refusal(acts.correct_decisions, [made.pk], by=federica(), reason="Ancora.") == "wrong-moment"
