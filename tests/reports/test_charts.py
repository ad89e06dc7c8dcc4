"""This file tests the pictures: what they find, that their numbers are the table's, that they read aloud."""

import re
from collections import Counter
from datetime import date
from io import BytesIO

import pytest
from defusedxml import ElementTree
from docx import Document
from docx.shared import Cm
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from plan.fields import Kind
from plan.figures import audits_of, figures_of
from plan.snapshot import Item, Snapshot
from reports import charts
from reports.charts import word

SVG = "{http://www.w3.org/2000/svg}"
STATUSES = ("red", "amber", "green", "blue", None)


def plan(*statuses, actions=(), under=()):
    """A plan with a requirement of each status, three to a theme; its actions and figures stand under the first."""
    items = [Item("p", Kind.PLAN, None, values={"year": 2013})]
    items += [Item(f"t{at}", Kind.THEME, "p", at, values={"title": f"Theme {at + 1}"}) for at in range(len(statuses))]
    items += [
        Item(f"r{at}", Kind.REQUIREMENT, f"t{at // 3}", at, values={"text": "Do", "status": status})
        for at, status in enumerate(statuses)
    ]
    items += [
        Item(f"a{at}", Kind.ACTION, "r0", at, values={"text": "Act", "timescale": words})
        for at, words in enumerate(actions)
    ]
    return Snapshot([*items, *under])


def indicator(*readings, **about):
    """The picture of an indicator with (period, value) readings."""
    items = [Item("i", Kind.INDICATOR, "r0", values={"name": "Visits", "unit": "%", **about})]
    items += [
        Item(f"rd{at}", Kind.READING, "i", at, values={"period": period, "value": value})
        for at, (period, value) in enumerate(readings)
    ]
    snapshot = plan("green", under=items)
    return charts.indicator(figures_of(snapshot, snapshot["r0"])[0])


def audits(*counted):
    """The picture of audits with these counts by grade."""
    grades = ("outstanding", "good", "adequate", "inadequate")
    items = [
        Item(
            f"u{at}",
            Kind.AUDIT,
            "r0",
            at,
            values={"title": f"Audit {at + 1}", **dict(zip(grades, counts, strict=True))},
        )
        for at, counts in enumerate(counted)
    ]
    snapshot = plan("green", under=items)
    return charts.audits_by_grade(audits_of(snapshot, snapshot["r0"]))


def drawn_words(picture):
    """The words that stand in the picture, in order."""
    return [element.text for element in ElementTree.fromstring(picture.svg).iter(f"{SVG}text")]


def hatches(picture, fill):
    """How many lines run over surfaces of this colour of line."""
    return len(re.findall(rf'<polyline [^>]*stroke="{fill}"', picture.svg))


def test_status_by_theme_finds_the_largest_first_and_counts_every_requirement():
    picture = charts.status_by_theme(plan("amber", "amber", "red", "green", None))
    assert picture.title == "2 of 5 requirements are amber; 1 red; 1 green; 1 without a status"
    assert picture.table.headings == ("Theme", "Red", "Amber", "Green", "No status", "All")
    assert picture.table.rows == (
        ("Theme 1", "1", "2", "0", "0", "3"),
        ("Theme 2", "0", "0", "1", "1", "2"),
        ("All themes", "1", "2", "1", "1", "5"),
    )


@pytest.mark.parametrize(
    ("statuses", "title"),
    [
        (["green"], "The one requirement is green"),
        (["green"] * 4, "All 4 requirements are green"),
        (["red", "green"], "1 of 2 requirements is red; 1 green"),
    ],
)
def test_the_finding_is_a_sentence_whatever_the_counts(statuses, title):
    assert charts.status_by_theme(plan(*statuses)).title == title


def test_the_numbers_in_the_picture_are_those_of_the_table():
    picture = charts.status_by_theme(plan("amber", "amber", "red", "green", None))
    inside = [words for words in drawn_words(picture) if re.fullmatch(r"\d+ (red|amber|green|no status)", words)]
    assert inside == ["1 red", "2 amber", "1 green", "1 no status"]


def test_statuses_are_told_apart_by_their_lines_and_words_not_colour_alone():
    red, amber, green = (charts.status_by_theme(plan(status)) for status in ("red", "amber", "green"))
    assert hatches(red, "#b3150c") > hatches(amber, "#b06a00") > hatches(green, "#0b7a3e") == 0
    assert "Amber" in drawn_words(amber)


