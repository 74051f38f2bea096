"""Addresses of the staff pages about people."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
