"""S16: the batches of a body, and one of them with its lines, its signatures, its file and its answers."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cortile.benefits import actions
from cortile.benefits import batches as reads
from cortile.kit.actor import Actor, current
from cortile.kit.doors import opens
from cortile.kit.files import HARMLESS
from cortile.kit.forms import Form, refusals_on, sent
from cortile.workspace.paying.forms import Again, Answer, Cancelled, Mended

# What a button does, in the order of a batch's life.
PLAIN: dict[str, Callable[..., object]] = {
    "close": actions.close_batch, "sign": actions.sign_batch, "send": actions.send_batch,
}  # fmt: skip
FORMS: dict[str, type[Form]] = {"cancel": Cancelled, "answer": Answer, "again": Again, "mend": Mended}


@opens("sign batches", sample="/scrivania/contributi/lotti/")
def every(request: HttpRequest) -> HttpResponse:
    """List the batches beside what their envelopes hold."""
    by = current()
    shown = {"tab": "batches", "batches": reads.every(by=by), "sums": reads.sums(by=by)}
    return render(request, "workspace/paying/batches.html", shown)


@opens("sign batches", methods="GET POST", sample="/scrivania/contributi/lotti/1/")
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Show one batch; close it, sign it, send it, take its answers in, pay again what came back."""
    by, act = current(), request.POST.get("act", "") if request.method == "POST" else ""
    if request.method == "POST" and act not in {*PLAIN, *FORMS}:
        raise Http404
    forms = {
        name: kind(*(sent(request) if name == act else (None, None)), auto_id=f"{name}_%s") for name, kind in FORMS.items()
    }  # fmt: skip
    form = forms.get(act) or Form({} if act else None)
    if act and form.is_valid():
        with refusals_on(form):
            return redirect("workspace:batch", _done(act, form, batch_id, by, request))
    shown = {"tab": "batches", "sheet": reads.one(batch_id, by=by), "form": form, "act": act, **forms}
    return render(request, "workspace/paying/batch.html", shown, status=form.status)


def _done(act: str, form: Form, batch_id: int, by: Actor, request: HttpRequest) -> int:
    """Do what was asked and return the batch to show."""
    if act in PLAIN:
        PLAIN[act](batch_id, by=by)
    elif act == "cancel":
        actions.cancel_batch(batch_id, by=by, **form.words)
    elif act == "answer":
        upload = form.words["answer"]
        actions.take_in_outcomes(batch_id, upload.read() if upload else b"", by=by)
    elif act == "mend":
        actions.mend_account(by=by, **form.words)
    else:
        return int(actions.follow_up(batch_id, by=by, once=request.POST.get("once", ""), **form.words).pk)
    return batch_id


@opens("sign batches", sample="/scrivania/contributi/lotti/1/file")
def download(_request: HttpRequest, batch_id: int) -> HttpResponse:
    """Give the file a batch left with, byte for byte as it was signed."""
    file = reads.file_of(batch_id, by=current())
    response = HttpResponse(file.content, content_type=file.media_type, headers=HARMLESS)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response
