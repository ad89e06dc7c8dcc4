"""This file proves that a workbook which does not say where it came from is compared with the right revision."""

import pytest

from plan.fields import Kind


@pytest.mark.parametrize("steps", [0, 1, 3])
def test_the_original_is_compared_with_the_plan_as_it_was_brought_in(desk_of, steps):
    desk = desk_of("tables")
    start = desk.revision
    for at in range(steps):
        desk.change(desk.requirement("7"), "text", f"Words of step {at}, quite unlike any others")
    assert desk.preview(desk.original).base == start


def test_a_record_reworded_from_end_to_end_is_known_in_the_original(desk_of):
    desk = desk_of("tables")
    desk.change(desk.now.of(Kind.ACTION)[0], "text", "Ring twice\n\n and write")
    assert desk.decided(desk.original) == {"keep": 1}


def test_the_newest_of_equally_near_revisions_is_taken(desk_of):
    desk = desk_of("tables")
    desk.change(desk.requirement("7"), "team", "Review")
    assert desk.preview(desk.original).base == desk.revision


def test_how_the_base_was_found_is_said_in_a_sentence(desk_of):
    desk = desk_of("tables")
    assert "does not say when it was downloaded" in desk.preview(desk.original).how_base
    assert f"downloaded at revision {desk.revision}" in desk.preview(desk.download()).how_base
