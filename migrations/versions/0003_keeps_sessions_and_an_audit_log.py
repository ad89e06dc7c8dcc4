"""This file makes the tables of sessions and of the audit log; a session row ends what a person's stamp ended before."""

import sqlalchemy as sa
from alembic import op

from plan.database import AUDIT, append_only_triggers

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    make_sessions()
    make_events()
    op.drop_column("person", "stamp")
    for trigger in append_only_triggers(op.get_context().dialect.name, AUDIT):
        op.execute(trigger)


def downgrade() -> None:
    op.add_column("person", sa.Column("stamp", sa.String(), nullable=False, server_default="0000000000"))
    op.drop_table("event")
    op.drop_table("session")


def make_sessions() -> None:
    op.create_table(
        "session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("began", sa.DateTime(), nullable=False),
        sa.Column("seen", sa.DateTime(), nullable=False),
        sa.Column("ended", sa.DateTime()),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("browser", sa.String(), nullable=False),
        sa.Column("kept", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_session_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_session"),
        sa.UniqueConstraint("token_hash", name="uq_session_token_hash"),
    )
    op.create_index("ix_session_person_id", "session", ["person_id"])


def make_events() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("person_id", sa.Integer()),
        sa.Column("name", sa.String()),
        sa.Column("email", sa.String()),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("plan", sa.String()),
        sa.Column("about", sa.String()),
        sa.Column("address", sa.String()),
        sa.Column("detail", sa.String()),
        sa.Column("previous_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_event_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
    )
    op.create_index("ix_event_at", "event", ["at"])
    op.create_index("ix_event_person_id", "event", ["person_id"])
    op.create_index("ix_event_email_what_at", "event", ["email", "what", "at"])
