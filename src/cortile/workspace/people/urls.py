"""Addresses of the staff pages about people."""

from __future__ import annotations

from django.urls import URLPattern, path

from cortile.workspace.people import access_sheet, copies, forms_pages, letters, openings, person, register, reviews, search, visits

urlpatterns: list[URLPattern] = [
    path("cerca/", search.search, name="search"),
    path("persone/nuova/", register.register_person, name="register_person"),
    path("emergenza/", openings.emergency, name="emergency"),
    path("accessi/", reviews.reviews, name="reviews"),
    path("accessi/controllo/", reviews.canary, name="canary"),
    path("accessi/<int:opening_id>/", reviews.review, name="review"),
    path("accessi/avvisi/<int:alarm_id>/", reviews.review_alarm, name="review_alarm"),
    path("persone/<int:person_id>/", person.person, name="person"),
    path("persone/<int:person_id>/apri/", openings.open_record, name="open_record"),
    path("persone/<int:person_id>/chi-ha-visto.pdf", access_sheet.access_sheet, name="access_sheet"),
    path("condivise/", copies.received, name="copies"),
    path("visite/", visits.visits, name="visits"),
    path("persone/<int:person_id>/condividi/", copies.share, name="share"),
    path("persone/<int:person_id>/copia/<int:copy_id>/togli/", copies.withdraw, name="withdraw_copy"),
    path("persone/<int:person_id>/codice.pdf", person.code_sheet, name="code_sheet"),
    path("persone/<int:person_id>/scrivi/<slug:page>/", forms_pages.person_form, name="person_form"),
    path("persone/<int:person_id>/messaggi/<int:message_id>/letto/", letters.message_read, name="message_read"),
    path("persone/<int:person_id>/messaggi/<int:message_id>/lettera.pdf", letters.message_letter, name="message_letter"),
    path("persone/<int:person_id>/<slug:act>/", person.person_act, name="person_act"),
]
