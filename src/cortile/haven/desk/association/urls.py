"""Addresses of the association's own life: literal ones, apart from those of records."""

from __future__ import annotations

from django.urls import URLPattern, path

from cortile.haven.desk.association import handing, keeping, people

urlpatterns: list[URLPattern] = [
    path("frase/", people.phrase, name="phrase"),
    path("associazione/", people.home, name="association"),
    path("associazione/nuova/", people.new, name="new_person"),
    path("associazione/chiavi/", keeping.turn, name="keys"),
    path("associazione/carte/", keeping.papers, name="papers"),
    path("associazione/registro/", keeping.log, name="log"),
    path("associazione/biglietto/", keeping.card, name="card"),
    path("associazione/<int:number>/", people.person, name="person"),
    path("associazione/<int:number>/frase/", people.again, name="again"),
    path("associazione/<int:number>/esce/", people.leave, name="leave"),
    path("pacchi/", handing.index, name="packages"),
    path("pacchi/carica/", handing.load, name="load_package"),
    path("pacchi/apri/", handing.take_in, name="take_in"),
    path("pacchi/<uuid:number>/", handing.prepare, name="prepare_package"),
    path("pacchi/<uuid:number>/manda/", handing.hand_over, name="hand_over"),
]
