"""This file proves the board pack: exceptions first, who agreed to what, what changed, and what the board is asked."""

from datetime import UTC, date, datetime

import pytest

from plan import cycles
from plan.edits import Edit, new
from plan.fields import Kind
from plan.ledger import Step
from plan.models import Answer, Source
from reports import html, making
from reports.document import Bullets, Heading, Paragraph, Table
from reports.making import Format
from reports.source import Wanted

TODAY = date(2026, 11, 1)
AUGUST, LATER = datetime(2013, 8, 1, 9, 0, tzinfo=UTC), datetime(2026, 10, 31, 9, 0, tzinfo=UTC)


@pytest.fixture
def pack(session, plan):
    """`pack()` is the board pack of the small plan, of the signed-off position unless said otherwise."""

    def pack(**wanted):
        return making.make(session, plan, making.Kind.BOARD, Wanted(**wanted), TODAY)

    return pack


@pytest.fixture
def july_board(session, plan, cast):
    """A cycle that was cut off on 31 July 2013."""
    days = {"opens": "2013-07-10", "cut_off": "2013-07-31", "board_date": "2013-08-07"}
    cycles.add(session, plan, {"title": "August board", **days}, Step(cast["olga"], LATER, Source.BROWSER))
    session.commit()


def chapter(document, title):
    """What stands under a heading, up to the next."""
    blocks = iter(document.blocks)
    next(block for block in blocks if isinstance(block, Heading) and block.text.startswith(title))
    found = []
    for block in blocks:
        if isinstance(block, Heading):
            break
        found.append(block)
    return found


def said(document, title):
    """The same in words, a row of a table a line."""
    lines = []
    for block in chapter(document, title):
        match block:
            case Paragraph():
                lines.append(block.text)
            case Bullets():
                lines += block.items
            case Table():
                lines += [" | ".join(cell.text for cell in row) for row in block.rows]
    return lines


def test_a_timescale_that_is_only_proposed_is_no_extension_of_one_that_was_never_said(pack, save, sign, cast):
    save(*new(Kind.ACTION, "act9", "r7", {"text": "Open the front door"}), at=LATER)
    sign(LATER)
    save(Edit(Kind.ACTION, "act9", "timescale", "Quarter 2"), by=cast["eve"], at=LATER)
    save(Edit(Kind.ACTION, "act9", "timescale", "On going"), by=cast["eve"], at=LATER)
    assert said(pack(), "Extensions") == ["No timescale was moved."]
    assert said(pack(), "Put back") == ["No action was put back."]


def test_its_parts_stand_in_the_boards_order(pack):
    titles = [block.text for block in pack().blocks if isinstance(block, Heading) and block.level == 1]
    assert titles == [
        "Summary",
        "Exceptions",
        "Extensions",
        "What changed since the last board",
        "Figures",
        "Questions that the plan leaves open",
        "Decisions asked of the board",
        "The plan",
    ]


def test_the_summary_counts_every_requirement_once(pack):
    lines = said(pack(), "Summary")
    assert lines[0] == "1 red + 1 amber + 1 green = 3 requirements."
    assert lines[1:6] == ["Red | 1", "Amber | 1", "Green | 1", "Blue | 0", "Together | 3"]
    assert "1 action is late on 15 October 2013." in lines


def test_the_exceptions_name_what_is_red_late_and_amber_without_a_reason(pack):
    assert said(pack(), "Red (1)") == ["7 | Escalate concerns | Red"]
    assert said(pack(), "Late (1)") == ["2.1 | Share the vision widely | Director | Quarter 2 | "]
    assert said(pack(), "Amber without a reason (1)") == ["20 | Audit closed cases | Amber"]


def test_no_exception_is_said_so(pack):
    assert said(pack(), "Put back (0)") == ["No action was put back."]


def test_a_figure_that_got_worse_is_an_exception(pack, save, sign):
    save(Edit(Kind.INDICATOR, "ind1", "better", "higher"))
    sign()
    assert said(pack(), "Worse than before (1)")[0].startswith(
        "Requirement 7: Visits within six weeks is worse by 3.89"
    )


