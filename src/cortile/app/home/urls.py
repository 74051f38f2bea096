"""Address of the house."""

from __future__ import annotations

from django.urls import path

from cortile.app.home import views

urlpatterns = [path("", views.home, name="home")]
