"""Addresses of the staff pages about agenda."""

from __future__ import annotations

from django.urls import URLPattern, path

from cortile.workspace.agenda import appointments, calls, week

urlpatterns: list[URLPattern] = [
    path("agenda/", week.agenda, name="agenda"),
    path("agenda/fissa/", week.book, name="book"),
    path("agenda/presidio/", week.popup, name="popup"),
    path("agenda/presidio/<int:place_id>/togli/", week.withdraw_popup, name="withdraw_popup"),
    path("agenda/telefonate/<int:number>/", calls.calls, name="calls"),
    path("agenda/telefonata/<int:call_id>/<slug:act>/", calls.call_act, name="call_act"),
    path("agenda/<int:appointment_id>/", appointments.appointment, name="appointment"),
    path("agenda/<int:appointment_id>/<slug:act>/", appointments.appointment_act, name="appointment_act"),
]
