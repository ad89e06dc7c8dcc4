"""This file tests how the workbooks that people bring are kept, found, accepted and let go."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan import uploads
from plan.models import UploadState
from plan.uploads import LONGEST_NAME, Done, file_name


@pytest.fixture
def keep(session, cast, plan):
    def keep(who="eve", name="mine.xlsx", of=None):
        from blueprints.extensions import now

        return uploads.keep(session, cast[who], name, b"PK", at=now(), plan=of or plan)

    return keep


def test_an_upload_is_found_by_its_owner_and_the_office_only(session, cast, plan, keep):
    kept = keep()
    assert uploads.find(session, kept.id, cast["eve"], plan) is kept
    assert uploads.find(session, kept.id, cast["olga"], plan) is kept
    assert uploads.find(session, kept.id, cast["ned"], plan) is None
    assert uploads.find(session, kept.id, cast["eve"]) is None
    assert uploads.find(session, "nothing", cast["eve"], plan) is None


def test_each_sees_their_own_waiting_uploads_and_the_office_all(session, cast, plan, keep):
    mine, neds = keep("eve"), keep("ned")
    assert uploads.waiting(session, plan, cast["eve"]) == [mine]
    assert set(uploads.waiting(session, plan, cast["olga"])) == {mine, neds}


def test_an_accepted_upload_is_past_and_remembers_what_it_did(session, cast, plan, keep):
    kept = keep()
    uploads.accept(kept, 7, Done(changes=3, undecided=1, notes=("A note.",)))
    session.flush()
    assert uploads.waiting(session, plan, cast["eve"]) == []
    assert uploads.past(session, plan, cast["eve"]) == [kept]
    assert (kept.revision, uploads.done(kept)) == (7, Done(3, 1, 0, ("A note.",)))


def test_letting_go_forgets_the_file(session, cast, plan, keep):
    kept = keep()
    uploads.let_go(kept)
    session.flush()
    assert (kept.content, kept.state) == (b"", UploadState.LET_GO)
    assert uploads.waiting(session, plan, cast["eve"]) == []


@pytest.mark.parametrize(
    ("posted", "kept"),
    [
        ("tracker.xlsx", "tracker.xlsx"),
        ("C:\\My documents\\tracker.xlsx", "tracker.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("..", "workbook.xlsx"),
        ("", "workbook.xlsx"),
        (None, "workbook.xlsx"),
        ("a\nb\u202e.xlsx", "ab.xlsx"),
        ("x" * 300 + ".xlsx", "x" * (LONGEST_NAME - 5) + ".xlsx"),
    ],
)
def test_only_the_last_part_of_a_posted_name_is_kept(posted, kept):
    assert file_name(posted) == kept


@given(st.text())
def test_any_posted_name_becomes_one_that_can_be_shown(posted):
    name = file_name(posted)
    assert 0 < len(name) <= LONGEST_NAME
    assert name.isprintable()
    assert not {"/", "\\"} & set(name)
