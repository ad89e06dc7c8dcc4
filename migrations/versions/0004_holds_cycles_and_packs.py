"""This file makes the tables of the board's cycle: its dates, its frozen packs, what people confirmed and answered."""

import sqlalchemy as sa
from alembic import op

from plan.database import PACKS, append_only_triggers

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cycle",
        words("id"),
        words("parent", True),
        sa.Column("position", sa.Double(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        words("plan_id"),
        *(words(name, True) for name in ("title", "opens", "cut_off", "board_date")),
        belongs("cycle", "plan_id", "plan"),
        sa.PrimaryKeyConstraint("id", name="pk_cycle"),
    )
    op.create_index("ix_cycle_plan_id", "cycle", ["plan_id"])
    op.create_index("ix_cycle_parent", "cycle", ["parent"])
    op.create_table(
        "confirmation",
        number("id"),
        words("cycle_id"),
        words("record_id"),
        *by_and_at("confirmation"),
        belongs("confirmation", "cycle_id", "cycle"),
        sa.PrimaryKeyConstraint("id", name="pk_confirmation"),
        sa.UniqueConstraint("cycle_id", "record_id", name="uq_confirmation_cycle_id_record_id"),
    )
    op.create_table(
        "pack",
        number("id"),
        words("cycle_id"),
        number("edition"),
        *(words(name) for name in ("kind", "format", "name")),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        number("size"),
        words("sha256"),
        number("revision"),
        words("head"),
        *by_and_at("pack", may_be_empty=True),
        belongs("pack", "cycle_id", "cycle"),
        sa.PrimaryKeyConstraint("id", name="pk_pack"),
        sa.UniqueConstraint("cycle_id", "edition", "kind", "format", name="uq_pack_cycle_id_edition_kind_format"),
    )
    op.create_table(
        "answer",
        number("id"),
        words("plan_id"),
        *(words(name) for name in ("rule", "record_id", "reason", "fingerprint")),
        *by_and_at("answer"),
        belongs("answer", "plan_id", "plan"),
        sa.PrimaryKeyConstraint("id", name="pk_answer"),
    )
    op.create_index("ix_answer_plan_id_record_id", "answer", ["plan_id", "record_id"])
    for trigger in append_only_triggers(op.get_context().dialect.name, PACKS):
        op.execute(trigger)


def downgrade() -> None:
    for table in ("answer", "pack", "confirmation", "cycle"):
        op.drop_table(table)


def words(name, may_be_empty=False):
    return sa.Column(name, sa.String(), nullable=may_be_empty)


def number(name):
    return sa.Column(name, sa.Integer(), nullable=False)


def by_and_at(table, may_be_empty=False):
    return [
        sa.Column("by_id", sa.Integer(), nullable=may_be_empty),
        words("by_name"),
        sa.Column("at", sa.DateTime(), nullable=False),
        belongs(table, "by_id", "person"),
    ]


def belongs(table, column, other):
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}")
