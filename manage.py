"""This file is the one command a person needs: it sets the project up, runs it, tests it and checks it.

Standard library only, because it runs before anything is installed.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST_PYTHON = (3, 11)
STYLE_SHEET = ROOT / "static" / "vendor" / "app.css"
SOURCES = ("pyproject.toml", "package.json", "package-lock.json", ".npmrc", "build_assets.py")
CODE = ("app.py", "blueprints", "plan", "sync", "reports", "manage.py", "build_assets.py")
PARALLEL = ("--numprocesses=auto", "--maxprocesses=4", "--dist=loadfile")


class Kit(NamedTuple):
    """What an environment is for, and the locks that fill it."""

    name: str
    locks: tuple[str, ...]


RUN = Kit("run", ("requirements-build.lock", "requirements.lock"))
DEVELOP = Kit("develop", ("requirements-build.lock", "requirements-dev.lock"))

CHECKS: dict[str, tuple[str, ...]] = {
    "formatting": ("-m", "ruff", "format", "--check", "."),
    "habits": ("-m", "ruff", "check", "."),
    "types": ("-m", "mypy"),
    # The import linter has no `python -m` of its own.
    "rooms": ("-c", "from importlinter.cli import lint_imports_command as lint; lint()"),
    "templates": ("-m", "djlint", "templates", "--lint", "--quiet"),
    "security": ("-m", "bandit", "--recursive", "--quiet", "--configfile", "pyproject.toml", *CODE),
}


STOPPED = (
    "The set-up stopped at the problem above. The plan and its database were not touched. "
    "Check the network, then run the same command again: it goes on where it stopped."
)


class SetUpFailed(Exception):
    """The project could not be set up; the message says what happened and what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks; the exit status is 0 when it went well."""
    if sys.version_info < OLDEST_PYTHON:
        print("This project needs Python 3.11 or newer. Nothing was changed.", file=sys.stderr)
        return 1
    parser = command_line()
    chosen, further = parser.parse_known_args(arguments)
    if further and not chosen.takes_more:
        parser.error(f"unknown: {' '.join(further)}")
    os.chdir(ROOT)
    try:
        status: int = chosen.do(chosen, further)
    except SetUpFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return status


def command_line() -> argparse.ArgumentParser:
    """Every command with its help."""
    parser = argparse.ArgumentParser(prog="manage.py", description="Set up, run, test and check the app.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    run = add_command(commands, "run", serve, "start the app here, setting up whatever is missing")
    run.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    run.add_argument("--port", default=8000, type=int, help="port to listen on (default: %(default)s)")

    setup = add_command(commands, "setup", set_up, "set up what `run` needs and stop there")
    setup.add_argument("--develop", action="store_true", help="also what `test` and `check` need")

    words = "run the tests; further words go to pytest"
    test = add_command(commands, "test", run_tests, words, takes_more=True)
    test.add_argument("--fast", action="store_true", help="leave out the tests marked slow")

    add_command(commands, "check", run_checks, f"check {', '.join(CHECKS)}")

    bench = add_command(commands, "bench", run_bench, "run a measurement of bench/", takes_more=True)
    bench.add_argument("name", nargs="?", help="which one; without a name they are listed")
    return parser


def add_command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    do: Callable[[argparse.Namespace, list[str]], int],
    help_text: str,
    takes_more: bool = False,
) -> argparse.ArgumentParser:
    """A command of the given name, done by `do`."""
    description = f"{help_text[0].upper()}{help_text[1:]}."
    command: argparse.ArgumentParser = commands.add_parser(
        name, help=help_text, description=description, allow_abbrev=False
    )
    command.set_defaults(do=do, takes_more=takes_more)
    return command


def serve(chosen: argparse.Namespace, _: list[str]) -> int:
    """Bring the environment up to date and serve; `flask serve` does the database and says who can sign in."""
    refuse_busy_port(chosen.host, chosen.port)
    ensure(RUN)
    address = (f"--host={chosen.host}", f"--port={chosen.port}")
    return become_python("-m", "flask", "--app", "app", "serve", *address)


def set_up(chosen: argparse.Namespace, _: list[str]) -> int:
    """Set the environment up, and say whether there was anything to do."""
    did = ensure(DEVELOP if chosen.develop else RUN)
    say("Everything is set up." if did else "Everything was set up already.")
    return 0


def run_tests(chosen: argparse.Namespace, further: list[str]) -> int:
    """Run pytest: with no words all of it and on several processors, otherwise as the words say."""
    ensure(DEVELOP)
    extent = ("-m", "not slow") if chosen.fast else ()
    return run_python("-m", "pytest", *extent, *(further or PARALLEL))


def run_checks(_: argparse.Namespace, __: list[str]) -> int:
    """Run every check, then name those that failed."""
    ensure(DEVELOP)
    failed = [name for name, words in CHECKS.items() if not passes(name, words)]
    say(f"Failed: {', '.join(failed)}." if failed else "All checks passed.")
    return 1 if failed else 0


def passes(name: str, words: tuple[str, ...]) -> bool:
    """Run one check under its name."""
    say(f"== {name}")
    return run_python(*words) == 0


def run_bench(chosen: argparse.Namespace, further: list[str]) -> int:
    """Run one measurement of bench/, or list them."""
    names = sorted(file.stem for file in (ROOT / "bench").glob("*.py") if not file.stem.startswith("_"))
    if chosen.name is None:
        say("Measurements: " + (", ".join(names) or "none yet") + ".")
        return 0
    if chosen.name not in names:
        say(f"There is no measurement called {chosen.name}. There is: {', '.join(names) or 'none yet'}.")
        return 2
    ensure(DEVELOP)
    return run_python("-m", f"bench.{chosen.name}", *further)


def refuse_busy_port(host: str, port: int) -> None:
    """Raise SetUpFailed when something else listens where the app would."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        if os.name == "posix":  # elsewhere it would let two programs share the port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as problem:
            raise SetUpFailed(
                f"The app cannot listen on {host} port {port}: {problem}. Nothing was changed. "
                "Stop what is using it, or choose another with --port."
            ) from problem


