"""The counts of three months: what would leave, letting it leave, and the file to hand over."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cortile.haven.actions import releases as actions
from cortile.haven.reads import releases as reads
from cortile.kit import signed_counts
from cortile.kit.actor import Actor, current
from cortile.kit.doors import opens
from cortile.kit.refusals import Refused


def _at_work(request: HttpRequest) -> tuple[Any, Actor]:
    return request.shift, current()  # type: ignore[attr-defined]  # the door let in only somebody whose shift is open


@opens("lane lead", sample="/lavoro/numeri/")
def quarters(request: HttpRequest) -> HttpResponse:
    """List the quarters that are over, and the key their files are read with."""
    shift, _by = _at_work(request)
    known = signed_counts.fingerprint(reads.public_key(shift))
    return render(request, "haven/desk/releases/quarters.html", {"periods": reads.periods(shift), "fingerprint": known})


@opens("lane lead", methods="GET POST", sample="/lavoro/numeri/2025-Q4/")
def quarter(request: HttpRequest, name: str) -> HttpResponse:
    """Show a quarter's counts; sign and freeze them."""
    shift, by = _at_work(request)
    asked, refused = reads.asked(name), None
    if request.method == "POST":
        try:
            actions.release(shift, asked, by=by)
        except Refused as why:
            refused = why
        else:
            return redirect("desk:quarter", str(asked))
    shown = {"shown": reads.page(shift, asked, by=by), "refused": refused}
    return render(request, "haven/desk/releases/quarter.html", shown, status=422 if refused else 200)


@opens("lane lead", sample="/lavoro/numeri/2025-Q4/numeri.json")
def counts_file(request: HttpRequest, name: str) -> HttpResponse:
    """Give the signed file of a quarter."""
    shift, by = _at_work(request)
    asked = reads.asked(name)
    return _handed_over(reads.document(shift, asked, by=by), "application/json", f"numeri-{asked}.json")


@opens("lane lead", sample="/lavoro/numeri/chiave.pem")
def key_file(request: HttpRequest) -> HttpResponse:
    """Give the public key that the files are read with."""
    shift, _by = _at_work(request)
    return _handed_over(signed_counts.key_file(reads.public_key(shift)), "application/x-pem-file", "chiave.pem")


def _handed_over(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
