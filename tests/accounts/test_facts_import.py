"""Bands, charges and ISEE statements as the landlord's lists say them: taken in, compared, closed, refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from cortile.accounts import actions, registry
from cortile.accounts.models import Charge, IseeStatement, RentBand
from cortile.accounts.registry import Report, generate
from cortile.agencies.models import Agency
from cortile.kit import mirror
from cortile.kit.models import AuditEvent, AuditSubject
from cortile.kit.refusals import Refused
from cortile.people.models import Person, Tenancy
from tests import cast, traces
from tests.accounts.delivery import WHOLE, deliver, of, send
from tests.accounts.facts import FACTS, FASCE, ISEE, SPESE

PROTOCOL = "INPS-ISEE-2026-00000123A-00"
BAD = {
    "fasce.csv": [
        ("C1;protezione", "C9;protezione", "contratto"), ("protezione", "sostegno", "area"), ("2025;", "25;", "anno"),
        ("C1;", ";", "contratto"), ("01/10/2025", "32/10/2025", "data"), ("C1;protezione;a5;2025", "C2;accesso;;2025", "contratto"),
    ],
    "spese.csv": [
        ("C1;riscaldamento", "C9;riscaldamento", "contratto"), ("riscaldamento", "caldaia", "voce"),
        ("2025/26", "2025", "stagione"), ("2025/26", "2025/27", "stagione"), ("825,00", "-825,00", "dovuto"),
        ("825,00", "tanto", "dovuto"), ("825,00;", "825,00;-1", "pagato"), ("C1;servizi", "C1;riscaldamento", "contratto"),
    ],
    "isee.csv": [
        ("N1;", "N9;", "nucleo"), ("ordinario", "vecchio", "tipo"), ("12.400,00", "-12.400,00", "valore"),
        ("31/12/2026", "19/01/2026", "valida_fino"), ("INPS-ISEE-2026-00000123A-00;20/01/2026", ";", "rilasciata"),
        ("31/12/2026;no", "31/12/2026;forse", "difformita"),
    ],
}  # fmt: skip
CASES = [(name, *case) for name, cases in BAD.items() for case in cases]


def _all(changed: dict[str, str] | None = None) -> Report:
    return deliver(FACTS | (changed or {}))


def test_the_three_lists_are_taken_in() -> None:
    report = _all()
    told = [(f.what, f.added) for f in report.files[-3:]]
    assert (told, report.rejected) == ([("fasce", 2), ("spese", 3), ("attestazioni ISEE", 2)], 0)


def test_a_band_keeps_its_step_its_census_and_its_source() -> None:
    _all()
    band = RentBand.objects.get(tenancy__code="C1")
    assert (band.area, band.step, band.census_year, band.source) == ("protezione", "A5", 2025, "anagrafe utenza 2025")


def test_a_charge_is_kept_in_cents() -> None:
    _all()
    charge = Charge.objects.get(tenancy__code="C2", item="heating")
    assert (charge.season, charge.due_cents, charge.paid_cents, charge.increase_cents) == ("2025/26", 64_050, 0, 14_000)


def test_a_statement_is_of_the_household() -> None:
    _all()
    isee = IseeStatement.objects.get(household__code="N1")
    assert (isee.kind, isee.value_cents, isee.protocol, isee.valid_until) == (
        "ordinary", 1_240_000, PROTOCOL, date(2026, 12, 31),
    )  # fmt: skip


def test_the_same_lists_again_change_nothing() -> None:
    _all()
    report = _all()
    assert (report.touched, report.rejected) == (0, 0)


def test_another_way_to_write_a_fact_is_not_another_fact() -> None:
    _all()
    written = SPESE.replace("riscaldamento", "Heating", 1).replace("825,00", "825")
    report = _all({"spese.csv": written, "isee.csv": ISEE.replace(PROTOCOL, f" {PROTOCOL.lower()}")})
    assert (report.touched, report.rejected) == (0, 0)


def test_what_changed_is_told_in_the_words_of_the_file() -> None:
    _all()
    change = of(_all({"isee.csv": ISEE.replace("12.400,00", "12.500,00")}), "attestazioni ISEE").changes[0]
    assert (change.code, change.column, change.before, change.after) == (f"N1 {PROTOCOL}", "valore", "12400,00", "12500,00")


def test_a_fact_no_longer_in_the_list_is_closed_and_comes_back(now: object) -> None:
    _all()
    _all({"fasce.csv": FASCE.replace("C2;Permanenza;;2025;01/10/2025;\n", "")})
    assert RentBand.objects.get(tenancy__code="C2").closed_on == cast.NOW.date()
    _all()
    assert RentBand.objects.get(tenancy__code="C2").closed_on is None


def test_the_next_census_stands_beside_the_last_one() -> None:
    _all()
    _all({"fasce.csv": FASCE + "C1;accesso;B1;2027;01/10/2027;\n"})
    assert list(RentBand.objects.filter(tenancy__code="C1").values_list("census_year", "area")) == [
        (2027, "accesso"), (2025, "protezione"),
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "good", "bad", "column"), CASES)
def test_a_fact_that_cannot_be_is_rejected_alone(name: str, good: str, bad: str, column: str) -> None:
    file = next(f for f in _all({name: FACTS[name].replace(good, bad, 1)}).files if f.name == name)
    assert [r.column for r in file.rejects] == [column]
    assert file.added == file.rows - 1


def test_a_protocol_of_another_shape_is_taken_and_doubted() -> None:
    report = _all({"isee.csv": ISEE.replace(PROTOCOL, "CAF-12")})
    file = of(report, "attestazioni ISEE")
    assert (file.added, [d.column for d in file.doubts]) == (2, ["protocollo"])
    assert report.lines[-1].endswith("0 scartati, 1 da ricontrollare")


def test_a_good_protocol_is_not_doubted() -> None:
    assert of(_all(), "attestazioni ISEE").doubts == []


def test_a_word_nobody_knows_is_answered_with_those_we_know() -> None:
    (bad,) = of(_all({"fasce.csv": FASCE.replace("protezione", "sostegno")}), "fasce").rejects
    assert bad.cure == "Scrivi una di queste: protezione, accesso, permanenza, decadenza."


def test_english_headers_are_taken_for_facts_too() -> None:
    english = "tenancy;item;season;due;paid;increase;as_of\n" + SPESE.split("\n", 1)[1]
    assert of(_all({"spese.csv": english}), "spese").added == 3


def test_a_list_of_facts_is_known_by_its_columns() -> None:
    send(WHOLE)
    report = send({"export-1.csv": FASCE, "export-2.csv": SPESE, "export-3.csv": ISEE})
    assert [f.what for f in report.files] == ["fasce", "spese", "attestazioni ISEE"]


def test_the_audit_names_everybody_of_the_household() -> None:
    _all()
    event = AuditEvent.objects.get(what="registry.isee_taken_in")
    named = set(AuditSubject.objects.filter(event=event).values_list("person_id", flat=True))
    assert named == set(Person.objects.filter(code__in=["P1", "P2", "P3"]).values_list("pk", flat=True))


def test_an_invented_registry_has_facts_when_asked_and_the_same_five_files_when_not() -> None:
    plain, whole = (dict(generate.files(generate.Recipe(40, facts=facts))) for facts in (False, True))
    assert set(whole) - set(plain) == {"fasce.csv", "spese.csv", "isee.csv"}
    assert {name: whole[name] for name in plain} == plain


def test_invented_facts_are_all_taken_in() -> None:
    report = registry.run(cast.agency(), generate.files(generate.Recipe(40, facts=True)), by=cast.SYSTEM)
    assert report.rejected == 0
    assert sum(len(f.doubts) for f in report.files) == 0


def _opened(table: mirror.Mirror) -> mirror.Ledger:
    return mirror.opened(table, cast.agency().pk)


def test_a_band_comes_in_by_its_act(milano: Agency) -> None:
    row = actions.BandRow("C 2025", 1, Tenancy.objects.get(code="C-adele").pk, "accesso", "B1", 2025, date(2025, 10, 1), "")
    actions.take_in_bands(milano, [row], by=cast.at_desk("nadia"), ledger=_opened(actions.BANDS))
    assert traces.subjects("registry.bands_taken_in") == {cast.person("adele").pk}


def test_a_charge_comes_in_by_its_act(milano: Agency) -> None:
    contract = Tenancy.objects.get(code="C-adele").pk
    row = actions.ChargeRow("C h 2025/26", 1, contract, "heating", "2025/26", 82_500, 0, None, date(2026, 3, 1))
    actions.take_in_charges(milano, [row], by=cast.at_desk("nadia"), ledger=_opened(actions.CHARGES))
    assert traces.subjects("registry.charges_taken_in") == {cast.person("adele").pk}


def test_a_statement_comes_in_by_its_act(milano: Agency) -> None:
    home = Tenancy.objects.get(code="C-adele").household_id
    row = actions.IseeRow("N p", 1, home, "ordinary", 1_240_000, "", date(2026, 1, 20), date(2026, 12, 31), False, "")
    actions.take_in_isee(milano, [row], by=cast.at_desk("nadia"), ledger=_opened(actions.ISEE))
    assert traces.subjects("registry.isee_taken_in") == {cast.person("adele").pk}


@pytest.mark.parametrize("who", ["marta", "paola", "federica", "anna"])
def test_nobody_else_takes_facts_in(who: str, milano: Agency) -> None:
    lists: list[tuple[Callable[..., object], mirror.Mirror]] = [
        (actions.take_in_bands, actions.BANDS), (actions.take_in_charges, actions.CHARGES), (actions.take_in_isee, actions.ISEE),
    ]  # fmt: skip
    for take_in, table in lists:
        with pytest.raises(Refused) as refused:
            take_in(milano, [], by=cast.at_desk(who), ledger=_opened(table))
        assert refused.value.code == "not-allowed"
