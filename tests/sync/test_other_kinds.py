"""This file proves that .xls, .ods and .csv files can be brought in, and say the same as the workbooks they were."""

import datetime
import io
import shutil
import subprocess
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from plan.fields import Kind
from sync import roundtrip
from sync.other_kinds import as_workbook, open_document
from sync.read_workbook import Unreadable, read

CSV = (
    "No.,Requirement,RAG,Action,Timescale\r\n"
    "1,Improve visits,Red,=1+1,Quarter 2\r\n"
    "001,Café,Green,- hire two,2013-07-01\r\n"
)
SAID = [["No.", "Requirement", "RAG", "Action", "Timescale"], ["1", "Improve visits", "Red", "=1+1", "Quarter 2"]]
BOTH = pytest.mark.parametrize("kind", ["ods", "xls"])
CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="Plan">{rows}</table:table></office:spreadsheet></office:body>
</office:document-content>"""
MANIFEST = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{}</m:manifest>'


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def rows(content):
    return [list(row) for row in opened(content).active.iter_rows(values_only=True)]


def saved(fill):
    book = openpyxl.Workbook()
    fill(book.active)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def ods(rows, manifest=""):
    """An .ods file made by hand, as no office program would be asked to."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", CONTENT.format(rows=rows))
        package.writestr("META-INF/manifest.xml", MANIFEST.format(manifest))
    return content.getvalue()


def cell(words, **attributes):
    said = "".join(f' {name.replace("_", ":", 1).replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f'<table:table-cell office:value-type="string"{said}><text:p>{words}</text:p></table:table-cell>'


@pytest.fixture(scope="session")
def in_libreoffice(tmp_path_factory):
    """`in_libreoffice(content, "ods")` is the workbook as LibreOffice saves it in that kind."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not on this machine")
    folder = tmp_path_factory.mktemp("libreoffice")

    def convert(content, kind, source="xlsx"):
        file = folder / f"book.{source}"
        file.write_bytes(content)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder / "out"), str(file)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return (folder / "out" / f"book.{kind}").read_bytes()

    return convert


@pytest.mark.parametrize(
    "content",
    [
        CSV.encode(),
        CSV.encode("utf-8-sig"),
        CSV.encode("utf-16"),
        CSV.encode("cp1252"),
        CSV.replace(",", ";").encode(),
        CSV.replace(",", "\t").encode(),
        ("sep=|\r\n" + CSV.replace(",", "|")).encode(),
    ],
)
def test_a_csv_file_is_read_in_any_alphabet_and_with_any_separator(content):
    assert rows(as_workbook(content).content)[:2] == SAID
    assert rows(as_workbook(content).content)[2][1] == "Café"


def test_words_of_a_csv_file_stay_words():
    made = opened(as_workbook(CSV.encode()).content).active
    assert [made["A3"].value, made["D2"].value, made["E3"].value] == ["001", "=1+1", "2013-07-01"]
    assert made["D2"].data_type == "s"
    assert made["D2"].quotePrefix


def test_a_line_end_inside_a_cell_of_a_csv_file_is_kept():
    content = b'No.,Requirement\r\n1,"one\r\ntwo, ""three"""\r\n2,four\r\n'
    assert rows(as_workbook(content).content)[1] == ["1", 'one\ntwo, "three"']


def test_the_made_workbook_has_its_headings_bold_and_frozen():
    made = opened(as_workbook(b"Our plan,,\r\n" + CSV.encode()).content).active
    assert (made.freeze_panes, made["A2"].font.bold, made["A3"].font.bold) == ("A3", True, False)
    assert made.auto_filter.ref == "A2:E4"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a workbook",
        b"\x00\x01,\x02\n,\n,",
        b"<html><td>a,b\nc,d\n</html>",
        b"one word\r\nanother\r\n",
        b"PK\x03\x04",
    ],
)
def test_what_is_no_other_kind_of_workbook_is_left_to_the_reader_of_workbooks(content):
    assert as_workbook(content) is None


