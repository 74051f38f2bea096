"""Addresses of contributions. They name no topic: an address stays in a phone's history."""

from __future__ import annotations

from django.urls import path

from cortile.app.contributions import views

urlpatterns = [path("controllo/", views.check, name="check")]
