"""Sending somebody to a service: on a basis, with exactly the ticked fields, and a day on which we look again (I3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cortile.agencies.roles import Role
from cortile.directory import reads as directory
from cortile.directory.models import Agreement, Service, TaxonomyTerm
from cortile.kit import clock
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor
from cortile.kit.languages import SOURCE
from cortile.kit.neutral import tells
from cortile.kit.refusals import NotVisible
from cortile.listening import access as listening
from cortile.listening import actions as requests
from cortile.listening.actions import services as threads
from cortile.listening.models import Thread
from cortile.people.models import Person
from cortile.referrals import access, rules
from cortile.referrals import fields as ticking
from cortile.referrals.actions import steps
from cortile.referrals.actions.steps import check
from cortile.referrals.bases import Basis, PublicTask, UrgentDuty, Yes
from cortile.referrals.models import Consent, Referral
from cortile.referrals.rules import Calendar
from cortile.referrals.states import EVIDENCES


@dataclass(frozen=True, slots=True)
class Asked:
    """What is sent, the same to every service of a group."""

    need: str
    fields: tuple[str, ...]
    basis: Basis
    term: TaxonomyTerm | None
    check_on: date | None
    notes: str
    parent: Referral | None = None
    why_parent: str = ""


@action("referral.sent")
def send(
    thread: Thread, service: Service, *, by: Actor, need: str, fields: Iterable[str], basis: Basis,
    term: TaxonomyTerm | None = None, check_on: date | None = None, notes: str = "", once: str = "",
) -> Referral:  # fmt: skip
    """Send a person to a service: it hears by mail, answers by link, and we look again on a day.

    Raise ``NotVisible`` for who does not work on the request, and ``Refused`` with ``not-allowed``, ``need-missing``,
    ``service-missing``, ``service-unreachable``, ``already-sent``, ``delicate-stays``, ``not-in-this-state``,
    ``nothing-ticked``, ``field-unknown``, ``field-empty``, ``field-not-agreed``, ``agreement-missing``, ``yes-missing``,
    ``evidence-unknown``, ``consent-too-long``, ``notice-missing``, ``supervisor-missing``, ``reason-missing`` or
    ``check-impossible``.
    """
    row = to_send(thread, by)
    sent = send_one(row, service, by, Asked(need, tuple(fields), basis, term, check_on, notes))
    told(row, [sent], by)
    done("C", sent, persons=[row.person_id], fields=sent.fields, reason=service.name)
    return sent


@action("referrals.sent_together")
def send_group(
    thread: Thread, services: Sequence[Service], *, by: Actor, need: str, fields: Iterable[str], basis: Basis,
    term: TaxonomyTerm | None = None, check_on: date | None = None, notes: str = "", once: str = "",
) -> Referral:  # fmt: skip
    """Ask several services at once, and return the first referral, parent of the others: one yes is enough.

    Raise ``Refused`` with ``services-missing`` for fewer than two or for one named twice, and as ``send`` does.
    """
    check(len(services) > 1 and len({s.pk for s in services}) == len(services), "services-missing")
    row, ticked = to_send(thread, by), tuple(fields)
    first = send_one(row, services[0], by, Asked(need, ticked, basis, term, check_on, notes))
    together = Asked(need, ticked, basis, term, check_on, notes, first, "collective")
    sent = [first, *(send_one(row, service, by, together) for service in services[1:])]
    told(row, sent, by)
    done("C", first, persons=[row.person_id], fields=first.fields, reason=", ".join(s.name for s in services))
    return first


def send_to_many(
    thread: Thread, services: Sequence[Service], *, by: Actor, need: str, fields: Iterable[str], basis: Basis,
    term: TaxonomyTerm | None = None, check_on: date | None = None, notes: str = "", once: str = "",
) -> list[Referral]:  # fmt: skip
    """Ask several services at once and return the referrals, the parent first; sent twice, they are the same ones."""
    first = send_group(
        thread, services, by=by, need=need, fields=fields, basis=basis, term=term, check_on=check_on, notes=notes, once=once
    )
    return [first, *first.children.filter(why_parent="collective").order_by("pk")]


@action("referral.asked_by_oneself")
def refer_oneself(
    person: Person, service: Service, *, by: Actor, fields: Iterable[str], need: str, words: str = "",
    language: str = SOURCE, once: str = "",
) -> Referral:  # fmt: skip
    """Ask a service for oneself, in the app: a request of hers is opened, so that somebody follows it (I1).

    ``words`` is the sentence she said yes to, ``language`` the one it was shown in. Raise ``Refused`` with ``not-allowed``,
    ``phone-code``, ``delicate-stays`` for a service whose name tells why somebody goes there, and as ``send`` does;
    ``NotVisible`` for another person.
    """
    access.require(by, "refer oneself")
    check(not by.by_phone_code, "phone-code")
    check(access.asks_for_herself(by, person.pk), "not-allowed")
    check(need.strip(), "need-missing")
    check(words.strip(), "yes-missing")
    # Her home page says the title, and who helps her in the app reads it: her own words, never where she asks.
    check(not tells(service.name), "delicate-stays")
    opened = requests.open_thread(person, by=by, chip="other", title=need, words=need)
    row = threads.held(opened.pk)
    yes = Yes(words, "app", language)
    sent = send_one(row, service, by, Asked(need, tuple(fields), yes, None, None, ""))
    told(row, [sent], by)
    done("C", sent, persons=[person.pk], fields=sent.fields, reason=service.name)
    return sent


def to_send(thread: Thread, by: Actor) -> Thread:
    """Take a request to send its person somewhere. Raise ``not-allowed`` for a role, ``NotVisible`` for another's request."""
    access.require(by, "refer")
    if not listening.may(by, "hand_over", thread):
        raise NotVisible
    return threads.held(thread.pk)


