"""How many sign a batch, what a tranche comes to, what its file for the landlord says, and what an answer's rows say. Pure."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from cortile.kit import money

MOST_PARTS = 4


class Band(NamedTuple):
    """Up to how many cents (None for any above), how many people sign beside who made the batch."""

    up_to_cents: int | None
    signatures: int


# To be confirmed by each body, and shown as such until it writes its own: no source fixes them.
USUAL_BANDS = (Band(5_000_00, 1), Band(50_000_00, 2), Band(None, 3))


def signatures_for(total_cents: int, bands: Sequence[Band]) -> int:
    """Return how many people sign a batch beside who made it: those of the first band its total is within."""
    ordered = sorted(bands, key=lambda band: (band.up_to_cents is None, band.up_to_cents or 0))
    return next(band.signatures for band in ordered if band.up_to_cents is None or total_cents <= band.up_to_cents)


def whole(bands: Sequence[Band]) -> bool:
    """Tell whether bands say something of every total: one has no limit, none asks for fewer than one person or for less."""
    limits = [band.up_to_cents for band in bands]
    ordered = [b.signatures for b in sorted(bands, key=lambda b: (b.up_to_cents is None, b.up_to_cents or 0))]
    return (
        None in limits and len(set(limits)) == len(limits) and all(limit is None or limit > 0 for limit in limits)
        and ordered == sorted(ordered) and min(ordered) >= 1
    )  # fmt: skip


def tranche_cents(granted_cents: int, assigned_cents: int, tranche: int, parts: int) -> int:
    """Return what a tranche of so many parts comes to, in cents: equal ones, rounded down, and the last takes the rest."""
    rest = max(0, granted_cents - assigned_cents)
    return rest if tranche >= parts else min(rest, granted_cents // parts)


def statement(prefix: str, number: int) -> str:
    """Return what stands on the payee's statement: a neutral word and the application's number, nothing of what it is for."""
    return f"{prefix.strip()} {number}"


def fingerprint(lines: Iterable[Sequence[object]]) -> str:
    """Return the SHA-256 of a batch's lines, in their order."""
    return hashlib.sha256(json.dumps([list(line) for line in lines], ensure_ascii=True).encode()).hexdigest()


# --- the file for the landlord's system ---

SET_OFF_COLUMNS = ("lotto", "riferimento", "conto", "contratto", "importo", "data", "testo")


class SetOff(NamedTuple):
    """One line set off against a tenant's account (accredito su partita contabile): codes of the landlord's, and no name."""

    batch: int
    reference: str
    account: str
    tenancy: str
    cents: int
    day: date
    text: str


def set_off_file(lines: Iterable[SetOff]) -> bytes:
    """Return the file of a batch set off: semicolons, UTF-8, CRLF, sums as «412,50» without dots. See docs/payments.md."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(SET_OFF_COLUMNS)
    for line in lines:
        euros, cents = divmod(line.cents, 100)
        writer.writerow([
            line.batch, line.reference, line.account, line.tenancy, f"{euros},{cents:02d}", line.day.isoformat(), line.text,
        ])  # fmt: skip
    return out.getvalue().encode()


# --- what comes back ---

ANSWER_COLUMNS = ("riferimento", "esito", "codice", "data")
PAID, RETURNED = "paid", "returned"
# As people and banks write them: the ISO 20022 words for settled and refused beside the Italian ones.
OUTCOMES = {"pagato": PAID, "eseguito": PAID, "accreditato": PAID, "acsc": PAID, "tornato": RETURNED, "stornato": RETURNED,
            "respinto": RETURNED, "rjct": RETURNED}  # fmt: skip
MOST_ROWS, LONGEST_CELL = 20_000, 100
_REFERENCE = re.compile(r"[0-9]+(-[0-9]+)+", re.ASCII)


class AnswerUnreadableError(ValueError):
    """Raised where a file is no answer: not UTF-8, without its columns, or far too long."""


class Row(NamedTuple):
    """One row of an answer, from 1 after the heading; ``problem`` says why nothing can come of it, whatever the batch."""

    line_number: int
    reference: str
    outcome: str
    code: str
    day: date | None
    cents: int | None
    problem: str


def read_answer(content: bytes, today: date) -> list[Row]:
    """Read an answer: a CSV with riferimento;esito;codice;data, and importo where it says the sum. Raise ``AnswerUnreadableError``.

    Each row is read by itself: one that is broken has its ``problem``. A reference that comes twice with one outcome counts
    once; with two outcomes, not at all.
    """
    columns, cells = _table(content)
    rows = [_row(number, dict(zip(columns, found, strict=False)), len(found) >= len(ANSWER_COLUMNS), today)
            for number, found in enumerate(cells, start=1)]  # fmt: skip
    return list(_each_once(rows))


def _table(content: bytes) -> tuple[list[str], list[list[str]]]:
    try:
        text = content.decode("utf-8-sig")
        found = [row for row in csv.reader(io.StringIO(text), delimiter=";", strict=True) if any(cell.strip() for cell in row)]
    except (UnicodeDecodeError, csv.Error) as broken:
        raise AnswerUnreadableError from broken
    columns = [{"reference": "riferimento"}.get(c.strip().lower(), c.strip().lower()) for c in found[0]] if found else []
    if not set(ANSWER_COLUMNS) <= set(columns) or len(found) > MOST_ROWS:
        raise AnswerUnreadableError
    return columns, found[1:]


def _row(number: int, said: dict[str, str], whole_row: bool, today: date) -> Row:  # noqa: FBT001 -- a private step
    cell = {name: said.get(name, "").strip()[:LONGEST_CELL] for name in (*ANSWER_COLUMNS, "importo")}
    outcome, day = OUTCOMES.get(cell["esito"].lower(), ""), _day(cell["data"])
    cents, sum_read = _cents(cell["importo"])
    problem = (
        "row-broken" if not whole_row or not sum_read or not _REFERENCE.fullmatch(cell["riferimento"])
        else "outcome-unknown" if not outcome
        else "day-wrong" if day is None or day > today
        else ""
    )  # fmt: skip
    return Row(number, cell["riferimento"], outcome or cell["esito"], cell["codice"], day, cents, problem)


def _each_once(rows: Sequence[Row]) -> Iterator[Row]:
    said = {(row.reference, row.outcome) for row in rows if not row.problem}
    torn = {reference for reference, times in Counter(reference for reference, _ in said).items() if times > 1}
    before: set[str] = set()
    for row in rows:
        again = not row.problem and (row.reference in torn or row.reference in before)
        before |= {row.reference} if not row.problem else set()
        yield row._replace(problem="twice") if again else row


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _cents(text: str) -> tuple[int | None, bool]:
    """Return a sum and whether it could be read: none at all is fine."""
    try:
        return (money.cents(text) if text else None), True
    except ValueError:
        return None, False
