"""Addresses of the staff pages about insight."""

from __future__ import annotations

from django.urls import URLPattern, path

from cortile.workspace.insight import month

urlpatterns: list[URLPattern] = [
    path("mese/", month.month, name="month"),
    path("mese/mese.csv", month.month_csv, name="month_csv"),
]
