"""Addresses of an outcome. They name no topic: an address stays in a phone's history."""

from __future__ import annotations

from django.urls import path

from cortile.app.outcome import views

urlpatterns = [path("esito/<int:number>/", views.outcome, name="outcome")]
