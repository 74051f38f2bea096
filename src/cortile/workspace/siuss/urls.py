"""Addresses of what is told to INPS."""

from __future__ import annotations

from django.urls import path

from cortile.workspace.siuss import body, flows

urlpatterns = [
    path("contributi/siuss/", flows.flows, name="siuss"),
    path("contributi/siuss/<int:flow_id>/", flows.flow, name="siuss_flow"),
    path("contributi/siuss/ente/", body.body, name="siuss_body"),
]
