"""Opening a shift and closing it."""

from __future__ import annotations

import json
import secrets
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt

from cortile.haven import keyring, leaving
from cortile.haven.actions import shifts
from cortile.haven.desk.records.forms import SignIn
from cortile.haven.middleware import DESK, SHIFT
from cortile.haven.policies import SIGN_IN
from cortile.kit.actor import PUBLIC
from cortile.kit.doors import opens
from cortile.kit.forms import sent

# The same for a wrong phrase, a login nobody has and one that is shut.
WRONG = "Non si apre. Controlla il nome e la frase. Dopo cinque prove aspetta un quarto d'ora."
# Where the demo's world keeps the phrases it invented.
PHRASES = "demo.json"


@opens("lane public", methods="GET POST", sample="/lavoro/entra/")
def enter(request: HttpRequest) -> HttpResponse:
    """Open a shift with a phrase, and go on where one was going."""
    form, onward = SignIn(*sent(request)), str(request.POST.get("next") or request.GET.get("next", ""))
    if request.method == "POST" and form.is_valid():
        token = shifts.sign_in(form.cleaned_data["login"], form.cleaned_data["phrase"], by=PUBLIC)
        if token:
            return begin(request, token, onward)
        form.add_error(None, WRONG)
    shown = {"form": form, "next": onward if _is_ours(request, onward) else ""}
    return render(request, "haven/desk/records/enter.html", shown, status=form.status)


@opens("lane public", methods="POST", sample="/lavoro/chiudi/")
def close(request: HttpRequest) -> HttpResponse:
    """End the shift: its key leaves the memory, and the browser forgets."""
    answer = HttpResponse()
    leaving.end(request, answer)
    answer.content = render(request, "haven/desk/records/closed.html").content
    return answer


# Whoever sends it from elsewhere opens a world of invented people, and only where that world is.
@csrf_exempt
@opens("lane public", methods="POST", sample="/demo/enter")
def demo(request: HttpRequest) -> HttpResponse:
    """Open the shift of somebody of the demo's world; anywhere else this page does not exist."""
    login = request.POST.get("persona", "")
    token = shifts.sign_in(login, _phrases().get(login) or secrets.token_hex(8), by=PUBLIC) if settings.DEMO else ""
    if not token:
        raise Http404
    return begin(request, token, "")


def begin(request: HttpRequest, token: str, onward: str) -> HttpResponse:
    """Start a new session with an open shift: of the one before nothing is left, its key neither."""
    keyring.close(str(request.session.get(SHIFT, "")))
    request.session.flush()
    request.session[SHIFT] = token
    rotate_token(request)
    return redirect(onward if _is_ours(request, onward) else DESK)


def _is_ours(request: HttpRequest, onward: str) -> bool:
    safe = url_has_allowed_host_and_scheme(onward, {request.get_host()}, require_https=request.is_secure())
    return safe and onward.startswith(DESK) and not onward.startswith(SIGN_IN)


def _phrases() -> dict[str, str]:
    file = Path(settings.STATE) / PHRASES
    return dict(json.loads(file.read_text())) if file.exists() else {}
