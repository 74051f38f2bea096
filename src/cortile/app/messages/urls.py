"""Addresses of the messages."""

from __future__ import annotations

from django.urls import path

from cortile.app.messages import views

urlpatterns = [
    path("messaggi/", views.inbox, name="messages"),
    path("messaggi/<int:message_id>/foglio.pdf", views.letter, name="letter"),
]
