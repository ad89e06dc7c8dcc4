"""This file proves how the database is set up: durable, watched, and never on a network share."""

import pytest
from sqlalchemy import create_engine, text

from plan import database

ON_A_SHARE = "/dev/sda1 / ext4 rw 0 0\n//council/files {} cifs rw 0 0\n"


def pragma(session, name: str):
    return session.execute(text(f"PRAGMA {name}")).scalar()


def mounted(tmp_path, monkeypatch, words: str) -> None:
    written = tmp_path / "mounts"
    written.write_text(words.format(str(tmp_path).replace(" ", "\\040")), encoding="utf-8")
    monkeypatch.setattr(database, "MOUNTS", written)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # these are SQLite's settings
def test_a_connection_writes_ahead_watches_links_and_is_durable(session):
    assert pragma(session, "journal_mode") == "wal"
    assert pragma(session, "foreign_keys") == 1
    assert pragma(session, "synchronous") == 2
    assert pragma(session, "busy_timeout") == 20_000


def test_a_database_on_a_network_share_is_refused_in_a_sentence(tmp_path, monkeypatch):
    mounted(tmp_path, monkeypatch, ON_A_SHARE)
    with pytest.raises(database.OnNetworkShare, match=r"network share \(cifs\).*Nothing was opened.*PostgreSQL"):
        database.prepare(create_engine(f"sqlite:///{tmp_path / 'plan.sqlite'}"))


def test_a_folder_with_spaces_in_its_name_is_found_among_the_mounts(tmp_path, monkeypatch):
    shared = tmp_path / "Children and families"
    shared.mkdir()
    mounted(shared, monkeypatch, ON_A_SHARE)
    assert database.file_system_of(shared / "plan") == "cifs"


def test_the_nearest_mount_says_what_a_folder_lies_on(tmp_path, monkeypatch):
    mounted(tmp_path, monkeypatch, "files / nfs4 rw 0 0\n/dev/sda1 {} ext4 rw 0 0\n")
    assert database.file_system_of(tmp_path) == "ext4"


def test_what_was_mounted_last_covers_what_was_mounted_before(tmp_path, monkeypatch):
    mounted(tmp_path, monkeypatch, "/dev/sda1 {0} xfs rw 0 0\nfiles {0} nfs4 rw 0 0\n")
    assert database.file_system_of(tmp_path) == "nfs4"


def test_a_system_that_does_not_tell_its_mounts_is_believed(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "MOUNTS", tmp_path / "absent")
    assert database.file_system_of(tmp_path) is None
