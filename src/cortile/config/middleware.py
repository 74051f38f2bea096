"""Three small middlewares: how much, in which language, and who."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.http import escape_leading_slashes

from cortile.agencies.models import Staff
from cortile.homes.access import at_work
from cortile.kit import actor as actors
from cortile.kit.actor import PUBLIC, Actor
from cortile.listening.access import link_actor
from cortile.people.access import tenant_actor

Answer = Callable[[HttpRequest], HttpResponse]
COOKIE = "lingua"
YEAR = 365 * 24 * 3600


class Size:
    """Refuse what is too large before a byte of it is read: forms are unpacked before anybody is known."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 413 to a body over the limit of its address."""
        size = request.META.get("CONTENT_LENGTH") or "0"
        limit = settings.LARGER_BODIES.get(request.path, settings.LARGEST_BODY)
        if size.isdecimal() and int(size) > limit:
            return HttpResponse(status=413)
        return self.get_response(request)


class Language:
    """Take the language from ``?lingua=``, then the cookie, then the browser; Italian otherwise."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.known = dict(settings.LANGUAGES)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language of whoever asks; a ``?lingua=`` is remembered and leaves the address."""
        asked = request.GET.get("lingua", "")
        if asked in self.known and request.method == "GET":
            return self._remember(request, asked)
        chosen = request.COOKIES.get(COOKIE, "")
        language = chosen if chosen in self.known else self._browser(request)
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
    """Say who acts for the length of the request. Every authenticated page is ``no-store``."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with an actor in context, and keep the answer out of caches when somebody is signed in."""
        actor = who(request)
        request.actor = actor  # type: ignore[attr-defined]  # read by the page context only
        with actors.acting(actor):
            response = self.get_response(request)
        if actor is not PUBLIC:
            response.headers["Cache-Control"] = "no-store"
        return response


def who(request: HttpRequest) -> Actor:
    """Return the actor of a session: a member of staff, a tenant or who helps them, an office's link, or the public."""
    if isinstance(request.user, Staff) and request.user.is_active:
        return at_work(request.user)
    session = request.session
    return tenant_actor(session.get("tenant")) or link_actor(session.get("link")) or PUBLIC
