"""This file proves the laws of the merge through real files, with random work in the browser and in the workbook."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plan import edits
from plan.edits import Edit
from plan.fields import Kind
from sync.choices import Choices
from sync.merge import Outcome

pytestmark = pytest.mark.slow
WORDS = st.sampled_from(
    ["Visit every school", "=2+2", "- a dash first", "Two lines\nof words", "Ünïcode – “quotes” £5", " spaces around "]
)  # fmt: skip
TIMES = st.sampled_from(["Quarter 3", "On going", "31 March 2014", "TBC", "October 2013", "w/c 22 July 2013"])
VALUES = {
    "text": WORDS, "evidence": WORDS, "progress": WORDS, "lead": st.sampled_from(["Chief Executive", "Ann Lead"]),
    "timescale": TIMES, "status": st.sampled_from(["red", "amber", "green", "blue"]),
}  # fmt: skip
FIELDS = {
    Kind.REQUIREMENT: ["text", "status"],
    Kind.ACHIEVEMENT: ["text", "evidence"],
    Kind.ACTION: ["text", "lead", "timescale", "status", "progress"],
}
# A text of two lines cannot stand in a list of one line each: the plan keeps it, the download says so.
NOT_WRITABLE = {Outcome.KEEP}
OFTEN = settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def acts(draw):
    """A few things done in the browser, each with the number of the record it is done to."""
    kind = draw(st.sampled_from(list(FIELDS)))
    what = draw(st.sampled_from(["change", "change", "add", "remove", "bring back"]))
    name = draw(st.sampled_from(FIELDS[kind]))
    return kind, what, draw(st.integers(0, 200)), name, draw(VALUES[name])


def do(desk, act):
    kind, what, number, name, value = act
    records = desk.now.of(kind)
    item = records[number % len(records)]
    if what == "change":
        desk.change(item, name, value)
    elif what == "add" and kind is not Kind.REQUIREMENT:
        desk.add(kind, item.parent, text=f"Added as number {number}")
    elif what == "remove" and kind is not Kind.REQUIREMENT:
        desk.remove(item)
    elif what == "bring back":
        gone = [one for one in desk.now.of(kind, removed=True) if not one.present]
        desk.edit(*(edit for one in gone[:1] for edit in edits.bring_back(kind, one.id)))


def start_again(desk, done):
    """The plan as it was brought in, with these things done to it."""
    desk.session.rollback()
    for act in done:
        do(desk, act)


@OFTEN
@given(done=st.lists(acts(), max_size=8))
def test_everything_that_was_done_in_the_browser_reads_back_from_a_download(desk, done):
    start_again(desk, done)
    found = {d.outcome for d in desk.preview(desk.download()).decisions}
    assert found <= NOT_WRITABLE
    assert not found or desk.notes()


@OFTEN
@given(done=st.lists(acts(), max_size=5), before=st.lists(acts(), max_size=5))
def test_an_untouched_download_takes_nothing_back_whatever_was_done_since(desk, done, before):
    start_again(desk, before)
    old = desk.download()
    desk.upload(old)
    for act in done:
        do(desk, act)
    assert {d.outcome for d in desk.preview(old).decisions} <= {Outcome.KEEP}


CELLS = st.tuples(
    st.integers(0, 77), st.sampled_from(["text", "timescale"]), st.sampled_from([None, "plan", "other"]),
    st.sampled_from([None, "plan", "book", "blank"]),
)  # fmt: skip
NEW = {
    "text": {
        "plan": "As the plan has it now",
        "other": "As the plan has it",
        "book": "As the workbook has it",
        "blank": None,
    },
    "timescale": {"plan": "Quarter 3 of 2019", "other": "Spring 2019", "book": "Autumn 2021", "blank": None},
}


def model(before, plan, book):
    """The table of design 5, said over again for one cell of one line."""
    if book == before:
        return None if plan == before else Outcome.KEEP
    if plan == book:
        return Outcome.AGREED
    if book is None:
        return Outcome.CLEARED
    return Outcome.TAKE if plan == before else Outcome.CONFLICT


def edit_both(desk, in_excel, cells):
    """Do the edits on both shores; the edited workbook and the outcome each should have."""
    content = desk.download()
    stated = desk.preview(content).resolved.stated
    actions, expected, typed, chosen = desk.now.of(Kind.ACTION), {}, [], {}
    for number, name, plan, book in cells:
        chosen[number % len(actions), name] = (plan, book)
    for (number, name), (plan, book) in chosen.items():
        item, said = actions[number], stated[actions[number].id].values[name]
        old = item.get(name)
        ours = NEW[name][plan] if plan else old
        theirs = NEW[name][book] if book else old
        if book:
            typed.append((said.sheet, said.cell, theirs))
        desk.edit(Edit(Kind.ACTION, item.id, name, ours))
        expected[item.id, name] = model(old, ours, theirs)

    def act(workbook):
        for sheet, cell, value in typed:
            workbook[sheet][cell] = value

    return in_excel(content, act), {key: outcome for key, outcome in expected.items() if outcome}


@OFTEN
@given(cells=st.lists(CELLS, max_size=10), done=st.lists(acts(), max_size=3))
def test_edits_on_both_shores_are_decided_as_the_table_says(desk, in_excel, cells, done):
    start_again(desk, done)
    edited, expected = edit_both(desk, in_excel, cells)
    decisions = desk.preview(edited).decisions
    found = {(d.record, d.field): d.outcome for d in decisions if d.kind is Kind.ACTION}
    assert {d.outcome for d in decisions if d.kind is not Kind.ACTION} <= NOT_WRITABLE
    assert found == expected


@OFTEN
@given(cells=st.lists(CELLS, max_size=10))
def test_an_upload_carried_out_twice_is_one_and_reads_back(desk, in_excel, cells):
    start_again(desk, [])
    edited, _ = edit_both(desk, in_excel, cells)
    desk.upload(edited, Choices(), leave_undecided=True)
    once = desk.now
    desk.upload(edited, Choices(), leave_undecided=True)
    assert desk.now == once
    assert desk.decided(desk.download()) == {}


@pytest.mark.parametrize("sheets", [["Actions"], ["Achievements"], ["Requirements"], ["Achievements", "Actions"]])
@OFTEN
@given(rows=st.sets(st.integers(2, 29), max_size=4), backwards=st.booleans())
def test_rows_cut_and_turned_around_are_missing_and_nothing_else(desk_of, in_excel, sheets, rows, backwards):
    desk = desk_of("tables")
    start_again(desk, [])

    def act(book):
        for sheet in (book[name] for name in sheets):
            kept = [[c.value for c in row] for at, row in enumerate(sheet.iter_rows(), 1) if at == 1 or at not in rows]
            sheet.delete_rows(2, sheet.max_row)
            for row in reversed(kept[1:]) if backwards else kept[1:]:
                sheet.append(row)
            next(iter(sheet.tables.values())).ref = f"A1:{sheet.cell(1, sheet.max_column).column_letter}{sheet.max_row}"

    found = desk.preview(in_excel(desk.download(), act)).decisions
    assert {d.outcome for d in found} <= ({Outcome.MISSING} if rows else set())
    assert len([d for d in found if d.kind is not Kind.THEME]) == len(sheets) * len(rows)