def test_status_over_time_says_what_moved():
    picture = charts.status_over_time(
        [("April 2013", plan("red", "red", "green")), ("July 2013", plan("red", "amber", "green"))]
    )
    assert picture.title == "From April 2013 to July 2013: red 2 to 1; amber 0 to 1"
    assert picture.table.rows == (("April 2013", "2", "0", "1", "3"), ("July 2013", "1", "1", "1", "3"))


def test_status_over_time_shows_the_newest_eight_and_says_when_nothing_moved():
    picture = charts.status_over_time([(f"Board {at}", plan("red")) for at in range(12)])
    assert [row[0] for row in picture.table.rows] == [f"Board {at}" for at in range(4, 12)]
    assert picture.title == "As many requirements of each status on Board 11 as on Board 4"


def test_a_part_too_narrow_for_its_number_has_it_beside_or_beneath():
    columns = charts.status_over_time([("July 2013", plan("red", *["green"] * 40))])
    assert drawn_words(columns).count("1") == 1
    assert "1.2% outstanding" in drawn_words(audits((18, 315, 658, 449)))


def test_actions_fall_due_late_first_then_by_quarter_then_the_rest_and_all_are_counted_once():
    words = ("Quarter 1", "Quarter 3", "Quarter 3", "Q1 2014/15", "On going", "TBC", None, "In place")
    picture = charts.actions_by_due(plan("green", actions=words), 2013, date(2013, 10, 15))
    assert picture.title == "1 of 8 areas for development is late; 2 next, in quarter 3 2013/14"
    assert picture.table.rows == (
        ("Late", "1"),
        ("Quarter 3 2013/14", "2"),
        ("Quarter 4 2013/14", "0"),
        ("Quarter 1 2014/15", "1"),
        ("On going, with no end", "1"),
        ("No day can be worked out", "1"),
        ("No timescale", "1"),
        ("Done or closed", "1"),
        ("All", "8"),
    )


def test_what_is_closed_is_done_and_not_late():
    picture = charts.actions_by_due(plan("blue", actions=("Quarter 1",)), 2013, date(2014, 1, 1))
    assert picture.table.rows == (("Late", "0"), ("Done or closed", "1"), ("All", "1"))
    assert picture.title == "The one area for development is not late"


def test_quarters_far_apart_are_not_joined_by_empty_ones():
    actions = ("Quarter 4", "31 March 2030")
    picture = charts.actions_by_due(plan("green", actions=actions), 2013, date(2013, 10, 15))
    assert [row[0] for row in picture.table.rows] == ["Late", "Quarter 4 2013/14", "Quarter 4 2029/30", "All"]


def test_an_indicator_says_where_it_stands_where_it_came_from_and_the_target():
    picture = indicator(("2013-01", 74.89), ("2013-05", 71.0), target=100, better="higher")
    assert picture.title == (
        "Visits: 71% in May 2013, worse by 3.89 points since January 2013, "
        "29 percentage points below the target of 100%"
    )
    assert picture.table.rows == (("January 2013", "74.89", "100"), ("May 2013", "71", "100"))
    assert {"74.89%", "71%", "Target 100%", "Jan 13", "May 13"} <= set(drawn_words(picture))


def test_the_target_is_drawn_as_a_dashed_line_above_lower_readings():
    root = ElementTree.fromstring(indicator(("2013-01", 70), target=90).svg)
    dashed = [line for line in root.iter(f"{SVG}polyline") if line.get("stroke-dasharray")]
    heights = {float(point.split(",")[1]) for point in dashed[0].get("points").split()}
    assert max(heights) < float(next(root.iter(f"{SVG}circle")).get("cy"))


def test_audits_by_grade_are_bars_of_the_same_width_with_shares_and_counts():
    picture = audits((18, 315, 658, 449), (0, 16, 13, 12))
    assert picture.title == "Audit 2: 39% of 41 cases good or outstanding, 29.3% inadequate"
    assert picture.table.rows[0] == ("Audit 1", "18 (1.2%)", "315 (21.9%)", "658 (45.7%)", "449 (31.2%)", "1,440")
    root = ElementTree.fromstring(picture.svg)
    bars = [box for box in root.iter(f"{SVG}rect") if box.get("height") == "28" and box.get("fill") != "none"]
    wide = Counter()
    for box in bars:
        wide[box.get("y")] += float(box.get("width"))
    assert [round(each) for each in wide.values()] == [472, 472]