def told(row: Thread, sent: list[Referral], by: Actor) -> None:
    """Give the services the ball of the request, and tell the person by when she hears from us: after they must answer."""
    of = Calendar(row.agency.holiday_subdivision)
    last = max(rules.back_on(r.waits_since, r.check_on, of) for r in sent)
    threads.sent(row, by, services=", ".join(r.service.name for r in sent), day=of.next(last))


def send_one(row: Thread, service: Service, by: Actor, asked: Asked) -> Referral:
    """Write one referral of a held request and mail its link. Raise as ``send`` does."""
    today = clock.today()
    check(asked.need.strip(), "need-missing")
    check(not row.delicate, "delicate-stays")
    check(service.state == "published", "service-missing")
    check(address_of(service), "service-unreachable")
    check(not Referral.objects.filter(thread=row, service=service, closed_at=None).exists(), "already-sent")
    check(asked.check_on is None or rules.may_check(asked.check_on, today), "check-impossible")
    agreement = directory.agreement_with(service.organization, agency_id=row.agency_id)
    shared = _shared(row, asked, agreement, by)
    of = Calendar(row.agency.holiday_subdivision)
    check_on = asked.check_on or rules.usual_check(today, of)
    sent = Referral.objects.create(
        agency=row.agency, number=steps.next_number(), thread=row, person=row.person, service=service, parent=asked.parent,
        why_parent=asked.why_parent, need=asked.need.strip(), term=asked.term, notes=asked.notes.strip(), fields=list(shared),
        shared=shared, agreement=agreement, check_on=check_on, waits_since=today, sent_at=clock.now(),
        next_date=rules.remind_on(today, check_on, of), sent_by_id=by.id if by.kind == "staff" else None, sent_by_name=by.name,
        sent_to=address_of(service), **_rests_on(row, service, list(shared), asked, by),
    )  # fmt: skip
    steps.step(sent, "sent", by, asked.need, fields=sent.fields, check_on=check_on.isoformat())
    steps.mail_link(sent, "partner_link_mail", by)
    steps.mail_supervisor(sent, by)
    return sent


def address_of(service: Service) -> str:
    """Return where a service is written to; nothing when it only has a telephone: then nobody is sent there from here."""
    return service.email or service.keeper_email or service.organization.email


def _shared(row: Thread, asked: Asked, agreement: Agreement | None, by: Actor) -> dict[str, str]:
    """Return exactly the ticked fields with their values as they are now, in the order of the list."""
    ticked = list(dict.fromkeys(asked.fields))
    check(ticked, "nothing-ticked")
    check(set(ticked) <= set(ticking.FIELDS), "field-unknown")
    agreed = ticking.agreed(agreement.fields) if agreement is not None else None
    kind = kind_of(asked.basis)
    check(agreement is not None or kind == "consent", "agreement-missing")
    check(not rules.not_agreed(ticked, agreed, kind), "field-not-agreed")
    values = ticking.values_of(row.person, ticked, by=by, need=asked.need, notes=asked.notes, in_person=row.only_in_person)
    check(all(values.values()), "field-empty")
    return values


def kind_of(basis: Basis) -> str:
    """Return the name of a basis."""
    return {Yes: "consent", PublicTask: "public_task", UrgentDuty: "urgent_duty"}[type(basis)]


def _rests_on(row: Thread, service: Service, fields: list[str], asked: Asked, by: Actor) -> dict[str, object]:
    """Write down what a referral rests on (I3)."""
    basis = asked.basis
    if isinstance(basis, Yes):
        return {"basis": "consent", "consent": _yes(row, service, fields, basis, asked.need, by)}
    if isinstance(basis, PublicTask):
        check(basis.notice.strip(), "notice-missing")
        return {"basis": "public_task", "notice": basis.notice.strip()}
    leads = basis.supervisor.role == Role.LEAD and basis.supervisor.agency_id == row.agency_id
    check(leads and basis.supervisor.pk != by.id, "supervisor-missing")
    check(basis.why.strip(), "reason-missing")
    return {"basis": "urgent_duty", "supervisor": basis.supervisor, "why_urgent": basis.why.strip()}


def _yes(row: Thread, service: Service, fields: list[str], yes: Yes, need: str, by: Actor) -> Consent:
    today = clock.today()
    ends_on = yes.ends_on or today + rules.LONGEST_CONSENT
    check(yes.words.strip(), "yes-missing")
    check(yes.evidence in EVIDENCES, "evidence-unknown")
    check(rules.consent_fits(today, ends_on, today), "consent-too-long")
    return Consent.objects.create(
        agency=row.agency, person=row.person, service=service, purpose=need.strip(), fields=fields, starts_on=today,
        ends_on=ends_on, evidence=yes.evidence, language=yes.language, words=yes.words.strip(), given_at=clock.now(),
        given_to=row.agency.short_name if yes.evidence == "app" else by.name,
    )  # fmt: skip
