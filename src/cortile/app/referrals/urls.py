"""Addresses of what was sent to services."""

from __future__ import annotations

from django.urls import path

from cortile.app.referrals import views

urlpatterns = [
    path("chiedi-a-un-servizio/<int:service_id>/", views.ask_service, name="ask_service"),
    path("invii/<int:referral_number>/", views.receipt, name="referral_receipt"),
    path("invii/<int:referral_number>/servito/", views.outcome, name="referral_outcome"),
    path("permessi/<int:consent_id>/ritira/", views.withdraw, name="withdraw_consent"),
]
