"""Addresses of the staff door: the workspace, and the page an office opens from its mail."""

from __future__ import annotations

from django.urls import include, path

app_name = "workspace"
urlpatterns = [
    path("", include("cortile.workspace.listening.urls")),
    path("scrivania/", include("cortile.workspace.people.urls")),
    path("scrivania/", include("cortile.workspace.agenda.urls")),
    path("scrivania/", include("cortile.workspace.phone.urls")),
    path("scrivania/", include("cortile.workspace.messages.urls")),
    path("scrivania/", include("cortile.workspace.care.urls")),
    path("scrivania/", include("cortile.workspace.insight.urls")),
    path("scrivania/", include("cortile.workspace.accounts.urls")),
    path("scrivania/", include("cortile.workspace.agencies.urls")),
    path("scrivania/", include("cortile.workspace.benefits.urls")),
    path("scrivania/", include("cortile.workspace.lock.urls")),
]
