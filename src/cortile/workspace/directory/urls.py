"""Addresses of the directory's cards."""

from __future__ import annotations

from django.urls import path

from cortile.workspace.directory import around, cards, editing, importing, opening, still_so

urlpatterns = [
    path("scrivania/servizi/", cards.cards, name="directory"),
    path("scrivania/servizi/nuova/", editing.new_card, name="directory_new"),
    path("scrivania/servizi/importa/", importing.take_in, name="directory_import"),
    path("scrivania/servizi/mappa/", around.around, name="directory_map"),
    path("scrivania/servizi/<int:service_id>/orari/", opening.opening, name="directory_hours"),
    path("scrivania/servizi/<int:service_id>/", cards.card, name="directory_card"),
    path("scrivania/servizi/<int:service_id>/modifica/", editing.edit_card, name="directory_edit"),
    path("servizi/l/<str:token>/", still_so.still_so, name="still_so"),
]
