"""«Inviti»: whom to tell that a contribution is there for them. A name, a number, and one word; never why."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cortile.benefits import actions, reads
from cortile.kit.actor import current
from cortile.kit.doors import opens
from cortile.kit.forms import Form, refusals_on


@opens("invite", methods="GET POST", sample="/scrivania/inviti/")
def invitations(request: HttpRequest) -> HttpResponse:
    """List whom to call in one's own area; write «invitata» or «non vuole»."""
    by, form = current(), Form({} if request.method == "POST" else None)
    if request.method == "POST":
        asked = request.POST.get("invito", "")
        if not asked.isdecimal():
            raise Http404
        with refusals_on(form):
            actions.mark_invitation(int(asked), by=by, state=request.POST.get("act", ""))
            return redirect("workspace:invitations")
    shown = {"tab": "invitations", "lines": reads.to_call(by=by), "form": form}
    return render(request, "workspace/benefits/invitations.html", shown, status=form.status)
