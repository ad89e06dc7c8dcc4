"""This file proves that headings are compared as the vocabulary has it, and that likeness only suggests."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.fields import Kind
from sync.headings import TABLE, Word, may_be_a_heading, meaning, normalise, suggestion


@pytest.mark.parametrize(
    ("heading", "word"),
    [
        ("No.", Word.REFERENCE),
        ("No*", Word.REFERENCE),
        ("NOS", Word.REFERENCE),
        ("#", Word.REFERENCE),
        ("Register Ref", Word.REFERENCE),
        ("Ofsted Para No", Word.EXTERNAL_REFERENCE),
        ("Workstream", Word.THEME),
        ("Recommendations & Areas for Improvement", Word.REQUIREMENT),
        ("What did Ofsted say?", Word.REQUIREMENT),
        ("Key future actions 09/10", Word.ACTION),
        ("Specific Actions (dated)", Word.ACTION),
        ("Areas for development", Word.ACTION),
        ("How?", Word.ACTION),
        ("Person/s Responsible", Word.LEAD),
        ("Responsible\nOfficer", Word.LEAD),
        ("Lead / Owner", Word.LEAD),
        ("Portfolio holder", Word.ACCOUNTABLE),
        ("When?", Word.TIMESCALE),
        ("Timescale(s):", Word.TIMESCALE),
        ("Revised Target Completion Date", Word.REVISED),
        ("R/A/G", Word.STATUS),
        ("RAG Jun-13", Word.STATUS),
        ("July 2013 RAG", Word.STATUS),
        ("Likelihood of achieving outcome", Word.IMPACT_STATUS),
        ("DoT", Word.DIRECTION),
        ("Progress October 2003", Word.PROGRESS),
        ("Progress as at 1 July 2013", Word.PROGRESS),
        ("Action taken", Word.PROGRESS),
        ("Achievements to date", Word.ACHIEVEMENT),
        ("What’s next", Word.NEXT_STEP),
        ("How will we know?", Word.EVIDENCE),
        ("Success Criteria", Word.MEASURE),
        ("So what?", Word.IMPACT),
        ("Closed Date", Word.SIGN_OFF),
        ("Date", Word.LAST_UPDATED),
        ("Update 14/04/2025", Word.PROGRESS),
        ("Update w/e 6 June 2025", Word.PROGRESS),
        ("2025/26 Quarter 1 update", Word.PROGRESS),
        ("Progress / Evidence", Word.PROGRESS),
        ("RAG Q2 2025/26", Word.STATUS),
        ("RAG status this month", Word.STATUS),
        ("Previous RAG", Word.DIRECTION),
        ("Details of finding", Word.REQUIREMENT),
        ("Gofyniad / Requirement", Word.REQUIREMENT),
        ("Strategic objective", Word.OBJECTIVE),
        ("Areas for further development", Word.ACTION),
        ("Resp.", Word.LEAD),
    ],
)
def test_a_heading_means_its_field(heading, word):
    assert meaning(heading).word is word


@pytest.mark.parametrize(
    ("heading", "word", "kind"),
    [
        ("Overall BRAG", Word.STATUS, Kind.REQUIREMENT),
        ("Requirement number", Word.REFERENCE, Kind.REQUIREMENT),
        ("Rec No", Word.REFERENCE, Kind.REQUIREMENT),
        ("Action Ref", Word.REFERENCE, Kind.ACTION),
        ("Action RAG", Word.STATUS, Kind.ACTION),
        ("Action completed?", Word.STATUS, Kind.ACTION),
        ("Action owner", Word.LEAD, Kind.ACTION),
    ],
)
def test_some_headings_say_whose_they_are(heading, word, kind):
    assert meaning(heading)[:2] == (word, kind)


@pytest.mark.parametrize("heading", ["", "Zebra", "Progress and cost", "x" * 200, "2013", "Jan-13"])
def test_other_words_mean_nothing(heading):
    assert meaning(heading) is None


def test_a_slip_of_the_pen_is_suggested_and_never_taken():
    assert meaning("Requirment") is None
    assert suggestion("Requirment").word is Word.REQUIREMENT
    assert suggestion("Zebra") is None


def test_every_heading_of_the_table_means_something():
    listed = [heading for words in TABLE.values() for heading in words.split(" · ")]
    assert [heading for heading in listed if meaning(heading) is None] == []


@given(st.text(max_size=120))
def test_no_words_stop_the_comparison(words):
    assert normalise(words) == " ".join(normalise(words).split())
    assert meaning(words) == meaning(f"  {words}\n")


@given(st.sampled_from(sorted({h.strip() for listed in TABLE.values() for h in listed.split("·")})), st.data())
def test_what_is_ruled_out_quickly_means_nothing(heading, data):
    before = data.draw(st.sampled_from(["", "October 2013 ", "1. ", "Q2 ", "Overall ", "Decision "]))
    after = data.draw(
        st.sampled_from(["", " October 2013", " as at 31st March 2013", "s", " / Owner", " (dated)", "?"])
    )
    words = f"{before}{heading}{after}"
    assert may_be_a_heading(words) or meaning(words) is None
    assert may_be_a_heading(words.upper()) or meaning(words.upper()) is None
