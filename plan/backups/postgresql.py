"""This file keeps a PostgreSQL database and puts one back by PostgreSQL's own programs, whose format is theirs."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from sqlalchemy import Engine, inspect

from plan.backups.files import CannotPutBack, new_file, refuse_unless_begins

FIRST_BYTES = b"PGDMP"
WAIT = "-c lock_timeout=20s"  # as long as a page waits for the writers' lock


def keep(engine: Engine, out: Path) -> None:
    """Write what `pg_dump` tells of the database at one moment; see `backups.keep`."""
    with new_file(out) as begun:
        _run(engine, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={begun}")


def put_back(engine: Engine, file: Path, replaced: Path, renewed: Callable[[Engine], None]) -> None:
    """Put the file's tables in the place of all tables in one transaction; back again where they prove broken."""
    refuse_unless_begins(file, FIRST_BYTES, "a PostgreSQL")
    keep(engine, replaced)
    _load(engine, file)
    try:
        renewed(engine)
    except BaseException:
        _load(engine, replaced)
        raise


def _load(engine: Engine, file: Path) -> None:
    """All tables dropped and those of the file made, in one transaction."""
    with tempfile.TemporaryDirectory(prefix="plan-put-back-") as folder:
        script = Path(folder) / "put-back.sql"
        told = Path(folder) / "kept.sql"
        _run(engine, "pg_restore", "--no-owner", "--no-privileges", f"--file={told}", str(file), database=False)
        script.write_text("".join(_dropping(inspect(engine).get_table_names())), encoding="utf-8")
        engine.dispose()
        files = (f"--file={script}", f"--file={told}")
        _run(engine, "psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", *files)


def _dropping(tables: Iterable[str]) -> Iterable[str]:
    for table in tables:
        yield f'DROP TABLE "{table}" CASCADE;\n'
    yield "DROP FUNCTION IF EXISTS refuse_history_change() CASCADE;\n"


def _run(engine: Engine, program: str, *words: str, database: bool = True) -> None:
    """Run one of PostgreSQL's programs on the engine's database. Raises CannotPutBack with what it said."""
    found = shutil.which(program)
    if found is None:
        raise CannotPutBack(f"The program {program} is not on this machine; install PostgreSQL's client programs.")
    where, secret = _address(engine)
    environment = {**os.environ, "PGOPTIONS": WAIT, **secret}
    command: Sequence[str] = (found, *([f"--dbname={where}"] if database else []), *words)
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise CannotPutBack(f"{program} said: {said[0] if said else done.returncode}. The database is as it was.")


def _address(engine: Engine) -> tuple[str, dict[str, str]]:
    """The database as PostgreSQL's programs name it, and the password apart: the list of processes must not show it."""
    url = engine.url
    secret = {"PGPASSWORD": str(url.password)} if url.password else {}
    plain = url.set(drivername="postgresql", password=None)
    return plain.render_as_string(hide_password=False), secret
