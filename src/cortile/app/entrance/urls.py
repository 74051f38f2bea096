"""Addresses of the way in and out."""

from __future__ import annotations

from django.urls import path

from cortile.app.entrance import views

urlpatterns = [
    path("entra/", views.sign_in, name="sign_in"),
    path("esci/", views.sign_out, name="sign_out"),
]
