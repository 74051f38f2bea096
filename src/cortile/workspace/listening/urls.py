"""Addresses of the staff pages about listening."""

from __future__ import annotations

from django.urls import URLPattern, path

from cortile.workspace.listening import contacts, lists, offices, offices_link, requests, requests_sheets, today

THREAD = "scrivania/richieste/<int:number>/"

urlpatterns: list[URLPattern] = [
    path("scrivania/", today.today, name="today"),
    path("scrivania/contatto/", contacts.record_contact, name="record_contact"),
    path("scrivania/contatto/chi/", contacts.who, name="who"),
    path("scrivania/richieste/", lists.threads, name="threads"),
    path(f"{THREAD}ricevuta/", contacts.receipt, name="receipt"),
    path(THREAD, requests.thread, name="thread"),
    path(f"{THREAD}foglio.pdf", requests_sheets.thread_sheet, name="thread_sheet"),
    path(f"{THREAD}foglio-custode.pdf", requests_sheets.custodian_sheet, name="custodian_sheet"),
    path(f"{THREAD}file/<int:file_id>/", requests.thread_file, name="thread_file"),
    path(f"{THREAD}<slug:act>/", requests.thread_act, name="thread_act"),
    path("scrivania/ufficio/", offices.office_queue, name="office_queue"),
    path("scrivania/ufficio/<int:hand_over_id>/", offices.hand_over, name="hand_over"),
    path("scrivania/ufficio/<int:hand_over_id>/<slug:act>/", offices.hand_over_act, name="hand_over_act"),
    path("ufficio/", offices_link.office_door, name="office_door"),
    path("ufficio/l/<str:token>/", offices_link.office_link, name="office_link"),
    path("ufficio/domanda/", offices.link_question, name="link_question"),
    path("ufficio/domanda/<slug:act>/", offices.link_act, name="link_act"),
    path("ufficio/esci/", offices_link.link_leave, name="link_leave"),
]
