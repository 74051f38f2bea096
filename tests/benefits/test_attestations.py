"""The ISEE as the office checks it: a number, or a side of the thresholds, and never more than is needed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cortile.benefits import actions, catalogue, isee
from cortile.benefits.actions.attestations import side
from cortile.benefits.models import Application, Datum, Step
from cortile.benefits.rules.deciding import Judge, Outcome, figures_on
from cortile.kit import clock
from cortile.kit.refusals import NotVisible, Refused
from tests import cast
from tests.benefits import files, money, notices

NUMBER = "INPS-ISEE-2026-12345678X-00"


def checked(*, below: bool = True, above: bool = True, discrepancies: bool = False, by: str = "federica") -> Application:
    """Check an application of Adele's, with no ISEE of hers, against the thresholds."""
    made = money.applied(notices.published(), said=money.stated(isee=None))
    return actions.record_threshold_check(
        made.pk, by=cast.at_desk(by), below_ceiling=below, above_floor=above, protocol=NUMBER, discrepancies=discrepancies
    )


def outcome(*, below: bool, above: bool) -> Outcome:
    """Return what the rule makes of a side of its thresholds, all the rest being well."""
    rule = catalogue.rule("energy")
    facts = {"band": 1, "due": 825_00, "solidarity_granted": 0, "isee": side(rule, below_ceiling=below, above_floor=above)}
    return Judge(rule, figures_on(rule, clock.today())).decide(facts).outcome


@pytest.mark.pure
def test_inside_the_thresholds_is_a_yes() -> None:
    assert outcome(below=True, above=True) == Outcome.ELIGIBLE


@pytest.mark.pure
def test_over_the_ceiling_is_a_no() -> None:
    assert outcome(below=False, above=True) == Outcome.NOT_ELIGIBLE


@pytest.mark.pure
def test_under_a_floor_the_texts_leave_open_an_operator_decides() -> None:
    assert outcome(below=True, above=False) == Outcome.REFER


def test_a_side_is_kept_as_a_side_and_never_as_a_value() -> None:
    checked()
    told = Datum.objects.filter(name="isee").latest("pk")
    assert (told.exact, told.evidence, told.source) == (False, NUMBER, "INPS, consultazione di soglia")


def test_discrepancies_ask_for_papers_and_refuse_nobody() -> None:
    made = checked(discrepancies=True)
    assert made.state == "submitted"
    assert "servono documenti" in Step.objects.get(application=made, kind="protocol").text


def test_a_number_is_written_beside_the_value_in_use() -> None:
    made = money.applied(notices.published())
    actions.record_protocol_number(made.pk, by=cast.at_desk("federica"), protocol="inps isee 2026 12345678x 00")
    assert Datum.objects.filter(name="isee").values_list("value", "evidence").latest("pk") == (12_400_00, NUMBER)


@pytest.mark.parametrize("act", ["record_protocol_number", "record_threshold_check"])
def test_a_wrong_number_is_refused(act: str) -> None:
    made, side_of = money.applied(notices.published()), {"below_ceiling": True, "above_floor": True, "discrepancies": False}
    acts = {
        "record_protocol_number": lambda: actions.record_protocol_number(made.pk, by=cast.at_desk("federica"), protocol="12345"),
        "record_threshold_check": lambda: actions.record_threshold_check(
            made.pk, by=cast.at_desk("federica"), protocol="12345", **side_of
        ),
    }
    with pytest.raises(Refused) as found:
        acts[act]()
    assert found.value.code == "protocol-wrong"


def test_a_side_of_the_thresholds_gives_the_application_what_it_asks_for() -> None:
    made = checked(below=False)
    assert Application.objects.get(pk=made.pk).asked_cents == 0
    assert Application.objects.get(pk=checked_again(made)).asked_cents == 412_50


def checked_again(made: Application) -> int:
    """Check the same application anew: it is inside after all."""
    by = cast.at_desk("federica")
    return actions.record_threshold_check(
        made.pk, by=by, below_ceiling=True, above_floor=True, protocol=NUMBER, discrepancies=False
    ).pk


def test_while_a_proposal_waits_no_isee_is_written() -> None:
    row = files.arrived()
    files.proposed(row)
    said = files.refusal(actions.record_protocol_number, row.pk, by=cast.at_desk("federica"), protocol=NUMBER)
    assert (said, Datum.objects.filter(evidence=NUMBER).exists()) == ("wrong-moment", False)


def test_who_does_not_examine_checks_nothing() -> None:
    with pytest.raises(NotVisible):
        checked(by="marta")


@pytest.mark.pure
@given(st.integers(2000, 2099), st.from_regex(r"[0-9]{8}[A-Z0-9]", fullmatch=True), st.sampled_from(["-", " ", "", "/"]))
def test_a_number_is_read_however_it_is_typed(year: int, middle: str, between: str) -> None:
    typed = between.join(["INPS", "ISEE", str(year), middle, "00"])
    assert isee.protocol(typed.lower()) == f"INPS-ISEE-{year}-{middle}-00"


@pytest.mark.pure
@pytest.mark.parametrize("typed", ["12.400", "INPS-ISEE-2026-1234-00", "INPS-DSU-2026-12345678X-00", ""])
def test_a_sum_or_the_number_of_something_else_is_none(typed: str) -> None:
    with pytest.raises(ValueError, match="^" + typed + "$"):
        isee.protocol(typed)
