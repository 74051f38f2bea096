"""Addresses of the pages for who answers the phone."""

from __future__ import annotations

from django.urls import path

from cortile.workspace.phone import sms, views

urlpatterns = [
    path("telefono/", views.answer, name="phone"),
    path("telefono/sms/<int:sms_id>/<slug:act>/", sms.sms_act, name="sms_act"),
]
