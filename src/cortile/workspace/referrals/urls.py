"""Addresses of referrals: the sender's pages, and those a partner opens from its mail."""

from __future__ import annotations

from django.urls import URLPattern, path

from cortile.workspace.referrals import following, link, received, sending

OF_REQUEST = "scrivania/richieste/<int:number>/invio/"
ONE = "scrivania/invii/<int:referral_number>/"

urlpatterns: list[URLPattern] = [
    path(OF_REQUEST, sending.choose, name="refer"),
    path(f"{OF_REQUEST}<int:service_id>/", sending.send, name="refer_to"),
    path("scrivania/invii/", following.sent, name="referrals"),
    path(ONE, following.referral, name="referral"),
    path(f"{ONE}<slug:act>/", following.referral_act, name="referral_act"),
    path("servizio/", link.partner_door, name="partner_door"),
    path("servizio/l/<str:token>/", link.partner_link, name="partner_link"),
    path("servizio/richiesta/", received.referral, name="referrals_received"),
    path("servizio/richiesta/<slug:act>/", received.referral_act, name="received_act"),
    path("servizio/esci/", link.partner_leave, name="partner_leave"),
]
