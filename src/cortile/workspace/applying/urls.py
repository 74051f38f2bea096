"""Addresses of an application at the desk."""

from __future__ import annotations

from django.urls import path

from cortile.workspace.applying import views

urlpatterns = [
    path("domanda/codice/", views.resume, name="resume_application"),
    path("persone/<int:person_id>/domanda/", views.calls_for, name="applications_of"),
    path("persone/<int:person_id>/domanda/<int:call_id>/", views.apply_with, name="apply_with"),
]
