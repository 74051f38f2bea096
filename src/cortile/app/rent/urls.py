"""Addresses of the rent."""

from __future__ import annotations

from django.urls import path

from cortile.app.rent import views

urlpatterns = [
    path("affitto/", views.rent, name="rent"),
    path("affitto/lettere/", views.letters, name="rent_letters"),
    path("affitto/parliamone/", views.talk, name="rent_talk"),
    path("affitto/parliamone/<slug:way>/", views.hour, name="rent_hour"),
    path("affitto/fatto/<int:number>/", views.agreed, name="rent_agreed"),
]