def test_an_xlsx_workbook_is_left_as_it_is():
    assert as_workbook(saved(lambda sheet: sheet.append(["a", "b"]))) is None


def test_its_name_and_a_note_say_what_it_was_made_from():
    made = as_workbook(CSV.encode(), "our tracker.csv")
    assert made.name == "our tracker.xlsx"
    assert "“our tracker.csv”" in made.note


def test_an_ods_file_with_a_password_says_so():
    locked = ods(f"<table:table-row>{cell('x')}</table:table-row>", "<m:encryption-data/>")
    with pytest.raises(Unreadable, match="protected by a password"):
        as_workbook(locked)


def test_a_damaged_ods_file_says_so():
    with pytest.raises(Unreadable, match=r"damaged\. Nothing was changed"):
        as_workbook(ods("<table:table-row>"))


def test_empty_rows_that_run_to_the_end_of_an_ods_sheet_cost_nothing():
    blank = '<table:table-row table:number-rows-repeated="1048574"><table:table-cell/></table:table-row>'
    first, last = (f"<table:table-row>{cell(words)}</table:table-row>" for words in "az")
    content = ods(first + blank + last)
    made = opened(as_workbook(content).content).active
    assert (made["A1"].value, made["A1048576"].value) == ("a", "z")


@pytest.mark.slow
def test_a_million_copies_of_one_cell_are_refused_in_a_sentence():
    row = f"<table:table-row>{cell('a', table_number_columns_repeated=16384)}</table:table-row>"
    with pytest.raises(Unreadable, match="far more than a tracker"):
        as_workbook(ods(row * 100))


def test_hundreds_of_sheets_are_refused_in_a_sentence():
    sheets = '</table:table><table:table table:name="x">' * 501
    with pytest.raises(Unreadable, match="far more than a tracker"):
        open_document.pages(ods(sheets))


def test_words_longer_than_a_cell_of_excel_holds_are_refused_and_never_cut():
    with pytest.raises(Unreadable, match=r"Cell A1 .* 32,767"):
        as_workbook(ods(f"<table:table-row>{cell('x' * 32_768)}</table:table-row>"))


def test_spaces_tabs_and_line_breaks_of_an_ods_file_are_words_too():
    words = 'a<text:s text:c="3"/>b<text:tab/>c<text:line-break/><text:span>d</text:span>e'
    made = as_workbook(ods(f"<table:table-row>{cell(words)}</table:table-row>"))
    assert opened(made.content).active["A1"].value == "a   b\tc\nde"


@BOTH
@pytest.mark.slow
@pytest.mark.libreoffice
def test_a_number_a_date_and_a_colour_look_as_they_did(in_libreoffice, kind):
    def fill(sheet):
        sheet.append(["No", "Requirement", "RAG", "When", "Rate"])
        sheet.append([1.1, "Improve", None, datetime.date(2013, 7, 1), 0.25])
        sheet["A2"].number_format, sheet["D2"].number_format, sheet["E2"].number_format = "0.00", "mmm-yy", "0%"
        sheet["C2"].fill = PatternFill("solid", fgColor="FF0000")
        sheet["B2"].comment = Comment("said in June", "Ann")
        sheet.merge_cells("A2:A3")
        sheet["B3"], sheet["C3"] = True, "=1+1"
        sheet.oddFooter.left.text = "OFFICIAL && SENSITIVE"

    made = opened(as_workbook(in_libreoffice(saved(fill), kind)).content).active
    assert [c.value for c in made[2]] == [1.1, "Improve", None, datetime.datetime(2013, 7, 1), 0.25]
    assert (made["A2"].number_format, made["E2"].number_format) == ("0.00", "0%")
    assert "d" not in made["D2"].number_format
    assert made["C2"].fill.fgColor.rgb == "00FF0000"
    assert (made["B3"].value, made["C3"].value, str(made.merged_cells)) == (True, 2, "A2:A3")
    assert made.oddFooter.left.text == "OFFICIAL && SENSITIVE"


