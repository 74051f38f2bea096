"""Addresses of the staff pages about accounts."""

from __future__ import annotations

from django.urls import URLPattern, path

from cortile.workspace.accounts import imports

IMPORTS = "amministrazione/importazione/"

urlpatterns: list[URLPattern] = [
    path(IMPORTS, imports.imports, name="imports"),
    path(f"{IMPORTS}conferma/", imports.confirm, name="confirm_import"),
    path(f"{IMPORTS}scarta/", imports.discard, name="discard_import"),
    path(f"{IMPORTS}<int:run_id>/<str:name>", imports.rejects, name="import_rejects"),
]
