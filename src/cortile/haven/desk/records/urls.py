"""Addresses of records: neutral words, and a number nobody guesses."""

from __future__ import annotations

from django.urls import URLPattern, path

from cortile.haven.desk.records import entering, papers, views, work, writing

urlpatterns: list[URLPattern] = [
    path("", views.listed, name="list"),
    path("entra/", entering.enter, name="enter"),
    path("chiudi/", entering.close, name="close"),
    path("nuova/", views.new, name="new"),
    path("agenda/", work.calendar, name="calendar"),
    path("gruppi/", work.groups, name="groups"),
    path("posti/", work.places, name="places"),
    path("<uuid:number>/", views.record, name="record"),
    path("<uuid:number>/contatto/", writing.contact, name="contact"),
    path("<uuid:number>/passi/", writing.step, name="step"),
    path("<uuid:number>/passi/<uuid:entry>/", writing.tick, name="tick"),
    path("<uuid:number>/note/", writing.note, name="note"),
    path("<uuid:number>/appuntamenti/", writing.appoint, name="appoint"),
    path("<uuid:number>/appuntamenti/<uuid:entry>/annulla/", writing.call_off, name="call_off"),
    path("<uuid:number>/carte/", papers.add, name="add_paper"),
    path("<uuid:number>/carte/<uuid:entry>/", papers.show, name="paper"),
    path("<uuid:number>/via/<uuid:entry>/", writing.strike, name="strike"),
    path("<uuid:number>/copia/", writing.copy, name="copy"),
    path("<uuid:number>/distruggi/", writing.shred, name="shred"),
]
