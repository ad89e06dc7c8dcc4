"""This file runs `flask plan report` as a script would: its files, its sentences and its exit statuses."""

from io import BytesIO

import docx
import openpyxl
import pytest

from plan.edits import Edit
from plan.fields import Kind
from reports import pdf


@pytest.fixture
def run(app, plan, tmp_path):
    """`run("out.docx", "--kind", "board")` answers with the result and the file."""

    def run(name, *words):
        out = tmp_path / name
        result = app.test_cli_runner().invoke(args=["plan", "report", str(out), *words])
        return result, out

    return run


def test_the_review_is_written_as_word(run):
    result, out = run("out.docx")
    assert result.exit_code == 0
    assert docx.Document(BytesIO(out.read_bytes())).paragraphs[0].text == "Small plan: Six-month review"
    assert result.stdout == ""


def test_the_board_pack_is_written_as_a_workbook(run):
    result, out = run("out.xlsx", "--kind", "board")
    assert result.exit_code == 0
    assert openpyxl.load_workbook(out)["About"]["A1"].value == "Small plan: Board pack"


def test_working_tells_what_awaits_sign_off(run, session, save, cast):
    save(Edit(Kind.ACHIEVEMENT, "ach1", "text", "Vision torn up"), by=cast["eve"])
    session.commit()
    _, signed = run("signed.html")
    _, working = run("working.html", "--working")
    assert "Vision torn up" not in signed.read_text(encoding="utf-8")
    assert "Vision torn up" in working.read_text(encoding="utf-8")


def test_publish_leaves_out_what_is_not_for_publication(run, session, save, sign):
    save(Edit(Kind.ACHIEVEMENT, "ach1", "publication", "no"))
    sign()
    session.commit()
    _, out = run("out.html", "--publish")
    assert "Vision agreed by cabinet" not in out.read_text(encoding="utf-8")


@pytest.mark.parametrize("words", [("--theme", "Fostering"), ("--as-at", "2013-01-01"), ("--as-at", "99")])
def test_what_cannot_be_told_is_refused_with_a_sentence_and_no_file(run, words):
    result, out = run("out.docx", *words)
    assert result.exit_code == 1
    assert result.stderr.strip().endswith(".")
    assert not out.exists()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("out.txt", ()),
        ("out.docx", ("--as-at", "soon")),
        ("out.docx", ("--kind", "novel")),
        ("out.html", ("--publish", "--working")),
        ("out.html", ("--publish", "--kind", "board")),
    ],
)
def test_wrong_use_exits_with_two(run, name, words):
    result, out = run(name, *words)
    assert result.exit_code == 2
    assert not out.exists()


def test_without_an_engine_for_pdf_it_is_refused_with_what_to_do(run, monkeypatch):
    def without(name):
        raise OSError(name)

    monkeypatch.setattr(pdf, "import_module", without)
    result, _ = run("out.pdf")
    assert result.exit_code == 1
    assert "choose Word" in result.stderr
