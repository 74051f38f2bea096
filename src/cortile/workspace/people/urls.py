"""Addresses of the staff pages about people."""

from __future__ import annotations

from django.urls import URLPattern, path

from cortile.workspace.people import forms_pages, person, register, search

urlpatterns: list[URLPattern] = [
    path("cerca/", search.search, name="search"),
    path("persone/nuova/", register.register_person, name="register_person"),
    path("persone/<int:person_id>/", person.person, name="person"),
    path("persone/<int:person_id>/codice.pdf", person.code_sheet, name="code_sheet"),
    path("persone/<int:person_id>/scrivi/<slug:page>/", forms_pages.person_form, name="person_form"),
    path("persone/<int:person_id>/<slug:act>/", person.person_act, name="person_act"),
]
