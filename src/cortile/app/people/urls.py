"""Address of the page about me."""

from __future__ import annotations

from django.urls import path

from cortile.app.people import views

urlpatterns = [path("io/", views.me, name="me")]
