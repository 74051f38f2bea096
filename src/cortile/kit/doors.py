"""Every view says which policy opens it. A view without one is a mistake that stops the start."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, URLResolver
from django.utils.http import urlencode

from cortile.kit import actor as actors
from cortile.kit import audit, drafts, scopes
from cortile.kit.actor import Actor, Kind
from cortile.kit.refusals import NotVisible, Refused

View = Callable[..., HttpResponse]
SAFE = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class Policy:
    """A name, who it admits, where somebody unknown is sent to sign in, and where a locked screen is opened again.

    One that is ``signed`` is a machine's: who did not sign what they sent is told so, and no more, whoever they are.
    """

    name: str
    admits: Callable[[Actor], bool]
    sign_in: str = ""
    lock: str = ""
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    """What a view declared: kept on the function for ``routes --json`` and the permission matrix."""

    policy: str
    methods: tuple[str, ...]
    sample: str


_policies: dict[str, Policy] = {}


def policy(name: str, admits: Callable[[Actor], bool], *, sign_in: str = "", lock: str = "", signed: bool = False) -> None:
    """Register a policy. Rooms and doors do so while they load."""
    _policies[name] = Policy(name, admits, sign_in, lock, signed)


policy("public", lambda _actor: True)


def is_known(name: str) -> bool:
    """Tell whether somebody registered a policy of this name."""
    return name in _policies


def admits(name: str, actor: Actor) -> bool:
    """Tell whether a policy lets an actor in. An unknown name is a mistake of ours and raises ``KeyError``."""
    return _policies[name].admits(actor)


def addresses(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield every address below one, as its pattern is written, with the pattern."""
    for part in resolver.url_patterns:
        path = prefix + str(part.pattern)
        if isinstance(part, URLResolver):
            yield from addresses(part, path)
        else:
            yield path, part


def is_declared(pattern: URLPattern) -> bool:
    """Tell whether an address says a policy that somebody registered."""
    opening = opening_of(pattern.callback)
    return opening is not None and is_known(opening.policy)


def opening_of(view: Callable[..., object]) -> Opening | None:
    """Return what a view declared, or None."""
    return getattr(view, "opening", None)


def opens(policy: str, *, methods: str = "GET", sample: str = "") -> Callable[[View], View]:
    """Declare the policy and methods of a view, and enforce them.

    A stranger is sent to sign in; somebody signed in without the right finds a 404, as for a page that is not there.
    ``sample`` names an example in the demo world: see ``routes --json``.
    """
    allowed = tuple(methods.split())

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            actor = actors.current()
            rule = _policies[policy]
            if not rule.admits(actor):
                return _stranger(request, rule, actor, shows="GET" in allowed)
            if request.method not in {*allowed, "HEAD" if "GET" in allowed else ""}:
                return HttpResponseNotAllowed(allowed)
            return _answer(view, request, *args, **kwargs)

        guarded.opening = Opening(policy, allowed, sample)  # type: ignore[attr-defined]  # functions carry what they declared
        return guarded

    return wrap


def _stranger(request: HttpRequest, rule: Policy, actor: Actor, *, shows: bool) -> HttpResponse:
    if rule.signed:
        return HttpResponse(status=401, headers={"WWW-Authenticate": "HMAC-SHA256", "Cache-Control": "no-store"})
    kept = keep_words(request)
    door = rule.lock if actor.locked else rule.sign_in
    if actor.kind != Kind.PUBLIC or not door:
        raise Http404
    # An address that only takes forms shows nothing to come back to: each door then leads to where its work begins.
    back = request.get_full_path() if request.method in SAFE else (kept or (request.path if shows else ""))
    return HttpResponseRedirect(f"{door}?{urlencode({'next': back})}")


def keep_words(request: HttpRequest) -> str:
    """Save what a form brought in vain, its session ended or we at fault, and return the page it was written on."""
    where = drafts.slot(request.POST.get(drafts.FIELD, "")) if request.method == "POST" else None
    if where is None:
        return ""
    drafts.keep(where, written(request), title=request.POST.get("titolo", ""))
    return where.path


def written(request: HttpRequest) -> dict[str, str | list[str]]:
    """Return what a form sent, lists where a name came more than once."""
    return {k: [str(x) for x in v] if len(v) > 1 else str(v[0]) for k, v in request.POST.lists() if v}


def _answer(view: View, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    with audit.gathered():
        return _said(view, request, *args, **kwargs)


def _said(view: View, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    try:
        if request.method in SAFE:
            with scopes.safe_method():
                return view(request, *args, **kwargs)
        return view(request, *args, **kwargs)
    except NotVisible as hidden:
        raise Http404 from hidden
    except Refused as refused:
        keep_words(request)
        return render(request, "kit/refused.html", {"refused": refused}, status=409)
