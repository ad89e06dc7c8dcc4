"""This file proves that differences spell both texts, and that lines combine only where none must choose."""

from random import Random
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.differences import Kind, Piece, lines, words

PHRASES = st.lists(st.sampled_from(["the ", "child", " ", "plan", ", ", "\n", "Children's", "£5", "é"])).map("".join)
TEXTS = st.one_of(st.text(), PHRASES)
BLOCKS = st.lists(st.sampled_from(["", "audit", "audit done", "training", "review", "new review"])).map("\n".join)


def spell(pieces, *kinds):
    return "".join(piece.text for piece in pieces if piece.kind in kinds)


@given(TEXTS, TEXTS)
def test_the_pieces_spell_both_texts(before, after):
    pieces = words(before, after)
    assert spell(pieces, "same", "removed") == before
    assert spell(pieces, "same", "added") == after


def test_a_changed_word_is_removed_and_added_between_what_stayed():
    assert words("Audit in May, then board", "Audit in June, then board") == (
        Piece(Kind.SAME, "Audit in "),
        Piece(Kind.REMOVED, "May"),
        Piece(Kind.ADDED, "June"),
        Piece(Kind.SAME, ", then board"),
    )


def test_neighbouring_changed_words_are_shown_as_one_change():
    assert words("in early May", "in late June") == (
        Piece(Kind.SAME, "in "),
        Piece(Kind.REMOVED, "early May"),
        Piece(Kind.ADDED, "late June"),
    )


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        (None, None, ()),
        ("same", "same", (Piece(Kind.SAME, "same"),)),
        (None, "new", (Piece(Kind.ADDED, "new"),)),
        ("old", None, (Piece(Kind.REMOVED, "old"),)),
    ],
)
def test_nothing_against_something_is_one_piece(before, after, pieces):
    assert words(before, after) == pieces


@pytest.mark.parametrize("choice", [2, 60, 5000], ids=["two words", "sixty words", "every word different"])
def test_the_longest_text_a_cell_can_hold_is_compared_at_once(choice):
    random = Random(7)
    before = " ".join(str(random.randrange(choice)) for _ in range(20_000))[:32_000]
    after = " ".join(str(random.randrange(choice)) for _ in range(20_000))[:32_000]
    started = perf_counter()
    words(before, after)
    assert perf_counter() - started < 5


BASE = "Audit\nTraining\nReview"


@pytest.mark.parametrize(
    ("ours", "theirs", "combined"),
    [
        ("Audit done\nTraining\nReview", "Audit\nTraining\nReview held", "Audit done\nTraining\nReview held"),
        ("Audit done\nTraining\nReview", "Audit\nTraining held\nReview", "Audit done\nTraining held\nReview"),
        ("Audit\nTraining\nReview held", BASE + "\nNew", "Audit\nTraining\nReview held\nNew"),
        ("First\n" + BASE, BASE + "\nLast", "First\n" + BASE + "\nLast"),
        (
            "Audit done\nTraining\nReview",
            "Audit done\nTraining\nReview\nNew",
            "Audit done\nTraining\nReview\nNew",
        ),
    ],
    ids=["far apart", "neighbours", "altered and added", "both added", "partly the same"],
)
def test_different_lines_added_or_altered_are_combined(ours, theirs, combined):
    assert lines(BASE, ours, theirs) == combined
    assert lines(BASE, combined, theirs) == combined


@pytest.mark.parametrize(
    ("base", "ours", "theirs"),
    [
        (BASE, "Audit done\nTraining\nReview", "Audit late\nTraining\nReview"),
        (BASE, BASE + "\nOurs", BASE + "\nTheirs"),
        (BASE, "Audit\nReview", "Audit done\nTraining\nReview"),
        (BASE, "", BASE + "\nTheirs"),
        ("Audit", "First\nAudit", "Audit\nLast"),
        ("", "Ours", "Theirs"),
    ],
    ids=["same line", "same gap", "a line removed", "all removed", "a single line", "nothing before"],
)
def test_where_someone_must_choose_nothing_is_combined(base, ours, theirs):
    assert lines(base, ours, theirs) is None


@given(BLOCKS, BLOCKS, BLOCKS)
def test_combining_is_fair_and_makes_nothing_up(base, ours, theirs):
    combined = lines(base, ours, theirs)
    assert combined == lines(base, theirs, ours)
    assert combined is None or set(combined.split("\n")) <= set(f"{ours}\n{theirs}".split("\n"))


@given(BLOCKS, BLOCKS)
def test_an_untouched_side_takes_the_other_whole(base, theirs):
    assert lines(base, base, theirs) == theirs
    assert lines(base, theirs, theirs) == theirs


@given(BLOCKS, BLOCKS, BLOCKS)
def test_no_line_that_a_side_wrote_is_lost(base, ours, theirs):
    combined = lines(base, ours, theirs)
    wrote = (set(ours.split("\n")) | set(theirs.split("\n"))) - set(base.split("\n"))
    assert combined is None or wrote <= set(combined.split("\n"))
