"""A referral, the yes it rests on, what happened, the link its service answers by, and what we learned of a service."""

from cortile.referrals.models.consents import Consent
from cortile.referrals.models.figures import ServiceFigures
from cortile.referrals.models.referrals import PartnerLink, Referral, Step

__all__ = ["Consent", "PartnerLink", "Referral", "ServiceFigures", "Step"]
