"""Addresses of the staff door: the workspace, and the page an office opens from its mail."""

from __future__ import annotations

from django.urls import include, path

app_name = "workspace"
urlpatterns = [
    # Before the requests: an address of theirs ends with the name of any act.
    path("", include("cortile.workspace.referrals.urls")),
    path("", include("cortile.workspace.listening.urls")),
    path("scrivania/", include("cortile.workspace.applying.urls")),
    path("scrivania/", include("cortile.workspace.people.urls")),
    path("scrivania/", include("cortile.workspace.agenda.urls")),
    path("scrivania/", include("cortile.workspace.phone.urls")),
    path("scrivania/", include("cortile.workspace.messages.urls")),
    path("scrivania/", include("cortile.workspace.care.urls")),
    path("scrivania/", include("cortile.workspace.insight.urls")),
    path("scrivania/", include("cortile.workspace.accounts.urls")),
    path("scrivania/", include("cortile.workspace.agencies.urls")),
    path("scrivania/", include("cortile.workspace.benefits.urls")),
    path("scrivania/", include("cortile.workspace.siuss.urls")),
    path("scrivania/", include("cortile.workspace.examining.urls")),
    path("scrivania/", include("cortile.workspace.paying.urls")),
    path("", include("cortile.workspace.directory.urls")),
    path("scrivania/rete/", include("cortile.workspace.network.urls")),
    path("scrivania/", include("cortile.workspace.lock.urls")),
]
