"""What a delivery does to the body's registry, the first time and the next ones."""

from __future__ import annotations

from datetime import date

import pytest

from cortile.accounts.models import Account, RegistryImport
from cortile.agencies.models import Agency
from cortile.homes.models import Building, Dwelling, Neighbourhood
from cortile.kit.actor import Actor
from cortile.kit.models import AuditEvent, AuditSubject
from cortile.kit.refusals import Refused
from cortile.people import reads as people
from cortile.people import rules
from cortile.people.models import ContactPoint, Membership, Person, Tenancy
from tests import cast
from tests.accounts.delivery import CONTI, CONTRATTI, PERSONE, WHOLE, deliver, of, send


def test_a_first_delivery_adds_everything() -> None:
    report = deliver()
    assert [(f.what, f.added) for f in report.files] == [
        ("edifici", 1), ("alloggi", 2), ("persone", 3), ("contratti", 2), ("conti", 2),
    ]  # fmt: skip


def test_the_same_delivery_again_changes_nothing() -> None:
    deliver()
    report = deliver()
    assert (report.touched, report.rejected) == (0, 0)


def test_the_household_comes_from_the_people_file() -> None:
    deliver()
    household = Membership.objects.filter(household__code="N1").order_by("person__code")
    assert list(household.values_list("person__code", "kinship")) == [("P1", "intestataria"), ("P2", "coniuge")]


def test_a_contract_without_household_is_the_holders() -> None:
    deliver()
    assert Tenancy.objects.get(code="C2").household.code == "N2"


def test_a_holder_without_household_gets_one_of_their_own() -> None:
    deliver({"persone.csv": PERSONE.replace(";N2;", ";;")})
    assert Tenancy.objects.get(code="C2").household.memberships.get().person.code == "P3"


def test_people_live_where_their_contract_says() -> None:
    deliver()
    pina = Person.objects.select_related("home_stair__building", "home_neighbourhood").get(code="P1")
    assert (str(pina.home_stair), str(pina.home_stair.building), pina.floor) == ("A", "Via delle Rondini 7", "1")
    assert str(pina.home_neighbourhood) == "San Siro"


def test_a_person_moves_when_the_contract_does() -> None:
    deliver()
    report = deliver({"contratti.csv": CONTRATTI.replace("C1;A1", "C1;A2")})
    assert report.moved == 2
    assert Person.objects.get(code="P2").home_stair.name == "B"


def test_a_known_neighbourhood_is_not_made_twice(milano: Agency) -> None:
    deliver()
    assert Neighbourhood.objects.filter(agency=milano, name="San Siro").count() == 1


def test_a_new_neighbourhood_is_added(milano: Agency) -> None:
    deliver({"edifici.csv": WHOLE["edifici.csv"].replace("San Siro", "Fornaci")})
    assert Neighbourhood.objects.get(agency=milano, name="Fornaci").municipality == "Milano"


def test_money_is_kept_in_cents() -> None:
    deliver()
    pina, amal = Account.objects.filter(code__in=["K1", "K2"]).order_by("code")
    assert (pina.balance_cents, pina.monthly_rent_cents) == (123450, 9820)
    assert (amal.balance_cents, amal.monthly_rent_cents) == (-2000, 64050)


def test_square_metres_are_rounded() -> None:
    deliver()
    assert Dwelling.objects.get(code="A1").square_metres == 54


def test_shouted_names_are_written_as_people_write_them() -> None:
    deliver()
    assert Person.objects.get(code="P1").full_name == "Pina Rossi"


def test_everybody_gets_a_good_card() -> None:
    deliver()
    cards = set(Person.objects.filter(code__in=["P1", "P2", "P3"]).values_list("card_number", flat=True))
    assert len(cards) == 3
    assert all(rules.is_card(c) for c in cards)


@pytest.mark.parametrize("typed", ["Rossi", "Amal Hadad", "rondini 7", "333 5550 201"])
def test_imported_people_are_found(marta: Actor, typed: str) -> None:
    deliver()
    assert {p.code for p in people.search(typed, by=marta)} & {"P1", "P2", "P3"}


def test_a_changed_name_is_found_anew(marta: Actor) -> None:
    deliver()
    report = deliver({"persone.csv": PERSONE.replace("Haddad", "Mansour")})
    assert of(report, "persone").changed == 1
    assert [p.code for p in people.search("mansour", by=marta)] == ["P3"]
    assert "P3" not in {p.code for p in people.search("haddad", by=marta)}


def test_differences_are_told_in_the_words_of_the_file() -> None:
    deliver()
    change = of(deliver({"conti.csv": CONTI.replace("1.234,50", "1.300")}), "conti").changes[0]
    assert (change.code, change.column, change.before, change.after) == ("K1", "saldo", "1234,50", "1300,00")


def test_another_way_to_write_the_same_is_not_a_change() -> None:
    deliver()
    report = deliver({"persone.csv": PERSONE.replace("14/03/1948", "1948-03-14").replace("ROSSI;PINA", "Rossi;Pina")})
    assert (report.touched, of(report, "persone").unchanged) == (0, 3)


