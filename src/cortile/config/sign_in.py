"""Staff sign-in is the login library's; this adapter closes sign-up, speaks our words and leaves each entry in the audit."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.contrib.sessions.backends.base import SessionBase
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cortile.agencies import actions
from cortile.agencies.models import Staff
from cortile.homes.access import at_work
from cortile.kit import idle
from cortile.kit.doors import opens


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Nobody signs up: staff are hired in backstage."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("Il codice non è giusto. Controlla la mail e riscrivilo."),
        "too_many_login_attempts": _("Troppi tentativi. Aspetta qualche minuto e riprova."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- the library's signature
        """Refuse every sign-up."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead somebody who has only the code of the mail to where a passkey is added; everybody else to their work."""
        protected = Authenticator.objects.filter(user_id=request.user.pk).exists()
        return str(super().get_login_redirect_url(request)) if protected else reverse("mfa_index")

    def post_login(self, request: HttpRequest, user: Staff, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 -- the library's signature
        """Leave the entry in the audit, and in the session when it was."""
        idle.begin(request.session)
        actions.record_entry(user, by=at_work(user))
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response


def passkey_at(session: SessionBase) -> float:
    """Return when a passkey was last shown in this session (seconds), or 0."""
    shown = (entry["at"] for entry in session.get(AUTHENTICATION_METHODS_SESSION_KEY, []) if entry.get("type") == "webauthn")
    return max(shown, default=0.0)


def may_change_ways_in(session: SessionBase) -> bool:
    """Tell whether a session may add or take away what signs somebody in: only just after the whole sign-in.

    What is added stays for ever, and whoever finds a screen open, or has seen a PIN, would come in as somebody else for as long.
    """
    return idle.is_fresh(session, shown=passkey_at(session))


@opens("public", methods="GET POST", sample="/accesso/password/reset/")
def shut(_request: HttpRequest) -> HttpResponse:
    """Answer the library's pages nobody here uses as pages that are not there."""
    raise Http404
