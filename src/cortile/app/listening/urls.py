"""Addresses of a request."""

from __future__ import annotations

from django.urls import path

from cortile.app.listening import views

urlpatterns = [
    path("richieste/<int:number>/", views.thread, name="thread"),
    path("richieste/<int:number>/file/<int:file_id>/", views.file, name="file"),
    path("richieste/<int:number>/foglio.pdf", views.sheet, name="sheet"),
]
