"""What every page knows: its language, whose house it is, who reads it. Fetched only when a template asks."""

from __future__ import annotations

from functools import cached_property

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext

from cortile.agencies import policy
from cortile.agencies import reads as agencies
from cortile.agencies.models import Agency, Staff
from cortile.config import resting
from cortile.homes import reads as homes
from cortile.homes.models import Place
from cortile.homes.reads import Slot
from cortile.kit import clock, dates, drafts
from cortile.kit.actor import PUBLIC, Actor, Kind
from cortile.kit.frame import Frame
from cortile.kit.kept import Kept
from cortile.kit.models import Draft
from cortile.people import reads as people

# What the frame of every page says alike: whose house it is, when the phone is answered, where a person is.
FRAME = Kept("agencies_", "homes_")


class May:
    """Answers ``page.may.month_page`` in templates: the policy's capabilities, spaces as underscores."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def __getitem__(self, name: str) -> bool:
        return policy.can(self.actor, name.replace("_", " "))


class Page(Frame):
    """The frame of a page."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.actor: Actor = getattr(request, "actor", PUBLIC)
        self.may = May(self.actor)

    @cached_property
    def agency(self) -> Agency | None:
        """Return the body of who reads, else the one at the front door."""
        if isinstance(self.request.user, Staff) and self.actor.kind == Kind.STAFF:
            return self.request.user.agency
        if self.actor.agency_id is not None:
            number = self.actor.agency_id
            return FRAME.get(("body", number), lambda: agencies.agency_by_id(number))
        return FRAME.get("front", lambda: agencies.front(settings.FRONT_AGENCY))

    @property
    def service(self) -> str:
        """Return the name on the brand: the body's for tenants, the house's for staff."""
        return self.agency.short_name if self.agency else "Cortile"

    @property
    def role(self) -> str:
        """Return how the body calls the reader's role, in the reader's language."""
        return gettext(self.agency.label(self.actor.role)) if self.agency and self.actor.kind == Kind.STAFF else ""

    @property
    def rests(self) -> int:
        """Return after how many minutes untouched the page leaves the glass, or 0 when nobody is signed in."""
        return resting.minutes(self.request, self.actor)

    @property
    def way_out(self) -> str:
        """Return where it leads then."""
        return resting.way_out(self.request, self.actor)

    @cached_property
    def house(self) -> str:
        """Return whose house it is, for somebody who helps with it; nothing for the person themselves."""
        helps = self.actor.kind in {Kind.DELEGATE, Kind.REPRESENTATIVE}
        return people.myself(by=self.actor).given_name if helps else ""

    @cached_property
    def place(self) -> Place | None:
        """Return where the reader is posted at this hour."""
        return homes.place_now(self.actor.id) if self.actor.kind == Kind.STAFF and self.actor.id else None

    @property
    def has_passkey(self) -> bool:
        """Tell whether the reader has a passkey to open a locked screen with."""
        mine = Authenticator.objects.filter(user_id=self.request.user.pk, type=Authenticator.Type.WEBAUTHN)
        return bool(mine.exists())

    @cached_property
    def next_slot(self) -> Slot | None:
        """Return the nearest presidio somebody can walk to: of their own quarter, else of the body."""
        if self.agency is None:
            return None
        quarter, body = next(iter(self.actor.areas), None) if self.actor.person_id else None, self.agency.pk
        return FRAME.get(("slot", body, quarter), lambda: _nearest(body, quarter))

    @cached_property
    def popups(self) -> list[Slot]:
        """Return the presidi of a few days still to come in the reader's quarter: T1 says them."""
        quarter, body = next(iter(self.actor.areas), None) if self.actor.person_id else None, self.actor.agency_id
        if quarter is None or body is None:
            return []
        return FRAME.get(("popups", body, quarter), lambda: homes.popups_near(body, quarter))

    @cached_property
    def week(self) -> list[tuple[int, str]]:
        """Return when the phone is answered: weekday and hours."""
        body = self.agency
        hours = FRAME.get(("hours", body.pk), lambda: agencies.opening_hours(body)) if body else []
        return dates.hours_said(hours, self.language)

    @cached_property
    def drafts(self) -> list[Draft]:
        """Return what the reader left unfinished."""
        return drafts.mine(self.actor)

    @property
    def today(self) -> object:
        """Return today's date in Lombardy."""
        return clock.today()


def _nearest(body: int, quarter: int | None) -> Slot | None:
    near = homes.next_slot(body, neighbourhood_id=quarter) if quarter else None
    return near or homes.next_slot(body, neighbourhood_id=None)


def page(request: HttpRequest) -> dict[str, Page]:
    """Give templates the frame."""
    return {"page": Page(request)}
