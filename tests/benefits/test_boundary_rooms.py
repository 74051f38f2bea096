"""The boundary table of the notices (domain §4.6) through the whole room: sent in, examined, told first of a no, signed."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import pytest

from cortile.benefits import tracing
from cortile.benefits.actions import Stated
from cortile.benefits.actions import examination as acts
from cortile.benefits.models import Application, CallVersion
from tests import cast
from tests.benefits import files, money, notices
from tests.benefits.files import federica, refusal

CALLS = ("energy", "energy_in_city", "solidarity")
PROTECTED, ACCESS, STAY = 0, 1, 2
GRANTED, PARTLY, REFUSED = "granted", "partly", "refused"
# Ways a file ends without an outcome of its rule: somebody must decide, or a paper is asked for.
PERSON, ASK = "grounds-missing", "datum-missing"


class Row(NamedTuple):
    """Data of a row of the table, and how it ends in each call, with its cents."""

    data: dict[str, int | None]
    ends: tuple[tuple[str, int], tuple[str, int], tuple[str, int]]


NO: tuple[str, int] = (REFUSED, 0)
TABLE = {
    "9,360.00": Row({"isee": 9_360_00, "band": PROTECTED, "due": 1_300_00}, ((PERSON, 0), (PERSON, 0), (PERSON, 0))),
    "9,360.01": Row({"isee": 9_360_01, "band": PROTECTED, "due": 1_300_00}, ((GRANTED, 600_00), (GRANTED, 600_00), NO)),
    "15,000.00": Row({"isee": 15_000_00, "due": 1_000_00}, ((GRANTED, 500_00), (GRANTED, 500_00), NO)),
    "15,000.01": Row({"isee": 15_000_01, "due": 1_000_00}, (NO, NO, NO)),
    "permanenza": Row({"band": STAY, "due": 1_500_00}, (NO, NO, NO)),
    "half a cent over the cap": Row({"due": 1_200_01}, ((GRANTED, 600_00), (GRANTED, 600_00), NO)),
    "nothing due": Row({"due": 0}, (NO, NO, NO)),
    "current ISEE expired": Row({"isee": None, "due": 1_000_00}, ((ASK, 0), (ASK, 0), (ASK, 0))),
    "arrears, no plan": Row({"due": 1_000_00, "arrears": 640_00}, ((GRANTED, 500_00), NO, NO)),
    "arrears, a signed plan": Row(
        {"due": 1_000_00, "arrears": 640_00, "signed_plan": 1}, ((GRANTED, 500_00), (GRANTED, 500_00), NO)
    ),
    "solidarity granted": Row({"due": 1_000_00, "solidarity_granted": 1}, (NO, NO, NO)),
    "below the floor": Row({"isee": 9_359_99, "band": PROTECTED, "due": 1_300_00}, (NO, NO, (GRANTED, 1_300_00))),
}
BASE: dict[str, int | None] = {
    "months_assigned": 130, "band": ACCESS, "isee": 12_000_00, "due": 1_000_00, "solidarity_granted": 0, "energy_granted": 0,
    "arrears": 0, "signed_plan": 0, "cause_of_loss": 0,
}  # fmt: skip


def sent_in(version: CallVersion, data: dict[str, int | None]) -> Application:
    """Send in an application, and write the data its registers would say."""
    names = {found.name for found in version.rule.inputs}
    said = {name: Stated(value, "dichiarato") for name, value in (BASE | data).items() if name in names}
    row = money.applied(version, said=said)
    for name, value in (BASE | data).items():
        if name in names:
            acts.correct_datum(row.pk, by=federica(), name=name, value=value, source="prova", reason="Come nella tabella.")
    return row


def ended(row: Application) -> tuple[str, int]:
    """Take a file to its end as an office does, and return how it ended: an outcome, or what keeps it from one."""
    said = tracing.trace_of(row).outcome
    if said == "missing":
        return refusal(acts.propose, row.pk, by=federica(), outcome="refused"), 0
    if said == "refer":
        return refusal(acts.propose, row.pk, by=federica(), outcome="granted"), 0
    made = files.decided(row) if said == "eligible" else files.told_no(row)
    return made.outcome, made.granted_cents


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("row", TABLE)
def test_a_row_of_the_table_ends_as_it_says(row: str, call: str) -> None:
    version = notices.published(call)
    assert ended(sent_in(version, TABLE[row].data)) == TABLE[row].ends[CALLS.index(call)]


@pytest.mark.parametrize("outcome", [GRANTED, REFUSED])
@pytest.mark.parametrize("call", CALLS)
def test_exactly_9360_is_a_person_s_word_either_way(call: str, outcome: str) -> None:
    row = sent_in(notices.published(call, preliminary_notice=False), TABLE["9,360.00"].data)
    assert files.decided(row, outcome, grounds="Lo dice il bando.").outcome == outcome


@pytest.mark.parametrize(("last", "ends"), [("partly", (PARTLY, 320_00)), ("whole_only", ("waiting", 0))])
def test_with_320_left_the_call_says_who_gets_it(last: str, ends: tuple[str, int]) -> None:
    version = notices.published(strategy="first_come", last=last)
    money.envelope(version, 320_00)
    assert ended(money.applied(version, said=money.stated(due=1_000_00))) == ends


@pytest.mark.parametrize("call", CALLS)
def test_an_isee_that_expired_is_asked_for_by_name(call: str) -> None:
    row = sent_in(notices.published(call), {"isee": 12_000_00})
    expired: dict[str, Any] = {"expires_on": date(2025, 12, 31), "source": "ISEE corrente", "reason": "Letto sul foglio."}
    # Below both limits, so that nothing else settles it.
    acts.correct_datum(row.pk, by=cast.at_desk("federica"), name="isee", value=9_000_00, **expired)
    assert [found.name for found in tracing.trace_of(row).missing] == ["isee"]
