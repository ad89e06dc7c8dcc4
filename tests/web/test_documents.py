"""This file chooses reports on the web, reads them there, and takes them away as files."""

import re
from io import BytesIO
from urllib.parse import unquote

import docx
import pytest

from blueprints.extensions import now
from plan import edits
from plan.edits import Edit, new
from plan.fields import Kind
from plan.ledger import Step
from plan.models import Plan, Source, new_id
from reports import pdf

CHOOSE, READ = "/plans/small/reports", "/plans/small/reports/document"


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)))


@pytest.fixture
def reader(client, plan):
    return client.sign_in("rita")


def test_the_page_offers_every_report_position_theme_and_form(reader):
    page = words(reader.get(CHOOSE))
    assert "Six-month review" in page
    assert "Board pack" in page
    assert "Care planning" in page
    assert "One HTML file" in page


def test_the_review_is_read_as_a_page_with_its_marking_and_record(reader):
    page = words(reader.get(READ))
    assert "OFFICIAL-SENSITIVE Small plan: Six-month review" in page
    assert "Signed-off position as at 15 October 2013. Revision 2 · record " in page
    assert "Vision agreed by cabinet Minutes" in page


def test_the_board_pack_is_read_as_a_page(reader):
    assert "Decisions asked of the board" in words(reader.get(f"{READ}?report=board"))


def test_what_awaits_sign_off_is_read_only_when_asked_for(reader, session, plan, cast):
    step = Step(cast["eve"], now(), Source.BROWSER)
    edits.apply(session, plan, [Edit(Kind.ACHIEVEMENT, "ach1", "text", "Vision torn up")], step)
    session.commit()
    assert "Vision torn up" not in words(reader.get(READ))
    assert "Vision torn up Awaiting sign-off" in words(reader.get(f"{READ}?position=working"))


def test_a_word_file_is_taken_away_under_a_name_that_bears_its_marking(reader):
    answer = reader.get(f"{READ}?form=docx")
    name = unquote(answer.headers["Content-Disposition"])
    assert "Small plan – six-month review – 15 October 2013 – OFFICIAL-SENSITIVE.docx" in name
    assert docx.Document(BytesIO(answer.data)).paragraphs[0].text == "Small plan: Six-month review"


def test_the_page_leads_to_the_same_report_as_a_file(reader):
    page = reader.get(f"{READ}?report=board&theme=th2").get_data(as_text=True)
    assert f"{READ}?report=board&amp;theme=th2&amp;form=xlsx" in page


def test_an_html_file_is_taken_away_and_not_shown(reader):
    answer = reader.get(f"{READ}?form=html")
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("as-at=soon", "is neither a day nor the number of a revision. Write a day like 30 September 2013"),
        ("as-at=1+January+2013", "The plan did not exist yet on 1 January 2013."),
        ("as-at=99", "There is no revision 99"),
        ("theme=nowhere", "names no theme"),
        ("report=published&position=working", "Only what is signed off is published."),
    ],
)
def test_what_cannot_be_told_is_answered_with_a_sentence_and_the_form_as_it_was(reader, asked, sentence):
    answer = reader.get(f"{READ}?{asked}")
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert "Make the report" in words(answer)


def test_a_day_can_be_written_as_people_write_it(reader):
    assert "as at 1 July 2013. Revision 2" in words(reader.get(f"{READ}?as-at=1+July+2013"))


def test_before_anything_is_signed_off_the_page_says_what_to_do(client, session, cast):
    plan = Plan(id=new_id(), slug="new", present=False)
    session.add(plan)
    made = [
        *new(Kind.PLAN, plan.id, None, {"title": "New", "year": 2013}),
        *new(Kind.THEME, "t", plan.id, {"title": "T"}),
    ]
    edits.apply(session, plan, made, Step(None, now(), Source.IMPORT))
    session.commit()
    answer = client.sign_in("rita").get("/plans/new/reports/document")
    assert answer.status_code == 422
    assert "Nothing is signed off yet" in words(answer)


def test_without_an_engine_for_pdf_the_page_says_so_and_offers_the_rest(reader, monkeypatch):
    def without(name):
        raise ImportError(name)

    monkeypatch.setattr(pdf, "import_module", without)
    assert "Not on this server" in words(reader.get(CHOOSE))
    answer = reader.get(f"{READ}?form=pdf")
    assert answer.status_code == 422
    assert "choose Word or the page to print" in words(answer)


def test_a_record_is_marked_not_for_publication_where_it_is_edited(client, plan):
    editor = client.sign_in("eve")
    editor.post("/plans/small/achievement/ach1/publication", data={"publication.was": "", "publication": "no"})
    assert "Not for publication" in words(editor.get("/plans/small/requirements/r2"))
    assert "Vision agreed by cabinet" not in words(editor.get(f"{READ}?report=published"))
