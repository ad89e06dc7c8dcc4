"""This file proves which words of a status cell are understood, and that none is guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.rag import DEFAULT_SCALE, Status, Understood, in_manner_of, normalise, say, understand

RED, AMBER, GREEN, BLUE = Status


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("R", RED),
        ("A", AMBER),
        ("G", GREEN),
        ("B", BLUE),
        ("a ", AMBER),
        ("Red", RED),
        ("AMBER", AMBER),
        ("green.", GREEN),
        ("Blue", BLUE),
        ("Yellow", AMBER),
        ("\u00a0Green\u200b", GREEN),
        ("\uff27", GREEN),
        ("\uff32\uff25\uff24", RED),
        ("🔴", RED),
        ("🟠", AMBER),
        ("🟡", AMBER),
        ("🟢 Green", GREEN),
        ("🟦", BLUE),
        ("Green (was Amber)", GREEN),
        ("Green - previously Red", GREEN),
        ("Amber ↑", AMBER),
        ("Green - On track", GREEN),
        ("Blue – embedded", BLUE),
        ("A: at risk", AMBER),
        ("Red (off track)", RED),
        ("Amber⬆\ufe0f", AMBER),
    ],
)
def test_a_colour_is_known_however_it_is_written(words, status):
    assert understand(words) == Understood(status, known=True)


@pytest.mark.parametrize("words", [None, "", "  ", "\u00a0", "\u200b", "\n"])
def test_a_blank_cell_is_known_to_say_no_colour(words):
    assert understand(words) == Understood(None, known=True)


@pytest.mark.parametrize(
    "words",
    [
        *(
            "Amber/Green",
            "A/G",
            "Amber Green",
            "Green (Amber)",
            "🟢 Amber",
            "was Amber",
            "Amber - going to Green",
            "Amber: ask Ann",
            "TBC",
            "1",
            "3",
            "5",
            "1.0",
        ),
        *(
            "Complete",
            "Completed",
            "Done",
            "On track",
            "Off track",
            "Delayed",
            "Not started",
            "Ongoing",
            "Paused",
        ),
        *("Closed", "Overdue", "N/A", "grey", "white", "Y", "-"),
    ],
)
def test_what_is_not_a_colour_is_never_guessed(words):
    assert understand(words) == Understood(None, known=False)


@pytest.mark.parametrize("words", ["On track", " ON  TRACK. ", "on\u00a0track"])
def test_a_meaning_that_people_settled_is_understood(words):
    assert understand(words, {"on track": GREEN}) == Understood(GREEN, known=True)


def test_a_settled_meaning_goes_before_our_own():
    assert understand("Green", {"green": BLUE}) == Understood(BLUE, known=True)


@given(st.text())
def test_every_text_has_an_answer_and_normalising_twice_is_normalising_once(text):
    assert understand(text).known or understand(text).status is None
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("examples", "said"),
    [
        ([], "Green"),
        (["Red", "Amber"], "Green"),
        (["R", "A", "a ", ""], "G"),
        (["r", "a"], "g"),
        (["RED", "AMBER", "Green"], "GREEN"),
        (["red", "amber"], "green"),
        (["🔴", "🟠"], "🟢"),
        (["TBC", "Amber/Green"], "Green"),
    ],
)
def test_a_status_is_said_in_the_manner_of_its_column(examples, said):
    assert in_manner_of(GREEN, examples) == said


@given(st.sampled_from(Status), st.lists(st.sampled_from(["R", "a", "GREEN", "blue", "🔴", "Amber", "TBC"])))
def test_whatever_the_manner_it_is_understood_as_the_same_status(status, examples):
    assert understand(in_manner_of(status, examples)).status is status


def test_every_colour_has_a_word_and_a_definition():
    assert [say(status) for status in DEFAULT_SCALE] == ["Red", "Amber", "Green", "Blue"]
    assert all(DEFAULT_SCALE.values())
