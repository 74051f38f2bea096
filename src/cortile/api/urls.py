"""Addresses of the machines' door."""

from __future__ import annotations

from django.urls import path

from cortile.api import sms

app_name = "api"
urlpatterns = [
    path("sms/arrivi/", sms.arrived, name="sms_arrived"),
    path("sms/stati/", sms.settled, name="sms_settled"),
]
