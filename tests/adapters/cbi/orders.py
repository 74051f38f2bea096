"""An invented order of an invented body, at an invented bank."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from stdnum.iban import calc_check_digits

from cortile.benefits.bank import PaymentOrder, Transfer

ABI, CAB, OTHER_ABI = "09991", "01600", "09992"
# The weights of the odd places of the CIN, from A or 0 on (ABI's own rule for Italian account numbers).
_ODD = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)


def italian_iban(account: int, abi: str = ABI) -> str:
    """Return a well-formed Italian IBAN: its CIN and its check digits hold."""
    number = f"{abi}{CAB}{account:012d}"
    weights = sum(_ODD[int(digit)] if place % 2 == 0 else int(digit) for place, digit in enumerate(number))
    bban = chr(ord("A") + weights % 26) + number
    return f"IT{calc_check_digits(f'IT00{bban}')}{bban}"


def foreign_iban(country: str, bban: str) -> str:
    """Return an IBAN of another country, with its check digits."""
    return f"{country}{calc_check_digits(f'{country}00{bban}')}{bban}"


FIRST = Transfer("P-1", 60_000, "Nicolò D’Agostino", italian_iban(1, OTHER_ABI), "Pagamento 2026/15")
SECOND = Transfer("P-2", 12_345, "Zoë Müller", italian_iban(2, OTHER_ABI), "Pagamento 2026/16")
MONDAY = datetime(2026, 11, 30, 9, 15, tzinfo=UTC)
ORDER = PaymentOrder(
    message_id="ORD-2026-0001",
    written_at=MONDAY,
    execution_date=date(2026, 12, 1),
    initiating_party="Ente Casa di Prova",
    cuc="0999A123",
    debtor_name="Ente Casa di Prova",
    debtor_iban=italian_iban(77),
    debtor_abi=ABI,
    category_purpose="GOVT",
    transfers=(FIRST, SECOND),
)


def order(**changes: Any) -> PaymentOrder:  # noqa: ANN401 -- the order's own fields
    """Return the order with other fields."""
    return replace(ORDER, **changes)


def paying(**changes: Any) -> PaymentOrder:  # noqa: ANN401 -- the transfer's own fields
    """Return the order with its second transfer changed."""
    return order(transfers=(FIRST, replace(SECOND, **changes)))
