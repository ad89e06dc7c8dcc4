"""This file adds the mark of what is not for publication."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MARKED = ("requirement", "achievement", "action", "indicator", "audit")


def upgrade() -> None:
    for table in MARKED:
        op.add_column(table, sa.Column("publication", sa.String()))


def downgrade() -> None:
    for table in MARKED:
        op.drop_column(table, "publication")
