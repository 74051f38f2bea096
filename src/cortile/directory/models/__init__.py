"""What the directory keeps, under HSDS 3.1's names. Whole numbers are ours, ``uuid`` is what other directories know a row by."""

from cortile.directory.models.details import Accessibility, CostOption, Language, Phone, Schedule, ServiceArea, ServiceCapacity
from cortile.directory.models.keeping import Agreement, Confirmation, ConfirmationLink
from cortile.directory.models.organizations import Location, Organization
from cortile.directory.models.services import Service, ServiceAtLocation
from cortile.directory.models.terms import Attribute, Taxonomy, TaxonomyTerm

__all__ = [
    "Accessibility", "Agreement", "Attribute", "Confirmation", "ConfirmationLink", "CostOption", "Language", "Location",
    "Organization", "Phone", "Schedule", "Service", "ServiceArea", "ServiceAtLocation", "ServiceCapacity", "Taxonomy",
    "TaxonomyTerm",
]  # fmt: skip
