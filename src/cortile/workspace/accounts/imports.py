"""S20, the import page: upload, see what would change, confirm, correct what was refused."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from cortile.accounts import actions, reads, registry
from cortile.accounts.registry.layouts import LAYOUTS
from cortile.agencies import reads as agencies
from cortile.kit.actor import current
from cortile.kit.doors import opens
from cortile.kit.forms import refusals_on
from cortile.workspace.accounts.forms import Confirm, Upload
from cortile.workspace.accounts.unpack import files_of

PAGE = "workspace/accounts/import.html"
SHOWN = 100
WHAT = {layout.name: layout.what for layout in LAYOUTS}


def _page(request: HttpRequest, form: Upload | Confirm | None = None) -> HttpResponse:
    by = current()
    runs = reads.past_imports(by=by)
    waiting = reads.differences(by=by)
    last = reads.one_import(runs[0].pk, by=by) if runs else None
    shown: dict[str, Any] = {
        "tab": "administration", "form": form, "runs": [(r, _rows(r.counts)) for r in runs], "waiting": waiting,
        "upload": form if isinstance(form, Upload) else Upload(), "confirm": form if isinstance(form, Confirm) else Confirm(),
        "last": last, "rows": _rows(last.counts) if last else [],
        "closes": any(c.get("closed") for c in last.counts.values()) if last else False,
    }  # fmt: skip
    return render(request, PAGE, shown, status=form.status if form else 200)


def _rows(counts: dict[str, dict[str, int]]) -> list[dict[str, Any]]:
    return [{"what": gettext(what), **counts[name]} for name, what in WHAT.items() if name in counts]


@opens("import", methods="GET POST", sample="/scrivania/amministrazione/importazione/")
def imports(request: HttpRequest) -> HttpResponse:
    """Take files for a dry run: it does everything and takes it back, so its differences are the true ones."""
    if request.method != "POST":
        return _page(request)
    by, form = current(), Upload(request.POST, request.FILES)
    if form.is_valid():
        with refusals_on(form):
            agency, sheets = agencies.agency_by_id(by.agency_id or 0), files_of(form.words["lists"])
            report = registry.run(agency, sheets, by=by, dry_run=True)
            actions.keep_delivery(agency, sheets, by=by, differences=_differences(report))
            return redirect("workspace:imports")
    return _page(request, form)


def _differences(report: registry.Report) -> dict[str, list[list[str]]]:
    return {f.what: [[c.code, c.column, c.before, c.after] for c in f.changes[:SHOWN]] for f in report.files if f.changes}


@opens("import", methods="GET POST", sample="/scrivania/amministrazione/importazione/conferma/")
def confirm(request: HttpRequest) -> HttpResponse:
    """Take in for good what the dry run showed, then forget the files."""
    by, delivery = current(), reads.delivery(by=current())
    if request.method != "POST" or delivery is None:
        return redirect("workspace:imports")
    form = Confirm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            agency = agencies.agency_by_id(by.agency_id or 0)
            registry.run(agency, delivery.files, by=by, accept_closures=form.words["accept_closures"])
            actions.drop_delivery(agency, by=by)
            return redirect("workspace:imports")
    return _page(request, form)


@opens("import", methods="POST", sample="/scrivania/amministrazione/importazione/scarta/")
def discard(_request: HttpRequest) -> HttpResponse:
    """Forget a delivery that was the wrong one."""
    by = current()
    actions.drop_delivery(agencies.agency_by_id(by.agency_id or 0), by=by)
    return redirect("workspace:imports")


@opens("import", sample="/scrivania/amministrazione/importazione/1/persone.csv")
def rejects(_request: HttpRequest, run_id: int, name: str) -> HttpResponse:
    """Give the rows that could not be taken: to correct and feed back."""
    content = reads.one_import(run_id, by=current()).rejects.get(name)
    if content is None:
        raise Http404
    # With its mark, so that a spreadsheet reads the accents.
    response = HttpResponse("\ufeff" + content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="scartati-{name}"'
    return response
