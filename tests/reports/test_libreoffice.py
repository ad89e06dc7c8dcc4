"""This file has LibreOffice open the Word documents and write them as PDF: nothing breaks, nothing is missing."""

import shutil
import subprocess

import pytest

from reports import word

pytestmark = [pytest.mark.libreoffice, pytest.mark.slow]
OFFICE = shutil.which("soffice")


@pytest.fixture
def opened(imported, tmp_path):
    """The text of the review as LibreOffice shows it."""
    if OFFICE is None or shutil.which("pdftotext") is None:
        pytest.skip("no LibreOffice or no pdftotext on this machine")
    (tmp_path / "review.docx").write_bytes(word.page(imported))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    words = [OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "review.docx"]
    subprocess.run(words, check=True, capture_output=True, timeout=180)
    shown = subprocess.run(["pdftotext", tmp_path / "review.pdf", "-"], check=True, capture_output=True, text=True)
    return shown.stdout


def test_libreoffice_shows_every_requirement_and_the_marking_on_every_page(opened, spoken):
    pages = opened.rstrip("\f").split("\f")
    assert all(page.count("OFFICIAL-SENSITIVE") >= 2 for page in pages)
    assert all(f"Requirement {each['number']}\n" in opened for each in spoken["requirements"])
    assert f"Page {len(pages)} of {len(pages)}" in opened
