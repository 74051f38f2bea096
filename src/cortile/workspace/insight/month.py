"""The page of the month: the numbers, where each comes from, and the same cells as a file."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from cortile.agencies import policy
from cortile.agencies import reads as agencies
from cortile.insight import reads
from cortile.kit import clock, dates
from cortile.kit.actor import current
from cortile.kit.doors import opens
from cortile.kit.refusals import NotVisible

MONTHS_BACK = 24


def _asked(request: HttpRequest) -> tuple[int, int]:
    """Return the month of the address; without one, the last whole month is the one worth reading."""
    found = re.fullmatch(r"(\d{4})-(\d{2})", request.GET.get("mese", ""))
    if found:
        return int(found[1]), int(found[2])
    return _months()[1] if "mese" not in request.GET else _months()[0]


def _months() -> list[tuple[int, int]]:
    today = clock.today()
    count = today.year * 12 + today.month - 1
    return [((count - n) // 12, (count - n) % 12 + 1) for n in range(MONTHS_BACK)]


def _body(request: HttpRequest) -> Any:  # noqa: ANN401 -- doors import no models
    """Return whose month: one's own, or for the Region the one chosen: at first the front one."""
    by = current()
    if not policy.can(by, "month of every body"):
        return agencies.agency_by_id(by.agency_id or 0)
    known = sorted((a for a in agencies.agencies() if a.kind != "region"), key=lambda a: a.code != settings.FRONT_AGENCY)
    asked = request.GET.get("ente", "")
    found = next((a for a in known if a.code == asked), None) if asked else next(iter(known), None)
    if found is None:
        raise NotVisible
    return found


def _named(page: reads.MonthPage, line: reads.Line) -> list[tuple[str, str]]:
    """Return the cells of a line beside their column's name: on a phone each line is a card."""
    return [*zip(page.columns, (*line.cells, line.share), strict=True)]


@opens("month page", sample="/scrivania/mese/")
def month(request: HttpRequest) -> HttpResponse:
    """Show the month of a body."""
    by, body = current(), _body(request)
    year, number = _asked(request)
    page = reads.month(body, year, number, by=by)
    language = get_language() or "it"
    every = policy.can(by, "month of every body")
    return render(request, "workspace/insight/month.html", {
        "tab": "month", "month": page, "chosen": f"{year}-{number:02d}", "body": body,
        "months": [(f"{y}-{m:02d}", dates.month_name(date(y, m, 1), language)) for y, m in _months()],
        "bodies": [a for a in agencies.agencies() if a.kind != "region"] if every else [],
        "figures": _named(page, page.total),
        "blocks": [(b.title, [(line.label, _named(page, line)) for line in b.lines]) for b in page.blocks[1:]],
        "released": reads.released(body, year, number, by=by),
        "sources": [*zip(page.indicators, page.statements, strict=True)],
    })  # fmt: skip


@opens("month page", sample="/scrivania/mese/mese.csv")
def month_csv(request: HttpRequest) -> HttpResponse:
    """Give the very cells of the page, for a spreadsheet."""
    body = _body(request)
    year, number = _asked(request)
    content = "\ufeff" + reads.month_csv(body, year, number, by=current())
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{body.code}-{year}-{number:02d}.csv"'
    return response
