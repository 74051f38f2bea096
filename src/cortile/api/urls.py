"""Addresses of the machines' door."""

from __future__ import annotations

from django.urls import path

from cortile.api import hsds, siuss, sms

app_name = "api"
urlpatterns = [
    path("sms/arrivi/", sms.arrived, name="sms_arrived"),
    path("sms/stati/", sms.settled, name="sms_settled"),
    path("waas/v1/flussi", siuss.flows, name="siuss_flows"),
    path("waas/v1/esiti", siuss.results, name="siuss_results"),
    path("waas/v1/status", siuss.status, name="siuss_status"),
    path("hsds/", hsds.about, name="hsds"),
    path("hsds/services", hsds.services, name="hsds_services"),
    path("hsds/services/<str:service_uuid>", hsds.service, name="hsds_service"),
    path("hsds/organizations", hsds.organizations, name="hsds_organizations"),
    path("hsds/organizations/<str:organization_uuid>", hsds.organization, name="hsds_organization"),
    path("hsds/service_at_locations", hsds.at_locations, name="hsds_at_locations"),
    path("hsds/service_at_locations/<str:place_uuid>", hsds.at_location, name="hsds_at_location"),
    path("hsds/taxonomies", hsds.taxonomies, name="hsds_taxonomies"),
    path("hsds/taxonomies/<str:taxonomy_uuid>", hsds.taxonomy, name="hsds_taxonomy"),
    path("hsds/taxonomy_terms", hsds.terms, name="hsds_terms"),
    path("hsds/taxonomy_terms/<str:term_uuid>", hsds.term, name="hsds_term"),
]
