"""This file puts a picture into a Word document: as SVG, with a PNG behind it for programs that cannot show one."""

from io import BytesIO

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Length
from docx.text.run import Run

from reports.charts.picture import Picture

SVG = "image/svg+xml"
# The extension by which Word 2016 and later find the SVG of a picture (Microsoft's [MS-ODRAWXML], svgBlip).
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_ALSO_SVG = (
    f'<a:extLst xmlns:a="{_DRAWING}"><a:ext uri="{{{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}}}">'
    '<asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="{}"/>'
    "</a:ext></a:extLst>"
)


def place(run: Run, picture: Picture, width: Length) -> None:
    """Put the picture where `run` stands, `width` wide, with its finding and description as alternative text."""
    shape = run.add_picture(BytesIO(picture.png()), width=width)
    about = shape._inline.docPr
    about.set("name", picture.title)
    about.set("descr", picture.alternative)
    blip = shape._inline.graphic.graphicData.pic.blipFill.blip
    blip.append(parse_xml(_ALSO_SVG.format(_svg_part(run, picture))))


def _svg_part(run: Run, picture: Picture) -> str:
    """Add the SVG to the document's package; answers with the name of the link to it."""
    package = run.part.package
    name = package.next_partname("/word/media/drawing%d.svg") if package else PackURI("/word/media/drawing1.svg")
    svg = f'<?xml version="1.0" encoding="UTF-8"?>\n{picture.svg}'.encode()
    return run.part.relate_to(Part(name, SVG, svg, package), RELATIONSHIP_TYPE.IMAGE)
