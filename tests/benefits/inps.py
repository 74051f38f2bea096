"""What the tests about INPS need: who transmits, a payment in the ledger, INPS's voucher and its calls."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from joserfc import jwt
from joserfc.jwk import RSAKey
from stdnum.it import codicefiscale

from cortile.benefits import actions as benefits
from cortile.benefits.actions import Stated, ledger, lines
from cortile.benefits.models import Application, Call, CallVersion, Decision, Entry, Envelope, SiussFlow, SiussSettings
from cortile.kit import clock, scopes
from cortile.kit.actor import Actor, Kind
from cortile.people.models import Person
from tests import cast
from tests.benefits import gone_out, money, notices, paydays

KEY = RSAKey.generate_key(2048, {"kid": "pdnd-1", "use": "sig"})
CLIENT = "inps-siuss"
PAID_ON = date(2026, 3, 11)
DECIDED = cast.NOW - timedelta(days=5)
PROTOCOL = "INPS-ISEE-2026-01234567K-00"
ADELE = "BRMDLA47E43F205"
TERESA = "BSSTRS50A41E648"


def code(body: str) -> str:
    """Return an invented codice fiscale with its check character."""
    return f"{body}{codicefiscale.calc_check_digit(body)}"


def transmits(key: str = "aler-milano", **changed: object) -> SiussSettings:
    """Write who transmits for a body."""
    named = {"aler-milano": ("F205", "federica"), "aler-lodi": ("E648", "anna")}[key]
    return benefits.set_siuss(
        cast.agency(key), by=cast.at_desk(named[1]), **{
            "sender": "aler", "body_code": named[0], "body_name": "ALER di prova", "seat": named[0],
            "operator": code("VRDRNL71E43F205"), "municipalities": {"milano": "015146", "lodi": "098031"},
            "audience": f"servizio-{key}", "clients": [CLIENT], "unconfirmed": ["sender"], **changed,
        },
    )  # fmt: skip


def with_code(who: str = "adele", body: str = ADELE, **changed: object) -> Person:
    """Give a tenant a codice fiscale that holds, and a birth date."""
    with scopes.opened(scopes.EVERYTHING):
        found = {"fiscal_code": code(body), "birth_date": date(1947, 5, 3), **changed}
        Person.objects.filter(pk=cast.person(who).pk).update(**found)
    return cast.person(who)


def applied(who: str = "adele", **values: Any) -> Application:  # noqa: ANN401 -- as submit
    """Send in an application with an ISEE whose attestation is known, in the open call."""
    said = money.stated() | {"isee": Stated(12_400_00, "dichiarato", evidence=PROTOCOL, as_of=date(2026, 1, 20))}
    agency_id = cast.person(who).agency_id
    call = Call.objects.filter(agency_id=agency_id, code=f"INPS/{agency_id}").first()
    version = call.versions.get() if call else _opened(agency_id)
    return money.applied(version, who, said=said, **values)


def _opened(agency_id: int) -> CallVersion:
    version = notices.published(code=f"INPS/{agency_id}")
    kept = money.envelope(version, 1_000_000_00, code=f"INPS/{agency_id}")
    with scopes.opened(scopes.EVERYTHING):
        # Of another body, where nobody drafts calls yet.
        Call.objects.filter(pk=version.call_id).update(agency_id=agency_id)
        Envelope.objects.filter(pk=kept.pk).update(agency_id=agency_id)
    return CallVersion.objects.get(pk=version.pk)


def granted(application: Application, cents: int = 412_50, outcome: str = "granted", *, number: int = 1) -> Decision:
    """Write a decision as if it had been taken: proposed by Federica, decided by Paola."""
    with scopes.opened(scopes.EVERYTHING):
        found = Decision.objects.create(
            agency_id=application.agency_id, application=application, number=number, version=application.version, figures={},
            facts={}, fingerprint="prova", outcome=outcome, award_cents=cents, granted_cents=cents,
            proposed_by=cast.staff("federica"), proposed_at=DECIDED, decided_by=cast.staff("paola"), decided_at=DECIDED,
        )  # fmt: skip
        Application.objects.filter(pk=application.pk).update(state="decided", outcome=outcome, decided_at=DECIDED)
    return found


def moved(decision: Decision, move: str, cents: int, key: str, on: date = PAID_ON) -> Entry:
    """Write a movement of the ledger on a day; money leaves, and comes back, by a line of a batch."""
    if move == "pay":
        return gone_out.pay(decision, cents, on)
    if move == "return":
        return gone_out.come_back(decision, on)
    application = decision.application
    envelope = Envelope.objects.get(call=application.call)
    with transaction.atomic(), scopes.opened(scopes.EVERYTHING), clock.frozen(clock.at(on, time(9))):
        by = cast.machine()
        return ledger.post(envelope, move, cents, by=by, reason="prova", key=key, application=application, decision=decision)


def paid(who: str = "adele", cents: int = 412_50, on: date = PAID_ON, **values: Any) -> Decision:  # noqa: ANN401 -- as submit
    """Have a contribution applied for, granted and paid, with nobody told."""
    decision = granted(applied(who, **values), cents)
    kept = lines.kept_for(decision.application)
    if kept < cents:
        moved(decision, "reserve", cents - kept, f"r{decision.pk}", on)
    moved(decision, "commit", cents, f"c{decision.pk}", on)
    moved(decision, "pay", cents, f"p{decision.pk}", on)
    return decision


def told(decision: Decision, cents: int = 412_50, day: date = PAID_ON) -> SiussFlow:
    """Prepare the flow of a payment."""
    return benefits.prepare_flow(decision.application_id, decision.pk, cents, day, by=cast.at_desk("federica"))


def any_flow() -> SiussFlow:
    """Return a flow of a neighbour nobody else's pages know, stopped: she has no codice fiscale."""
    transmits()
    application = paydays.neighbour(9, paydays.opened(code="2026/6"))
    decision = application.decisions.get()
    gone_out.pay(decision, decision.granted_cents, PAID_ON)
    return told(decision, decision.granted_cents)


