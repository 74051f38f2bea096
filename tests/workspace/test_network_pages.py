"""S18: the pages of a network, from a quarter to minutes on paper; and what its keeper never opens."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from cortile.agencies import policy
from cortile.directory import actions as directory
from cortile.directory.models import Agreement, Organization
from cortile.kit import clock
from cortile.kit.actor import Kind
from cortile.network import actions
from cortile.network.models import Lending, Meeting, Member, Network, NetworkDecision
from tests import cast
from tests.directory import cards
from tests.network import tables
from tests.sessions import Enter

LIST = "/scrivania/rete/"
# What the desk does with a tenant: none of it is the network's.
OF_TENANTS = (
    "record contact", "open request", "search people", "register person", "book appointment", "answer the phone", "apply",
    "break glass", "identify person",
)  # fmt: skip


@pytest.fixture
def paola_at(enter: Enter) -> Client:
    """Return Paola's browser."""
    return enter("paola")


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def at(row: Network | Meeting) -> str:
    return f"{LIST}incontro/{row.pk}/" if isinstance(row, Meeting) else f"{LIST}{row.pk}/"


def test_a_network_is_opened_and_an_organisation_enters(paola_at: Client) -> None:
    quarter = cast.space().neighbourhood_id
    made = paola_at.post(f"{LIST}nuova/", {"name": "QuBì San Siro", "neighbourhoods": [quarter], "targets": ["children"]})
    net = Network.objects.get()
    assert made.headers["Location"] == at(net)
    paola_at.post(f"{at(net)}membro/", {"organization": "Caritas del decanato", "kind": "Caritas", "role": "centro di ascolto"})
    assert Member.objects.get().organization.name == "Caritas del decanato"
    shown = text(paola_at, at(net))
    assert "Caritas del decanato" in shown
    assert "bambini e povertà" in shown


def test_an_organisation_of_the_directory_is_found_however_it_is_written(paola_at: Client) -> None:
    firm = cards.organization(cast.agency("comune-milano"), name="Associazione Il Cortile ODV")
    net = tables.network()
    paola_at.post(f"{at(net)}membro/", {"organization": "il cortile", "kind": "associazione"})
    assert Member.objects.get().organization == firm


def test_a_referent_with_a_name_is_sent_back_with_what_was_typed(paola_at: Client) -> None:
    net = tables.network()
    told = {"organization": "Caritas", "kind": "Caritas", "role": "suor Teresa"}
    answer = paola_at.post(f"{at(net)}membro/", told)
    assert answer.status_code == 422
    assert "suor Teresa" in answer.content.decode()
    assert (Member.objects.count(), Organization.objects.filter(name="Caritas").count()) == (0, 0)


@pytest.mark.parametrize(
    ("name", "status"), [("Ente 333 5550 101", 422), ("Ente BRMDLA47E43F205X", 422), ("Centro Maria Teresa", 302)]
)
def test_a_new_organisation_s_name_holds_nobody_s_number(paola_at: Client, name: str, status: int) -> None:
    net = tables.network()
    assert paola_at.post(f"{at(net)}membro/", {"organization": name, "kind": "associazione"}).status_code == status
    assert Organization.objects.filter(name=name).exists() == (status == 302)


def test_a_member_leaves_with_a_reason(paola_at: Client) -> None:
    seat = tables.member(tables.network())
    assert paola_at.post(at(seat.network), {"act": "leave", "number": seat.pk, "reason": ""}).status_code == 422
    paola_at.post(at(seat.network), {"act": "leave", "number": seat.pk, "reason": "Ha chiuso la sede"})
    seat.refresh_from_db()
    assert seat.until == clock.today()


def test_counts_are_asked_on_the_page_and_lent_by_the_lead(enter: Enter) -> None:
    net = tables.network("davide")
    davide = enter("davide")
    assert "Mancano i numeri di" in text(davide, at(net))
    davide.post(at(net), {"act": "ask", "number": cast.agency().pk})
    paola = enter("paola")
    row = Lending.objects.get()
    assert "Comune di Milano" in text(paola, f"{LIST}numeri/")
    paola.post(f"{LIST}numeri/", {"act": "lend", "number": row.pk})
    assert "San Siro" in text(enter("davide"), at(net))
    row.refresh_from_db()
    assert row.state == "lent"


def test_a_table_is_called_held_decided_and_printed(paola_at: Client) -> None:
    net = tables.network()
    seat = tables.member(net)
    paola_at.post(f"{at(net)}incontro/", {
        "kind": "network", "day": clock.today().isoformat(), "place": "Biblioteca", "invited": [seat.pk], "free": tables.POINT,
    })  # fmt: skip
    table = Meeting.objects.get()
    paola_at.post(at(table), {"act": "hold", "present": [seat.pk]})
    due = (clock.today() + timedelta(days=50)).isoformat()
    paola_at.post(at(table), {"act": "decide", "words_": tables.DECIDED, "owner": f"ente-{seat.pk}", "due": due})
    paola_at.post(at(table), {"act": "close"})
    table.refresh_from_db()
    assert (table.state, NetworkDecision.objects.get().owner_member_id) == ("printed", seat.pk)
    paper = paola_at.get(f"{at(table)}verbale.pdf")
    assert (paper.headers["Content-Type"], paper.content[:4]) == ("application/pdf", b"%PDF")


