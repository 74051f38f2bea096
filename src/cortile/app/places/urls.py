"""Address of the places where somebody can help."""

from __future__ import annotations

from django.urls import path

from cortile.app.places import views

urlpatterns = [path("chi-aiuta/", views.places, name="places")]