def test_where_there_is_nothing_to_draw_there_is_no_picture():
    nothing = plan()
    assert charts.status_by_theme(nothing) is None
    assert charts.status_over_time([("now", nothing)]) is None
    assert charts.actions_by_due(nothing, 2013, date(2013, 10, 15)) is None
    assert charts.audits_by_grade([]) is None
    assert indicator() is None


def test_a_picture_reads_aloud_and_needs_no_style_and_no_script():
    picture = charts.status_by_theme(plan("red", "green"))
    root = ElementTree.fromstring(picture.svg)
    assert (root.get("role"), root.find(f"{SVG}title").text) == ("img", picture.title)
    assert root.get("aria-labelledby") == root.find(f"{SVG}title").get("id")
    assert root.get("aria-describedby") == root.find(f"{SVG}desc").get("id")
    assert not [one for one in root.iter() if one.get("style") or one.tag in (f"{SVG}style", f"{SVG}script")]
    assert picture.alternative == f"{picture.title}. {picture.description}"


def test_words_of_the_plan_stay_words_in_the_picture():
    named = Snapshot(
        [*plan("red").values(), Item("t0", Kind.THEME, "p", 0, values={"title": "<script>alert(1)</script> & more"})]
    )
    assert "<script>alert(1)</script> & more" in drawn_words(charts.status_by_theme(named))


def test_the_same_shapes_are_drawn_as_png():
    picture = charts.status_by_theme(plan("red", "green"))
    image = Image.open(BytesIO(picture.png(2))).convert("RGB")
    assert image.size == (2 * picture.width, 2 * picture.height)
    assert {(255, 217, 212), (211, 238, 221)} <= {colour for _, colour in image.getcolors(100_000)}


def test_a_word_document_holds_the_svg_the_png_behind_it_and_the_alternative_text():
    picture, document, kept = charts.status_by_theme(plan("red", "green")), Document(), BytesIO()
    word.place(document.add_paragraph().add_run(), picture, Cm(12))
    word.place(document.add_paragraph().add_run(), indicator(("2013-01", 70)), Cm(8))
    document.save(kept)
    part = Document(kept).part
    types = Counter(one.content_type for one in part.package.iter_parts() if one.partname.startswith("/word/media"))
    assert types == {"image/png": 2, "image/svg+xml": 2}
    blip = part.element.xpath("//*[local-name()='svgBlip']")[0]
    embedded = blip.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed")
    assert picture.title.encode() in part.related_parts[embedded].blob
    assert part.element.xpath("//wp:docPr")[0].get("descr") == picture.alternative


TITLES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=120)


@given(
    st.lists(st.tuples(st.sampled_from(STATUSES), TITLES), max_size=30),
    st.lists(st.sampled_from(["Quarter 2", "On going", "TBC", "1.7.13", None, "Q4 2015/16"]) | TITLES, max_size=12),
    st.lists(st.tuples(st.sampled_from(["2013-01", "2013-05", "2014-Q1"]), st.floats(-1e12, 1e12)), max_size=5),
)
@settings(max_examples=40)
def test_any_plan_gives_whole_pictures_that_count_everything(themes, actions, readings):
    snapshot = plan(*(status for status, _ in themes), actions=actions if themes else ())
    titled = Snapshot(
        [
            *snapshot.values(),
            *(Item(f"t{at}", Kind.THEME, "p", at, values={"title": title}) for at, (_, title) in enumerate(themes)),
        ]
    )
    made = [
        charts.status_by_theme(titled),
        charts.status_over_time([("then", snapshot), ("now", titled)]),
        charts.actions_by_due(titled, 2013, date(2013, 10, 15)),
        indicator(*readings, target=3.5),
    ]
    pictures = [picture for picture in made if picture]
    assert all(ElementTree.fromstring(picture.svg).get("role") == "img" for picture in pictures)
    assert all(
        "nan" not in picture.svg and "inf" not in re.sub("<title.*</desc>", "", picture.svg) for picture in pictures
    )
    assert not themes or made[0].table.rows[-1][-1] == str(len(themes))
    assert not (themes and actions) or made[2].table.rows[-1][-1] == str(len(actions))
