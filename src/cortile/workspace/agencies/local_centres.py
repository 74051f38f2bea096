"""The neutral doors near the blocks, and the interpreter's number: what «Informazioni utili» shows once it is confirmed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from cortile.agencies import actions, reads
from cortile.kit.actor import Actor, current
from cortile.kit.doors import opens
from cortile.kit.forms import Form, refusals_on

LONGEST = 120


def _line(label: Any, hint: Any = "", *, required: bool = False) -> forms.CharField:  # noqa: ANN401 -- lazy strings
    return forms.CharField(label=label, help_text=hint, required=required, max_length=LONGEST)


class CentreForm(Form):
    """A place: how it is called, what its door says, where and when."""

    name = _line(_("Nome del posto"), _("Parole neutre: non dire a che cosa serve."), required=True)
    door = _line(_("Che cosa c'è scritto sulla porta"), _("Per esempio «consulenze»."))
    address = _line(_("Indirizzo"))
    hours = _line(_("Quando è aperto"), _("Per esempio: mercoledì 14–17."))
    phone = _line(_("Telefono"))


class InterpreterForm(Form):
    """Who interprets on the phone."""

    phone = _line(_("Numero dell'interprete"), _("Lo legge chi non legge l'italiano."))


@opens("set local centres", methods="GET POST", sample="/scrivania/amministrazione/posti-vicini/")
def local_centres(request: HttpRequest) -> HttpResponse:
    """Show what is written; write a place, confirm it, take it off, or say who interprets."""
    by = current()
    body = reads.agency_by_id(by.agency_id or 0)
    act = request.POST.get("act", "")
    form = CentreForm(request.POST if act == "write" else None)
    calls = InterpreterForm(
        request.POST if act == "interpreter" else None, auto_id="id_interpreter_%s", initial={"phone": body.interpreter_phone}
    )
    if request.method == "POST" and _done(act, request.POST.get("id", ""), {"write": form, "interpreter": calls}, body, by):
        return redirect("workspace:local_centres")
    shown = {
        "tab": "administration", "form": form, "calls": calls, "centres": reads.local_centres(body.pk, every=True),
    }  # fmt: skip
    return render(request, "workspace/agencies/local_centres.html", shown, status=max(form.status, calls.status))


def _done(act: str, number: str, sent: dict[str, Form], body: Any, by: Actor) -> bool:  # noqa: ANN401 -- a model closed to doors
    """Do what a button asks, and tell whether it is done; a form with something to mend is not. Any other button is not there."""
    if act in {"confirm", "remove"} and number.isdecimal():
        (actions.confirm_local_centre if act == "confirm" else actions.remove_local_centre)(int(number), by=by)
        return True
    form = sent.get(act)
    if form is None:
        raise Http404
    if form.is_valid():
        with refusals_on(form):
            _write(act, form, body, by)
    return not form.errors


def _write(act: str, form: Form, body: Any, by: Actor) -> None:  # noqa: ANN401 -- a model closed to doors
    if act == "write":
        actions.write_local_centre(body, by=by, **form.words)
    else:
        actions.set_interpreter_phone(body, form.words["phone"], by=by)
