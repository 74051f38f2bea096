"""Named questions about payments: which batches there are, what one holds, and the file it left with."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from cortile.benefits import access, payable, words
from cortile.benefits.models import Application, BankAccount, Batch, BatchLine, Envelope, OutcomeFile, Signature
from cortile.benefits.payable import Standing
from cortile.benefits.stages import ACCOUNTS
from cortile.kit import audit, files
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible, Refused

ROOM = "benefits.batch"
ENDINGS = {"text/csv": "accrediti-{}.csv", "application/xml": "bonifici-{}.xml"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a batch as it is shown: the name for whoever may read the application, and what to look at before signing."""

    row: BatchLine
    name: str
    warnings: list[str]
    excluded: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A batch with its lines, its signatures and its answers. ``unconfirmed`` is what the body is still to confirm."""

    batch: Batch
    lines: list[Line]
    signatures: list[Signature]
    answers: list[OutcomeFile]
    again: list[Line]
    unconfirmed: list[str]
    total_cents: int
    mine: bool

    @property
    def warned(self) -> bool:
        """Tell whether a line has something to look at."""
        return any(line.warnings for line in self.lines)

    @property
    def missing(self) -> int:
        """Return how many signatures are still to come."""
        return max(0, self.batch.signatures_needed - len(self.signatures))


@dataclass(frozen=True, slots=True)
class Choice:
    """Who could be in a new batch, and who not, each with a name and a reason."""

    envelope: Envelope
    ready: list[tuple[Standing, str]]
    left_out: list[tuple[Standing, str, str]]
    total_cents: int


@dataclass(frozen=True, slots=True)
class File:
    """A file a batch left with."""

    name: str
    media_type: str
    content: bytes


def every(*, by: Actor) -> list[Batch]:
    """Return the batches of a body, the newest first: sums and states, and nobody's name."""
    return list(access.batches_visible_to(by).select_related("envelope", "made_by", "follows").prefetch_related("signatures"))


def sums(*, by: Actor) -> list[tuple[Envelope, dict[str, int]]]:
    """Return the envelopes of a body with what stands on each of their accounts, in cents."""
    rows = access.envelopes_visible_to(by).select_related("call").prefetch_related("balances")
    return [(row, dict.fromkeys(ACCOUNTS, 0) | {b.account: b.cents for b in row.balances.all()}) for row in rows]


def one(batch_id: int, *, by: Actor) -> Sheet:
    """Return a batch as its page shows it. Raise ``NotVisible``. Whoever's application is in it was looked at."""
    batch = _batch(batch_id, by)
    rows = payable.lines_of(batch)
    named = _names([row.application for row in rows], by)
    odd = payable.warnings(batch, rows) if batch.state in {"open", "closed"} else {}
    lines = [
        Line(row, named.get(row.application_id, ""), [str(words.WARNINGS[code]) for code in odd.get(row.pk, [])]) for row in rows
    ]
    audit.seen("batch.read", by=by, persons=[row.application.applicant_id for row in rows], fields=["payment"], thing=batch)
    return Sheet(
        batch, lines, list(batch.signatures.all()), list(batch.outcome_files.prefetch_related("rows")), _again(rows, named),
        _unconfirmed(batch), sum(row.cents for row in rows), batch.made_by_id == by.id,
    )  # fmt: skip


def choice(envelope_id: int, *, by: Actor, way: str, parts: int) -> Choice:
    """Return who of an envelope can be paid in one way, and why the others cannot. Raise ``NotVisible``."""
    envelope = access.envelopes_visible_to(by).filter(pk=envelope_id).select_related("call").first()
    if envelope is None:
        raise NotVisible
    found = payable.standings(envelope, way, parts)
    named = _names([one.application for one in found], by)
    audit.seen("batch.prepared", by=by, persons=[one.application.applicant_id for one in found], fields=["payment"])
    ready = [(one, named.get(one.application.pk, "")) for one in found if not one.problem]
    left = [(one, named.get(one.application.pk, ""), str(words.EXCLUSIONS[one.problem])) for one in found if one.problem]
    return Choice(envelope, ready, left, sum(one.cents for one, _ in ready))


def file_of(batch_id: int, *, by: Actor) -> File:
    """Return the file a batch left with, byte for byte. Raise ``NotVisible``, or ``Refused`` with ``file-tampered``."""
    batch = _batch(batch_id, by)
    stored = files.one(ROOM, batch.pk, batch.file_id or 0)
    if stored is None:
        raise NotVisible
    content = bytes(stored.content)
    if hashlib.sha256(content).hexdigest() != batch.file_digest:
        raise Refused("file-tampered", *map(str, words.REFUSALS["file-tampered"]))
    people = batch.rows.values_list("application__applicant_id", flat=True)
    audit.seen("batch.exported", by=by, persons=people, fields=["payment"], thing=batch)
    return File(ENDINGS[stored.media_type].format(batch.number), stored.media_type, content)


def _batch(batch_id: int, by: Actor) -> Batch:
    rows = access.batches_visible_to(by).select_related("envelope__call", "agency", "made_by", "follows")
    found = rows.filter(pk=batch_id).first()
    if found is None:
        raise NotVisible
    return found


def _names(applications: list[Application], by: Actor) -> dict[int, str]:
    """Return the applicants' names of the applications an actor may read."""
    numbers = [row.pk for row in applications]
    may = access.applications_visible_to(by, "read").filter(pk__in=numbers).values_list("pk", flat=True)
    readable = set(may)
    return {row.pk: row.applicant.full_name for row in applications if row.pk in readable}


def _again(rows: list[BatchLine], named: dict[int, str]) -> list[Line]:
    """Return the lines that came back and were not sent again, with why they cannot be yet."""
    returned = [row for row in rows if row.state == "returned"]
    live = BatchLine.objects.filter(application__in=[row.application_id for row in returned]).exclude(state="dropped")
    still = {row.pk for row in payable.came_back(live.order_by("pk"))}
    waiting = [row for row in returned if row.pk in still]
    return [
        Line(row, named.get(row.application_id, ""), [], str(words.EXCLUSIONS[one.problem]) if one.problem else "")
        for row, one in zip(waiting, payable.again(waiting), strict=True)
    ]


def _unconfirmed(batch: Batch) -> list[str]:
    """Return what of a batch's settings nobody confirmed yet, in words."""
    bands, confirmed = payable.bands_of(batch.agency_id)
    account = BankAccount.objects.filter(agency_id=batch.agency_id).first() if batch.way == "transfer" else None
    said = [] if confirmed else [words.bands_said(bands)]
    return [*said, *([account.unconfirmed] if account and account.unconfirmed else [])]


def account_of(*, by: Actor) -> dict[str, str]:
    """Return the account somebody's own body pays from, field by field; nothing where it is not written. Raise ``Refused``."""
    access.require_to(by, "set up", "not-allowed-to-set-up")
    rows = BankAccount.objects.filter(agency_id=by.agency_id or 0)
    found = rows.values("debtor_name", "iban", "abi", "cuc", "category_purpose", "unconfirmed").first()
    return {name: str(said) for name, said in found.items()} if found else {}
