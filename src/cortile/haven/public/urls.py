"""Addresses anybody may open: neutral words."""

from __future__ import annotations

from django.urls import path

from cortile.haven.public import views

app_name = "public"
urlpatterns = [path("", views.doors, name="doors")]
