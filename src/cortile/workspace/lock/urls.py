"""Addresses of the locked screen."""

from __future__ import annotations

from django.urls import path

from cortile.workspace.lock import views

urlpatterns = [
    path("blocco/", views.lock, name="lock"),
    path("pin/", views.pin, name="pin"),
]
