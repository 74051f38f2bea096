"""Addresses of this part of the desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from cortile.haven.desk.releases import views

urlpatterns: list[URLPattern] = [
    path("numeri/", views.quarters, name="quarters"),
    path("numeri/chiave.pem", views.key_file, name="counts_key"),
    path("numeri/<str:name>/", views.quarter, name="quarter"),
    path("numeri/<str:name>/numeri.json", views.counts_file, name="counts_file"),
]