def ensure(kit: Kit) -> bool:
    """Bring environment and assets in line with the locks and sources; True if there was anything to do."""
    if is_ready(kit):
        return False
    began = time.monotonic()
    if not PYTHON.exists():
        make_environment()
    mark(kit).unlink(missing_ok=True)
    say("Installing the libraries of the lock file (a minute or two the first time).")
    locks = [word for lock in kit.locks for word in ("--requirement", lock)]
    pip("--require-hashes", *locks)
    build_assets()
    pip("--no-build-isolation", "--no-deps", "--editable", ".")
    mark(kit).write_text(fingerprint(kit), encoding="utf-8")
    say(f"Set up in {time.monotonic() - began:.0f} seconds.")
    return True


def is_ready(kit: Kit) -> bool:
    """Whether the environment was filled from exactly these files, for this place and Python."""
    if not (PYTHON.exists() and STYLE_SHEET.exists() and mark(kit).exists()):
        return False
    return mark(kit).read_text(encoding="utf-8") == fingerprint(kit)


def mark(kit: Kit) -> Path:
    """The file that remembers what the environment was last filled from."""
    return VENV / f"set-up-for-{kit.name}"


def fingerprint(kit: Kit) -> str:
    """A digest of all that the environment and the assets are made from, and of where they are."""
    files = [VENV / "pyvenv.cfg", *(ROOT / name for name in (*kit.locks, *SOURCES))]
    files += sorted((ROOT / "static" / "styles").rglob("*.scss"))
    digest = hashlib.sha256(str(ROOT).encode())
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def make_environment() -> None:
    """Make `.venv` anew with the Python that runs this file."""
    say("Making the environment in .venv.")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False)
    if made.returncode != 0:
        raise SetUpFailed(
            "Python could not make the environment in .venv. Nothing else was changed. "
            "On Debian or Ubuntu install the package python3-venv, then run this again."
        )


def pip(*words: str) -> None:
    """Install with pip, quietly; raises SetUpFailed when it did not work."""
    # Twice quiet: what remains are errors, not remarks about how this machine's pip is set up.
    quiet = ("--quiet", "--quiet", "--no-input", "--disable-pip-version-check", "--no-warn-script-location")
    if run_python("-m", "pip", "install", *quiet, *words) != 0:
        raise SetUpFailed(STOPPED)


def build_assets() -> None:
    """Build the browser's files ahead of pip, whose build hook would bury a failure in a traceback."""
    if run_python("build_assets.py") != 0:
        raise SetUpFailed(STOPPED)


def run_python(*words: str) -> int:
    """Run the environment's Python in the project's folder and return its exit status."""
    return subprocess.run([str(PYTHON), *words], check=False).returncode


def become_python(*words: str) -> int:
    """Hand this process over to the environment's Python, so that stopping it stops the server."""
    if os.name == "posix":
        os.execv(PYTHON, [str(PYTHON), *words])
    return run_python(*words)


def say(sentence: str) -> None:
    """Print at once, ahead of whatever the next command prints."""
    print(sentence, flush=True)


if __name__ == "__main__":
    sys.exit(main())
