"""This file reads the PDF's tags: language, title, structure, alternative text, bookmarks, or why there is none."""

from io import BytesIO

import pikepdf
import pytest

from reports import pdf

here = pytest.mark.skipif(not pdf.is_possible(), reason="WeasyPrint or its libraries are not on this machine")


@pytest.fixture(scope="module")
def written(imported_pdf):
    with pikepdf.open(BytesIO(imported_pdf)) as opened:
        yield opened


def elements(node, parent="root"):
    """Each element of the structure with its parent's name."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child, parent)
    elif isinstance(node, pikepdf.Dictionary):
        name = str(node.get("/S", parent))
        if "/S" in node:
            yield parent, name, node
        if "/K" in node:
            yield from elements(node.K, name)


@pytest.fixture(scope="module")
def structure(written):
    return list(elements(written.Root.StructTreeRoot.K))


@here
@pytest.mark.slow
def test_it_is_tagged_in_british_english_and_shows_its_title(written):
    assert written.Root.MarkInfo.Marked
    assert str(written.Root.Lang) == "en-GB"
    assert written.Root.ViewerPreferences.DisplayDocTitle
    assert str(written.docinfo["/Title"]).endswith("Six-month review")


@here
@pytest.mark.slow
def test_it_has_a_heading_for_each_requirement_and_bookmarks_to_them(written, structure, spoken):
    assert sum(name == "/H4" for _, name, _ in structure) == len(spoken["requirements"])
    with written.open_outline() as outline:
        assert outline.root


@here
@pytest.mark.slow
def test_its_tables_hold_nothing_but_their_caption_head_and_body(structure):
    assert {name for parent, name, _ in structure if parent == "/Table"} == {"/Caption", "/THead", "/TBody"}
    assert {name for parent, name, _ in structure if parent == "/TR"} == {"/TH", "/TD"}


@here
@pytest.mark.slow
def test_its_pictures_have_alternative_text(structure):
    pictures = [str(node.get("/Alt", "")) for _, name, node in structure if name == "/Figure"]
    assert pictures
    assert all(pictures)


@here
@pytest.mark.slow
def test_the_same_position_is_the_same_bytes_at_another_time(told, monkeypatch):
    first = pdf.page(told())
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert pdf.page(told()) == first


def test_where_no_engine_is_installed_a_sentence_says_what_to_do(told, monkeypatch):
    def without(name):
        raise ImportError(name)

    monkeypatch.setattr(pdf, "import_module", without)
    assert not pdf.is_possible()
    with pytest.raises(pdf.NoPdf, match=r"Nothing is lost: choose Word"):
        pdf.page(told())
