"""Addresses of the examination."""

from __future__ import annotations

from django.urls import path

from cortile.workspace.examining import file, lists, recompute

urlpatterns = [
    path("contributi/domande/", lists.queue, name="applications"),
    path("contributi/domande/<int:number>/", file.one, name="application"),
    path("contributi/domande/<int:number>/carte/<int:paper_id>/", file.paper, name="application_paper"),
    path("contributi/firme/", lists.signatures, name="signatures"),
    path("contributi/ricalcolo/", recompute.recompute, name="recompute"),
]
