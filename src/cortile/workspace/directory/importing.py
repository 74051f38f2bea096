"""A sheet of services taken in: tried first, its columns and each wrong row shown, then stored; nothing brought is lost."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from cortile.agencies import reads as agencies
from cortile.directory import actions, files
from cortile.directory.importing.report import Report, Row
from cortile.kit.actor import Actor, current
from cortile.kit.doors import opens
from cortile.kit.forms import Form, refusals_on, sent, upload

PAGE = "workspace/directory/import.html"
LARGEST, SHOWN = 1_000_000, 50
ACTS = ("try", "store", "rows")
FIELDS = {
    "": _("non la so: tienila da parte"), "organization": _("ente"), "name": _("nome del servizio"), "kind": _("tipo di ente"),
    "tax_id": _("partita IVA"), "description": _("che cosa fa"), "address": _("indirizzo"), "postal_code": _("CAP"),
    "city": _("comune"), "phone": _("telefono"), "email": _("mail"), "url": _("sito"), "hours": _("orari"),
    "languages": _("lingue"), "cost": _("costo"), "eligibility": _("per chi"), "ages": _("età"), "capacity": _("posti"),
    "words": _("parole del bisogno"), "step_free": _("senza gradini"), "confirmed": _("verificato il"),
    "keeper": _("mail di chi tiene la scheda"),
}  # fmt: skip


class SheetForm(Form):
    """A file, or the same file carried from the trial to the yes."""

    sheet = upload(_("Il foglio"), accept=".csv,.txt,.xlsx,.json", hint=_("Un foglio Excel o CSV, o HSDS in JSON. Fino a 1 MB."))
    carried = forms.CharField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    publish = forms.BooleanField(label=_("Pubblica subito le schede nuove"), required=False)

    def clean(self) -> dict[str, Any]:
        """Read the file, whichever way it came. An error says when there is none, or too much of it."""
        told = self.cleaned_data
        chosen = told.get("sheet")
        try:
            raw = chosen.read(LARGEST + 1) if chosen else base64.b64decode(told.get("carried", ""), validate=True)
        except (ValueError, binascii.Error):
            raw = b""
        if not raw:
            raise forms.ValidationError(_("Manca il file. Sceglilo di nuovo."))
        if len(raw) > LARGEST:
            raise forms.ValidationError(_("Il file è troppo grande. Dividilo in due."))
        return told | {"raw": raw, "title": chosen.name if chosen else told.get("title") or "foglio.csv"}


@opens("keep directory", methods="GET POST", sample="/scrivania/servizi/importa/")
def take_in(request: HttpRequest) -> HttpResponse:
    """Try a sheet, store it, or give back the rows that did not come in: each act reads the sheet anew, so that none is kept."""
    by, act = current(), request.POST.get("act", "try")
    form = SheetForm(*sent(request))
    shown: dict[str, Any] = {"tab": "directory", "form": form}
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            told = form.words
            columns = _chosen(request) if act in ACTS else {}
            rows = files.rows_of(told["title"], told["raw"], columns)
            report = _taken(rows, by, act, publish=told["publish"])
            if act == "rows":
                return _sheet_of(report)
            shown |= _shown(report, told, columns)
    return render(request, PAGE, shown, status=form.status)


def _taken(rows: list[Row], by: Actor, act: str, *, publish: bool) -> Report:
    body = agencies.agency_by_id(by.agency_id or 0)
    return actions.take_in(body, rows, by=by, dry_run=act != "store", publish=publish)


def _chosen(request: HttpRequest) -> dict[str, str]:
    """Return which field each column of theirs is, where somebody said so."""
    pairs = zip(request.POST.getlist("column"), request.POST.getlist("field"), strict=False)
    return {column: field for column, field in pairs if field in FIELDS}


def _sheet_of(report: Report) -> HttpResponse:
    """Give the rows that did not come in as a sheet, with its mark, so that a spreadsheet reads the accents."""
    text = "\ufeff" + report.rejects()
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="righe-da-correggere.csv"'
    return answer


def _shown(report: Report, told: dict[str, Any], columns: dict[str, str]) -> dict[str, Any]:
    back = [row for row in report.rows if row.outcome in {"rejected", "duplicate"}]
    doubts = [row for row in report.rows if row.notes and row not in back]
    names = list(dict.fromkeys(name for row in report.rows for name in row.cells))
    return {
        "report": report, "back": back[:SHOWN], "back_count": len(back), "doubts": doubts[:SHOWN], "doubt_count": len(doubts),
        "columns": [(name, columns.get(name, files.field_of(name))) for name in names], "fields": FIELDS.items(),
        "carried": base64.b64encode(told["raw"]).decode(), "title": told["title"], "publish": told["publish"],
        "sheet": not told["title"].lower().endswith(files.JSON_ENDS),
    }  # fmt: skip
