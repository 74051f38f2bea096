"""Addresses of the calls."""

from __future__ import annotations

from django.urls import path

from cortile.workspace.benefits import calls

urlpatterns = [
    path("contributi/avvisi/", calls.calls, name="calls"),
    path("contributi/avvisi/<int:version_id>/", calls.version, name="call_version"),
]
