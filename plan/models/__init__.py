"""This folder is the tables: the plan's records, their history, the people, and the workbooks they bring."""

from plan.models.base import Base, Instant, new_id
from plan.models.history import Awaiting, Change, Decision, LettingGo, Outcome, Revision, Source
from plan.models.people import Attempt, Deputy, Invitation, Membership, Person, Team
from plan.models.records import (
    MODELS,
    Achievement,
    Action,
    Audit,
    Indicator,
    Plan,
    Reading,
    Record,
    Requirement,
    Theme,
)
from plan.models.workbooks import KnownLayout, Tracker, Upload, UploadState

__all__ = [
    "MODELS",
    "Achievement",
    "Action",
    "Attempt",
    "Audit",
    "Awaiting",
    "Base",
    "Change",
    "Decision",
    "Deputy",
    "Indicator",
    "Instant",
    "Invitation",
    "KnownLayout",
    "LettingGo",
    "Membership",
    "Outcome",
    "Person",
    "Plan",
    "Reading",
    "Record",
    "Requirement",
    "Revision",
    "Source",
    "Team",
    "Theme",
    "Tracker",
    "Upload",
    "UploadState",
    "new_id",
]