def test_an_extension_is_told_with_who_agreed(pack, save, sign, cast):
    save(Edit(Kind.ACTION, "act1", "timescale", "Quarter 4"), by=cast["eve"])
    sign()
    row = "2.1 | Share the vision widely | Quarter 2 | Quarter 4 | once | Fay Fieldwork-Lead, 2 July 2013"
    assert said(pack(), "Extensions") == [row]
    assert said(pack(), "Late (0)") == ["No action is late."]


def test_an_extension_that_nobody_agreed_is_a_decision_asked_and_no_extension_yet(pack, save, cast):
    save(Edit(Kind.ACTION, "act1", "timescale", "Quarter 4"), by=cast["eve"])
    assert said(pack(), "Extensions") == ["No timescale was moved."]
    assert said(pack(), "Decisions")[0] == "Agree to move the timescale of action 2.1 from “Quarter 2” to “Quarter 4”."


def test_late_actions_and_red_requirements_are_decisions_asked(pack):
    assert said(pack(), "Decisions") == [
        "Agree how action 2.1 is finished: it is late.",
        "Agree how requirement 7 is brought back on track: it is red.",
    ]


def test_without_a_board_before_nothing_is_compared(pack):
    assert said(pack(), "What changed") == ["There was no board before, so there is nothing to compare with."]


def test_what_changed_since_the_last_board_is_told_by_theme(pack, save, sign, cast, july_board):
    save(Edit(Kind.REQUIREMENT, "r20", "status", "red"), by=cast["eve"], at=AUGUST)
    sign(AUGUST)
    assert said(pack(), "What changed")[0] == "1 change since the cut-off of “August board” (31 July 2013)."
    assert "Amber | 0 | 1" in said(pack(), "Summary")
    worse = said(pack(), "Worse than before (1)")
    assert worse == ["Requirement 20 is red; at the last board it was amber."]


def test_the_board_sees_each_question_beside_its_answer(session, pack, plan, cast):
    from plan import challenges, questions

    position = questions.position(session, plan, TODAY)
    which = next(one for one in challenges.found(session, plan, position, TODAY) if one.finding.record == "r20").finding
    answered = {
        "rule": which.rule,
        "record_id": "r20",
        "fingerprint": which.fingerprint,
        "reason": "The audit is under way.",
    }
    session.add(Answer(plan_id=plan.id, by_id=cast["fay"].id, by_name="Fay Fieldwork-Lead", at=LATER, **answered))
    lines = said(pack(), "Amber or red, and no reason is given")
    assert lines[0].endswith(" | The audit is under way. (Fay Fieldwork-Lead, 31 October 2026)")
    assert lines[1].endswith(" | Not answered yet")


def test_a_pack_of_a_theme_tells_that_theme_alone(pack):
    written = html.page(pack(theme="Care planning")).decode()
    assert "Escalate concerns" in written
    assert "Share the vision" not in written


@pytest.mark.slow
def test_a_pack_made_again_after_a_hundred_edits_is_the_same_to_the_byte(pack, save, sign, cast, july_board):
    save(Edit(Kind.ACTION, "act1", "timescale", "Quarter 4"), by=cast["eve"])
    sign()
    then = date(2013, 7, 31)
    before = [making.write(pack(as_at=then), form) for form in (Format.WORD, Format.HTML, Format.WORKBOOK)]
    [save(Edit(Kind.ACTION, "act1", "timescale", f"Quarter {one % 4 + 1} 2014/15"), at=LATER) for one in range(50)]
    [save(Edit(Kind.REQUIREMENT, "r7", "text", f"Words {one}"), by=cast["ned"], at=LATER) for one in range(50)]
    sign(LATER)
    save(Edit(Kind.ACTION, "act1", "timescale", "Quarter 4"), by=cast["eve"], at=LATER)
    sign(LATER)
    assert [making.write(pack(as_at=then), form) for form in (Format.WORD, Format.HTML, Format.WORKBOOK)] == before
