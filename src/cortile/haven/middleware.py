"""Three small middlewares: what browsers may keep of us (nothing), in which language, and whose shift is open."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation

from cortile.haven import access, keyring
from cortile.haven.models import Operator
from cortile.kit import actor as actors
from cortile.kit import languages
from cortile.kit.actor import PUBLIC, Actor

Answer = Callable[[HttpRequest], HttpResponse]
DESK = "/lavoro/"
# Where a phrase somebody else chose is changed, and the way out: all that it opens.
PHRASE, CLOSE = f"{DESK}frase/", f"{DESK}chiudi/"
# Where a session keeps the token of a shift.
SHIFT = "shift"
# «Esci subito» leaves it until the server has heard: a shift that comes with it ends unread.
LEFT = "sessione"
HEADERS = {
    "Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow", "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), display-capture=(), usb=()",
}  # fmt: skip


class Headers:
    """Have nothing of the lane kept by a browser, a cache or a search engine."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the lane's headers."""
        response = self.get_response(request)
        if not request.path.startswith(settings.STATIC_URL):
            for name, value in HEADERS.items():
                response.headers[name] = value
        return response


class Language:
    """Take the language from the address (``?lingua=``) or the browser: no cookie holds it. The desk is Italian."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.known = dict(settings.LANGUAGES)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language of whoever asks."""
        asked = request.GET.get("lingua", "")
        language = asked if asked in self.known else self._browser(request)
        if request.path.startswith(DESK):
            language = languages.SOURCE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    def _browser(self, request: HttpRequest) -> str:
        found = translation.get_language_from_request(request)
        return found if found in self.known else languages.SOURCE


class Who:
    """Say whose shift is open for the length of the request."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with an actor in context. Public pages never ask: they are the same for everybody."""
        actor = who(request) if request.path.startswith(DESK) else PUBLIC
        request.actor = actor  # type: ignore[attr-defined]  # read by the page context and by the desk
        first = getattr(request, "must_change", False) and request.path not in {PHRASE, CLOSE}
        with actors.acting(actor):
            response = HttpResponseRedirect(PHRASE) if first else self.get_response(request)
        # A public page sets no cookie, and takes none away: only where the session ended with it has the mark done its work.
        if LEFT in request.COOKIES and request.path.startswith(DESK):
            response.delete_cookie(LEFT, samesite="Strict")
        return response


def who(request: HttpRequest) -> Actor:
    """Return the operator whose shift a session opened, or the public: no key in memory, nobody at work."""
    token = str(request.session.get(SHIFT, ""))
    if LEFT in request.COOKIES:
        keyring.close(token)
        request.session.flush()
        return PUBLIC
    shift = keyring.of(token) if token else None
    if shift is None:
        return PUBLIC
    member = Operator.objects.filter(pk=shift.operator_id, active=True).select_related("association").first()
    # Who was let go has no more shift, and one without the newest key (turned in another process) is opened again.
    if member is None or member.association.key_version not in shift.private:
        keyring.close(token)
        return PUBLIC
    request.shift = shift  # type: ignore[attr-defined]  # the desk opens records with it
    request.must_change = member.must_change  # type: ignore[attr-defined]  # read above, in one place
    return access.at_work(member)
