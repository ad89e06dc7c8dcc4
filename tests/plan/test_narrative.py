"""This file tests how figures are found in sentences: those of the real review, and none where there is none."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.fields import Kind
from plan.figures import audit_offers, offers, read, read_audits
from plan.snapshot import Item, Snapshot

VISITS = "Number of visits completed within the past 6 weeks: LAC 74.89% January 2013; LAC 71.00% May 2013"
CASES = "1440 cases audited of which: 18 outstanding, 315 good, 658 adequate, 449 inadequate"


def told(text):
    return [(one.name, str(one.period), one.value, one.unit) for one in read(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Timeliness of CAs as at May, 2013 = 48.6%", [("Timeliness of CAs", "2013-05", 48.6, "%")]),
        (
            "Timeliness of IA.s performance = 23.7% as at May, 2013.",
            [("Timeliness of IA.s performance", "2013-05", 23.7, "%")],
        ),
        (
            VISITS,
            [
                ("Number of visits completed within the past 6 weeks: LAC", "2013-01", 74.89, "%"),
                ("Number of visits completed within the past 6 weeks: LAC", "2013-05", 71.0, "%"),
            ],
        ),
        ("CP Visits in last 6 weeks: 72.9% January 2013", [("CP Visits in last 6 weeks", "2013-01", 72.9, "%")]),
        (
            "Timeliness was 48.6% in May 2013, up from 40 per cent in April 2013.",
            [("Timeliness", "2013-05", 48.6, "%"), ("Timeliness", "2013-04", 40, "%")],
        ),
        ("Visits Q1 2013/14: 71%", [("Visits", "2013-Q1", 71, "%")]),
        ("Open cases as at 31 May 2013 = 1,440", [("Open cases", "2013-05", 1440, "")]),
        ("Visits (in time) 70% as at 1.7.13", [("Visits (in time", "2013-07", 70, "%")]),
        ("IAs = 20% in May 2013\nCAs = 30% in May 2013", [("IAs", "2013-05", 20, "%"), ("CAs", "2013-05", 30, "%")]),
    ],
)
def test_a_figure_is_found_with_its_name_period_value_and_unit(text, found):
    assert told(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "£25,000 additional investment since April 2013",
        "5 out of 12 team leaders left in May 2013",
        "meeting the legal proceedings 26 week deadline",
        "Briefings held 10/12, 12/12, 03/13, 04/13, 05/13",
        "1 x Head of Service commences July 2013",
        "Commenced April 2013 – 2 thematic audits and 1 case audits",
        "3 audit programmes involving 12 cases",
        "Achieving 100% compliance with expectations.",
        "48.6% in May 2013",
        "We audit 20% of cases. In May 2013 we met.",
        "Visits = 70% in Smarch 2013",
    ],
)
def test_nothing_is_made_of_what_is_less_certain(text):
    assert told(text) == []


def test_every_figure_and_audit_of_the_review_is_found_and_nothing_else(shared):
    review = json.loads((shared / "seed" / "review.json").read_text(encoding="utf-8"))
    texts = [
        (one["number"], text)
        for one in review["requirements"]
        for text in (*one["achievements"], *one["evidence"], *one["developments"])
    ]
    found = [(number, str(each.period), each.value) for number, text in texts for each in read(text)]
    expected = [(one["requirement"], *value) for one in review["indicators"] for value in one["values"]]
    assert sorted(found) == sorted((number, period, value) for number, period, value in expected)
    audits = {(number, each.total, *each.grades.values()) for number, text in texts for each in read_audits(text)}
    assert audits == {(20, 1440, 18, 315, 658, 449), (6, 41, 0, 16, 13, 12)}


PIECES = st.sampled_from(
    [
        "Visits",
        "=",
        ":",
        " ",
        "as at",
        "48.6%",
        "1,440",
        "0%",
        "May 2013",
        "Q1 2013/14",
        "1.7.13",
        ";",
        "\n",
        ". ",
        "(",
        "–",
    ]
)


@given(st.lists(PIECES | st.text(max_size=6), max_size=30).map(" ".join))
def test_what_is_found_stands_literally_in_its_sentence_and_the_sentence_in_the_text(text):
    assert all(one.literal in one.sentence and one.sentence in text and one.name for one in read(text))
    assert all(one.sentence in text for one in read_audits(text))


@pytest.mark.parametrize(
    "piece", [" ", "\n", "(", "1,", "1", "-", "May ", "q 1 ", "good ", "as at the end of ", "12 of which "]
)
def test_a_text_as_long_as_a_cell_holds_is_read_at_once(piece):
    assert read(f"Visits 5% May 2013 {piece * (32_000 // len(piece))}x")
    assert read_audits(piece * (32_000 // len(piece))) == []


@pytest.mark.parametrize(
    ("text", "title", "as_at", "fault"),
    [
        (CASES, "Cases audited", None, ""),
        (
            "No. of cases audited as at 1.7.13 =41 of which 0 outstanding, 16 good, 13 adequate, 12 inadequate",
            "No. of cases audited",
            "1.7.13",
            "",
        ),
        ("2 outstanding, 3 good, 4 adequate, 1 inadequate as at May 2013", "Cases audited", "May 2013", ""),
        (CASES.replace("658", "648"), "Cases audited", None, "1,440 cases but the grades add up to 1,430: 10 too few"),
    ],
)
def test_an_audit_is_found_with_its_day_and_what_does_not_add_up(text, title, as_at, fault):
    found = read_audits(text)[0]
    assert (found.title, found.as_at, found.fault) == (title, as_at, fault)


def test_an_audit_needs_all_four_grades():
    assert read_audits("41 cases of which 16 good, 13 adequate, 12 inadequate") == []


def requirement(*readings, evidence=VISITS, audits=()):
    """A requirement whose evidence tells figures, with (name, period, value) readings held already."""
    items = [
        Item("r", Kind.REQUIREMENT, None, values={"text": "Visit"}),
        Item("e", Kind.ACHIEVEMENT, "r", values={"evidence": evidence}),
        *(Item(name, Kind.INDICATOR, "r", values={"name": name}) for name in dict.fromkeys(one[0] for one in readings)),
        *(
            Item(f"rd{at}", Kind.READING, name, values={"period": period, "value": value})
            for at, (name, period, value) in enumerate(readings)
        ),
        *audits,
    ]
    snapshot = Snapshot(items)
    return snapshot, snapshot["r"]


def test_an_offer_says_where_it_stands_and_which_figure_it_seems_to_be_of():
    found = offers(*requirement(("Visits completed within the past 6 weeks: LAC", "2013-01", 74.89)))
    assert [(one.told.literal, one.place.record, one.place.field) for one in found] == [("71.00%", "e", "evidence")]
    assert found[0].figure == "Visits completed within the past 6 weeks: LAC"


def test_what_is_held_is_not_offered_whatever_the_figure_is_called():
    assert offers(*requirement(("LAC", "2013-01", 74.89), ("LAC", "2013-05", 71))) == []


def test_of_two_figures_with_one_value_the_one_not_held_is_still_offered():
    evidence = "IA timeliness = 20% in May 2013; CA timeliness = 20% in May 2013"
    found = offers(*requirement(("CA timeliness", "2013-05", 20), evidence=evidence))
    assert [one.told.name for one in found] == ["IA timeliness"]


def test_an_offer_keeps_its_key_until_its_words_change():
    keys = [one.key for one in offers(*requirement())]
    assert keys == [one.key for one in offers(*requirement())]
    assert not set(keys) & {one.key for one in offers(*requirement(evidence=VISITS.replace("LAC", "CP")))}


def test_an_audit_that_is_held_is_not_offered():
    assert [one.told.total for one in audit_offers(*requirement(evidence=CASES))] == [1440]
    held = Item(
        "a", Kind.AUDIT, "r", values={"total": 1440, "outstanding": 18, "good": 315, "adequate": 658, "inadequate": 449}
    )
    assert audit_offers(*requirement(evidence=CASES, audits=[held])) == []
