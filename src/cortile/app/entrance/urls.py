"""Addresses of the way in and out."""

from __future__ import annotations

from django.urls import path

from cortile.app.entrance import views

urlpatterns = [
    path("entra/", views.sign_in, name="sign_in"),
    path("entra/come/", views.code_way, name="code_way"),
    path("entra/codice/", views.code, name="code"),
    path("esci/", views.sign_out, name="sign_out"),
]
