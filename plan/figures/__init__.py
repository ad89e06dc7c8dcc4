"""This room reads the plan's figures: which way they travel, what is missing, how audits add up, what texts offer.

All of it is pure: it takes a Snapshot or plain values and answers with plain values.
"""

from plan.figures.audits import GRADES, Audit, audit_of, audits_of, compared, off_by, shares
from plan.figures.narrative import Told, read
from plan.figures.offered import AuditOffer, Offer, audit_offers, held_for, offers
from plan.figures.series import Figure, Reading, figure_of, figures_of
from plan.figures.told_audits import ToldAudit, read_audits
from plan.figures.travel import Direction, Travel, travel

__all__ = [
    "GRADES",
    "Audit",
    "AuditOffer",
    "Direction",
    "Figure",
    "Offer",
    "Reading",
    "Told",
    "ToldAudit",
    "Travel",
    "audit_of",
    "audit_offers",
    "audits_of",
    "compared",
    "figure_of",
    "figures_of",
    "held_for",
    "off_by",
    "offers",
    "read",
    "read_audits",
    "shares",
    "travel",
]
