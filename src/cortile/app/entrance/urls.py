"""Addresses of the way in and out."""

from __future__ import annotations

from django.urls import path

from cortile.app.entrance import identity, views

urlpatterns = [
    path("entra/", views.sign_in, name="sign_in"),
    path("entra/come/", views.code_way, name="code_way"),
    path("entra/codice/", views.code, name="code"),
    path("entra/<slug:way>/", identity.identity_leave, name="identity_leave"),
    path("entra/<slug:way>/ritorno/", identity.identity_back, name="identity_back"),
    path("esci/", views.sign_out, name="sign_out"),
]
