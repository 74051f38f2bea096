"""Addresses of «Informazioni utili»: neutral words, and the language in the address, since no cookie may hold it."""

from __future__ import annotations

from django.urls import path

from cortile.app.safety import views

app_name = "safety"
urlpatterns = [
    path("", views.before, name="before"),
    path("leggi/", views.read, name="read"),
    path("esci/", views.leave, name="leave"),
    path("<slug:language>/", views.before_in, name="before_in"),
    path("<slug:language>/leggi/", views.read_in, name="read_in"),
]
