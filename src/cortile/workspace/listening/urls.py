"""Addresses of the staff pages about listening."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
