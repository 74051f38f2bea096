"""Who writes an application, and from where: somebody signed in, or whoever has its code and sees only what was typed."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode

from cortile.app.policies import HELPED, SIGN_IN
from cortile.benefits import actions, applying
from cortile.benefits.applying import Sheet
from cortile.kit import actor as actors
from cortile.kit.actor import Actor, Kind
from cortile.kit.doors import View, keep_words
from cortile.kit.refusals import NotVisible
from cortile.people import reads as people

# The codes this session made or was told, by call: shown again as long as it lasts, and sealed with the rest of it.
CODES = "draft_codes"


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody before an application. ``signed`` is false for who has only its code."""

    by: Actor
    call_id: int
    session: SessionBase

    @property
    def signed(self) -> bool:
        """Tell whether we know who writes."""
        return self.by.kind in HELPED

    @property
    def code(self) -> str:
        """Return the code of the draft, as long as this session knows it."""
        return str(self.session.get(CODES, {}).get(str(self.call_id), ""))

    def sheet(self) -> Sheet:
        """Return the application as it may be shown here. Raise ``NotVisible`` or ``Refused``."""
        if self.signed:
            return applying.sheet(self.call_id, people.myself(by=self.by), by=self.by)
        return applying.behind(self.code, self.call_id, by=self.by)

    def keep(self, answers: Mapping[str, str]) -> None:
        """Keep what was typed; remember the code, if one was drawn."""
        if not self.signed:
            actions.keep_typed(self.code, by=self.by, answers=answers)
            return
        draft = actions.keep_draft(self.call_id, people.myself(by=self.by), by=self.by, answers=answers)
        if draft.code:
            remember(self.session, self.call_id, draft.code)


def remember(session: SessionBase, call_id: int, code: str) -> None:
    """Let a session know the code of a draft."""
    session[CODES] = session.get(CODES, {}) | {str(call_id): code}


def seated(view: View) -> View:
    """Give a page who writes; a stranger without a code is sent to sign in, and comes back."""

    @functools.wraps(view)
    def inside(request: HttpRequest, call_id: int, *args: object, **kwargs: object) -> HttpResponse:
        seat = Seat(actors.current(), call_id, request.session)
        if seat.signed or (seat.by.kind == Kind.PUBLIC and seat.code):
            return view(request, seat, *args, **kwargs)
        if seat.by.kind != Kind.PUBLIC:
            raise NotVisible
        return HttpResponseRedirect(f"{SIGN_IN}?{urlencode({'next': keep_words(request) or request.path})}")

    return inside
