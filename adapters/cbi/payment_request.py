"""The file of a payment order, whole and checked, or nothing."""

from __future__ import annotations

from adapters.cbi.checks import problems_in
from adapters.cbi.envelope import drawn
from cortile.benefits.bank import OrderProblems, PaymentOrder


class PaymentRequests:
    """Writes CBI payment requests: the bank of ``cortile.benefits.bank.Bank``. It keeps nothing and reaches nobody."""

    def write(self, order: PaymentOrder) -> bytes:
        """Return the file of an order. Raise ``OrderProblems``, naming all that is wrong at once."""
        return written(order)


def written(order: PaymentOrder) -> bytes:
    """Return the file of an order: CBIBdyPaymentRequest 00.04.01 in UTF-8, the same bytes for the same order.

    What is returned is what was read back and checked. Raise ``OrderProblems``; then nothing was written.
    """
    file = drawn(order)
    if found := problems_in(file):
        raise OrderProblems(found)
    return file