def inps(key: str = "aler-milano") -> Actor:
    """Return INPS calling a body."""
    return Actor(kind=Kind.MACHINE, name="INPS", role="machine", agency_id=cast.agency(key).pk, scopes=frozenset({"inps"}))


def voucher(*, signed_by: RSAKey = KEY, header: dict[str, Any] | None = None, **claims: Any) -> str:  # noqa: ANN401 -- claims
    """Return a voucher of PDND, honest unless told otherwise."""
    now = int(clock.now().timestamp())
    honest = {
        "iss": "interop.pagopa.it", "aud": "servizio-aler-milano", "client_id": CLIENT, "iat": now, "nbf": now, "exp": now + 600,
    }  # fmt: skip
    said = {name: value for name, value in (honest | claims).items() if value is not None}
    head = {"alg": "RS256", "typ": "at+jwt", "kid": "pdnd-1"} | (header or {})
    return jwt.encode(head, said, signed_by, algorithms=["RS256", "PS256", "HS256"])


def keys() -> str:
    """Return PDND's public keys as the body keeps them."""
    return json.dumps({"keys": [KEY.as_dict(private=False)]})


def asks(address: str, token: str | None = None, **query: object) -> HttpResponse:
    """Call with GET as INPS does."""
    signed = {"Authorization": f"Bearer {voucher() if token is None else token}"}
    return Client().get(f"/api/waas/v1/{address}", query, headers=signed)  # type: ignore[return-value]  # the client's own answer


def answers(*rows: dict[str, str], token: str | None = None) -> HttpResponse:
    """Call with POST as INPS does."""
    signed = {"Authorization": f"Bearer {voucher() if token is None else token}"}
    body = json.dumps({"elenco_esiti": rows})
    client = Client(enforce_csrf_checks=True)
    return client.post("/api/waas/v1/esiti", body, "application/json", headers=signed)  # type: ignore[return-value]  # as above


def outcome(name: str | None, said: str = "OK", at: str = "2026-03-12T10:00:00.000Z", **more: str) -> dict[str, str]:
    """Return one answer of INPS."""
    row = {"id_flusso": name or "", "tipo": "PS_PSA_SINA", "ts_flusso": at, "ts_acquisizione": at, "codice_esito": said}
    return row | ({"id_acquisizione_siuss": "22738"} if said == "OK" else {"descrizione_esito": "Dati incoerenti"}) | more


def later(moment: datetime) -> str:
    """Write a moment as INPS does."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")
