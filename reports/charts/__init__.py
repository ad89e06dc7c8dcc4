"""This room draws the plan's pictures on the server: each says its finding, and keeps its numbers in a table beside it.

How to use it. Every function below is pure and answers with one `Picture`, or None where there is nothing to draw:

    status_by_theme(snapshot)                 stacked bars, a theme each: requirements by status
    status_over_time(moments)                 stacked columns; `moments` are (label, Snapshot) pairs, oldest first
    actions_by_due(snapshot, year, on)        a timeline by quarter, late ones first; every action counted once
    indicator(figure)                         a figure's readings against its target; `figure` from `plan.figures`
    audits_by_grade(audits)                   100% bars, an audit each; `audits` from `plan.figures`

A Picture has
    title         the finding, a whole sentence without a full stop: the caption or heading of the picture
    description   what is drawn, for those who cannot see it
    table         `caption`, `headings` and `rows` of words: the same numbers, for a <details> or a Word table
    svg           inline SVG: role="img", <title>, <desc>, no style and no script, so a strict policy lets it through
    png(scale)    the same shapes as PNG bytes, for what cannot show SVG
    width, height in CSS pixels
    alternative   title and description as one text, for alternative text in Word and PDF

On a page:   {% from "layout/_picture.html" import picture %}  {{ picture(view.by_theme) }}
In Word:     reports.charts.word.place(run, picture, width)     SVG with a PNG behind it and alternative text
In PDF:      the page's own HTML: WeasyPrint draws the inline SVG and reads its <title>
Colour never stands alone: each status and grade has a hatch of its own, a number, and its word.
"""

from reports.charts.due import actions_by_due
from reports.charts.figures import indicator
from reports.charts.grades import audits_by_grade
from reports.charts.picture import Picture, Table
from reports.charts.status import status_by_theme, status_over_time

__all__ = [
    "Picture",
    "Table",
    "actions_by_due",
    "audits_by_grade",
    "indicator",
    "status_by_theme",
    "status_over_time",
]
