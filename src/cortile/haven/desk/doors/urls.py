"""Addresses of this part of the desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from cortile.haven.desk.doors import half_hours, views

urlpatterns: list[URLPattern] = [
    path("porte/", views.doors, name="doors"),
    path("porte/nuova/", views.new_door, name="new_door"),
    path("porte/<int:number>/", views.door, name="door"),
    path("porte/<int:number>/orari/", half_hours.half_hours, name="half_hours"),
    path("attivita/", views.offers, name="offers"),
    path("attivita/nuova/", views.new_offer, name="new_offer"),
    path("attivita/<int:number>/", views.offer, name="offer"),
    path("limiti/", views.limits, name="limits"),
]
