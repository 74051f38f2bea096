"""The page of the month. The same number of statements whatever there is to count."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cortile.agencies import reads as agencies
from cortile.agencies.models import Agency
from cortile.homes import reads as homes
from cortile.insight import access, rules, words
from cortile.insight.declared import Indicator, Month
from cortile.insight.indicators import ALL, past_answer
from cortile.kit import clock, dates, signed_counts, wall
from cortile.kit.actor import Actor
from cortile.kit.refusals import NotVisible
from cortile.kit.small_cells import Hidden
from cortile.listening.states import NATURES
from cortile.listening.words import NATURE_LABELS

FIRST_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: its name, a text for each column, and the share of promises kept."""

    label: str
    cells: tuple[str, ...]
    share: str


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one grouping: the whole body, by place, by nature."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class MonthPage:
    """The whole page, ready to be shown: no number that may not be read is in it."""

    agency: Agency
    first: date
    title: str
    columns: tuple[str, ...]
    blocks: tuple[Block, ...]
    past: tuple[tuple[str, str], ...]
    indicators: tuple[Indicator, ...]
    statements: tuple[str, ...]

    @property
    def total(self) -> Line:
        """Return the line of the whole body: the headline numbers."""
        return self.blocks[0].lines[0]


def month(agency: Agency, year: int, number: int, *, by: Actor) -> MonthPage:
    """Return the month of a body. Raise ``NotVisible`` for another body's, or a month that has not begun."""
    access.require_month(by, agency)
    asked = _month(agency, year, number)
    names = {n.pk: n.name for n in homes.neighbourhoods(agency.pk)}
    places: list[int | None] = [*names, None]
    # Counts that name nobody: the Region and whoever prepares a body read them without holding a lane of it.
    with wall.within(agency.pk, ("social",)):
        rows = [row for indicator in ALL for row in indicator.query(asked)]
        past = _past(asked)
    seen = rules.shown(rows, places, NATURES)
    return MonthPage(
        agency=agency, first=asked.first, title=dates.month_name(asked.first, "it"),
        columns=(*(str(words.MEASURES[m]) for m in rules.MEASURES), str(words.SHARE)),
        blocks=(
            _block(seen, "all", [(None, str(words.TOTAL))]),
            _block(seen, "place", [(p, names[p] if p is not None else str(words.NO_PLACE)) for p in places]),
            _block(seen, "nature", [(n, str(NATURE_LABELS[n])) for n in NATURES]),
        ),
        past=past, indicators=ALL, statements=tuple(i.sql(asked) for i in ALL),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Released:
    """What one association handed over for three months, line by line."""

    association: str
    quarter: str
    lines: tuple[tuple[str, str], ...]


def released(agency: Agency, year: int, number: int, *, by: Actor) -> list[Released]:
    """Return the last counts associations handed over, up to the quarter of a month; nothing where none was loaded.

    Raise ``NotVisible`` as ``month`` does.
    """
    access.require_month(by, agency)
    asked = signed_counts.quarter_of(_month(agency, year, number).first)
    # Counts of another's work, and never fewer than five: like the month's own, they name nobody.
    with wall.within(agency.pk, ("social",)):
        rows = agencies.released_counts(agency.pk, asked)
    return [Released(row.key.association, _quarter(row.quarter), _handed_over(row.counts)) for row in rows]


def _quarter(name: str) -> str:
    found = signed_counts.quarter(name)
    return str(words.QUARTER % {"number": found.number, "year": found.year})


def _handed_over(counts: Mapping[str, signed_counts.Cell]) -> tuple[tuple[str, str], ...]:
    return tuple((str(label), _told(counts[line])) for line, label in words.RELEASED_LINES.items())


def _told(cell: signed_counts.Cell) -> str:
    if cell is None:
        return str(words.FEW)
    return str(words.NOT_SHOWN) if cell == signed_counts.HIDDEN else str(cell)


def _month(agency: Agency, year: int, number: int) -> Month:
    today = clock.today()
    if not (FIRST_YEAR <= year <= today.year and 1 <= number <= 12 and date(year, number, 1) <= today):  # noqa: PLR2004 -- months
        raise NotVisible
    return Month(agency, date(year, number, 1), today)


def _block(seen: rules.Shown, axis: str, members: Sequence[tuple[object, str]]) -> Block:
    lines = []
    for member, label in members:
        found = {m: seen[m, axis, member] for m in rules.MEASURES}
        cells = tuple(_text(found[m]) for m in rules.MEASURES)
        lines.append(Line(label, cells, _share(found | ({"missed": seen[rules.MISSED]} if axis == "all" else {}))))
    return Block(str(words.AXES[axis]), tuple(lines))


def _text(cell: Hidden | int) -> str:
    if isinstance(cell, Hidden):
        return str(words.FEW if cell.few else words.NOT_SHOWN)
    return str(cell)


def _share(cells: Mapping[str, Hidden | int]) -> str:
    if cells["due"] == 0:
        return words.NOTHING
    found = rules.share(cells["kept"], cells["due"])
    if found is not None:
        return f"{found} %"
    least = rules.share_at_least(cells["missed"], cells["due"]) if "missed" in cells else None
    return str(words.NOT_SHOWN) if least is None else str(words.AT_LEAST % {"share": least})


def _past(asked: Month) -> tuple[tuple[str, str], ...]:
    """Return the two medians. How many requests stand behind them is not said: months would be subtracted from the whole."""
    found = past_answer.query(asked)
    return (
        (str(words.PAST_MONTH), _days(found["month"], found["month_count"])),
        (str(words.PAST_EVERY), _days(found["every"], found["every_count"])),
    )


def _days(median: timedelta | None, count: int) -> str:
    if median is None:
        return words.NOTHING
    if not rules.enough(count):
        return str(words.NOT_SHOWN)
    days = median / timedelta(days=1)
    return f"{days:.1f}".removesuffix(".0").replace(".", ",")


def month_csv(agency: Agency, year: int, number: int, *, by: Actor) -> str:
    """Return the very cells of the page as CSV, for a spreadsheet in Italian."""
    page = month(agency, year, number, by=by)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([str(words.GROUP), str(words.ITEM), *page.columns])
    for block in page.blocks:
        writer.writerows([block.title, _inert(line.label), *line.cells, line.share] for line in block.lines)
    writer.writerows([str(words.PAST), label, days] for label, days in page.past)
    for one in released(agency, year, number, by=by):
        writer.writerows([_inert(f"{one.association}, {one.quarter}"), label, value] for label, value in one.lines)
    return out.getvalue()


def _inert(text: str) -> str:
    """Keep a spreadsheet from reading a name as a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
