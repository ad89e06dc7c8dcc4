"""This file proves that notes can be hung on cells and that nothing else of the workbook changes."""

import io
import shutil
import subprocess
import zipfile

import openpyxl
import pytest
import xlsxwriter
from lxml import etree
from openpyxl.comments import Comment

from sync.ooxml import Refused
from sync.ooxml.notes import CellNote, with_notes

PLAN = "The Plan"


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def note(cell, words="What was found, and what would work", sheet=PLAN):
    return CellNote(sheet, cell, words)


def test_a_note_hangs_on_its_cell(plan_workbook, opened):
    noted = with_notes(plan_workbook, [note("D5"), note("B1", "Head <here> & now", "Board")])
    assert opened(noted.content)[PLAN]["D5"].comment.text == "What was found, and what would work"
    assert opened(noted.content)["Board"]["B1"].comment.text == "Head <here> & now"
    assert noted.left == ()


def test_a_cells_own_note_keeps_its_words_and_ours_come_under_them(plan_workbook, opened):
    noted = with_notes(plan_workbook, [note("C7", "This is not on the scale")])
    assert opened(noted.content)[PLAN]["C7"].comment.text == "Agreed in June\n\nThis is not on the scale"


def test_other_notes_and_their_boxes_stay_byte_for_byte(plan_workbook):
    before, after = parts(plan_workbook), parts(with_notes(plan_workbook, [note("D5")]).content)
    own = before["xl/comments1.xml"]
    comment = own[own.index(b"<comment ") : own.index(b"</comment>")]
    box = before["xl/drawings/vmlDrawing1.vml"].removesuffix(b"</xml>")
    assert comment in after["xl/comments1.xml"]
    assert after["xl/drawings/vmlDrawing1.vml"].startswith(box)


def test_a_note_where_there_are_notes_changes_two_parts_only(plan_workbook):
    before, after = parts(plan_workbook), parts(with_notes(plan_workbook, [note("D5")]).content)
    changed = {name for name in after if before.get(name) != after[name]}
    assert changed == {"xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"}


def test_a_first_note_on_a_sheet_adds_two_parts_and_names_them(table_workbook):
    before, after = parts(table_workbook), parts(with_notes(table_workbook, [note("A2", sheet="Actions")]).content)
    assert after.keys() - before.keys() == {"xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"}
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"[Content_Types].xml", "xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels"}


def test_the_sheet_names_its_boxes_where_the_standard_wants_it(table_workbook):
    sheet = parts(with_notes(table_workbook, [note("A2", sheet="Actions")]).content)["xl/worksheets/sheet1.xml"]
    names = [etree.QName(child).localname for child in etree.fromstring(sheet)]
    assert names.index("pageMargins") < names.index("legacyDrawing") < names.index("tableParts")


def test_every_part_that_was_written_is_whole(plan_workbook):
    after = parts(with_notes(plan_workbook, [note("D5"), note("A1", sheet="Board")]).content)
    written = [content for name, content in after.items() if name.endswith((".xml", ".rels", ".vml"))]
    assert all(etree.fromstring(content) is not None for content in written)


def test_no_two_boxes_have_one_number(plan_workbook):
    after = parts(with_notes(plan_workbook, [note("D5"), note("E5"), note("A1", sheet="Board")]).content)
    drawings = [etree.fromstring(content) for name, content in after.items() if name.endswith(".vml")]
    shape = "{urn:schemas-microsoft-com:vml}shape"
    numbers = [one.get("id") for drawing in drawings for one in drawing.iter(shape)]
    assert len(numbers) == len(set(numbers)) == 4


def test_a_note_on_a_merged_cell_hangs_on_its_first(plan_workbook, opened):
    noted = with_notes(plan_workbook, [note("A5")])
    assert opened(noted.content)[PLAN]["A4"].comment.text == note("A5").words


def test_several_notes_on_one_cell_stand_one_under_the_other(plan_workbook, opened):
    noted = with_notes(plan_workbook, [note("D5", "One"), note("D5", "Two")])
    assert opened(noted.content)[PLAN]["D5"].comment.text == "One\n\nTwo"


