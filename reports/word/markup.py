"""This file makes the pieces of WordprocessingML that python-docx has no words for."""

from collections.abc import Iterator

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml.etree import _Element

Element = _Element


def element(tag: str, *children: Element, **attributes: str | int) -> Element:
    """An element of the "w" namespace with attributes of the same: element("shd", fill="FFFFFF")."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name.rstrip('_')}"), str(value))
    made.extend(children)
    return made


def run(text: str, *, bold: bool = False, colour: str = "") -> Element:
    """Words in one run; line ends become breaks."""
    manner = [element("b")] * bold + [element("color", val=colour) for _ in range(bool(colour))]
    made = element("r", *([element("rPr", *manner)] if manner else []))
    for place, line in enumerate(text.split("\n")):
        if place:
            made.append(element("br"))
        made.append(written(line))
    return made


def written(line: str) -> Element:
    """The text of a run, its spaces kept."""
    made = element("t")
    made.text = line
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def paragraph(*content: Element, style: str = "") -> Element:
    """A paragraph of these runs."""
    manner = [element("pPr", element("pStyle", val=style))] if style else []
    return element("p", *manner, *content)


def field(instruction: str, shown: str) -> Iterator[Element]:
    """The runs of a field that Word works out again, with what it shows until then."""
    yield element("r", element("fldChar", fldCharType="begin"))
    yield element("r", said(instruction))
    yield element("r", element("fldChar", fldCharType="separate"))
    yield run(shown)
    yield element("r", element("fldChar", fldCharType="end"))


def said(instruction: str) -> Element:
    """A field's instruction."""
    made = element("instrText")
    made.text = f" {instruction} "
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made
