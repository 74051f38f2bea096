"""Address of the nurse's page."""

from __future__ import annotations

from django.urls import path

from cortile.workspace.care import own_list

urlpatterns = [path("ambulatorio/", own_list.own_list, name="care")]
