"""Address of an appointment."""

from __future__ import annotations

from django.urls import path

from cortile.app.agenda import views

urlpatterns = [path("appuntamenti/<int:appointment_id>/", views.appointment, name="appointment")]
