"""This file makes the first tables, and the triggers by which the database itself keeps history append-only."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from plan.database import HISTORY, append_only_triggers

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# A moment is kept without its zone, a field's value as JSON text: what the models' own types come down to.
MOMENT = sa.DateTime()
SAID = sa.Text()

TABLES_OF_RECORDS = ("theme", "requirement", "achievement", "action", "indicator", "reading", "audit")
LAST_TO_FIRST = (
    "upload",
    "tracker",
    "known_layout",
    "letting_go",
    "awaiting",
    "decision",
    "change",
    "revision",
    *TABLES_OF_RECORDS,
    "plan",
    "deputy",
    "membership",
    "attempt",
    "person",
    "team",
)


def upgrade() -> None:
    make_people()
    make_records()
    make_history()
    make_letting_go()
    make_workbooks()
    for trigger in append_only_triggers(op.get_context().dialect.name, HISTORY):
        op.execute(trigger)


def downgrade() -> None:
    for table in LAST_TO_FIRST:
        op.drop_table(table)
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_history_change()")


def make_people() -> None:
    table("team", number(), words("name", False), sa.UniqueConstraint("name", name="uq_team_name"))
    table(
        "person",
        number(),
        words("email", False),
        words("name", False),
        words("role", False),
        words("password_hash"),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        words("stamp", False),
        moment("created"),
        sa.UniqueConstraint("email", name="uq_person_email"),
    )
    table(
        "membership",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        belongs("membership", "person_id", "person"),
        belongs("membership", "team_id", "team"),
        sa.PrimaryKeyConstraint("person_id", "team_id", name="pk_membership"),
    )
    table(
        "deputy",
        number(),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        belongs("deputy", "lead_id", "person"),
        belongs("deputy", "deputy_id", "person"),
        found_by=[("lead_id",), ("deputy_id",)],
    )
    table(
        "attempt",
        number(),
        moment("at"),
        words("email", False),
        words("address", False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        found_by=[("email", "at"), ("address", "at")],
    )


def make_records() -> None:
    table(
        "plan",
        *place(),
        words("slug", False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        words("title"),
        words("council"),
        words("notice_date"),
        sa.Column("year", sa.Integer()),
        words("position_date"),
        words("marking"),
        words("scale_red"),
        words("scale_amber"),
        words("scale_green"),
        words("scale_blue"),
        sa.UniqueConstraint("slug", name="uq_plan_slug"),
    )
    records("theme", words("title"), words("required_by"))
    records(
        "requirement",
        *(words(name) for name in ("reference", "text", "status", "status_reason", "impact_status", "lead", "team")),
    )
    records("achievement", words("text"), words("evidence"))
    records(
        "action",
        *(words(name) for name in ("reference", "text", "lead", "timescale", "status", "progress", "evidence")),
    )
    records("indicator", words("name"), words("unit"), sa.Column("target", sa.Double()), words("better"))
    records("reading", words("period"), sa.Column("value", sa.Double()))
    grades = ("total", "outstanding", "good", "adequate", "inadequate")
    records("audit", words("title"), words("as_at"), *(sa.Column(name, sa.Integer()) for name in grades))


def make_history() -> None:
    table(
        "revision",
        number(),
        words("plan_id", False),
        sa.Column("number", sa.Integer(), nullable=False),
        moment("at"),
        sa.Column("by_id", sa.Integer()),
        words("by_name", False),
        words("source", False),
        words("note"),
        words("file"),
        sa.Column("base", sa.Integer(), nullable=True),
        words("previous_hash", False),
        words("hash", False),
        belongs("revision", "plan_id", "plan"),
        belongs("revision", "by_id", "person"),
        sa.UniqueConstraint("plan_id", "number", name="uq_revision_plan_id_number"),
    )
    table("change", *line_of_history("change"), words("sheet"), words("cell"), found_by=WAYS_TO_A_LINE)
    table(
        "decision",
        *line_of_history("decision"),
        words("outcome", False),
        words("reason"),
        words("on_behalf_of"),
        found_by=WAYS_TO_A_LINE,
    )
    table(
        "awaiting",
        words("record_id", False),
        words("field", False),
        words("plan_id", False),
        words("kind", False),
        sa.Column("signed", SAID),
        sa.Column("since", sa.Integer(), nullable=False),
        belongs("awaiting", "plan_id", "plan"),
        sa.PrimaryKeyConstraint("record_id", "field", name="pk_awaiting"),
        found_by=[("plan_id",)],
    )


def make_letting_go() -> None:
    table(
        "letting_go",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        moment("at"),
        belongs("letting_go", "decision_id", "decision"),
        belongs("letting_go", "person_id", "person"),
        sa.PrimaryKeyConstraint("decision_id", name="pk_letting_go"),
    )


def make_workbooks() -> None:
    table(
        "known_layout",
        words("shape", False),
        sa.Column("layout", sa.JSON(), nullable=False),
        moment("at"),
        sa.PrimaryKeyConstraint("shape", name="pk_known_layout"),
    )
    table(
        "tracker",
        number(),
        words("plan_id", False),
        sa.Column("revision", sa.Integer(), nullable=False),
        words("name", False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("layout", sa.JSON(), nullable=False),
        sa.Column("places", sa.JSON(), nullable=False),
        moment("at"),
        belongs("tracker", "plan_id", "plan"),
        found_by=[("plan_id",)],
    )
    table(
        "upload",
        words("id", False),
        words("plan_id"),
        sa.Column("person_id", sa.Integer(), nullable=False),
        words("name", False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("layout", sa.JSON()),
        sa.Column("choices", sa.JSON(), nullable=False),
        words("state", False),
        moment("at"),
        sa.Column("revision", sa.Integer()),
        belongs("upload", "plan_id", "plan"),
        belongs("upload", "person_id", "person"),
        found_by=[("plan_id",), ("person_id",)],
    )


WAYS_TO_A_LINE = [("record_id", "field"), ("revision_id",)]


def table(name: str, *parts: Any, found_by: list[tuple[str, ...]] | None = None) -> None:
    """A table, its key named like all keys, and an index for each way in which it is looked up."""
    keyed = any(isinstance(part, sa.PrimaryKeyConstraint) for part in parts)
    op.create_table(name, *parts, *([] if keyed else [sa.PrimaryKeyConstraint("id", name=f"pk_{name}")]))
    for columns in found_by or []:
        op.create_index(f"ix_{name}_{'_'.join(columns)}", name, list(columns))


def records(name: str, *fields: Any) -> None:
    """A table of records that belong to a plan."""
    parts = (*place(), words("plan_id", False), *fields, belongs(name, "plan_id", "plan"))
    table(name, *parts, found_by=[("plan_id",), ("parent",)])


def place() -> list[Any]:
    return [
        words("id", False),
        words("parent"),
        sa.Column("position", sa.Double(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
    ]


def line_of_history(name: str) -> list[Any]:
    return [
        number(),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        words("kind", False),
        words("record_id", False),
        words("field", False),
        sa.Column("before", SAID),
        sa.Column("after", SAID),
        belongs(name, "revision_id", "revision"),
    ]


def number() -> Any:
    return sa.Column("id", sa.Integer(), nullable=False)


def words(name: str, may_be_empty: bool = True) -> Any:
    return sa.Column(name, sa.String(), nullable=may_be_empty)


def moment(name: str) -> Any:
    return sa.Column(name, MOMENT, nullable=False)


def belongs(name: str, column: str, other: str) -> Any:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{name}_{column}_{other}")
