"""An application comes in: from the app or at a desk, with what is known already and what was said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from cortile.accounts.reads import Known
from cortile.benefits import access, registers, tracing
from cortile.benefits.actions import lines
from cortile.benefits.actions.invitations import answered
from cortile.benefits.actions.ledger import arrival_of
from cortile.benefits.actions.protections import protect, registry
from cortile.benefits.actions.steps import check, refused, staff_id, step
from cortile.benefits.models import Application, ApplicationDraft, CallVersion, Datum, Document
from cortile.benefits.models.calls import in_force
from cortile.kit import clock
from cortile.kit.actions import action, done
from cortile.kit.actor import Actor
from cortile.listening import actions as listening
from cortile.people.models import Person, Tenancy

# How an application came in, as the thread says it.
THREAD_CHANNELS = {"app": "app", "desk": "in_person", "phone": "phone", "paper": "paper"}


class Stated(NamedTuple):
    """What an applicant says of an input we do not know, or know otherwise. ``value`` as the rule takes it.

    ``exact`` is false where only the thresholds were checked; ``evidence`` is the protocol number of an attestation.
    """

    value: int | None
    source: str
    evidence: str = ""
    exact: bool = True
    as_of: date | None = None
    expires_on: date | None = None


@action("application.submitted")
def submit(
    call_id: int, person: Person, *, by: Actor, stated: Mapping[str, Stated], channel: str = "app", paid_by: str = "account",
    iban: str = "", words: str = "", helper_name: str = "", answer_by: str = "app", draft: ApplicationDraft | None = None,
    once: str = "",
) -> Application:  # fmt: skip
    """Send in an application for the contract a person signed: a number, an owner, a date, and its place in line.

    What the registry knows is taken from there, with its source and date; ``stated`` adds what it does not know, and never
    replaces a sum the landlord keeps. Raise ``Refused`` with ``not-identified``, ``no-contract``, ``call-closed``,
    ``already-applied`` or ``number-missing``; ``NotVisible`` for a person the actor may not see.
    """
    tenancy = access.may_apply_for(by, person)
    version = open_version(call_id, person.agency_id)
    check(paid_by != "transfer" or iban.strip(), "number-missing")
    _fits(version, person, tenancy)
    thread = listening.open_thread(
        person, by=by, chip=access.CHIP, title=version.terms.texts["title"], words=words, channel=THREAD_CHANNELS[channel],
        answer_by=answer_by,
    )  # fmt: skip
    application = Application(
        agency_id=person.agency_id, call=version.call, version=version, programme=version.call.programme,
        year=clock.local(version.terms.opens_at).year, number=thread.number, thread=thread, tenancy=tenancy,
        household=tenancy.household, applicant=person, neighbourhood_id=person.home_neighbourhood_id, channel=channel,
        helped_by_id=staff_id(by), helper_name=helper_name.strip(), paid_by=paid_by,
        iban="".join(iban.split()).upper() if paid_by == "transfer" else "", submitted_at=clock.now(),
        due=clock.today() + timedelta(days=version.terms.procedure_days),
    )  # fmt: skip
    data = _data_of(application, stated, by)
    lines.work_out(application, {datum.name: tracing.told_by(datum) for datum in data})
    protect(application)
    answered(version.call, person)
    # From here on the others wait: all that could be done before has been.
    arrival = arrival_of(application)
    check(not arrival.too_late, "call-closed")
    check(not arrival.there_is_one, "already-applied")
    application.arrival = arrival.place
    application.save()
    Datum.objects.bulk_create(data)
    _take_documents(application, draft)
    step(application, "received", by)
    lines.arrived(application, by=by)
    done("C", application, persons=[person.pk], fields=["contribution"])
    return application


def _fits(version: CallVersion, person: Person, tenancy: Tenancy) -> None:
    """Refuse who lives outside the call's territory, or had the same year what the call does not go with (domain §4.5)."""
    quarter = person.home_neighbourhood.name if person.home_neighbourhood else ""
    check(version.terms.reaches(quarter), "outside-territory")
    year = clock.local(version.terms.opens_at).year
    check(not registers.had(tenancy.household_id, year, version.terms.excludes), "already-helped")


def open_version(call_id: int, agency_id: int) -> CallVersion:
    """Return the text of a call that is open now. Raise ``Refused`` with ``call-closed``."""
    found = next(iter(in_force(clock.now(), call_id=call_id, call__agency_id=agency_id)), None)
    if found is None or not found.terms.is_open(clock.now()):
        raise refused("call-closed")
    return found


def _data_of(application: Application, stated: Mapping[str, Stated], by: Actor) -> list[Datum]:
    """Return each input with who says it. The last row of a name is in use: the registry's where it knows, else the applicant's.

    An ISEE with its protocol number is an attestation, newer than the registry's (DPCM 159/2013 art. 10): it is used, and
    the office checks it. What is not in use stays beside it: two sources that differ are seen by who examines.
    """
    known = registers.known_of(application, by=registry(application))
    rows = []
    for name in (found.name for found in application.version.rule.inputs):
        ours, said = known[name], stated.get(name)
        attested = said is not None and said.value is not None and said.evidence
        told: list[Known | Stated] = [ours] if said is None else [ours, said] if attested or ours.value is None else [said, ours]
        rows += [_datum(application, name, one, said, by) for one in told[:-1] if one.value is not None or one is said]
        rows.append(_datum(application, name, told[-1], said, by))
    return rows


def _datum(application: Application, name: str, told: Known | Stated, said: Stated | None, by: Actor) -> Datum:
    return Datum(
        agency_id=application.agency_id, application=application, name=name, value=told.value, source=told.source,
        as_of=told.as_of, expires_on=told.expires_on, exact=getattr(told, "exact", True),
        evidence=getattr(told, "evidence", ""), said_by=by.name if told is said else told.source, at=clock.now(),
    )  # fmt: skip


def _take_documents(application: Application, draft: ApplicationDraft | None) -> None:
    if draft is None or (draft.person_id, draft.call_id) != (application.applicant_id, application.call_id):
        return
    Document.objects.filter(draft=draft).update(draft=None, application=application)
    ApplicationDraft.objects.filter(pk=draft.pk).update(sent_at=clock.now(), answers={})
