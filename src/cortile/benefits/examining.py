"""Named questions about the examination of applications: where each stands, by which rule, on whose word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from cortile.benefits import access, judging, letters, procedure, tracing
from cortile.benefits.judging import Told
from cortile.benefits.models import Application, Datum, Decision, Document, Step
from cortile.benefits.procedure import Notice, Standing
from cortile.benefits.tracing import Trace
from cortile.kit import audit, clock
from cortile.kit.actor import Actor
from cortile.kit.models import StoredFile
from cortile.kit.refusals import NotVisible
from cortile.listening import access as threads
from cortile.listening.models import Entry
from cortile.messages import rules as messages

MOST = 100
SEEN = ("contribution", "isee")
OPEN = Q(decided_at=None, sent_back_at=None)


class Row(NamedTuple):
    """An application in the queue, with its legal clock and what its rule says today, in cents where it is a yes."""

    application: Application
    due: date
    stopped: bool
    outcome: str
    award: int
    in_review: bool


@dataclass(frozen=True, slots=True)
class File:
    """Everything the page of one application shows."""

    application: Application
    trace: Trace
    standing: Standing
    due: date
    stopped: bool
    data: list[Datum]
    documents: list[Document]
    steps: list[Step]
    decisions: list[Decision]
    same_house: list[Application]
    # What was said in her request, where whoever looks may read it.
    said: list[Entry]
    # What whoever looks may do to it: «examine», «decide», «sign» what somebody else proposed, «ask», «help».
    rights: frozenset[str]

    @property
    def notices(self) -> list[Step]:
        """Return the notices before a no that were sent."""
        return [found for found in self.steps if found.kind == "notice"]

    @property
    def proposal(self) -> Decision | None:
        """Return the proposal that waits for a second signature."""
        return next((found for found in self.decisions if found.state == "proposed"), None)


# --- one file ---


def standing(application: Application) -> Standing:
    """Return where a file stands, for the rules of the procedure."""
    waits = Decision.objects.filter(OPEN, application=application).exists()
    asked = Step.objects.filter(application=application, kind="review_asked", met_at=None).exists()
    return Standing(application.state, application.outcome, asked, waits)


def last_notice(application: Application) -> Notice | None:
    """Return the last notice before a no, or None where none was sent."""
    sent = Step.objects.filter(application=application, kind="notice").order_by("-pk").first()
    return None if sent is None or sent.due is None else Notice(sent.due, sent.met_at is not None)


def one_file(number: int, *, by: Actor) -> File:
    """Return everything about one application. Raise ``NotVisible``."""
    found = access.the_application(by, number)
    steps = list(Step.objects.filter(application=found))
    decisions = list(Decision.objects.filter(application=found).select_related("proposed_by", "decided_by", "version"))
    shown = File(
        found, tracing.trace_of(found), standing(found), *_clock(found, steps), list(Datum.objects.filter(application=found)),
        list(Document.objects.filter(application=found)), steps, decisions, same_house(found), _said(found, by),
        _rights(found, decisions, by),
    )  # fmt: skip
    audit.seen("application.read", by=by, persons=[found.applicant_id], fields=SEEN, thing=found)
    return shown


def paper(number: int, paper_id: int, *, by: Actor) -> StoredFile:
    """Return the sheet or photo of a paper brought with an application. Raise ``NotVisible``."""
    found = access.the_application(by, number)
    brought = Document.objects.filter(application=found, pk=paper_id).select_related("file").first()
    if brought is None:
        raise NotVisible
    audit.seen("application.read", by=by, persons=[found.applicant_id], fields=["document"], thing=found)
    return brought.file


def _said(application: Application, by: Actor) -> list[Entry]:
    readable = threads.visible_to(by, "answer").filter(pk=application.thread_id)
    return list(Entry.objects.filter(thread__in=readable, public=True).order_by("at", "pk"))


def _rights(application: Application, decisions: Iterable[Decision], by: Actor) -> frozenset[str]:
    asked = ("examine", "decide", "ask", "help")
    held = {a for a in asked if access.applications_visible_to(by, a).filter(pk=application.pk).exists()}
    own = {n for found in decisions if found.state == "proposed" for n in (found.proposed_by_id, found.helped_by_id)}
    return frozenset(held | ({"sign"} if "decide" in held and by.id not in own else set()))


def preview(found: File, kind: str, *, grounds: str = "") -> str:
    """Return what she would read of an outcome, ``granted`` or ``refused``, or of a ``notice`` before a no, word for word."""
    application, terms = found.application, found.application.version.terms
    days = terms.observation_days if kind == "notice" else terms.review_days
    until = procedure.days_after(clock.today(), days)
    made = found.trace.judged
    if kind == "granted":
        values = letters.granted(made, terms, until=until, cents=made.award)
    else:
        values = letters.notice(made, until=until, days=days, grounds=grounds)
    owner, body = application.thread.owner, application.agency
    known = {"number": application.number, "owner": owner.given_name if owner else body.short_name, "phone": body.phone}
    return messages.render(f"application_{kind}", messages.SOURCE, **known | values).body


def same_house(application: Application) -> list[Application]:
    """Return the other applications of the same household or contract in the same year: twice the same, or help already given."""
    same = Q(household_id=application.household_id) | Q(tenancy_id=application.tenancy_id)
    rows = Application.objects.filter(same, agency_id=application.agency_id, year=application.year)
    return list(rows.exclude(pk=application.pk).exclude(state="withdrawn").select_related("call"))


def _clock(application: Application, steps: Iterable[Step]) -> tuple[date, bool]:
    """Return the legal last day, and whether it stands still meanwhile."""
    last = next((s for s in reversed(list(steps)) if s.kind in {"documents_asked", "notice"} and s.met_at is None), None)
    stopped = application.state in {"documents", "notice"} and last is not None
    return application.due, stopped


# --- lists ---


def queue(*, by: Actor, state: str = "", call: int = 0, most: int = MOST) -> list[Row]:
    """Return the applications to examine, the oldest legal clock first, each with what its rule says. Questions are constant.

    ``state`` keeps one state; «decided» ones are shown while a new look at them was asked for.
    """
    rows = _examined(by).filter(Q(state=state) if state else ~Q(state="decided") | Q(in_review=True))
    rows = rows.filter(call_id=call) if call else rows
    found = list(rows.order_by("due", "arrival", "pk")[:most])
    data = tracing.told(a.pk for a in found)
    audit.seen("applications.listed", by=by, persons=[a.applicant_id for a in found], fields=SEEN)
    return [_row(a, data[a.pk]) for a in found]


def _examined(by: Actor) -> QuerySet[Application]:
    asked = Step.objects.filter(application=OuterRef("pk"), kind="review_asked", met_at=None)
    rows = Application.objects.filter(pk__in=access.applications_visible_to(by, "read").values("pk"))
    rows = rows.exclude(state="withdrawn").annotate(in_review=Exists(asked))
    return rows.select_related("applicant", "version", "call", "helped_by")


def _row(application: Application, data: dict[str, Told]) -> Row:
    found = judging.judge(application.version.rule, data, tracing.arrived_on(application))
    stopped = application.state in {"documents", "notice"}
    in_review = bool(getattr(application, "in_review", False))
    return Row(application, application.due, stopped, str(found.decision.outcome), found.award, in_review)


def beside(number: int, *, by: Actor) -> tuple[int | None, int | None]:
    """Return the numbers before and after one in the queue, in its order; None at its ends. They name nobody."""
    rows = _examined(by).filter(~Q(state="decided") | Q(in_review=True)).order_by("due", "arrival", "pk")
    numbers = list(rows.values_list("number", flat=True))
    if number not in numbers:
        return None, numbers[0] if numbers else None
    here = numbers.index(number)
    return numbers[here - 1] if here else None, numbers[here + 1] if here + 1 < len(numbers) else None


def to_sign(*, by: Actor) -> list[Decision]:
    """Return the proposals that wait for a second signature, the oldest first; those one may not sign are there, and say so."""
    mine = access.applications_visible_to(by, "decide").values("pk")
    rows = Decision.objects.filter(OPEN, application_id__in=mine).order_by("proposed_at", "pk")
    found = list(rows.select_related("application__applicant", "application__call", "proposed_by", "version")[:MOST])
    audit.seen("applications.listed", by=by, persons=[d.application.applicant_id for d in found], fields=SEEN)
    return found


def decided_of(call_id: int, *, by: Actor) -> list[Decision]:
    """Return the decision in force of each application of a call that was decided: what can be worked out again."""
    mine = access.applications_visible_to(by, "examine").filter(call_id=call_id, state="decided").exclude(outcome="revoked")
    rows = Decision.objects.filter(application_id__in=mine.values("pk"), decided_at__isnull=False)
    rows = rows.order_by("application_id", "-number").distinct("application_id")
    found = list(rows.select_related("application__applicant", "application__version", "application__call", "version"))
    audit.seen("applications.listed", by=by, persons=[d.application.applicant_id for d in found], fields=SEEN)
    return found
