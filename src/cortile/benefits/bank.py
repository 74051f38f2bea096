"""The port of the body's bank: what we ask it to pay, and what is wrong with an order. Pure: adapters write the file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Transfer:
    """One payee's money, in integer cents above zero.

    ``text`` is what stands on the payee's account statement: it is neutral. Neither our name nor what the money is for is in it.
    """

    end_to_end_id: str
    cents: int
    name: str
    iban: str
    text: str


@dataclass(frozen=True, slots=True)
class PaymentOrder:
    """Transfers a body orders together, from one account, on one day.

    ``written_at`` is an instant in UTC. ``cuc`` is the code CBI gave to who sends the file (codice univoco CBI), ``debtor_abi``
    the five digits of the bank that keeps the body's account, ``category_purpose`` a code of ISO 20022's external list
    (ExternalCategoryPurpose1Code).
    """

    message_id: str
    written_at: datetime
    execution_date: date
    initiating_party: str
    cuc: str
    debtor_name: str
    debtor_iban: str
    debtor_abi: str
    category_purpose: str
    transfers: tuple[Transfer, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """What the bank would refuse: the row, from 1, or None for the whole order; a stable code; what to do, in Italian."""

    row: int | None
    code: str
    sentence: str

    def __str__(self) -> str:
        return self.sentence if self.row is None else f"Riga {self.row}: {self.sentence}"


class OrderProblems(ValueError):  # noqa: N818 -- an answer rather than an error
    """An order nothing was written of, with everything that is wrong with it. Its text holds no name and no account."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class Bank(Protocol):
    """Writes what the body's bank takes. Sending it is a person's act, at the bank's own desk."""

    def write(self, order: PaymentOrder) -> bytes:
        """Return the file of an order, byte for byte the same each time. Raise ``OrderProblems``, naming all at once."""
