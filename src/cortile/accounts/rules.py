"""Pure decisions about money: what stands beside a debt, and which facts are good on a day. No Django, no clock."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar

# The areas of the regional rent law (L.R. 27/2009 art. 31), in the law's own words: no translation says what they mean.
AREAS = ("protezione", "accesso", "permanenza", "decadenza")
ITEMS = ("heating", "services", "rent", "utilities")
ISEE_KINDS = ("current", "ordinary")
# The census of tenants comes every second year: an area says nothing of the day after (domain §2.3).
CENSUS_MONTHS = 24
SEASON = re.compile(r"(20\d\d)/(\d\d)")
# As the pattern of the published samples is; the last part is always «00». To be confirmed: a wrong shape only warns.
PROTOCOL = re.compile(r"INPS-ISEE-20\d\d-[0-9A-Z]{9}-00")
# A thermal season begins in the autumn: where exactly is each town's, and no matter here.
OCTOBER = 10


def stands(since: date, until: date | None, ended_on: date | None, today: date) -> bool:
    """Tell whether a protection holds today: it has begun, its last day has not passed, nobody has ended it."""
    return since <= today and (until is None or today <= until) and ended_on is None


def plan_is_whole(kind: str, instalment_cents: int | None, until: date | None) -> bool:
    """Tell whether a plan says what is paid a month and until when: a promise of one cannot be checked."""
    return kind != "plan" or (until is not None and instalment_cents is not None and instalment_cents > 0)


def standing_of(balance_cents: int) -> str:
    """Return how a contract stands: ``owes``, ``even``, or ``credit`` when it has paid more."""
    return "owes" if balance_cents > 0 else "credit" if balance_cents < 0 else "even"


class Statement(Protocol):
    """What a choice among ISEE statements looks at."""

    @property
    def kind(self) -> str:
        """Return ``current`` or ``ordinary``."""
        ...

    @property
    def issued_on(self) -> date:
        """Return its first day."""
        ...

    @property
    def valid_until(self) -> date:
        """Return its last day."""
        ...


S = TypeVar("S", bound=Statement)


def isee_in_force(statements: Iterable[S], day: date) -> S | None:
    """Return the ISEE statement that counts on a day, or None: the current one before the ordinary, then the newest.

    Of two of one kind and day the first given wins. Source: DPCM 159/2013 artt. 9 and 10.
    """
    good = [s for s in statements if s.issued_on <= day <= s.valid_until]
    return max(good, key=lambda s: (s.kind == "current", s.issued_on), default=None)


def season_fits(season: str) -> bool:
    """Tell whether a season is written «2025/26»: a year, and the one after it."""
    found = SEASON.fullmatch(season)
    return found is not None and (int(found[1]) + 1) % 100 == int(found[2])


def seasons_until(day: date) -> tuple[str, str]:
    """Return the season that runs on a day and the one before it: what is older says nothing of today's costs."""
    first = day.year if day.month >= OCTOBER else day.year - 1
    return f"{first}/{(first + 1) % 100:02d}", f"{first - 1}/{first % 100:02d}"


def protocol_of(text: str) -> str:
    """Return the protocol of an ISEE statement as we keep it: capitals, no spaces, plain dashes."""
    return re.sub(r"\s+", "", text.upper().replace("\u2013", "-").replace("\u2014", "-"))


def protocol_fits(protocol: str) -> bool:
    """Tell whether a protocol has the shape INPS prints, ``INPS-ISEE-2026-XXXXXXXXX-00``; none at all is nobody's mistake."""
    return not protocol or PROTOCOL.fullmatch(protocol) is not None


def whole_months(since: date, day: date) -> int:
    """Return how many whole months have passed; nought before the first."""
    return max(0, (day.year - since.year) * 12 + day.month - since.month - (day.day < since.day))


def months_after(since: date, months: int) -> date:
    """Return the same day some months later, or the last of a shorter month."""
    year, month = divmod(since.year * 12 + since.month - 1 + months, 12)
    last = (date(year + month // 11, (month + 1) % 12 + 1, 1) - date.resolution).day
    return date(year, month + 1, min(since.day, last))
