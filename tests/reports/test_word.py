"""This file proves what makes a Word document usable: styles, contents, header rows, alternative text, language."""

import zipfile
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn

from reports import word


@pytest.fixture
def content(told):
    return word.page(told())


@pytest.fixture
def written(content):
    return docx.Document(BytesIO(content))


def texts(element, tag="w:t"):
    return "".join(part.text or "" for part in element.iter(qn(tag)))


def test_headings_are_real_headings(written):
    styles = {line.text: line.style.name for line in written.paragraphs}
    assert styles["Purpose"] == "Heading 1"
    assert styles["Care planning"] == "Heading 2"
    assert styles["Requirement 7"] == "Heading 3"


def test_the_contents_are_a_field_that_is_filled_already_and_leads_to_each_heading(written):
    contents = written.element.body.find(qn("w:sdt"))
    marks = {mark.get(qn("w:name")) for mark in written.element.iter(qn("w:bookmarkStart"))}
    links = [link.get(qn("w:anchor")) for link in contents.iter(qn("w:hyperlink"))]
    assert texts(contents, "w:instrText").strip().startswith('TOC \\o "1-3"')
    assert "Requirement 20" in texts(contents)
    assert set(links) <= marks
    assert len(links) == 8  # three of the first level, two themes, three requirements


def test_the_header_row_of_each_table_with_headings_is_marked_and_repeated(written):
    headed = [table for table in written.tables if table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstRow")) == "1"]
    assert len(headed) >= 6
    assert all(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in headed)


def test_a_row_stays_whole_on_one_page_unless_it_is_long(told):
    written = docx.Document(BytesIO(word.page(told())))
    rows = [row for table in written.tables for row in table.rows]
    split = [row for row in rows if row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is None]
    assert len(rows) > len(split)
    assert all(any(len(cell.text) >= 800 for cell in row.cells) for row in split)


def test_every_table_says_what_it_is(written):
    captions = [table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) for table in written.tables]
    assert "What is still to be done for requirement 7, and by when" in captions
    assert all(captions)


def test_a_status_stands_on_its_colour_with_its_word(written):
    rows = [table.rows[0].cells for table in written.tables]
    status = next(cells[1] for cells in rows if [cell.text for cell in cells] == ["Status", "Red"])
    assert status._tc.tcPr.find(qn("w:shd")).get(qn("w:fill")) == "FFD9D4"


def test_every_picture_has_alternative_text(written):
    pictures = list(written.element.iter(qn("wp:docPr")))
    assert pictures
    assert all(len(picture.get("descr")) > 20 for picture in pictures)


def test_the_marking_stands_in_header_and_footer_beside_the_page_number(written):
    section = written.sections[0]
    assert section.header.paragraphs[0].text.startswith("OFFICIAL-SENSITIVE")
    assert section.footer.paragraphs[0].text.startswith("OFFICIAL-SENSITIVE")
    assert "PAGE" in texts(section.footer._element, "w:instrText")


def test_it_is_written_in_british_english_throughout(content):
    with zipfile.ZipFile(BytesIO(content)) as package:
        said = b"".join(package.read(name) for name in package.namelist() if name.endswith(".xml"))
    assert b"en-GB" in said
    assert b"en-US" not in said


def test_it_has_a_title_an_author_and_a_language(written):
    about = written.core_properties
    assert about.title == "Small plan: Six-month review"
    assert (about.author, about.language, about.keywords) == ("Wyebridge Council", "en-GB", "OFFICIAL-SENSITIVE")
    assert about.comments == ""


def test_it_says_which_revision_it_tells_and_the_beginning_of_its_record(told, written):
    document = told()
    line = written.paragraphs[1].text
    assert line == f"Signed-off position as at 15 October 2013. Revision 2 · record {document.record[:10]}"


def test_the_same_position_is_the_same_bytes_at_another_time(told, content, monkeypatch):
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert word.page(told()) == content
