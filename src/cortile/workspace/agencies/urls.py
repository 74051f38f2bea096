"""Addresses of the staff pages about agencies."""

from __future__ import annotations

from django.urls import URLPattern, path

from cortile.workspace.agencies import absences, access_settings, local_centres, phone_turns, settings

urlpatterns: list[URLPattern] = [
    path("assenza/", absences.absence, name="absence"),
    path("amministrazione/", settings.administration, name="administration"),
    path("amministrazione/categorie/", settings.categories, name="categories"),
    path("amministrazione/tempi/", settings.answer_times, name="answer_times"),
    path("amministrazione/accessi/", access_settings.access_settings, name="access_settings"),
    path("amministrazione/telefono/", phone_turns.phone_turns, name="phone_turns"),
    path("amministrazione/posti-vicini/", local_centres.local_centres, name="local_centres"),
]
