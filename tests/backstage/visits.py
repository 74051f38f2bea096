"""Everybody who shows a page of a small world: signed in once, as a visitor of the demo does."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from django.conf import settings
from django.test import Client

from cortile.backstage import routes
from cortile.backstage.routes import LIBRARY, Route
from cortile.kit import clock
from cortile.listening.models import HandOverLink

LINK, OPERATOR = "link", "marta"
MACHINE = "machine"
# Leads to another site, is there only once a provider of identities is named, answers INPS alone, or waits for a first payment
# or a first application of the demo world: no page of the house answers there.
AWAY = (
    "leave", "identity_back", "siuss_flows", "siuss_flow", "workspace:batch", "workspace:batch_file",
    "app:application", "workspace:application_paper", "app:referral_receipt", "app:referral_outcome", "app:withdraw_consent",
)  # fmt: skip


def away(route: Route) -> bool:
    """Tell whether a route has nothing to show in a seeded world, by its whole name or by its own."""
    return route.name in AWAY or route.name.rpartition(":")[2] in AWAY


@dataclass
class Visits:
    """The addresses of a world, and a client for each of the people who show them."""

    every: list[Route] = field(default_factory=routes.every)
    clients: dict[str, Client] = field(default_factory=dict)

    @property
    def ours(self) -> list[Route]:
        """Return the routes of our own doors."""
        return [route for route in self.every if route.policy != LIBRARY]

    @property
    def pages(self) -> list[Route]:
        """Return the addresses that can be opened: ours, and the library's for a stranger and for Marta signing in anew."""
        library = [r for r in self.every if r.policy == LIBRARY and r.sample]
        return (
            [r for r in self.ours if "GET" in r.methods and not away(r)]
            + library
            + [replace(r, shown_by=OPERATOR) for r in library]
        )

    def client(self, shown_by: str) -> Client:
        """Return a client signed in as a persona, come in by an office's link, or nobody's."""
        if shown_by not in self.clients:
            self.clients[shown_by] = Client()
            self._sign_in(self.clients[shown_by], shown_by)
        return self.clients[shown_by]

    def _sign_in(self, client: Client, shown_by: str) -> None:
        if shown_by == LINK:
            session = client.session
            alive = HandOverLink.objects.filter(expires_at__gt=clock.now(), hand_over__state="sent")
            session["link"] = dict(zip(("id", "agency"), alive.values_list("hand_over_id", "agency_id")[0], strict=True))
            session.save()
            client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
        elif shown_by and shown_by != MACHINE:
            assert client.post("/demo/enter", {"persona": shown_by}).status_code == 302
