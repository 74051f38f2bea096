"""Address of the page for who answers the phone."""

from __future__ import annotations

from django.urls import path

from cortile.workspace.phone import views

urlpatterns = [path("telefono/", views.answer, name="phone")]
