"""This file holds the generated review against the real one: the same words in the same order, nothing missing."""

import re
import shutil
import subprocess
from io import BytesIO

import docx
import pytest
from docx.table import Table

from plan import show
from reports import html, pdf, word
from reports.review import review


@pytest.fixture(scope="module")
def chapters(imported):
    """The requirements of the Word document of the shared tracker."""
    return read(imported)


def read(document):
    """A Word document's requirements: heading, Notice's words, and the rows of each table by its first heading."""
    found, number = {}, None
    for part in docx.Document(BytesIO(word.page(document))).iter_inner_content():
        if isinstance(part, Table):
            rows = [[cell.text for cell in row.cells] for row in part.rows]
            if found:
                found[number][rows[0][0]] = rows[0] if rows[0][0] == "Status" else rows[1:]
        elif part.style.name == "Heading 3":
            number = int(part.text.removeprefix("Requirement "))
            found[number] = {}
        elif part.style.name == "Notice words":
            found[number]["words"] = part.text
    return found


def column(chapter, heading, place):
    return [row[place] for row in chapter.get(heading, []) if row[place]]


def test_word_has_the_requirements_in_the_notices_own_order(chapters, spoken):
    assert list(chapters) == [each["number"] for each in spoken["requirements"]]


def test_word_has_the_notices_words_and_each_status_with_its_word(chapters, spoken):
    told = [(chapter["words"], chapter["Status"][1]) for chapter in chapters.values()]
    assert told == [(each["requirement"], each["status"]) for each in spoken["requirements"]]


@pytest.mark.parametrize(
    ("heading", "place", "field"),
    [
        ("Achievements to date", 0, "achievements"),
        ("Achievements to date", 1, "evidence"),
        ("Key areas for development", 0, "developments"),
        ("Key areas for development", 1, "timescales"),
    ],
)
def test_word_says_every_sentence_of_the_review_in_its_order(chapters, spoken, heading, place, field):
    told = [column(chapter, heading, place) for chapter in chapters.values()]
    assert told == [each[field] for each in spoken["requirements"]]


def test_word_has_the_themes_in_the_plans_order(imported, spoken):
    written = docx.Document(BytesIO(word.page(imported)))
    themes = [line.text for line in written.paragraphs if line.style.name == "Heading 2"]
    assert themes == [theme["title"] for theme in spoken["themes"]]


def test_word_says_every_word_of_the_sample_plan(sample):
    told = [
        (
            chapter["words"],
            column(chapter, "Achievements to date", 0),
            column(chapter, "Achievements to date", 1),
            column(chapter, "Key areas for development", 1),
        )
        for chapter in read(review(sample)).values()
    ]
    plan = show.as_json(sample.snapshot, sample.number)
    assert told == [
        (
            each["text"],
            [one["text"] for one in each["achievements"] if one["text"]],
            [one["evidence"] for one in each["achievements"] if one["evidence"]],
            [one["timescale"] for one in each["actions"] if one["timescale"]],
        )
        for theme in plan["themes"]
        for each in theme["requirements"]
    ]


def missing(text, spoken):
    """The sentences of the real review that do not stand in this text, one after another."""
    joined, gone, at = squeezed(text), [], 0
    for each in spoken["requirements"]:
        at = joined.find(squeezed(each["requirement"]), at)
        if at < 0:
            return [each["requirement"]]
        gone += [words for field in FIELDS for words in out_of_order(joined, each[field], at)]
    return gone


FIELDS = ("achievements", "evidence", "developments", "timescales")


def out_of_order(joined, sentences, at):
    for words in sentences:
        found = joined.find(squeezed(words), at)
        if found < 0:
            yield words
        at = max(at, found)


def squeezed(words):
    return re.sub(r"\s+", "", words)


def test_the_html_file_says_every_sentence_of_the_review_in_its_order(imported, spoken):
    text = re.sub(r"<style>.*?</style>|<[^>]+>", " ", html.page(imported).decode(), flags=re.DOTALL)
    text = text.replace("&#x27;", "'").replace("&quot;", '"').replace("&amp;", "&")
    assert missing(text, spoken) == []


@pytest.mark.slow
@pytest.mark.skipif(not pdf.is_possible(), reason="WeasyPrint or its libraries are not on this machine")
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext on this machine; poppler-utils has it")
def test_the_pdf_says_every_sentence_of_the_review_in_its_order(imported_pdf, spoken, tmp_path):
    file = tmp_path / "review.pdf"
    file.write_bytes(imported_pdf)
    text = subprocess.run(["pdftotext", "-raw", file, "-"], check=True, capture_output=True, text=True).stdout
    assert missing(text, spoken) == []
