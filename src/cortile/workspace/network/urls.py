"""Addresses of the network's pages."""

from __future__ import annotations

from django.urls import path

from cortile.workspace.network import agreements, decisions, meetings, networks

urlpatterns = [
    path("", networks.networks, name="networks"),
    path("nuova/", networks.new_network, name="network_new"),
    path("numeri/", networks.lendings, name="network_lendings"),
    path("decisioni/", decisions.decisions, name="network_decisions"),
    path("accordi/", agreements.agreements, name="agreements"),
    path("<int:network_id>/", networks.network, name="network"),
    path("<int:network_id>/membro/", networks.new_member, name="network_member"),
    path("<int:network_id>/incontro/", meetings.new_meeting, name="meeting_new"),
    path("incontro/<int:meeting_id>/", meetings.meeting, name="meeting"),
    path("incontro/<int:meeting_id>/verbale.pdf", meetings.minutes, name="minutes"),
]
