"""Addresses of the staff pages about agencies."""

from __future__ import annotations

from django.urls import URLPattern, path

from cortile.workspace.agencies import absences

urlpatterns: list[URLPattern] = [
    path("assenza/", absences.absence, name="absence"),
]
