"""Four small middlewares: what leaves no trace, what browsers may do with our answers, in which language, and who."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import escape_leading_slashes, urlencode

from cortile.agencies.models import Staff
from cortile.api import machines
from cortile.config import resting, sign_in, source
from cortile.homes import reads as homes
from cortile.homes.access import at_work
from cortile.kit import actor as actors
from cortile.kit import idle, languages
from cortile.kit.actor import PUBLIC, Actor, Kind
from cortile.kit.doors import opening_of
from cortile.listening.access import link_actor
from cortile.people.access import tenant_actor
from cortile.referrals.access import is_partners, partner_actor

Answer = Callable[[HttpRequest], HttpResponse]
COOKIE = "lingua"
YEAR = 365 * 24 * 3600
# Languages of tenants alone are not spoken here: half a page of each would be read by nobody.
DESK = ("/scrivania/", "/accesso/", "/amministrazione/")
# Minutes without a touch: a screen of the staff then locks, a tenant's session ends.
STAFF_REST, TENANTS_REST = 10, 30
LIBRARY_METHODS = ("GET", "HEAD", "POST")
# The library's pages that add, take away or show what signs somebody in.
WAYS_IN = re.compile("mfa_(?:add|activate|remove|deactivate)_|mfa_.*_recovery_codes$")
OPEN_WHILE_LOCKED = frozenset({"account_logout", "mfa_reauthenticate_webauthn"})
# Passkeys are ours to ask for. A photo is taken by the browser's own chooser of files, which needs no permission.
FORBIDDEN = ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "microphone", "midi", "payment", "usb")
PERMISSIONS = ", ".join(
    [*(f"{name}=()" for name in FORBIDDEN), "publickey-credentials-create=(self)", "publickey-credentials-get=(self)"]
)

# «Informazioni utili» and the way out of it: whoever asks there is nobody, and nothing of it stays anywhere.
UNSEEN, WAY_OUT = "/info/", "/info/esci/"
# «Esci subito» leaves it in the browser until the server has heard: a session that comes with it ends unread.
LEFT = "sessione"
NO_TRACE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}


class NoTrace:
    """Answer the pages about safety to everybody as to a stranger: no cookie read or set, kept and found by nobody."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer without cookies; the way out alone reads one, for the session that it ends."""
        if not request.path.startswith(UNSEEN):
            return self.get_response(request)
        if request.path != WAY_OUT:
            request.COOKIES = {}
        response = self.get_response(request)
        if request.path != WAY_OUT:
            response.cookies.clear()
            del response.headers["Vary"]
        for name, value in NO_TRACE.items():
            response.headers[name] = value
        return response


class Headers:
    """Say what browsers and caches may do with every answer, also with those given before anybody is known."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the house's headers. What is answered to a session is kept by no cache."""
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not request.path.startswith(settings.STATIC_URL):
            response.headers["Cache-Control"] = "no-store"
        return response


class Language:
    """Take the language from ``?lingua=``, then the cookie, then the browser; Italian otherwise."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.known = dict(settings.LANGUAGES)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language of whoever asks; a ``?lingua=`` is remembered and leaves the address."""
        asked = request.GET.get("lingua", "")
        if asked in self.known and request.method == "GET" and not request.path.startswith(UNSEEN):
            return self._remember(request, asked)
        chosen = request.COOKIES.get(COOKIE, "")
        language = chosen if chosen in self.known else self._browser(request)
        if request.path.startswith(DESK) and not languages.of(language).for_staff:
            language = languages.SOURCE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    def _browser(self, request: HttpRequest) -> str:
        found = translation.get_language_from_request(request)
        return found if found in self.known else "it"

    def _remember(self, request: HttpRequest, language: str) -> HttpResponse:
        query = request.GET.copy()
        del query["lingua"]
        # Nobody has looked the address up yet: «//somewhere» would lead to another site.
        path = escape_leading_slashes(request.path)
        response = HttpResponseRedirect(f"{path}?{query.urlencode()}" if query else path)
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(COOKIE, language, max_age=YEAR, samesite="Lax", httponly=True, secure=secure)
        return response


class Who:
    """Say who acts for the length of the request, and keep a locked screen out of the login library's pages."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with an actor in context, and keep the answer out of caches when somebody is known."""
        actor = replace(who(request), source=source.of(request))
        request.actor = actor  # type: ignore[attr-defined]  # read by the page context only
        with actors.acting(actor):
            response = self.get_response(request)
        if LEFT in request.COOKIES:
            response.delete_cookie(LEFT, samesite="Strict")
        if actor.id is not None:
            response.headers["Cache-Control"] = "no-store"
            resting.leave_without_scripts(request, response, actor)
        return response

    def process_view(self, request: HttpRequest, view: Answer, _args: object, _kwargs: object) -> HttpResponse | None:
        """Hold the library's pages to the methods and to the lock that our own declare and keep themselves.

        Those that change how somebody comes in ask for the whole sign-in again when it is not just past.
        """
        if opening_of(view) is not None:
            return None
        if request.method not in LIBRARY_METHODS:
            return HttpResponseNotAllowed(LIBRARY_METHODS)
        name = request.resolver_match.url_name if request.resolver_match else ""
        if actors.current().locked and name not in OPEN_WHILE_LOCKED:
            return redirect("workspace:lock")
        if WAYS_IN.match(name or "") and actors.current().kind == Kind.STAFF and not sign_in.may_change_ways_in(request.session):
            logout(request)
            return redirect(f"{reverse('account_login')}?{urlencode({'next': request.path})}")
        return None


def who(request: HttpRequest) -> Actor:
    """Return the actor of a session: a member of staff, a tenant or who helps them, an office's link, or the public.

    Where machines call, the actor is who signed the body: no session counts there.
    """
    if request.path.startswith(machines.ROOT):
        return machines.machine_of(request)
    session = request.session
    if LEFT in request.COOKIES or idle.is_old(session):
        logout(request)
    if isinstance(request.user, Staff) and request.user.is_active:
        return _at_work(session, request.user)
    if not (session.get("tenant") or session.get("link")):
        return PUBLIC
    if idle.is_over(session):
        session.flush()
        return PUBLIC
    found = tenant_actor(session.get("tenant")) or _by_link(session.get("link"))
    if found is not None:
        idle.touch(session, lambda: TENANTS_REST)
    return found or PUBLIC


def _by_link(signed: dict[str, object] | None) -> Actor | None:
    """Return who came in by a mailed link: a service's opens one referral, an office's one question."""
    return partner_actor(signed) if is_partners(signed) else link_actor(signed)


def _at_work(session: SessionBase, member: Staff) -> Actor:
    """Return a member of staff at work; while their screen is locked, somebody known by name and let in nowhere."""
    if idle.is_over(session) and sign_in.passkey_at(session) >= idle.ends(session):
        idle.reopen(session, quick=False)
    if idle.is_over(session):
        return Actor(kind=Kind.PUBLIC, id=member.pk, name=member.given_name, agency_id=member.agency_id, locked=True)
    idle.touch(session, lambda: _rests(member))
    return at_work(member)


def _rests(member: Staff) -> int:
    place = homes.place_now(member.pk)
    return place.lock_minutes if place else STAFF_REST
