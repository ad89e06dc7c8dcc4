"""This file tests what is taken for a workbook, and what is refused with a sentence."""

import io
import zipfile

import pytest

from sync.ooxml import CellEdit, Package, Refused, SheetName, Visibility

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)


def zipped(*members: tuple[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members:
            package.writestr(name, content)
    return written.getvalue()


def with_member(workbook: bytes, name: str, content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        kept = [(item.filename, package.read(item)) for item in package.infolist() if item.filename != name]
    return zipped(*kept, (name, content))


def test_sheets_are_named_in_their_order_with_who_can_see_them(plan_workbook):
    assert Package.open(plan_workbook).sheets == (
        SheetName("The Plan", Visibility.visible),
        SheetName("Board", Visibility.visible),
        SheetName("Lists", Visibility.hidden),
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"<html>not a workbook</html>", "not an Excel workbook"),
        (b"PK\x03\x04 cut short", "damaged"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (OLE + "Workbook".encode("utf-16-le"), r"old kind \(\.xls\)"),
        (zipped(("hello.txt", b"hello")), "not an Excel workbook"),
        (zipped(("mimetype", b""), ("content.xml", b"<a/>")), "OpenDocument"),
        (zipped(("../../evil.xml", b"<a/>")), "unsafe name"),
        (zipped(("C:\\evil.xml", b"<a/>")), "unsafe name"),
        (zipped(("A.xml", b"<a/>"), ("a.xml", b"<a/>")), "same part twice"),
        (zipped(("a.xml", b'<?xml version="1.0"?>\n<!-- x --><!DOCTYPE a><a/>')), "document type"),
        (zipped(("a.xml", bytes(20 * 1024 * 1024))), "far larger"),
    ],
)  # fmt: skip
def test_what_is_no_safe_workbook_is_refused_with_a_sentence(content, sentence):
    with pytest.raises(Refused, match=sentence):
        Package.open(content)


def test_a_signed_workbook_is_refused(plan_workbook):
    with pytest.raises(Refused, match="digital signature"):
        Package.open(with_member(plan_workbook, "_xmlsignatures/sig1.xml", b"<a/>"))


def test_a_damaged_workbook_is_refused(plan_workbook):
    broken = plan_workbook[:2000] + bytes(200) + plan_workbook[2200:]
    with pytest.raises(Refused, match="damaged"):
        Package.open(broken)


def test_an_untouched_patch_keeps_every_part_in_order_with_its_time(plan_workbook):
    patched = Package.open(plan_workbook).patch()
    assert patched.parts_changed == ()
    with (
        zipfile.ZipFile(io.BytesIO(plan_workbook)) as before,
        zipfile.ZipFile(io.BytesIO(patched.content)) as after,
    ):
        assert [(i.filename, i.date_time) for i in after.infolist()] == [
            (i.filename, i.date_time) for i in before.infolist()
        ]
        assert [after.read(name) for name in after.namelist()] == [before.read(name) for name in before.namelist()]


def test_what_is_not_written_comes_over_as_it_was_packed(plan_workbook):
    stored = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plan_workbook)) as package, zipfile.ZipFile(stored, "w") as target:
        for name in package.namelist():
            target.writestr(zipfile.ZipInfo(name), package.read(name))
    patched = Package.open(stored.getvalue()).patch(cells=[CellEdit("The Plan", "D5", "new")])
    with zipfile.ZipFile(io.BytesIO(patched.content)) as after:
        assert after.testzip() is None
        assert after.getinfo("xl/styles.xml").compress_type == zipfile.ZIP_STORED


def test_a_document_type_behind_a_long_comment_is_found(plan_workbook):
    hidden = b"<!--" + bytes(100).replace(b"\0", b"x" * 1000) + b"--><!DOCTYPE a><a/>"
    with pytest.raises(Refused, match="document type"):
        Package.open(with_member(plan_workbook, "xl/theme/theme1.xml", hidden))
