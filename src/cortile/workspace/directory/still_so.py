"""«È ancora così»: a mailed link, a card to read, one tap. No account; a link that is over says so to everybody alike."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from cortile.directory import actions, reads, words
from cortile.kit.actor import current
from cortile.kit.doors import opens
from cortile.kit.forms import Chips, Form, refusals_on

PAGE = "workspace/directory/still_so.html"


class CorrectionForm(Form):
    """What changes most often: the places left, and what to know of the hours."""

    state = forms.ChoiceField(label=_("Ci sono posti?"), choices=list(words.CAPACITY_LABELS.items()), widget=Chips)
    available = forms.IntegerField(label=_("Quanti posti liberi"), min_value=0, max_value=9999, required=False)
    note = forms.CharField(
        label=_("Che cosa sapere degli orari"), required=False, max_length=reads.LONGEST_NOTE,
        help_text=_("Per esempio: ad agosto solo il lunedì. Senza nomi di persone."),
    )  # fmt: skip


@opens("public", methods="GET POST", sample="/servizi/l/esempio/")
def still_so(request: HttpRequest, token: str) -> HttpResponse:
    """Show the card of a link, confirm it, or correct its places and the note on its hours."""
    corrects = request.POST.get("act") == "correct"
    plain = Form({} if request.method == "POST" and not corrects else None)
    found = reads.card_of_link(token)
    form = CorrectionForm(request.POST if corrects else None, initial=_told(found))
    if request.method == "POST" and (not corrects or form.is_valid()):
        with refusals_on(form if corrects else plain):
            if corrects:
                actions.correct_by_link(token, by=current(), **form.words)
            else:
                actions.confirm_by_link(token, by=current())
            return redirect(f"{request.path}?fatto=1")
    shown = {"form": plain, "correction": form, "service": found, "thanks": bool(request.GET.get("fatto"))}
    return render(request, PAGE, shown | room_of(found), status=max(form.status, plain.status))


def _told(found: Any) -> dict[str, Any]:  # noqa: ANN401 -- a model closed to doors
    left = getattr(found, "capacity", None)
    line = reads.note_of(found) if found else None
    note = line.description if line else ""
    return {"state": left.state if left else "", "available": left.available if left else None, "note": note}


def room_of(found: Any) -> dict[str, Any]:  # noqa: ANN401 -- as above
    """Return how a card's state and places are said, for the facts of its page."""
    left = getattr(found, "capacity", None)
    return {
        "status": words.STATUS_LABELS[found.status] if found else "", "room": words.CAPACITY_LABELS[left.state] if left else "",
        "left": left,
    }  # fmt: skip