def test_a_note_for_a_sheet_or_cell_that_is_not_there_is_given_back(plan_workbook):
    lost = [note("D5", sheet="Elsewhere"), note("nowhere")]
    assert with_notes(plan_workbook, lost).left == tuple(lost)


def test_no_notes_leave_every_part_as_it_was(plan_workbook):
    assert parts(with_notes(plan_workbook, []).content) == parts(plan_workbook)


def test_noting_twice_adds_to_the_first(table_workbook, opened):
    once = with_notes(table_workbook, [note("A2", "One", "Actions")]).content
    twice = with_notes(once, [note("A2", "Two", "Actions"), note("A3", "Three", "Actions")]).content
    sheet = opened(twice)["Actions"]
    assert (sheet["A2"].comment.text, sheet["A3"].comment.text) == ("One\n\nTwo", "Three")


def test_a_conversation_on_a_cell_is_left_alone(plan_workbook):
    thread = (
        b'<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        b'<threadedComment ref="C7" personId="{1}" id="{2}"><text>Why red?</text></threadedComment></ThreadedComments>'
    )
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    target = '<Relationship Id="rId99" Type="{}" Target="../threadedComments/threadedComment1.xml"/></Relationships>'
    held = parts(plan_workbook)
    held[rels] = held[rels].replace(b"</Relationships>", target.format(kind).encode())
    held["xl/threadedComments/threadedComment1.xml"] = thread
    noted = with_notes(packed(held), [note("C7"), note("D5")])
    assert noted.left == (note("C7"),)
    assert parts(noted.content)["xl/threadedComments/threadedComment1.xml"] == thread


def packed(held):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        for name, part in held.items():
            package.writestr(name, part)
    return content.getvalue()


def test_a_note_whose_words_have_one_plain_look_keeps_them(opened):
    content = io.BytesIO()
    book = openpyxl.Workbook()
    book.active["B2"].comment = Comment("Own words", "Ann")
    book.save(content)
    held = parts(content.getvalue())
    name = next(name for name in held if "comment" in name and name.endswith(".xml"))
    rich = held[name].split(b"<text>")[1].split(b"</text>")[0]
    plain = held[name].replace(rich, b"<t>Own words</t>")
    noted = with_notes(packed({**held, name: plain}), [CellNote("Sheet", "B2", "Ours")])
    assert opened(noted.content)["Sheet"]["B2"].comment.text == "Own words\n\nOurs"


def test_a_header_picture_is_not_taken_for_a_drawing_of_notes(opened):
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    sheet = book.add_worksheet("Plan")
    sheet.write("A1", "words")
    sheet.set_header("&L&G", {"image_left": "dot.png", "image_data_left": io.BytesIO(DOT)})
    book.close()
    before, after = parts(content.getvalue()), parts(with_notes(content.getvalue(), [note("A1", sheet="Plan")]).content)
    assert after["xl/drawings/vmlDrawing1.vml"] == before["xl/drawings/vmlDrawing1.vml"]
    assert "xl/drawings/vmlDrawing2.vml" in after


DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8cfc0f01f00050001ff56c7"
    "2f0d0000000049454e44ae426082"
)


def test_what_is_no_workbook_is_refused():
    with pytest.raises(Refused):
        with_notes(b"not a workbook", [note("A1")])


@pytest.mark.slow
@pytest.mark.libreoffice
def test_libreoffice_shows_the_notes(plan_workbook, opened, tmp_path):
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not on this machine")
    file = tmp_path / "noted.xlsx"
    wanted = [note("C7", "Ours"), note("D5", "One\ntwo"), note("A1", "Here", "Board")]
    file.write_bytes(with_notes(plan_workbook, wanted).content)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    saved = opened((tmp_path / "out" / "noted.xlsx").read_bytes())
    assert saved[PLAN]["C7"].comment.text == "Agreed in June\n\nOurs"
    assert saved[PLAN]["D5"].comment.text == "One\ntwo"
    assert saved["Board"]["A1"].comment.text == "Here"
