"""Addresses of the payments."""

from __future__ import annotations

from django.urls import path

from cortile.workspace.paying import batches, making, settings

LOTS = "contributi/lotti/"

urlpatterns = [
    path(LOTS, batches.every, name="batches"),
    path(f"{LOTS}nuovo/", making.make, name="make_batch"),
    path(f"{LOTS}regole/", settings.settings, name="paying_rules"),
    path(f"{LOTS}<int:batch_id>/", batches.batch, name="batch"),
    path(f"{LOTS}<int:batch_id>/file", batches.download, name="batch_file"),
]
