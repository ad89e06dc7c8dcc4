"""This file proves that the HTML file needs nothing beside it, says every word as it is, and can be read by anybody."""

import re
from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import html
from reports.document import Bullets, Cell, Document, Heading, Paragraph, Table, Tone

SIMPLE = Document(
    title="Plan",
    kind="Six-month review",
    council="Council",
    marking="OFFICIAL",
    as_at=date(2013, 9, 30),
    position="Signed-off position",
    revision=3,
    record="ab" * 32,
    blocks=(),
)


def page(*blocks, **said) -> str:
    return html.page(replace(SIMPLE, blocks=blocks, **said)).decode()


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))


def tags(written):
    parser = Tags()
    parser.feed(written)
    return parser.seen


def test_nothing_is_fetched_and_nothing_runs(told):
    written = html.page(told()).decode()
    named = [value for _, attrs in tags(written) for name, value in attrs.items() if name in ("src", "href", "action")]
    assert all(value.startswith("#") for value in named)
    assert not re.search(r"url\(|@import", written)
    assert not {"script", "link", "iframe", "img"} & {tag for tag, _ in tags(written)}


anything = st.text(st.characters(exclude_categories=["Cs", "Cc"]))
markup = st.text(st.sampled_from("<>&'\"/!-=ab;#"))


@given(words=anything | markup)
def test_whatever_the_words_are_they_stay_words(words):
    written = page(
        Heading(1, words),
        Paragraph(words),
        Bullets((words,)),
        Table(words, (words,), ((Cell(words, note=words),),), (1,)),
    )
    usual = page(
        Heading(1, "a"),
        Paragraph("a"),
        Bullets(("a",)),
        Table("a", ("a",), ((Cell("a", note="a" * bool(words)),),), (1,)),
    )
    assert [tag for tag, _ in tags(written)] == [tag for tag, _ in tags(usual)]
    assert words in unescape(written)


@given(marking=anything | st.text(st.sampled_from("</styleab>\"'\\{};:@")))
def test_no_marking_gets_out_of_the_style_sheet(marking):
    sheet = re.search(r"<style>(.*?)</style>", page(marking=marking), re.DOTALL)[1]
    assert len(re.findall(r"content:", sheet)) == len(
        re.findall(r"content:", re.search(r"<style>(.*?)</style>", page(), re.DOTALL)[1])
    )
    assert "<" not in sheet


def test_the_marking_stands_at_the_head_and_foot_of_the_page_and_of_every_sheet_of_paper(told):
    written = html.page(told()).decode()
    assert len(re.findall(r'<p class="doc-marking">OFFICIAL-SENSITIVE</p>', written)) == 2
    assert "@top-left{content:" in written
    assert "@bottom-left{content:" in written


def test_a_table_without_headings_has_a_heading_in_each_row():
    written = page(Table("Status", (), ((Cell("Status"), Cell("Red", Tone.RED)),), (1, 3)))
    assert '<th scope="row" class="doc-w25">Status</th>' in written
    assert 'class="doc-w75 doc-tone doc-tone--red"' in written


def test_headings_descend_one_level_at_a_time(told):
    levels = [int(tag[1]) for tag, _ in tags(html.page(told()).decode()) if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_link_of_the_contents_leads_to_a_heading(told):
    seen = tags(html.page(told()).decode())
    ids = {attrs["id"] for _, attrs in seen if "id" in attrs}
    links = [attrs["href"].removeprefix("#") for tag, attrs in seen if tag == "a"]
    assert len(links) == 9  # the contents' eight, and the way past them
    assert set(links) <= ids


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ({}, "Plan – six-month review – 30 September 2013 – OFFICIAL.docx"),
        ({"position": "Working position"}, "Plan – six-month review – working – 30 September 2013 – OFFICIAL.docx"),
        ({"scope": "Care planning"}, "Plan – six-month review – Care planning – 30 September 2013 – OFFICIAL.docx"),
        ({"marking": ""}, "Plan – six-month review – 30 September 2013.docx"),
        ({"title": 'A/B: "C"?'}, "A B C – six-month review – 30 September 2013 – OFFICIAL.docx"),
        ({"title": "The Six month review"}, "The Six month review – 30 September 2013 – OFFICIAL.docx"),
    ],
)
def test_a_files_name_says_what_it_is_and_how_it_is_marked(said, name):
    assert replace(SIMPLE, **said).file_name("docx") == name


def test_a_long_title_is_shortened_and_its_marking_kept():
    name = replace(SIMPLE, title="word " * 80).file_name("docx")
    assert len(name) < 200
    assert name.endswith("30 September 2013 – OFFICIAL.docx")


@given(st.lists(st.integers(2, 12), min_size=1, max_size=6))
def test_the_columns_of_a_table_fill_its_width_and_no_more(widths):
    headings = tuple(f"Column {at}" for at, _ in enumerate(widths))
    made = page(Table("A table", headings, (tuple(Cell("words") for _ in widths),), tuple(widths)))
    shares = [int(share) for share in re.findall(r'<th scope="col" class="doc-w(\d+)"', made)]
    assert sum(shares) == 100
    assert min(shares) > 0
