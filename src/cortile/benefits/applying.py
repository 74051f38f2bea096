"""Named questions of who applies: what we know already, what was typed, who else is at it, and what was sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from cortile.accounts.reads import Known
from cortile.benefits import access, form, population, registers, tracing
from cortile.benefits.judging import Told
from cortile.benefits.models import Application, ApplicationDraft, CallVersion, Document
from cortile.benefits.reads import open_now
from cortile.benefits.rules.nodes import Input
from cortile.kit import actor as actors
from cortile.kit import audit, clock
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused
from cortile.people.models import Person, Tenancy


@dataclass(frozen=True, slots=True)
class Fact:
    """A datum we have, as people read it."""

    label: str
    said: str
    source: str
    as_of: date | None
    old: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """An application while it is written: its call, its draft if there is one, and what we know where it may be told."""

    version: CallVersion
    draft: ApplicationDraft | None
    known: Mapping[str, Known] | None
    tenancy: Tenancy | None = None

    @property
    def answers(self) -> dict[str, str]:
        """Return what was typed so far."""
        return dict(self.draft.answers) if self.draft else {}

    def facts(self, page: int) -> list[Fact]:
        """Return what we know that stands on a page; what nobody knows is asked there instead."""
        known = {name: told for name, told in (self.known or {}).items() if told.value is not None}
        return [_fact(one, known[one.name]) for one in form.inputs_on(page, self.version.rule) if one.name in known]


def _fact(one: Input, told: Known | Told) -> Fact:
    label = one.label[:1].upper() + one.label[1:]
    old = told.expires_on is not None and told.expires_on < clock.today()
    value = None if told.value is None else int(told.value)
    return Fact(label, form.shown(one, value), told.source, told.as_of, old)


def the_open(call_id: int, agency_id: int) -> CallVersion:
    """Return a call one may apply to now. Raise ``NotVisible`` for one that is shut, or of another body."""
    found = next((version for version in open_now(agency_id) if version.call_id == call_id), None)
    if found is None:
        raise NotVisible
    return found


def sheet(call_id: int, person: Person, *, by: Actor) -> Sheet:
    """Return an application as an actor may write it: with what we know for who may send it too, else with what was typed.

    Raise ``NotVisible``, or ``Refused`` with ``not-allowed-to-apply`` or ``no-contract``.
    """
    tenancy = access.may_write_for(by, person)
    version = the_open(call_id, person.agency_id)
    draft = access.drafts_of(by).filter(call_id=call_id, person=person).select_related("call").first()
    return Sheet(version, draft, _known(version, person, tenancy, by), tenancy)


def _known(version: CallVersion, person: Person, tenancy: Tenancy, by: Actor) -> Mapping[str, Known] | None:
    """Return what the registry says, looked up by the house itself: a desk sees no rent account but the person's in front."""
    try:
        access.may_apply_for(by, person)
    except Refused:
        return None
    day = clock.today()
    flags = registers.granted(person.agency_id, clock.local(version.terms.opens_at).year)
    house = actors.system("registro", agency_id=person.agency_id)
    found = population.facts(tenancy.pk, version.rule, by=house, day=day, flags=flags)
    audit.seen("application.data_read", by=by, persons=[person.pk], fields=sorted(found))
    return found


def behind(code: str, call_id: int, *, by: Actor) -> Sheet:
    """Return what was typed in the draft a code opens, and nothing we know. Raise ``NotVisible``."""
    with access.with_code(code, by) as draft:
        if draft is None or draft.call_id != call_id:
            raise NotVisible
    version = the_open(call_id, draft.agency_id)
    audit.seen("application_draft.read", by=by, persons=[draft.person_id], fields=["draft"], of=draft.agency_id)
    return Sheet(version, draft, None)


def papers_of(draft: ApplicationDraft | None, *, by: Actor) -> list[Document]:
    """Return the papers brought with a draft."""
    mine = access.drafts_of(by).filter(pk=draft.pk).exists() if draft else False
    return list(Document.objects.filter(draft=draft).select_related("file").defer("file__content")) if mine else []


@dataclass(frozen=True, slots=True)
class Already:
    """Somebody is at it: an application of the same home, or a draft. ``who`` is nothing where it may not be told."""

    kind: str
    number: int | None
    who: str
    at: datetime
    state: str = ""


def already(call_id: int, person: Person, *, by: Actor) -> Already | None:
    """Say that the same home has applied this year, or that somebody else has begun: who and when, and nothing they wrote.

    Two helpers of one family find each other before they type (one application for a household and a year).
    """
    tenancy = access.may_write_for(by, person)
    version = the_open(call_id, person.agency_id)
    sent = _sent(tenancy, version)
    if sent is not None:
        audit.seen("application.noticed", by=by, persons=[sent.applicant_id], fields=["contribution"])
        return Already("sent", sent.number, _helper(sent), sent.submitted_at, sent.state_label)
    draft = ApplicationDraft.objects.filter(call_id=call_id, person=person, sent_at=None, expires_at__gt=clock.now()).first()
    return Already("draft", None, draft.kept_by, draft.saved_at) if draft and draft.kept_by != by.name else None


def _sent(tenancy: Tenancy, version: CallVersion) -> Application | None:
    year = clock.local(version.terms.opens_at).year
    rows = Application.objects.filter(household_id=tenancy.household_id, programme=version.call.programme, year=year)
    return rows.exclude(state="withdrawn").exclude(outcome="refused").select_related("applicant", "helped_by").first()


def _helper(sent: Application) -> str:
    return sent.helped_by.display_name if sent.helped_by else sent.applicant.display_name


@dataclass(frozen=True, slots=True)
class Begun:
    """A draft to go on with, and the title of its call."""

    call_id: int
    title: str
    saved_at: datetime


def begun(*, by: Actor) -> list[Begun]:
    """Return the drafts of a person's own that can still be sent."""
    rows = list(access.drafts_of(by).filter(person_id=by.person_id or 0))
    titles = {version.call_id: version.terms.texts["title"] for version in open_now(by.agency_id or 0)} if rows else {}
    return [Begun(row.call_id, titles[row.call_id], row.saved_at) for row in rows if row.call_id in titles]


def of_the_house(*, by: Actor) -> list[Application]:
    """Return the applications a tenant may know of: their own, and those of who signed the contract together."""
    found = list(access.applications_visible_to(by).select_related("version__call").order_by("-submitted_at"))
    audit.seen("applications.listed", by=by, persons=[row.applicant_id for row in found], fields=["contribution"])
    return found


@dataclass(frozen=True, slots=True)
class Sent:
    """An application that was sent: whole for who may read it, else that it is there and where it stands."""

    application: Application
    facts: list[Fact]
    papers: list[Document]
    whole: bool


def sent(number: int, *, by: Actor) -> Sent:
    """Return an application as far as an actor may know it. Raise ``NotVisible``."""
    found = access.the_application(by, number, "see")
    whole = access.applications_visible_to(by, "read").filter(pk=found.pk).exists()
    audit.seen("application.read", by=by, persons=[found.applicant_id], thing=found, fields=["contribution"])
    papers: QuerySet[Document] = Document.objects.filter(application=found) if whole else Document.objects.none()
    return Sent(found, _in_use(found) if whole else [], list(papers), whole)


def _in_use(application: Application) -> list[Fact]:
    told = tracing.told([application.pk])[application.pk]
    return [_fact(one, told[one.name]) for one in application.version.rule.inputs if one.name in told]
