"""Addresses of asking for help."""

from __future__ import annotations

from django.urls import path

from cortile.app.asking import views

urlpatterns = [
    path("aiuto/", views.ask, name="ask"),
    path("aiuto/racconta/", views.ask_words, name="ask_words"),
    path("aiuto/controlla/", views.ask_check, name="ask_check"),
    path("richieste/<int:number>/ricevuta/", views.receipt, name="receipt"),
]
