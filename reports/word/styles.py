"""This file sets the styles of a Word document: fonts, sizes, colours, and the language they are written in."""

from docx.document import Document as Written
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from reports.word.markup import Element, element

FONT = "Arial"
INK, QUIET_INK, ACCENT = RGBColor(0x16, 0x19, 0x1C), RGBColor(0x4B, 0x51, 0x57), RGBColor(0x23, 0x40, 0x4F)
NOTICE, QUIET, CELL, NOTE, CONTENTS = "Notice words", "Quiet", "Cell", "Note", "Contents heading"
LANGUAGE = "en-GB"

# name: points, bold, colour, points before, points after, kept with the next
EXISTING = {
    "Normal": (10.5, False, INK, 0, 6, False),
    "Title": (22, True, INK, 0, 6, True),
    "Heading 1": (16, True, ACCENT, 20, 6, True),
    "Heading 2": (14, True, ACCENT, 18, 6, True),
    "Heading 3": (12, True, INK, 14, 4, True),
    "Caption": (10.5, True, INK, 8, 4, True),
    "List Bullet": (10.5, False, INK, 0, 4, False),
    "Header": (9, False, QUIET_INK, 0, 0, False),
    "Footer": (9, False, QUIET_INK, 0, 0, False),
}
OWN = {
    NOTICE: (10.5, True, INK, 0, 6, True),
    QUIET: (9.5, False, QUIET_INK, 0, 6, False),
    CELL: (10, False, INK, 1, 1, False),
    NOTE: (9, False, QUIET_INK, 1, 1, False),
    CONTENTS: (16, True, ACCENT, 14, 6, True),
    "toc 1": (10, True, INK, 3, 1, False),
    "toc 2": (9.5, False, INK, 1, 1, False),
    "toc 3": (9, False, INK, 0, 0, False),
}
_THEMED = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def prepare(written: Written) -> None:
    """Set every style that a report uses; its template's are American and Calibri."""
    for name in OWN:
        made = written.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("toc"))
        made.base_style = written.styles["Normal"]
    for name, manner in {**EXISTING, **OWN}.items():
        _set(written.styles[name], *manner)
    for level in (1, 2, 3):
        written.styles[f"toc {level}"].paragraph_format.left_indent = Mm(6 * (level - 1))
    _speak_british(written)


def _set(
    style: ParagraphStyle, size: float, bold: bool, colour: RGBColor, before: float, after: float, keep: bool
) -> None:
    style.font.name, style.font.size, style.font.bold, style.font.color.rgb = FONT, Pt(size), bold, colour
    style.font.italic = False
    _unthemed(style.element.rPr.find(qn("w:rFonts")))
    shape = style.paragraph_format
    shape.space_before, shape.space_after, shape.keep_with_next, shape.line_spacing = Pt(before), Pt(after), keep, 1.1
    for line in style.element.pPr.findall(qn("w:pBdr")):
        style.element.pPr.remove(line)


def _unthemed(fonts: Element) -> None:
    """A theme's font would win over the one that is named."""
    for name in _THEMED:
        fonts.attrib.pop(qn(f"w:{name}"), "")
    fonts.set(qn("w:cs"), FONT)
    fonts.set(qn("w:eastAsia"), FONT)


def _speak_british(written: Written) -> None:
    defaults = written.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for language in [*written.styles.element.iter(qn("w:lang"))]:
        language.getparent().remove(language)
    defaults.append(element("lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi=LANGUAGE))
    settings = written.settings.element
    themed = settings.find(qn("w:themeFontLang"))
    if themed is not None:
        themed.set(qn("w:val"), LANGUAGE)
