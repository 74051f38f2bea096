"""The code of a draft: found again with it from any device, and another one where it was lost."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from cortile.app.applying.seats import Seat, remember, seated
from cortile.app.policies import HELPED
from cortile.benefits import actions, codes
from cortile.kit import actor as actors
from cortile.kit.actor import Kind
from cortile.kit.doors import opens
from cortile.kit.forms import Form, sent
from cortile.kit.refusals import NotVisible

WRONG = _("Con questo codice non troviamo niente. Controlla le due parole e i quattro numeri, oppure comincia di nuovo.")


class Code(Form):
    """Two words and four digits."""

    code = forms.CharField(
        label=_("Il codice della bozza"), help_text=_("Due parole e quattro numeri, così: LUNA-RIVA-4827."), max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "dir": "ltr"}),
    )  # fmt: skip


@opens("public", methods="GET POST", sample="/casa/domanda/codice/")
def draft_code(request: HttpRequest) -> HttpResponse:
    """Open a draft with its code. Wrong, old, another person's or tried too often: the answer is one."""
    by = actors.current()
    if by.kind not in {*HELPED, Kind.PUBLIC}:
        raise NotVisible
    form = Code(*sent(request))
    if request.method == "POST" and form.is_valid():
        code = codes.tidy(form.cleaned_data["code"])
        found = actions.resume_draft(code, by=by)
        if found is not None:
            remember(request.session, found.call_id, code)
            return redirect("app:application_tasks", found.call_id)
        form.add_error("code", WRONG)
    return render(request, "app/applying/code.html", {"form": form}, status=form.status)


@opens("tenant", methods="POST", sample="/casa/domanda/1/codice/")
@seated
def new_code(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Draw another code, for who lost the first."""
    draft = seat.sheet().draft
    again = actions.renew_code(draft.pk if draft else 0, by=seat.by, once=request.POST.get("once", ""))
    if again.code:
        remember(request.session, seat.call_id, again.code)
    return redirect("app:application_tasks", seat.call_id)