def test_every_prepared_point_is_ticked(paola_at: Client) -> None:
    net, firm, today = tables.network(), cards.organization(), clock.today()
    directory.sign_agreement(
        firm.pk, by=cast.at_desk("paola"), title="Doposcuola", fields=["name"], starts_on=today, ends_on=today + timedelta(days=9)
    )
    boxes = re.findall(r'<input type="checkbox" name="item"[^>]*>', text(paola_at, f"{at(net)}incontro/"))
    assert boxes
    assert all("checked" in box for box in boxes)


def test_minutes_of_a_table_to_come_are_not_there(paola_at: Client) -> None:
    table = tables.planned(tables.network(), day=clock.today() + timedelta(days=1))
    assert paola_at.get(f"{at(table)}verbale.pdf").status_code == 404


def test_decisions_stand_late_ones_first_and_are_carried_out(paola_at: Client) -> None:
    made = tables.decided(tables.held(tables.network()))
    assert paola_at.post(f"{LIST}decisioni/", {"act": "done", "number": made.pk, "follow_up": ""}).status_code == 422
    assert paola_at.post(f"{LIST}decisioni/", {"act": "move", "number": made.pk, "follow_up": "Serve tempo"}).status_code == 422
    due = (clock.today() + timedelta(days=60)).isoformat()
    paola_at.post(f"{LIST}decisioni/", {"act": "move", "number": made.pk, "follow_up": "Serve tempo", "due": due})
    paola_at.post(f"{LIST}decisioni/", {"act": "done", "number": made.pk, "follow_up": "Due pomeriggi in più"})
    made.refresh_from_db()
    assert (made.state, made.follow_up, made.due.isoformat()) == ("done", "Due pomeriggi in più", due)


def test_an_agreement_is_signed_and_ended(paola_at: Client) -> None:
    firm, today = cards.organization(), clock.today()
    paola_at.post(f"{LIST}accordi/", {
        "act": "sign", "organization": firm.pk, "title": "Doposcuola", "shared": ["name", "need"], "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=30)).isoformat(),
    })  # fmt: skip
    row = Agreement.objects.get()
    shown = text(paola_at, f"{LIST}accordi/")
    assert "scade presto" in shown
    assert "nome" in shown
    assert paola_at.post(f"{LIST}accordi/", {"act": "end", "number": row.pk, "reason": ""}).status_code == 422
    paola_at.post(f"{LIST}accordi/", {"act": "end", "number": row.pk, "reason": "Il gruppo ha chiuso"})
    row.refresh_from_db()
    assert row.ended_at == clock.now()


@pytest.mark.parametrize("month", ["2026-13", "marzo", "2031-01"])
def test_a_month_that_is_none_is_not_there(month: str, paola_at: Client) -> None:
    assert paola_at.get(f"{at(tables.network())}?mese={month}").status_code == 404


@pytest.mark.parametrize("act", ["", "lend-all", "delete"])
def test_an_act_nobody_knows_is_not_there(act: str, paola_at: Client) -> None:
    table = tables.held(tables.network())
    for address in (at(table), f"{LIST}decisioni/", f"{LIST}accordi/", f"{LIST}numeri/"):
        assert paola_at.post(address, {"act": act, "number": "1"}).status_code == 404


# --- R112: no new desk for citizens ---


def test_who_directs_the_network_opens_no_tenant_s_request(enter: Enter) -> None:
    thread = cast.open_request("adele")
    davide = enter("davide")
    for address in (
        f"/scrivania/richieste/{thread.number}/", "/scrivania/richieste/", f"/scrivania/persone/{thread.person_id}/",
        "/scrivania/cerca/", "/scrivania/contatto/", "/scrivania/telefono/",
    ):  # fmt: skip
        assert davide.get(address).status_code == 404


@pytest.mark.pure
def test_the_table_of_policies_gives_the_network_no_request() -> None:
    lines = [r for r in policy.TABLE if "network_manager" in r.holders and r.thing in {"thread", "contact", "person", "referral"}]
    assert {r.action for r in lines} <= {"count"}
    assert [c for c in OF_TENANTS if "network_manager" in policy.CAPABILITIES[c]] == []


@pytest.mark.pure
def test_a_line_too_many_for_the_network_would_be_noticed() -> None:
    assert [c for c in OF_TENANTS if "community_manager" in policy.CAPABILITIES[c]] != []
    assert {r.action for r in policy.TABLE if "community_manager" in r.holders and r.thing == "thread"} - {"count"}


@pytest.mark.parametrize("who", ["marta", "silvia", "lucia", "federica", "nadia"])
def test_others_find_no_network(who: str, enter: Enter) -> None:
    net = tables.network()
    for address in (LIST, at(net), f"{LIST}decisioni/", f"{LIST}numeri/"):
        assert enter(who).get(address).status_code == 404


def test_a_tenant_finds_no_network(enter: Enter) -> None:
    assert Kind.TENANT not in policy.CAPABILITIES["keep networks"]
    assert enter("adele").get(LIST).status_code == 404


def test_davide_begins_his_day_here(enter: Enter) -> None:
    assert enter("davide").get("/scrivania/").headers["Location"] == LIST


def test_what_is_late_is_said_first(enter: Enter) -> None:
    made = tables.decided(tables.held(tables.network()), days=5)
    with clock.frozen(clock.now() + timedelta(days=9)):
        paola = enter("paola")
        assert "Decisioni in ritardo" in text(paola, LIST)
        assert "in ritardo" in text(paola, at(made.network))
    actions.do_decision(made.pk, by=cast.at_desk("paola"), follow_up="Fatto")
