"""A few hundred rows of two bodies with chance attributes, kept as plain objects: the model reads these, never the database."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models

from cortile.accounts.models import Account
from cortile.agencies.models import Absence, Agency, Office, Staff
from cortile.agencies.roles import Role
from cortile.agenda.models import Appointment, CallBack
from cortile.benefits.models import Application, Call, CallVersion, Decision, Invitation, SiussFlow
from cortile.directory.models import Agreement, Organization, Service
from cortile.homes.models import Building, Dwelling, Neighbourhood, Place, Posting, Stair
from cortile.kit import clock, scopes
from cortile.listening.models import Contact, ContactPerson, HandOver, HandOverLink, Thread
from cortile.listening.states import CHIPS
from cortile.messages.models import IncomingSms, Message, Notice
from cortile.people.models import (
    Delegation,
    Household,
    Membership,
    Person,
    RecordOpening,
    Representative,
    SharedCopy,
    Tenancy,
)
from cortile.referrals.models import Consent, PartnerLink, Referral

BODIES = ("aler-milano", "aler-lodi")
FIRST = 1_000_000  # above whatever the cast's sequences gave
DAY = timedelta(days=1)
Rows = dict[int, Any]


@dataclass
class World:
    """Everything that was written, by table and number."""

    dice: random.Random
    now: datetime
    today: date
    of: dict[type[models.Model], Rows] = field(default_factory=dict)

    def put(self, kind: Any, rows: list[Any]) -> list[Any]:  # noqa: ANN401 -- any table
        """Number the rows and write them; each keeps what it was made of."""
        known = self.of.setdefault(kind, {})
        for row in rows:
            row.pk = FIRST + len(known)
            known[row.pk] = row
        with scopes.opened(scopes.EVERYTHING):
            kind.objects.bulk_create(rows)
        return rows

    def rare(self, share: float = 0.2) -> bool:
        """Throw a rare yes."""
        return self.dice.random() < share

    def one(self, rows: list[Any], agency_id: int) -> Any:  # noqa: ANN401 -- a row of any table
        """Pick a row of a body."""
        return self.dice.choice([row for row in rows if row.agency_id == agency_id])

    def at_home(self, stairs: list[Stair], agency_id: int) -> Stair | None:
        """Pick a stair of a body, or none: not everybody has a home we know."""
        return None if self.rare() else self.dice.choice([s for s in stairs if s.building.agency_id == agency_id])


def play(seed: int, *, persons: int = 160, size: int = 250) -> World:
    """Build the world of a seed inside the test's transaction."""
    made = World(random.Random(seed), clock.now(), clock.today())  # noqa: S311 -- chance, not a secret
    bodies = list(Agency.objects.filter(code__in=BODIES))
    places = list(Neighbourhood.objects.filter(agency__in=bodies))
    offices = [*Office.objects.filter(agency__in=bodies), *made.put(Office, [Office(agency=b, name="Verde") for b in bodies])]
    _staff(made, bodies, places, offices)
    _persons(made, bodies, places, persons)
    _threads(made, size)
    _applications(made, size // 2)
    _told_and_invited(made)
    _contacts(made, size)
    _hand_overs(made, offices, size)
    _appointments(made, size)
    _messages(made, size)
    _call_backs(made, size)
    _referrals(made, bodies, size // 2)
    _notices(made)
    _openings(made)
    _rare(made)
    return made


def _staff(made: World, bodies: list[Agency], places: list[Neighbourhood], offices: list[Office]) -> None:
    roles = [role for role in Role for _ in range(6 if role in {Role.COMMUNITY_MANAGER, Role.OFFICE} else 2)]
    rows = [
        Staff(
            agency=body, role=role, given_name="Prova", email=f"prova{n}-{body.pk}@example.invalid",
            office=made.one(offices, body.pk) if role == Role.OFFICE or made.rare(0.1) else None,
        )
        for body in bodies for n, role in enumerate(roles)
    ]  # fmt: skip
    made.put(Staff, rows)
    for row in rows:
        row.deputy = made.one(rows, row.agency_id) if made.rare(0.5) else None
    with scopes.opened(scopes.EVERYTHING):
        Staff.objects.bulk_update(rows, ["deputy"])
    days = [made.today + DAY * n for n in (-1, 0, 1)]
    away = [
        Absence(staff=s, first_day=min(p), last_day=max(p)) for s in rows if (p := made.dice.choices(days, k=2)) and made.rare(0.6)
    ]
    made.put(Absence, away)
    posted = [
        Posting(staff=s, neighbourhood=made.one(places, s.agency_id), since=made.today + DAY * made.dice.choice((-9, 0, 1)),
                until=made.dice.choice((None, made.today, made.today - DAY)))
        for s in rows for _ in range(made.dice.choice((0, 1, 2)))
    ]  # fmt: skip
    made.put(Posting, posted)


def _persons(made: World, bodies: list[Agency], places: list[Neighbourhood], many: int) -> None:
    stairs = _stairs(made, places)
    rows = made.put(Person, [
        Person(
            agency=(body := made.dice.choice(bodies)), given_name="Prova", card_number=f"9{n:09}", registered_at=made.now,
            home_neighbourhood=None if made.rare() else made.one(places, body.pk), only_in_person=made.rare(),
            visits_welcome=made.rare(0.4), state=made.dice.choice(("active", "active", "moved", "died")),
            home_stair=made.at_home(stairs, body.pk),
        )
        for n in range(many)
    ])  # fmt: skip
    mandates = {
        Delegation: {"private_talk_by_id": next(iter(made.of[Staff]))},
        Representative: {"kind": "tutore", "decree": "1/2026"},
    }  # fmt: skip
    for kind, more in mandates.items():
        made.put(kind, [
            kind(
                agency_id=(person := made.dice.choice(rows)).agency_id, person=person, name="Prova",
                card_number=f"{len(kind.__name__) % 9}{n:09}", since=made.today - DAY * 9,
                scopes=made.dice.sample(list(CHIPS), 4) if n % 2 else ["benefits", "rent", "school"],
                until=made.today + DAY * made.dice.choice((-1, 0, 1)), **more,
                **({"withdrawn_at": made.now if made.rare() else None} if kind is Delegation else {}),
            )
            for n in range(24)
        ])  # fmt: skip
    _contracts(made, rows)
    _copies(made, bodies, rows)


def _stairs(made: World, places: list[Neighbourhood]) -> list[Stair]:
    courts = [
        Building(agency_id=p.agency_id, neighbourhood=p, code=f"PROVA-{p.pk}-{n}", street="Via", municipality="x")
        for p in places for n in (1, 2)
    ]  # fmt: skip
    return made.put(Stair, [Stair(building=b, name=name) for b in made.put(Building, courts) for name in "AB"])


def _notices(made: World) -> None:
    writer, stairs = next(iter(made.of[Staff].values())), list(made.of[Stair].values())
    days = [made.today + DAY * n for n in (-2, -1, 0, 1)]
    rows = []
    for _ in range(80):
        stair, since, until = made.dice.choice(stairs), *sorted(made.dice.choices(days, k=2))
        rows.append(Notice(
            agency_id=stair.building.agency_id, building=stair.building, stair=None if made.rare(0.5) else stair, title="x",
            text="x", since=since, until=until, written_by=writer, written_at=made.now,
            withdrawn_at=made.now if made.rare() else None,
        ))  # fmt: skip
    made.put(Notice, rows)


def _contracts(made: World, persons: list[Person]) -> None:
    for agency_id in {p.agency_id for p in persons}:
        building = Building.objects.filter(agency_id=agency_id).first()
        home = made.put(
            Dwelling, [Dwelling(agency_id=agency_id, stair=Stair.objects.filter(building=building).first(), code="PROVA")]
        )
        family = made.put(Household, [Household(agency_id=agency_id, code="PROVA")])
        holders = [p for p in persons if p.agency_id == agency_id]
        held = made.put(Tenancy, [
            Tenancy(agency_id=agency_id, code=f"PROVA-{p.pk}", dwelling=home[0], household=family[0], holder=p, start=made.today)
            for p in holders
        ])  # fmt: skip
        made.put(Account, [Account(agency_id=agency_id, code=f"P-{t.pk}", tenancy=t, as_of=made.today) for t in held])


def _copies(made: World, bodies: list[Agency], persons: list[Person]) -> None:
    giver = next(iter(made.of[Staff].values()))
    made.put(SharedCopy, [
        SharedCopy(
            agency=next(b for b in bodies if b.pk != p.agency_id), source_agency_id=p.agency_id, person=p, purpose="p",
            basis="consent", evidence="e", since=made.today - DAY * 9, until=made.today + DAY * made.dice.choice((-1, 0, 1)),
            shared_by=giver, shared_by_name="x", shared_at=made.now, withdrawn_at=made.now if made.rare() else None,
        )
        for p in made.dice.choices(persons, k=80)
    ])  # fmt: skip


def _threads(made: World, many: int) -> None:
    persons, staff = list(made.of[Person].values()), list(made.of[Staff].values())
    rows = []
    for n in range(many):
        person, hidden = made.dice.choice(persons), made.rare(0.25)
        closed = made.rare(0.3)
        rows.append(Thread(
            agency_id=person.agency_id, number=FIRST + n, person=person, chip=made.dice.choice(list(CHIPS)), nature="social",
            neighbourhood=None if made.rare() else person.home_neighbourhood, title="Prova", channel="app",
            state="closed" if closed else "received", outcome="solved" if closed else "", closed_at=made.now if closed else None,
            owner=made.one(staff, person.agency_id), next_date=made.today, first_promise=made.today, opened_at=made.now,
            delicate=hidden, duty=made.one(staff, person.agency_id) if hidden or made.rare() else None, only_in_person=made.rare(),
        ))  # fmt: skip
    made.put(Thread, rows)


def _applications(made: World, many: int) -> None:
    threads = made.dice.sample(list(made.of[Thread].values()), min(many, len(made.of[Thread])))
    staff, contracts = list(made.of[Staff].values()), {t.holder_id: t for t in made.of[Tenancy].values()}
    calls = {b: made.put(Call, [Call(agency_id=b, code="PROVA", programme="prova")])[0] for b in {t.agency_id for t in threads}}
    texts = {
        b: made.put(CallVersion, [
            CallVersion(call=call, number=1, rule_data={}, terms_data={}, fingerprint="", drafted_at=made.now)
        ])[0]
        for b, call in calls.items()
    }  # fmt: skip
    made.put(Application, [
        Application(
            agency_id=t.agency_id, call=calls[t.agency_id], version=texts[t.agency_id], programme=f"prova{n}", year=2026,
            number=t.number, arrival=n + 1, thread=t, tenancy=contracts[t.person_id], household=contracts[t.person_id].household,
            applicant=t.person, neighbourhood=None if made.rare() else t.person.home_neighbourhood,
            helped_by=made.one(staff, t.agency_id) if made.rare(0.5) else None, submitted_at=made.now, due=made.today,
        )
        for n, t in enumerate(threads)
    ])  # fmt: skip
    made.put(Membership, [
        Membership(agency_id=p.agency_id, household=contracts[p.pk].household, person=p,
                   until=made.today if made.rare(0.5) else None)
        for p in made.of[Person].values() if made.rare(0.5)
    ])  # fmt: skip


def _told_and_invited(made: World) -> None:
    """Decide some applications and tell INPS of them; invite some people to the same calls."""
    asked = [a for a in made.of[Application].values() if made.rare(0.4)]
    taken = made.put(Decision, [
        Decision(agency_id=a.agency_id, application=a, number=1, version=a.version, figures={}, facts={}, fingerprint="",
                 outcome="granted", proposed_at=made.now)
        for a in asked
    ])  # fmt: skip
    made.put(SiussFlow, [
        SiussFlow(agency_id=d.agency_id, application=d.application, decision=d, person=d.application.applicant, amount_cents=1,
                  paid_on=made.today, due=made.today, body_code="x", body_name="x", state="blocked", created_at=made.now)
        for d in taken
    ])  # fmt: skip
    calls = {call.agency_id: call for call in made.of[Call].values()}
    made.put(Invitation, [
        Invitation(agency_id=p.agency_id, call=calls[p.agency_id], person=p, made_at=made.now)
        for p in made.of[Person].values() if made.rare(0.5)
    ])  # fmt: skip


def _contacts(made: World, many: int) -> None:
    staff, quarters = list(made.of[Staff].values()), list(Neighbourhood.objects.all())
    rows = made.put(Contact, [
        Contact(
            agency_id=(by := made.dice.choice(staff)).agency_id, staff=by, channel="phone", at=made.now, chip="other",
            nature="social", done="listened", delicate=made.rare(0.25),
            neighbourhood=None if made.rare() else made.one(quarters, by.agency_id),
        )
        for _ in range(many)
    ])  # fmt: skip
    persons = list(made.of[Person].values())
    made.put(ContactPerson, [
        ContactPerson(agency_id=c.agency_id, contact=c, person=made.one(persons, c.agency_id)) for c in rows
    ])  # fmt: skip


def _hand_overs(made: World, offices: list[Office], many: int) -> None:
    threads, staff = list(made.of[Thread].values()), list(made.of[Staff].values())
    states, once = ("sent", "taken", "withdrawn", "answered", "sent_back"), set()
    rows = [
        HandOver(
            thread=(t := made.dice.choice(threads)), agency_id=t.agency_id, office=made.one(offices, t.agency_id), question="?",
            shows_rent=made.rare(0.5), state=made.dice.choice(states), answer="Sì", sent_by=made.one(staff, t.agency_id),
            sent_at=made.now, due=made.today,
        )
        for _ in range(many)
    ]  # fmt: skip
    for row in rows:
        # A request waits for an office once.
        pair = (row.thread_id, row.office_id)
        row.state = "answered" if row.state in {"sent", "taken"} and pair in once else row.state
        once |= {pair} if row.state in {"sent", "taken"} else set()
    made.put(HandOver, rows)
    made.put(HandOverLink, [
        HandOverLink(
            agency_id=h.agency_id, hand_over=h, token_hash=f"prova{h.pk}", email="x@example.invalid", created_at=made.now,
            expires_at=made.now + DAY * made.dice.choice((0, 1)),
        )
        for h in rows[:24]
    ])  # fmt: skip


def _appointments(made: World, many: int) -> None:
    persons, staff, threads = (list(made.of[kind].values()) for kind in (Person, Staff, Thread))
    space = Place.objects.first()
    rows = []
    for n in range(many):
        person = made.dice.choice(persons)
        starts = made.now + timedelta(hours=made.dice.choice((-40, -10, -9, 0, 1, 30)), seconds=n)
        rows.append(Appointment(
            agency_id=person.agency_id, person=person, staff=made.one(staff, person.agency_id), place=space, starts_at=starts,
            ends_at=starts + timedelta(seconds=1), state=made.dice.choice(("booked", "booked", "cancelled")), created_at=made.now,
            thread=made.one(threads, person.agency_id) if made.rare(0.6) else None,
        ))  # fmt: skip
    nurses = [s for s in staff if s.role == Role.NURSE]
    for row in rows:
        row.staff = made.one(nurses, row.agency_id) if made.rare(0.3) else row.staff
    made.put(Appointment, rows)


def _messages(made: World, many: int) -> None:
    persons, about = list(made.of[Person].values()), {"listening.thread": Thread, "agenda.appointment": Appointment, "": None}
    rows = []
    for _ in range(many):
        person, thing = made.dice.choice(persons), made.dice.choice(list(about))
        rows.append(Message(
            agency_id=person.agency_id, person=person, key="prova", language="it", body="x", body_it="x", created_at=made.now,
            about_thing=thing, about_id=made.dice.choice(list(made.of[kind])) if (kind := about[thing]) else None,
            on_phone=not made.rare(), delicate=made.rare(), sensitive=made.rare(0.4),
        ))  # fmt: skip
    made.put(Message, rows)
    made.put(IncomingSms, [
        IncomingSms(agency_id=p.agency_id, person=None if made.rare(0.5) else p, reference=f"prova{n}", sender="x", text="x",
                    state=made.dice.choice(IncomingSms.STATES), received_at=made.now)
        for n, p in enumerate(made.dice.choices(persons, k=60))
    ])  # fmt: skip


def _call_backs(made: World, many: int) -> None:
    staff = list(made.of[Staff].values())
    threads = made.dice.sample(list(made.of[Thread].values()), min(many, len(made.of[Thread])))
    made.put(CallBack, [
        CallBack(agency_id=t.agency_id, person=t.person, thread=t, staff=made.one(staff, t.agency_id), starts_at=made.now + DAY,
                 ends_at=made.now + DAY * 2, state=made.dice.choice(CallBack.STATES), created_at=made.now)
        for t in threads
    ])  # fmt: skip


def _referrals(made: World, bodies: list[Agency], many: int) -> None:
    firms = made.put(Organization, [Organization(agency=b, name=f"Circolo {b.code}", last_modified=made.now) for b in bodies])
    services = made.put(Service, [Service(agency=f.agency, organization=f, name="Compiti", last_modified=made.now) for f in firms])
    signed = made.put(Agreement, [
        Agreement(agency=f.agency, organization=f, title="x", fields=["name"], starts_on=made.today - DAY,
                  ends_on=made.today + DAY * n, ended_at=made.now if n == 1 else None)
        for f in firms for n in (-1, 0, 1, 2)
    ])  # fmt: skip
    threads = made.dice.sample(list(made.of[Thread].values()), many)
    consents = made.put(Consent, [
        Consent(agency_id=t.agency_id, person=t.person, service=made.one(services, t.agency_id), purpose="x", fields=["name"],
                starts_on=made.today - DAY * 3, ends_on=made.today + DAY * made.dice.choice((-1, 0, 1)), evidence="spoken",
                language="it", words="x", given_at=made.now, given_to="x", withdrawn_at=made.now if made.rare() else None)
        for t in threads
    ])  # fmt: skip
    rows = made.put(Referral, [_referral(made, t, c, signed) for t, c in zip(threads, consents, strict=True)])
    made.put(PartnerLink, [
        PartnerLink(agency_id=r.agency_id, referral=r, token_hash=f"prova{r.pk}", email="x@example.invalid",
                    created_at=made.now - DAY, expires_at=made.now + DAY * made.dice.choice((0, 1, 1)))
        for r in rows[:60]
    ])  # fmt: skip


def _referral(made: World, thread: Thread, yes: Consent, signed: list[Agreement]) -> Referral:
    state, by_yes = made.dice.choice(("requested", "received", "on-hold", "rejected", "in-progress", "cancelled")), made.rare(0.7)
    fields = ["name", "economic"] if made.rare() else ["name"]
    return Referral(
        agency_id=thread.agency_id, number=FIRST + len(made.of[Thread]) + thread.pk, thread=thread, person=thread.person,
        service=yes.service, need="x", fields=fields, shared=dict.fromkeys(fields, "x"), state=state, next_date=made.today,
        basis="consent" if by_yes else "public_task", consent=yes if by_yes else None, notice="x", decline_reason="full",
        agreement=made.one(signed, thread.agency_id) if made.rare(0.7) or not by_yes else None, check_on=made.today,
        waits_since=made.today, sent_at=made.now, sent_by_name="x", closed_at=made.now if state == "cancelled" else None,
    )  # fmt: skip


def _openings(made: World) -> None:
    staff, persons = list(made.of[Staff].values()), list(made.of[Person].values())
    made.put(RecordOpening, [
        RecordOpening(
            agency_id=(by := made.dice.choice(staff)).agency_id, staff=by, person=made.one(persons, by.agency_id),
            kind=made.dice.choice(RecordOpening.KINDS), at=made.now - DAY,
            until=made.now + timedelta(seconds=made.dice.choice((-1, 0, 1))),
        )
        for _ in range(400)
    ])  # fmt: skip


def _rare(made: World) -> None:
    """Sow what chance seldom brings: a matter and a visit within the scopes of each who helps or represents."""
    for mandate in [*made.of[Delegation].values(), *made.of[Representative].values()]:
        like = next(t for t in made.of[Thread].values() if t.agency_id == mandate.agency_id)
        known = {f.attname: getattr(like, f.attname) for f in Thread._meta.concrete_fields} | {
            "number": FIRST + len(made.of[Thread]), "person_id": mandate.person_id, "chip": mandate.scopes[0],
            "delicate": False, "only_in_person": False,
        }  # fmt: skip
        thread = made.put(Thread, [Thread(**known)])[0]
        _asked_for(made, thread)
        _sent_for(made, thread)
        starts = made.now + DAY * 40 + timedelta(minutes=thread.pk - FIRST)
        made.put(Appointment, [
            Appointment(
                agency_id=thread.agency_id, person=mandate.person, thread=thread, place=Place.objects.first(), starts_at=starts,
                staff=made.one(list(made.of[Staff].values()), thread.agency_id), ends_at=starts + timedelta(minutes=1),
                created_at=made.now,
            )
        ])  # fmt: skip


def _asked_for(made: World, thread: Thread) -> None:
    """Sow an application of somebody who is helped or represented: chance seldom brings one."""
    like = next(a for a in made.of[Application].values() if a.agency_id == thread.agency_id)
    known = {f.attname: getattr(like, f.attname) for f in Application._meta.concrete_fields} | {
        "number": thread.number, "thread_id": thread.pk, "applicant_id": thread.person_id, "programme": f"raro{thread.pk}",
        "arrival": thread.pk,
    }  # fmt: skip
    made.put(Application, [Application(**known)])


def _sent_for(made: World, thread: Thread) -> None:
    """Sow a referral of somebody who is represented, with its yes."""
    yes = Consent(
        agency_id=thread.agency_id, person_id=thread.person_id, service=made.one(list(made.of[Service].values()), thread.agency_id),
        purpose="x", fields=["name"], starts_on=made.today, ends_on=made.today, evidence="spoken", language="it", words="x",
        given_at=made.now, given_to="x",
    )  # fmt: skip
    made.put(Consent, [yes])
    made.put(Referral, [
        Referral(agency_id=thread.agency_id, number=FIRST * 3 + thread.pk, thread=thread, person=thread.person, need="x",
                 service=yes.service, fields=["name"], shared={"name": "x"}, next_date=made.today, basis="consent", consent=yes,
                 check_on=made.today, waits_since=made.today, sent_at=made.now, sent_by_name="x")
    ])  # fmt: skip
