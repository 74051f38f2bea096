"""Addresses nobody may ever serve: what the start must refuse."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from cortile.kit.doors import opens


def _open(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("scrivania/aperta/", _open, name="open"),
    path("accesso/nuova/", _open, name="account_new"),
    path("accesso/login/", _open, name="account_login"),
    path("scrivania/ignota/", opens("nobody ever registered this")(_open), name="unknown"),
]
