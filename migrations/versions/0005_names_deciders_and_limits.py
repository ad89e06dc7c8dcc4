"""This file makes the tables of those whom the office names to decide, and of editors limited to named requirements."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    make_deciders()
    make_limits()


def downgrade() -> None:
    op.drop_table("edit_limit")
    op.drop_column("person", "limited")
    op.drop_table("decider")


def make_deciders() -> None:
    op.create_table(
        "decider",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("named_by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("team", sa.String()),
        sa.Column("record_id", sa.String()),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_decider_person_id_person"),
        sa.ForeignKeyConstraint(["named_by_id"], ["person.id"], name="fk_decider_named_by_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_decider"),
    )
    op.create_index("ix_decider_person_id", "decider", ["person_id"])


def make_limits() -> None:
    op.add_column("person", sa.Column("limited", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "edit_limit",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("requirement_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_edit_limit_person_id_person"),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirement.id"], name="fk_edit_limit_requirement_id_requirement"
        ),
        sa.PrimaryKeyConstraint("person_id", "requirement_id", name="pk_edit_limit"),
    )
