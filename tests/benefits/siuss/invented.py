"""Contributions nobody received: one flow to change, and as many others as Hypothesis likes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from stdnum.it import codicefiscale

from cortile.benefits.siuss import codes, fiscal_code
from cortile.benefits.siuss.records import (
    Area,
    Beneficiary,
    Body,
    Channel,
    Flow,
    Isee,
    MeansTest,
    Nature,
    Operation,
    Record,
    Residence,
    Sex,
    flow_id,
)

NOW = datetime(2026, 3, 11, 9, tzinfo=UTC)
SOME = settings(max_examples=30, deadline=None)  # each builds whole flows
PLACE = "Z999"  # no municipality and no country has it


def code_of(family: str, given: str, born: date, sex: Sex, letters: str = "") -> str:
    """Return a codice fiscale that holds, born nowhere."""
    day = born.day + (40 if sex is Sex.FEMALE else 0)
    start = letters or fiscal_code.letters(family, given) or "XXXXXX"
    body = f"{start}{born:%y}{'ABCDEHLMPRST'[born.month - 1]}{day:02d}{PLACE}"
    return f"{body}{codicefiscale.calc_check_digit(body)}"


MILAN = Residence(region="10", municipality="015146")
ADELE = Beneficiary("BLLDLA47S52Z999G", "Bellini", "Adele", 1947, PLACE, Sex.FEMALE, (MILAN,))
HEATING = Record(
    ADELE, "A1.05", "Contributi economici per alloggio", "2026/0142", MeansTest.ISEE, Nature.ONE_OFF, 41_250,
    paid_on=date(2026, 3, 9), decided_on=date(2026, 2, 27), isee=Isee("INPS-ISEE-2026-01234567K-00", date(2026, 1, 20)),
)  # fmt: skip
BODY = Body("F205", "ALER di prova", "F205", code_of("Verdi", "Ornella", date(1971, 5, 3), Sex.FEMALE))
FLOW = Flow(flow_id("F205", date(2026, 3, 11), 1), NOW, BODY, (HEATING,))
MONTHLY = replace(HEATING, nature=Nature.PERIODIC, paid_on=None, starts_on=date(2026, 1, 1), ends_on=date(2026, 6, 30), months=6)


def flow(**changes: Any) -> Flow:  # noqa: ANN401 -- whatever a test breaks
    """Return the flow, with some fields of its record changed."""
    return replace(FLOW, records=(replace(HEATING, **changes),))


def person(**changes: Any) -> Flow:  # noqa: ANN401 -- as above
    """Return the flow, with some fields of its beneficiary changed."""
    return flow(beneficiary=replace(ADELE, **changes))


def body(**changes: Any) -> Flow:  # noqa: ANN401 -- as above
    """Return the flow, with some fields of who sends it changed."""
    return replace(FLOW, body=replace(BODY, **changes))


def monthly(**changes: Any) -> Flow:  # noqa: ANN401 -- as above
    """Return the flow with a monthly contribution, some fields changed."""
    return replace(FLOW, records=(replace(MONTHLY, **changes),))


_names = st.text(st.sampled_from("ABEILMNOTabceilnorstuzàéìòùç '-&<>\"أمينة中")).map(lambda name: name[:36]).filter(str.strip)
_digits = st.integers(0, 9).map(str)


@st.composite
def _people(draw: st.DrawFn) -> Beneficiary:
    family, given, sex = draw(_names), draw(_names), draw(st.sampled_from(Sex))
    born = draw(st.dates(date(1920, 1, 1), date(2019, 12, 31)))
    code = code_of(family, given, born, sex)
    abroad = st.builds(Residence, st.sampled_from(["250", "818", "504"]))
    places = draw(st.lists(st.one_of(st.just(MILAN), abroad), min_size=1, max_size=5))
    second = draw(st.sampled_from(["", "504", "818"]))
    return Beneficiary(code, family, given, born.year, PLACE, sex, tuple(places), "380", second)


@st.composite
def _records(draw: st.DrawFn, application: str) -> Record:
    code = draw(st.sampled_from([row.code for row in codes.categories().values() if len(row.description) >= 10]))
    asked, means = draw(st.dates(date(2020, 1, 1), date(2026, 1, 1))), draw(st.sampled_from(MeansTest))
    decided = asked + timedelta(draw(st.integers(0, 30)))
    isee = Isee(f"INPS-ISEE-{asked.year}-{draw(st.integers(0, 99_999_999)):08d}K-00", asked) if means is MeansTest.ISEE else None
    plain = Record(
        draw(_people()), code, codes.description(code), application, means, Nature.ONE_OFF, draw(st.integers(1, 10**9)),
        paid_on=decided + timedelta(draw(st.integers(0, 30))), decided_on=decided, isee=isee, in_care=draw(st.booleans()),
        area=draw(st.sampled_from(Area)), operation=draw(st.sampled_from(Operation)),
    )  # fmt: skip
    if draw(st.booleans()):
        return plain
    ends = draw(st.one_of(st.none(), st.just(date(decided.year, 12, 31))))
    months = draw(st.one_of(st.none(), st.integers(1, 12)))
    return replace(plain, nature=Nature.PERIODIC, paid_on=None, starts_on=decided, ends_on=ends, months=months)


@st.composite
def flows(draw: st.DrawFn, most: int = 1) -> Flow:
    """Return a flow with nothing wrong: one record to be pulled, or more to be uploaded."""
    count = draw(st.integers(1, most))
    records = tuple(draw(_records(f"2026/{number:04d}")) for number in range(count))
    return replace(FLOW, records=records, channel=Channel.UPLOAD if count > 1 else Channel.PULL)
