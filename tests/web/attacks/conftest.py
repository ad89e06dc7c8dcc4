"""This file gives the attacks what they look at: the plan's newest revision, before and after."""

import pytest

from plan import ledger


@pytest.fixture
def revision(session, plan):
    """`revision()` is the number of the plan's newest revision."""

    def revision() -> int:
        session.rollback()
        return ledger.latest(session(), plan.id)

    return revision
