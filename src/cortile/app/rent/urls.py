"""Addresses of the rent."""

from __future__ import annotations

from django.urls import path

from cortile.app.rent import views

urlpatterns = [
    path("conti/", views.rent, name="rent"),
    path("conti/lettere/", views.letters, name="rent_letters"),
    path("conti/parliamone/", views.talk, name="rent_talk"),
    path("conti/parliamone/<slug:way>/", views.hour, name="rent_hour"),
    path("conti/fatto/<int:number>/", views.agreed, name="rent_agreed"),
]
