"""This file fills an empty database with the sample plan, an account for each kind of person, and two updates."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from blueprints.extensions import now, today
from plan import cycles, edits, history, people
from plan.edits import Edit
from plan.fields import Kind, Value
from plan.ledger import Step
from plan.models import Person, Plan, Source, new_id
from plan.rhythm import Dates
from plan.roles import ROLE_NAMES, Role
from plan.snapshot import Item, Snapshot
from sync import roundtrip

WORKBOOK = Path(__file__).resolve().parents[2] / "plan" / "sample" / "improvement-plan.xlsx"
COUNCIL = "Wyebridge Council"
SLUG = "wyebridge"
YEAR = 2013
POSITION = "2013-07-01"
# The sample is as old as this, so that one round of reporting lies behind it, one is open and two are to come.
AGE = timedelta(days=42)
BOARDS = tuple(timedelta(weeks=weeks) for weeks in (-4, 0, 4, 8))
OPENS_BEFORE, CUT_OFF_BEFORE = timedelta(days=21), timedelta(days=7)


@dataclass(frozen=True)
class Account:
    """One sample account."""

    email: str
    name: str
    role: Role


ACCOUNTS = (
    Account("reader@wyebridge.example", "Rowan Reader", Role.READER),
    Account("editor@wyebridge.example", "Ellis Editor", Role.EDITOR),
    Account("lead@wyebridge.example", "Lesley Lead", Role.LEAD),
    Account("office@wyebridge.example", "Oakley Office", Role.OFFICE),
)
# An audit of cases by grade stands in the tracker's evidence as words; here it is also a figure.
AUDITS: dict[str, dict[str, Value]] = {
    "20": {
        "title": "Audit of closed and current cases",
        "as_at": "2013-03",
        "total": 1440,
        "outstanding": 18,
        "good": 315,
        "adequate": 658,
        "inadequate": 449,
    },
    "6": {
        "title": "Audits of case files by managers",
        "as_at": "2013-07-01",
        "total": 41,
        "outstanding": 0,
        "good": 16,
        "adequate": 13,
        "inadequate": 12,
    },
}
TEAMS = {
    "Director of Children's Services": "Children's Services",
    "Chief Executive": "Corporate",
    "Head of Safeguarding and Review": "Safeguarding and Review",
    "Assistant Director, Children's Services": "Referral and Assessment",
    "Principal Social Worker": "Social Work Practice",
    "Head of Fieldwork": "Fieldwork",
    "Workforce Lead": "Workforce",
}
UPDATES: dict[str, str] = {
    "12": "Agency cover ended in May before the permanent posts were filled, and assessments fell behind again.",
    "13": "The audit in June still found assessments that describe and do not analyse; coaching began that week.",
}


def is_wanted(session: Session) -> bool:
    """Whether the database is so new that it has neither plan nor person."""
    return not session.scalar(select(func.count()).select_from(Plan)) and not session.scalar(
        select(func.count()).select_from(Person)
    )


def load(session: Session) -> Plan:
    """Import the sample workbook as staff would, agree it, set the board's cycles, and have the editor begin one.

    All of it lies in the weeks before today but the plan's own words, which are held at the day of its position.
    """
    begun, lately = now() - AGE, now() - timedelta(days=1)
    cast = {one.role: _account(session, one) for one in ACCOUNTS}
    office = cast[Role.OFFICE]
    plan, _reading = roundtrip.import_plan(
        session,
        WORKBOOK.read_bytes(),
        WORKBOOK.name,
        Step(office, begun, Source.IMPORT, file=WORKBOOK.name),
        slug=SLUG,
        year=YEAR,
    )
    plan.sample = True
    edits.apply(session, plan, _settings(session, plan, cast[Role.LEAD]), Step(office, begun, Source.BROWSER))
    history.declare_agreed(session, plan, Step(office, begun, Source.BASELINE))
    cycles.make(session, plan, _boards(), Step(office, begun, Source.BROWSER))
    for reference, reason in UPDATES.items():
        requirement = _by_number(history.now(session, plan))[reference]
        update = [Edit(Kind.REQUIREMENT, requirement.id, "status_reason", reason)]
        edits.apply(session, plan, update, Step(cast[Role.EDITOR], lately, Source.BROWSER))
    return plan


def accounts_in_words(session: Session) -> list[str]:
    """The lines that tell who can sign in; none where there is no sample."""
    found = list(session.scalars(select(Person).where(Person.sample, Person.active).order_by(Person.id)))
    if not found:
        return []
    lines = [f"  {person.email:26} {ROLE_NAMES[Role(person.role)]}" for person in found]
    return [f"Sample accounts, all with the password “{people.SAMPLE_PASSWORD}”:", *lines]


def _account(session: Session, account: Account) -> Person:
    return people.add(
        session, account.email, account.name, people.SAMPLE_PASSWORD, role=account.role, at=now(), sample=True
    )


def _boards() -> list[Dates]:
    """Four rounds of four weeks each: one over, one open, two to come."""
    tuesday = today() + timedelta(days=(1 - today().weekday()) % 7 + 14)
    days = [tuesday + away for away in BOARDS]
    return [Dates(day - OPENS_BEFORE, day - CUT_OFF_BEFORE, day) for day in days]


def _settings(session: Session, plan: Plan, lead: Person) -> list[Edit]:
    """The council, the day of the position, the figures and audits, each requirement's team: its actions' lead's."""
    snapshot = history.now(session, plan)
    by_number = _by_number(snapshot)
    said = [
        Edit(Kind.PLAN, plan.id, "council", COUNCIL),
        Edit(Kind.PLAN, plan.id, "position_date", POSITION),
    ]
    # The tracker does not say which way is better; without it no figure can be told to get worse.
    said += [Edit(Kind.INDICATOR, one.id, "better", "higher") for one in snapshot.of(Kind.INDICATOR)]
    for reference, values in AUDITS.items():
        said += edits.new(Kind.AUDIT, new_id(), by_number[reference].id, values)
    for requirement in by_number.values():
        team = _team_of(snapshot, requirement)
        if team:
            known = people.team(session, team)
            if known not in lead.teams:
                lead.teams.append(known)
            said.append(Edit(Kind.REQUIREMENT, requirement.id, "team", team))
    return said


def _by_number(snapshot: Snapshot) -> dict[str, Item]:
    return {str(one.get("reference")): one for one in snapshot.of(Kind.REQUIREMENT)}


def _team_of(snapshot: Snapshot, requirement: Item) -> str | None:
    leads = [str(one.get("lead")) for one in snapshot.under(requirement.id, Kind.ACTION) if one.get("lead")]
    return TEAMS.get(leads[0], "Safeguarding Board") if leads else None
