"""Addresses of the calls."""

from __future__ import annotations

from django.urls import path

from cortile.workspace.benefits import calls, edit, funds, invitations, what_if

urlpatterns = [
    path("contributi/avvisi/", calls.calls, name="calls"),
    path("contributi/avvisi/<int:version_id>/", calls.version, name="call_version"),
    path("contributi/fondi/", funds.envelopes, name="envelopes"),
    path("contributi/fondi/<int:envelope_id>/", funds.envelope, name="envelope"),
    path("contributi/fondi/<int:envelope_id>/lista/", funds.drawn_list, name="drawn_list"),
    path("contributi/avvisi/nuovo/", edit.begin, name="call_begin"),
    path("contributi/avvisi/<int:version_id>/modifica/", edit.edit, name="call_edit"),
    path("contributi/avvisi/<int:version_id>/confronta/<int:other_id>/", edit.compare, name="call_compare"),
    path("contributi/prova/<int:version_id>/", what_if.what_if, name="what_if"),
    path("inviti/", invitations.invitations, name="invitations"),
]
