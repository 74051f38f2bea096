"""Addresses anybody may open: neutral words."""

from __future__ import annotations

from django.urls import path

from cortile.haven.public import half_hours, views

app_name = "public"
urlpatterns = [
    path("", views.doors, name="doors"),
    path("orari/", half_hours.free, name="free"),
    path("orari/disdici/", half_hours.give_back, name="give_back"),
    path("orari/<uuid:number>/", half_hours.take, name="take"),
    path("attivita/", views.activities, name="activities"),
    path("foglio/", views.sheet, name="sheet"),
    path("limiti/", views.limits, name="limits"),
    path("esci/", views.leave, name="leave"),
]
