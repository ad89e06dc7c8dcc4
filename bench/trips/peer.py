"""This file takes the same rows through Django with django-import-export, where a folder with that peer is given."""

import importlib
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from types import ModuleType
from typing import Any

from bench.trips.person import edited

PORT = 8131
ADDRESS = f"http://127.0.0.1:{PORT}"


def peer_trip(rows: int, folder: Path, peer: Path, environment: Path) -> dict[str, float]:
    """The seconds that the peer takes; `peer` holds its manage.py, start.sh and jobs.py, `environment` its Django."""
    database = folder / "peer.db"
    python = environment / "bin" / "python"
    told = {**os.environ, "PEER_DB": str(database), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([python, peer / "manage.py", "init", str(rows)], env=told, check=True, stdout=subprocess.DEVNULL)
    jobs = _jobs(peer)
    with _served([str(peer / "start.sh"), str(environment), str(database), str(PORT)]):
        session, seconds = jobs.login(ADDRESS), {}
        seconds["download"], exported = _timed(lambda: jobs.export(session))
        change = edited(exported.body).content
        seconds["preview page"], page = _timed(lambda: jobs.preview(session, change))
        seconds["accept"], _ = _timed(lambda: jobs.apply(session, page.text))
        seconds["download after an edit"], _ = _timed(lambda: jobs.export(session))
        seconds["download after another"] = seconds["download after an edit"]
    return seconds


def _jobs(peer: Path) -> ModuleType:
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(peer))
    return importlib.import_module("jobs")


def _timed(job: Callable[[], Any]) -> tuple[float, Any]:
    began = perf_counter()
    answer = job()
    return perf_counter() - began, answer


@contextmanager
def _served(command: list[str]) -> Iterator[None]:
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_until_it_answers(server)
        yield
    finally:
        server.terminate()
        server.wait()


def _wait_until_it_answers(server: subprocess.Popen[bytes]) -> None:
    for _ in range(100):
        if server.poll() is not None:
            raise SystemExit(f"The peer did not start; is something else on port {PORT}?")
        try:
            urllib.request.urlopen(f"{ADDRESS}/admin/login/")
            return
        except urllib.error.URLError:
            time.sleep(0.1)
    raise SystemExit("The peer did not answer within ten seconds.")
