"""Addresses of an application. They name no topic: an address stays in a phone's history."""

from __future__ import annotations

from django.urls import path

from cortile.app.applying import codes, sent, views

urlpatterns = [
    path("domanda/", views.begin, name="applying"),
    path("domanda/codice/", codes.draft_code, name="draft_code"),
    path("domanda/fatta/<int:number>/", sent.application_receipt, name="application_receipt"),
    path("domanda/numero/<int:number>/", sent.application, name="application"),
    path("domanda/<int:call_id>/", views.tasks, name="application_tasks"),
    path("domanda/<int:call_id>/<int:page>/", views.one_page, name="application_page"),
    path("domanda/<int:call_id>/codice/", codes.new_code, name="draft_code_new"),
    path("domanda/<int:call_id>/foglio/<int:paper_id>/togli/", views.remove_paper, name="draft_paper_remove"),
]
