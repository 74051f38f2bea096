"""Taxonomies: the codes of SIUSS and the words people use, and which card stands under which (HSDS 3.1)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cortile.directory.models.base import Known, one_of
from cortile.directory.models.organizations import Organization
from cortile.directory.models.services import Service


class Taxonomy(Known):
    """A list of terms."""

    key = models.SlugField(unique=True)
    name = models.TextField()
    description = models.TextField()
    uri = models.URLField(blank=True)
    version = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]


class TaxonomyTerm(Known):
    """A term; ``words`` are what people call it: «badante», «compiti», «pacco»."""

    taxonomy = models.ForeignKey(Taxonomy, on_delete=models.CASCADE, related_name="terms")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    code = models.TextField()
    name = models.TextField()
    description = models.TextField(blank=True)
    words = ArrayField(models.TextField(), default=list)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["taxonomy", "code"], name="taxonomy_term_once")]

    def __str__(self) -> str:
        return self.name


class Attribute(Known):
    """A card, or an organisation, under a term."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, null=True, blank=True, related_name="attributes")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, null=True, blank=True, related_name="attributes")
    term = models.ForeignKey(TaxonomyTerm, on_delete=models.PROTECT, related_name="attributes")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=one_of("service", "organization"), name="attribute_of_one"),
            models.UniqueConstraint(fields=["service", "organization", "term"], name="attribute_once", nulls_distinct=False),
        ]
