"""Addresses of the tenants' door."""

from __future__ import annotations

from django.urls import include, path

app_name = "app"
urlpatterns = [
    path("", include("cortile.app.home.urls")),
    path("", include("cortile.app.entrance.urls")),
    path("", include("cortile.app.asking.urls")),
    path("", include("cortile.app.listening.urls")),
    path("", include("cortile.app.referrals.urls")),
    path("", include("cortile.app.messages.urls")),
    path("", include("cortile.app.people.urls")),
    path("", include("cortile.app.places.urls")),
    path("", include("cortile.app.agenda.urls")),
    path("", include("cortile.app.device.urls")),
    path("", include("cortile.app.rent.urls")),
    path("", include("cortile.app.contributions.urls")),
    path("", include("cortile.app.applying.urls")),
    path("", include("cortile.app.outcome.urls")),
]
