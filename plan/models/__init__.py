"""This folder is the tables: the plan's records, their history, the people, and the workbooks they bring."""

from plan.models.base import Base, Instant, new_id
from plan.models.cycles import Answer, Confirmation, Pack, PackFormat, PackKind
from plan.models.deciders import Decider
from plan.models.events import Event, What
from plan.models.history import Awaiting, Change, Decision, LettingGo, Outcome, Revision, Source
from plan.models.identities import Identity, SpentSignIn
from plan.models.people import Attempt, Deputy, Invitation, Limit, Membership, Person, Team
from plan.models.records import (
    MODELS,
    Achievement,
    Action,
    Audit,
    Cycle,
    Indicator,
    Plan,
    Reading,
    Record,
    Requirement,
    Theme,
)
from plan.models.sessions import PersonSession
from plan.models.workbooks import KnownLayout, Tracker, Upload, UploadState

__all__ = [
    "MODELS",
    "Achievement",
    "Action",
    "Answer",
    "Attempt",
    "Audit",
    "Awaiting",
    "Base",
    "Change",
    "Confirmation",
    "Cycle",
    "Decider",
    "Decision",
    "Deputy",
    "Event",
    "Identity",
    "Indicator",
    "Instant",
    "Invitation",
    "KnownLayout",
    "LettingGo",
    "Limit",
    "Membership",
    "Outcome",
    "Pack",
    "PackFormat",
    "PackKind",
    "Person",
    "PersonSession",
    "Plan",
    "Reading",
    "Record",
    "Requirement",
    "Revision",
    "Source",
    "SpentSignIn",
    "Team",
    "Theme",
    "Tracker",
    "Upload",
    "UploadState",
    "What",
    "new_id",
]