@pytest.mark.slow
@pytest.mark.libreoffice
def test_a_note_on_a_cell_of_an_ods_file_is_kept(in_libreoffice):
    def fill(sheet):
        sheet["B2"] = "Improve"
        sheet["B2"].comment = Comment("said in June", "Ann")

    made = opened(as_workbook(in_libreoffice(saved(fill), "ods")).content).active
    assert made["B2"].comment.text == "said in June"


@BOTH
@pytest.mark.slow
@pytest.mark.libreoffice
def test_the_sample_plan_reads_the_same_whatever_it_was_saved_as(in_libreoffice, desk, kind):
    made = as_workbook(in_libreoffice(desk.original, kind)).content
    told = [[(p.kind, p.values) for p in read(content).pieces] for content in (desk.original, made)]
    assert told[0] == told[1]


@pytest.mark.slow
@pytest.mark.libreoffice
def test_an_xls_file_with_a_password_says_so(in_libreoffice):
    content = in_libreoffice(saved(lambda sheet: sheet.append(["a", "b"])), "xls")
    # The record that names its writer becomes the one that tells of a password; both stand at the start.
    assert content.count(b"\x5c\x00\x70\x00") == 1
    with pytest.raises(Unreadable, match="protected by a password"):
        as_workbook(content.replace(b"\x5c\x00\x70\x00", b"\x2f\x00\x70\x00"))


@BOTH
@pytest.mark.slow
@pytest.mark.libreoffice
def test_a_plan_can_begin_as_another_kind_of_file_and_then_has_a_tracker(in_libreoffice, desk_of, bring, kind):
    desk = bring(in_libreoffice(desk_of("tables").original, kind))
    desk.change(desk.requirement("2"), "text", "Publish it now")
    again = desk.download()
    assert desk.decided(again) == {}
    assert "Publish it now" in [c.value for c in opened(again)["Requirements"]["C"]]


def test_a_plan_can_begin_as_a_csv_file(bring):
    desk = bring(CSV.encode())
    desk.add(Kind.ACTION, desk.requirement("1").id, text="Write to families")
    assert desk.decided(desk.download()) == {}


def test_the_reading_says_what_the_workbook_was_made_from(session):
    reading = roundtrip.read_tracker(session, CSV.encode())
    assert "which is a list of values (.csv)" in reading.notes[0]


@pytest.mark.slow
@pytest.mark.libreoffice
def test_a_download_saved_as_ods_is_recognised_and_its_changes_taken(in_libreoffice, desk, in_excel):
    download = desk.download()
    assert desk.decided(in_libreoffice(download, "ods")) == {}
    seen = desk.preview(in_libreoffice(download, "ods"))
    assert (seen.certain, seen.base) == (True, desk.revision)


@pytest.mark.slow
@pytest.mark.libreoffice
def test_an_upload_of_another_kind_changes_the_plan_but_never_replaces_its_workbook(in_libreoffice, desk_of, in_excel):
    desk = desk_of("tables")
    edited = in_excel(desk.download(), lambda book: book["Requirements"].__setitem__("C2", "Publish it now"))
    done = desk.upload(in_libreoffice(edited, "ods"))
    assert desk.requirement("2").get("text") == "Publish it now"
    assert "stays the earlier one" in done.notes[0]
    assert desk.decided(desk.download()) == {}


@pytest.mark.slow
def test_an_ods_file_that_swells_beyond_reason_is_refused_in_a_sentence():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", CONTENT.format(rows=cell(" " * 300_000_000)))
    with pytest.raises(Unreadable, match=r"Nothing was changed\."):
        as_workbook(content.getvalue())


def test_entities_of_an_ods_file_are_not_followed():
    bomb = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>'
    content = ods(f"<table:table-row>{cell('a&b;c')}</table:table-row>")
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(held, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, part.replace(b"?>", b"?>" + bomb.encode(), 1) if name == "content.xml" else part)
    with pytest.raises(Unreadable, match="document type"):
        as_workbook(held.getvalue())
