"""Addresses of what a device fetches by itself. The worker is a plain file: no session and no database answer for it."""

from __future__ import annotations

from django.urls import path

from cortile.app.device import views

urlpatterns = [
    path("<slug:body>/casa.webmanifest", views.manifest, name="manifest"),
    path("senza-rete/<slug:body>/<slug:language>/", views.offline, name="offline"),
]
