"""What the page of a request is made of: the next act first, the rest folded, what was typed still there."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.urls import reverse

from cortile.agenda import call_backs
from cortile.kit import drafts
from cortile.kit.actor import Actor
from cortile.kit.forms import typed
from cortile.listening import reads
from cortile.listening.reads import Whole
from cortile.messages import reads as messages
from cortile.workspace.listening.requests_acts import ACTS, FIRST, SIDE, WORK, Act
from cortile.workspace.listening.requests_forms import ActForm, Desk
from cortile.workspace.referrals import following

# Whose words stand beside the ball: what the person wrote last is read before anything is answered.
THEIRS = ("tenant", "delegate", "representative")


class Panel:
    """An act on the page. Its form is made when the page draws it: a folded act is only its name, and a way to open it."""

    def __init__(self, panels: Panels, slug: str) -> None:
        self.panels = panels
        self.act: Act = ACTS[slug]
        self.key = key_of(panels.desk.whole, slug)
        self.url = _address(panels.desk.whole, slug)

    @cached_property
    def form(self) -> ActForm:
        """Return the form as it came back, else with the words kept for it."""
        bound = self.panels.bound.get(self.act.slug)
        return bound or self.act.form(desk=self.panels.desk, auto_id=f"{self.act.slug}-%s", initial=self._kept)

    @property
    def _kept(self) -> dict[str, Any]:
        return typed(self.panels.kept.get(self.key, {})).dict()

    @property
    def drafted(self) -> bool:
        """Tell whether somebody writes sentences here: then every word is kept."""
        return any(f.field.widget.__class__.__name__ == "Textarea" for f in self.form)

    @property
    def open(self) -> bool:
        """Tell whether somebody opened the act, sent it back with something to mend, or left words in it."""
        slug = self.act.slug
        return slug == self.panels.opened or slug in self.panels.bound or any(self._kept.values())


class Panels:
    """The acts of a request's page; ``bound`` is the form that came back, ``opened`` the act somebody opened."""

    def __init__(self, whole: Whole, by: Actor, bound: tuple[str, ActForm] | None = None, opened: str = "") -> None:
        self.desk = Desk(whole)
        self.bound = dict([bound]) if bound else {}
        self.opened = opened
        self.kept = {d.key: d.data for d in drafts.mine(by)}

    def of(self, slugs: Iterable[str]) -> list[Panel]:
        """Return the acts of a list that the request's state allows."""
        return [Panel(self, s) for s in slugs if ACTS[s].fits(self.desk.whole)]


def bound_form(whole: Whole, slug: str, data: Any, files: Any = None) -> ActForm:  # noqa: ANN401 -- what a request was sent with
    """Return the form of an act as it was sent."""
    return ACTS[slug].form(data, files, desk=Desk(whole), auto_id=f"{slug}-%s")


def key_of(whole: Whole, slug: str) -> str:
    """Return the key of an act's draft."""
    return f"thread:{whole.thread.number}:{slug}"


def _address(whole: Whole, slug: str) -> str:
    return reverse("workspace:thread_act", args=[whole.thread.number, slug])


def context(whole: Whole, by: Actor, bound: tuple[str, ActForm] | None = None, *, opened: str = "") -> dict[str, Any]:
    """Return what the page shows. Who may not read it whole sees its state and its date, and no form."""
    shown: dict[str, Any] = {"tab": "threads", "whole": whole, "thread": whole.thread, "everything": "*" in whole.fields}
    if "*" not in whole.fields:
        return shown
    panels = Panels(whole, by, bound, opened)
    first = FIRST[whole.thread.state]
    came_back = [bound[0]] if bound and bound[0] in ACTS and bound[0] not in (*first, *WORK, *SIDE, "nota") else []
    return shown | {
        "form": bound[1] if bound else None,
        "first": panels.of(first),
        "came_back": [Panel(panels, s) for s in came_back],
        "more": panels.of(s for s in WORK if s not in first),
        "side": panels.of(SIDE),
        "note": Panel(panels, "nota"),
        "public": [e for e in whole.entries if e.public],
        "last_words": next((e for e in reversed(whole.entries) if e.public and e.text and e.author_kind in THEIRS), None),
        "inside": [e for e in whole.entries if not e.public],
        "open_hand_overs": any(h.is_open for h in whole.hand_overs),
        "phone": reads.phone_for(whole.thread),
        "referrals": following.of_thread(whole.thread, by),
        "same": reads.same_problem(whole.thread, by=by),
        "call": call_backs.call_of(whole.thread, by=by),
        "told": messages.ways_out(whole.thread, by=by),
        "mine": whole.thread.owner_id == by.id,
    }
