"""Keys, papers and the audit: for who leads."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cortile.haven.actions import keys_life
from cortile.haven.desk.association.forms import SureForm
from cortile.haven.desk.association.shown import as_file, at_desk, only_once
from cortile.haven.reads import association as reads
from cortile.kit.doors import opens
from cortile.kit.forms import refusals_on

SHORT = re.compile(r"[0-9]{1,6}")


@opens("lane lead", methods="GET POST", sample="/lavoro/associazione/chiavi/")
def turn(request: HttpRequest) -> HttpResponse:
    """Turn the keys, and show the new papers once."""
    (shift, by), form = at_desk(request), SureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            turned = keys_life.turn_keys(shift, by=by)
            return only_once(request, turned.papers, turned)
    return render(request, "haven/desk/association/keys.html", {"form": form, "own": reads.mine(shift)}, status=form.status)


@opens("lane lead", methods="GET POST", sample="/lavoro/associazione/carte/")
def papers(request: HttpRequest) -> HttpResponse:
    """Draw new papers, and show them once."""
    (shift, by), form = at_desk(request), SureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            return only_once(request, keys_life.draw_papers(shift, by=by))
    return render(request, "haven/desk/association/draw.html", {"form": form}, status=form.status)


@opens("lane lead", sample="/lavoro/associazione/registro/")
def log(request: HttpRequest) -> HttpResponse:
    """Show the association's audit, newest first, and whether it is whole."""
    shift, by = at_desk(request)
    asked = request.GET.get("pagina", "")
    shown = {"log": reads.log(shift, int(asked) if SHORT.fullmatch(asked) else 1, by=by), "wrong": reads.whole(shift)}
    return render(request, "haven/desk/association/log.html", shown)


@opens("lane desk", sample="/lavoro/associazione/biglietto/")
def card(request: HttpRequest) -> HttpResponse:
    """Show the association's card and its words; as a file where that is asked for."""
    shift, _by = at_desk(request)
    own = reads.card(shift)
    if "file" in request.GET:
        return as_file(own.text(), "biglietto.txt")
    return render(request, "haven/desk/association/card.html", {"card": own})
