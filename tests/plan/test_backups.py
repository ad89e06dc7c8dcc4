"""This file is about backups: the whole database in one file, and that file put back, on SQLite and PostgreSQL."""

import stat
from datetime import UTC, datetime

import pytest
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.orm import Session

from plan import audit, backups, history, sessions
from plan.edits import Edit
from plan.fields import Kind
from plan.models import PersonSession, Plan, Revision, What

LATER = datetime(2013, 7, 5, 9, 0, tzinfo=UTC)


@pytest.fixture
def put_back(session, engine, tmp_path, migrate):
    """`put_back(file)` puts a backup back as the command does, and looks at the database anew."""

    def renewed(standing) -> None:
        migrate(standing)
        with Session(standing) as opened:
            backups.renew(opened, at=LATER, named="kept")
            opened.commit()

    def put_back(file):
        session.commit()
        backups.put_back(engine, file, tmp_path / "replaced", renewed)
        session.expire_all()

    return put_back


@pytest.fixture
def kept(session, engine, plan, tmp_path):
    """A backup of the small plan."""
    session.commit()
    backups.keep(engine, tmp_path / "kept")
    return tmp_path / "kept"


def title(session) -> str:
    return session.scalar(select(Plan.title))


def retitled(session, plan, save, cast, title: str) -> None:
    save(Edit(Kind.PLAN, plan.id, "title", title), by=cast["olga"])
    session.commit()


def test_what_was_kept_comes_back_whole(session, plan, cast, save, kept, put_back):
    before, revisions = title(session), session.scalar(select(func.count(Revision.id)))
    retitled(session, plan, save, cast, "Another title")
    put_back(kept)
    assert title(session) == before
    assert session.scalar(select(func.count(Revision.id))) == revisions
    assert history.verify(session, session.get(Plan, plan.id)) == []
    assert audit.head(session).what == What.PUT_BACK


def test_what_was_replaced_can_itself_be_put_back(session, plan, cast, save, kept, put_back, tmp_path):
    retitled(session, plan, save, cast, "Another title")
    put_back(kept)
    (tmp_path / "replaced").rename(tmp_path / "once")
    put_back(tmp_path / "once")
    assert title(session) == "Another title"


def test_history_is_guarded_in_what_was_put_back(session, kept, put_back):
    put_back(kept)
    with pytest.raises(Exception, match="append-only"):
        session.execute(text("UPDATE revision SET by_name = 'Nobody'"))


def test_a_session_ended_since_does_not_open_again(session, plan, cast, engine, put_back, tmp_path):
    sessions.begin(session, cast["eve"], at=LATER, address="", browser="", kept={})
    session.commit()
    backups.keep(engine, tmp_path / "kept")
    put_back(tmp_path / "kept")
    assert session.scalars(select(PersonSession.ended)).all() == [LATER]


def test_a_backup_that_was_tampered_with_is_refused_and_nothing_changes(
    session, plan, cast, save, engine, unguarded, put_back, tmp_path
):
    unguarded("UPDATE revision SET by_name = 'Nobody' WHERE number = 1")
    session.commit()
    backups.keep(engine, tmp_path / "kept")
    retitled(session, plan, save, cast, "Another title")
    with pytest.raises(backups.Broken, match="Revision 1 was altered"):
        put_back(tmp_path / "kept")
    assert title(session) == "Another title"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a workbook", b"SQLite format 3\x00 cut off", b"PGDMP cut off"])
def test_what_is_no_backup_is_refused_and_nothing_changes(session, plan, engine, put_back, tmp_path, content):
    (tmp_path / "other").write_bytes(content)
    before = title(session)
    with pytest.raises(backups.CannotPutBack, match=r"(Nothing was changed|as it was)"):
        put_back(tmp_path / "other")
    assert title(session) == before


def test_an_older_backup_is_never_written_over(engine, kept):
    content = kept.read_bytes()
    with pytest.raises(backups.CannotKeep, match="choose another name"):
        backups.keep(engine, kept)
    assert kept.read_bytes() == content


def test_only_its_owner_may_read_a_backup(kept):
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_where_it_cannot_be_written_that_is_said(engine, tmp_path):
    with pytest.raises(backups.CannotKeep, match="No backup was made"):
        backups.keep(engine, tmp_path / "absent" / "kept")


def test_where_the_database_cannot_be_read_no_half_file_is_left(tmp_path):
    (tmp_path / "plan.sqlite").write_bytes(b"no database at all " * 100)
    with pytest.raises(backups.CannotKeep):
        backups.keep(create_engine(f"sqlite:///{tmp_path / 'plan.sqlite'}"), tmp_path / "kept")
    assert [file.name for file in tmp_path.iterdir()] == ["plan.sqlite"]
