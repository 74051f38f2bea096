"""Addresses of the staff pages about messages."""

from __future__ import annotations

from django.urls import URLPattern, path

from cortile.workspace.messages import notices

urlpatterns: list[URLPattern] = [
    path("avvisi/", notices.notices, name="notices"),
]