def test_who_is_no_longer_there_is_closed_not_deleted(now: object) -> None:
    deliver()
    report = deliver({"persone.csv": PERSONE.replace("P2;Rossi;Ugo;1950-02-01;;N1;coniuge;;\n", "")})
    assert of(report, "persone").closed == 1
    assert Person.objects.get(code="P2").closed_on == cast.NOW.date()
    assert Membership.objects.get(person__code="P2").until == cast.NOW.date()


def test_who_comes_back_is_open_again() -> None:
    deliver()
    deliver({"persone.csv": PERSONE.replace("P2;Rossi;Ugo;1950-02-01;;N1;coniuge;;\n", "")})
    deliver()
    assert Person.objects.get(code="P2").closed_on is None
    assert Membership.objects.get(person__code="P2").until is None


def test_a_contract_no_longer_there_ends() -> None:
    deliver()
    report = deliver({"contratti.csv": CONTRATTI.replace("C2;A2;P3;;01/05/2019;\n", "")})
    assert of(report, "contratti").closed == 1
    assert Tenancy.objects.get(code="C2").end == cast.NOW.date()


def test_closing_happens_once() -> None:
    deliver()
    fewer = {"persone.csv": PERSONE.replace("P2;Rossi;Ugo;1950-02-01;;N1;coniuge;;\n", "")}
    deliver(fewer)
    assert deliver(fewer).touched == 0


def test_a_file_that_is_missing_closes_nothing() -> None:
    deliver()
    assert send({"conti.csv": CONTI}).touched == 0


def test_what_was_written_by_hand_is_not_closed(adele: Person) -> None:
    deliver()
    adele.refresh_from_db()
    assert adele.closed_on is None


def test_a_phone_corrected_here_is_kept() -> None:
    deliver()
    deliver({"persone.csv": PERSONE.replace("333 5550 201", "333 5550 299")})
    assert ContactPoint.objects.filter(person__code="P1").count() == 2


def test_a_phone_of_two_people_is_marked_shared() -> None:
    deliver({"persone.csv": PERSONE.replace("333 5550 202", "333 5550 201")})
    assert ContactPoint.objects.filter(value="333 5550 201", shared=True).count() == 2


def test_the_audit_names_every_person() -> None:
    deliver()
    event = AuditEvent.objects.get(what="registry.people_taken_in")
    assert AuditSubject.objects.filter(event=event).count() == 3


def test_the_run_is_remembered() -> None:
    deliver()
    run = RegistryImport.objects.latest("pk")
    assert (run.state, run.counts["people"]["added"], run.rejected) == ("done", 3, 0)


def test_another_body_is_untouched(lodi: Agency) -> None:
    before = list(Person.objects.filter(agency=lodi).values_list("code", "closed_on"))
    deliver()
    assert list(Person.objects.filter(agency=lodi).values_list("code", "closed_on")) == before


def test_two_bodies_may_use_the_same_codes(lodi: Agency) -> None:
    deliver()
    assert send(WHOLE, agency=lodi).touched == 10
    assert Building.objects.filter(code="B1").count() == 2


def test_a_community_manager_may_not_import(marta: Actor) -> None:
    with pytest.raises(Refused) as refused:
        deliver(by=marta)
    assert refused.value.code == "not-allowed"


def test_the_administrator_of_another_body_may_not_import(anna: Actor) -> None:
    with pytest.raises(Refused) as refused:
        deliver(by=anna)
    assert refused.value.code == "not-allowed"


def test_the_administrator_of_the_body_may(milano: Agency) -> None:
    assert send(WHOLE, by=cast.at_desk("nadia")).touched == 10


def test_a_list_cut_short_is_refused() -> None:
    many = PERSONE.splitlines()[0] + "\n" + "".join(f"Q{n};Rossi;Ugo;;;;;;\n" for n in range(60))
    send({"persone.csv": many})
    with pytest.raises(Refused) as refused:
        send({"persone.csv": many[: many.index("Q10;")]})
    assert refused.value.code == "too-many-closed"


def test_a_list_short_on_purpose_is_taken_when_confirmed() -> None:
    many = PERSONE.splitlines()[0] + "\n" + "".join(f"Q{n};Rossi;Ugo;;;;;;\n" for n in range(60))
    send({"persone.csv": many})
    report = send({"persone.csv": many[: many.index("Q10;")]}, accept_closures=True)
    assert of(report, "persone").closed == 50


def test_birth_dates_read_in_both_ways() -> None:
    deliver()
    assert Person.objects.get(code="P1").birth_date == date(1948, 3, 14)
    assert Person.objects.get(code="P2").birth_date == date(1950, 2, 1)


def test_since_when_something_is_owed_is_taken_in_where_the_file_says_it() -> None:
    since = CONTI.replace("data\n", "data;debito_dal\n").replace("98,20;01/03/2026", "98,20;01/03/2026;01/11/2025")
    deliver({"conti.csv": since.replace("640.5;01/03/2026", "640.5;01/03/2026;")})
    assert [a.owed_since for a in Account.objects.order_by("code")] == [date(2025, 11, 1), None]


def test_nobody_owes_since_a_day_to_come() -> None:
    text = CONTI.replace("data\n", "data;debito_dal\n").replace("98,20;01/03/2026", "98,20;01/03/2026;02/03/2026")
    (bad,) = of(deliver({"conti.csv": text.replace("640.5;01/03/2026", "640.5;01/03/2026;")}), "conti").rejects
    assert bad.column == "debito_dal"
