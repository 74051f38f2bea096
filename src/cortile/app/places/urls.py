"""Addresses of the services and places where somebody can help."""

from __future__ import annotations

from django.urls import path

from cortile.app.places import views

urlpatterns = [
    path("chi-aiuta/", views.places, name="places"),
    path("chi-aiuta/mappa/", views.map_of_places, name="places_map"),
    path("chi-aiuta/<int:service_id>/", views.service, name="service"),
]
